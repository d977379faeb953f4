/** The executable and the library are one module; what it is made of, and what is kept of it between starts. */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../../.config/bundle.mjs';
import { createMock } from '../../src/index.ts';
import type { Example } from '../../src/protocols/protocol.ts';
import { command } from '../support/terminal.ts';

let folder: string;
let env: Record<string, string | undefined>;
const kept = (): string => join(folder, 'cache/contacts-mock', `${process.version}-${process.arch}`);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  env = { PATH: process.env['PATH'], XDG_CACHE_HOME: join(folder, 'cache') };
  await bundle(join(folder, 'dist'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const bundled = (...args: string[]): string =>
  execFileSync(process.execPath, [join(folder, 'dist/cli/main.js'), ...args], { encoding: 'utf8', maxBuffer: 1 << 28, env });

/** Runs `serve` until `use` is done. */
async function served(use: (url: string) => Promise<void>): Promise<void> {
  const server = spawn(process.execPath, [join(folder, 'dist/cli/main.js'), 'serve', '--port', '0', '--log', 'off'], { env });
  const ended = once(server, 'exit');
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  try {
    await use(/http:\S+/.exec(String(line))?.[0] as string);
  } finally {
    server.kill();
    await ended;
  }
}

test('the executable makes the same records as the library, byte for byte', async () => {
  const { out } = await command(['dump', '--seed', '1337']);
  expect(out.length).toBeGreaterThan(100_000);
  expect(bundled('dump', '--seed', '1337')).toBe(out);
});

test('the executable runs alone: no package is needed beside it', () => {
  expect(bundled('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(bundled('openapi', '--api', 'canvara')).toContain('"3.1');
  expect(bundled('types')).toContain('ContactConnectionModel');
  expect(bundled('routes')).toContain('logisense.Contact.get');
});

test('every page and every answer of `routes` is that of the library, byte for byte', async () => {
  await using mock = createMock();
  const pages: Example[] = ['/', '/__admin', '/metadata', '/api/metadata', '/login', '/api/login', '/types/typescript'].map((path) => ({
    method: 'GET',
    path,
    headers: { Accept: 'text/html' },
  }));
  const calls = [...pages, ...mock.routes().map(({ example }) => example)];
  // Request ids are drawn from a machine's chance; everything else is a function of the seed.
  const told = async (answer: Response): Promise<unknown> => [
    answer.status,
    answer.headers.get('content-type'),
    (await answer.text()).replaceAll(answer.headers.get('x-mock-request-id') ?? '-', '<id>'),
  ];
  const texts: string[] = [];
  await served(async (url) => {
    for (const { method, path, headers = {}, body } of calls) {
      const init = { method, headers, ...(body === undefined ? {} : { body: body as string }) };
      const [there, here] = [await fetch(url + path, init), await mock.fetch(url + path, init)];
      texts.push(await there.clone().text());
      expect(await told(there), `${method} ${path}`).toEqual(await told(here));
    }
  });
  expect(texts.join('')).toMatch(/[–—·’]/);
});

test('the module needs nothing around it and is ASCII, so that every bundler and runtime reads it', () => {
  const text = readFileSync(join(folder, 'dist/contacts-mock.js'), 'latin1');
  expect(/[^\0-\x7f]/.test(text)).toBe(false);
  // A script can neither import nor require.
  const script = new Script(text.slice('export default '.length, text.lastIndexOf(')(') + 1));
  const library = (script.runInThisContext() as (load: () => never) => object)(() => {
    throw new Error('loaded without need');
  });
  expect(Object.keys(library)).toEqual(expect.arrayContaining(['createMock', 'encode', 'main']));
});

test('compiled code is kept in the cache folder of the user, never beside the program, and damaged code does not run', async () => {
  const untilKept = async (): Promise<void> => {
    while (!existsSync(kept())) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await served(untilKept);
  const good = readFileSync(kept());
  expect(readdirSync(join(folder, 'dist'), { recursive: true }).sort()).toEqual(['cli', 'cli/main.js', 'contacts-mock.js']);
  expect(bundled('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);

  const damaged = Buffer.from(good);
  for (let at = 100; at < damaged.length; at += 97) damaged[at] = 0xff;
  writeFileSync(kept(), damaged);
  expect(bundled('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
  rmSync(kept());
  expect(bundled('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('compiled code of another V8 is replaced', async () => {
  const foreign = Buffer.from('of another V8');
  const seal = createHash('sha256')
    .update(readFileSync(join(folder, 'dist/contacts-mock.js')))
    .update(foreign)
    .digest();
  mkdirSync(dirname(kept()), { recursive: true });
  writeFileSync(kept(), Buffer.concat([seal, foreign]));
  await served(async () => {
    while (readFileSync(kept()).length < 100) await new Promise((resolve) => setTimeout(resolve, 20));
  });
  expect(readFileSync(kept()).includes(foreign)).toBe(false);
});

test.each(['de', 'ja', 'ar', 'pt_BR'])('--locale %s: the executable makes the same records as the library', async (locale) => {
  const packages = join(folder, 'node_modules');
  if (!existsSync(packages)) symlinkSync(join(import.meta.dirname, '../../node_modules'), packages);
  const { out } = await command(['dump', '--locale', locale], { load: (name) => import(name) });
  expect(bundled('dump', '--locale', locale)).toBe(out);
});
