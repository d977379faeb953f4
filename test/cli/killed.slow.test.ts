/** `kill -9`, thirty times over one state file: what was acknowledged is there, and what was not is whole or not at all. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../../.config/bundle.mjs';
import { numbers } from '../support/hostile.ts';

let folder: string;
let main: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  await bundle(join(folder, 'dist'));
  main = join(folder, 'dist/cli/main.js');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function serve(): Promise<{ url: string; server: ChildProcess }> {
  const args = [main, 'serve', '--port', '0', '--log', 'off', '--state', join(folder, 'state', 'state.json')];
  const server = spawn(process.execPath, args, { env: { PATH: process.env['PATH'], XDG_CACHE_HOME: join(folder, 'cache') } });
  let said = '';
  server.stderr.on('data', (text) => (said += text));
  const line = await Promise.race([once(server.stdout, 'data'), once(server, 'exit')]);
  const url = /http:\S+/.exec(String(line[0]))?.[0];
  if (url === undefined) throw new Error(said);
  return { url, server };
}

const headers = { 'Content-Type': 'application/json' };
const patch = (base: string, lastName: string): Promise<Response> =>
  fetch(`${base}/Contact/1`, { method: 'PATCH', headers, body: JSON.stringify({ lastName, title: lastName }) });

test('thirty times killed while worlds are written, made, dropped and their clocks moved', { timeout: 300_000 }, async () => {
  const next = numbers(7);
  mkdirSync(join(folder, 'state'));
  /** What each world was last told, and what it was being told when the server was killed. */
  const acknowledged = new Map<string, string>();
  const pending = new Map<string, string>();
  for (let round = 0; round <= 30; round++) {
    const { url, server } = await serve();
    for (const [world, known] of acknowledged) {
      const { instance } = (await (await fetch(`${url}/__worlds/${world}/Contact/1`)).json()) as {
        instance: { lastName: string; title: string };
      };
      expect([known, pending.get(world)], world).toContain(instance.lastName);
      expect(instance.title).toBe(instance.lastName);
      acknowledged.set(world, instance.lastName);
    }
    if (round === 30) {
      server.kill('SIGTERM');
      expect((await once(server, 'exit'))[0]).toBe(0);
      break;
    }
    pending.clear();
    const ended = once(server, 'exit');
    setTimeout(() => server.kill('SIGKILL'), 20 + next() * 150);
    const write = async (world: string): Promise<void> => {
      for (let i = 0; ; i++) {
        const name = `${round}-${i}`;
        pending.set(world, name);
        const answer = await patch(`${url}/__worlds/${world}`, name);
        if (answer.status !== 200) throw new Error(await answer.text());
        acknowledged.set(world, name);
        if (i % 5 === 0) await fetch(`${url}/__worlds/${world}/__admin/clock`, { method: 'PUT', body: '{"advance":1}' });
        if (i % 7 === 0) await fetch(`${url}/__admin/worlds/short-${world}`, { method: i % 2 === 0 ? 'PUT' : 'DELETE' });
        if (i % 9 === 0) await fetch(`${url}/__worlds/${world}/__admin/snapshots/s`, { method: 'PUT' });
      }
    };
    const writers = await Promise.allSettled(['a', 'b', 'c'].map(write));
    for (const writer of writers)
      expect(String((writer as PromiseRejectedResult).reason)).toMatch(/fetch failed|terminated|other side closed/);
    await ended;
  }
  expect(acknowledged.size).toBe(3);
  // No lock, no half file and no log stays behind.
  expect(readdirSync(join(folder, 'state'))).toEqual(['state.json']);
});
