/** The first five minutes: a clone, `npm start`, the calls of the README, and the page whose address was printed. */
import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessionsOf } from './document.ts';
import { README } from '../support/documents/readme.ts';

const ROOT = join(README, '..');
const NOT_CLONED = new Set(['node_modules', 'dist', 'llms.txt', '.git']);
/** npm on a busy machine. */
const PATIENCE = 300_000;
const folder = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
const clone = join(folder, 'contacts-mock');
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS|npm_)/.test(name)));

let url: string;
let stop: () => void = () => undefined;
beforeAll(async () => {
  cpSync(ROOT, clone, { recursive: true, filter: (path) => !NOT_CLONED.has(basename(path)) });
  // In place of `npm ci`.
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  const child = spawn('npm', ['start', '--', '--port', '0'], { cwd: clone, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  stop = () => void process.kill(-(child.pid as number));
  for await (const line of createInterface({ input: child.stdout })) {
    const [, address] = /^contacts-mock listening on (\S+)$/.exec(line) ?? [];
    if (address === undefined) continue;
    url = address;
    break;
  }
}, PATIENCE);
afterAll(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the calls of the README are answered', async () => {
  const [first] = sessionsOf(readFileSync(README, 'utf8'));
  const calls = first?.steps.map(({ command }) => command) ?? [];
  expect(calls).toHaveLength(3);
  for (const call of calls) {
    const pasted = `${call.replace('http://127.0.0.1:4010', url)} -sS -o /dev/null -w '%{http_code}'`;
    const { stdout } = await promisify(execFile)('sh', ['-c', pasted]);
    expect(stdout, call).toBe('200');
  }
});

test(
  'the clone can be run by npx, and installed by its folder',
  async () => {
    const run = async (cwd: string, ...args: string[]): Promise<string> =>
      (await promisify(execFile)(args[0] as string, args.slice(1), { cwd, env })).stdout;
    expect(await run(clone, 'npx', 'contacts-mock', '--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{"private":true}');
    await run(project, 'npm', 'install', '--offline', '--save-dev', '../contacts-mock');
    expect(await run(project, 'npx', 'contacts-mock', 'routes')).toContain('logisense.Contact.get');
  },
  PATIENCE,
);

/** As a browser that follows a link, which `fetch` may not say of itself. */
async function visit(address: string): Promise<{ readonly status: number; readonly text: string }> {
  const headers = { Accept: 'text/html', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-Site': 'same-origin' };
  const response = await new Promise<IncomingMessage>((resolve, reject) => get(address, { headers }, resolve).once('error', reject));
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode as number, text };
}

test('the page at the printed address has links, and all of them lead somewhere', async () => {
  const page = await visit(url);
  expect(page.status).toBe(200);
  const links = [...page.text.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, link]) => (link as string).replaceAll('&amp;', '&'));
  expect(links.length).toBeGreaterThanOrEqual(4);
  for (const link of links) expect((await visit(new URL(link, url).href)).status, link).toBe(200);
});
