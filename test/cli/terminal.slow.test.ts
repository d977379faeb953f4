/** The program as a process: its output closed or never read, its signals, its parent, its mistakes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../../.config/bundle.mjs';

let folder: string;
let main: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  await bundle(join(folder, 'dist'));
  main = join(folder, 'dist/cli/main.js');
});
afterAll(() => rmSync(folder, { recursive: true }));

const environment = (more: Record<string, string> = {}): Record<string, string | undefined> => ({
  PATH: process.env['PATH'],
  XDG_CACHE_HOME: join(folder, 'cache'),
  ...more,
});

async function served(use: (url: string, server: ChildProcess) => Promise<void>, ...args: string[]): Promise<number | null> {
  const server = spawn(process.execPath, [main, 'serve', '--port', '0', ...args], { env: environment() });
  const ended = once(server, 'exit') as Promise<[number | null]>;
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  await use(/http:\S+/.exec(String(line))?.[0] as string, server);
  const [code] = await ended;
  return code;
}
const stop = (url: string): Promise<Response> => fetch(`${url}/__admin/shutdown`, { method: 'POST' });

test('the server serves on when nobody reads its log any more', async () => {
  const code = await served(async (url, server) => {
    server.stdout?.destroy();
    server.stderr?.destroy();
    for (let id = 1; id <= 20; id++) expect((await fetch(`${url}/Contact/${id}`)).status).toBe(200);
    await stop(url);
  });
  expect(code).toBe(0);
});

test('a reader that does not read holds nothing up, and does not keep the server from ending', async () => {
  let said = '';
  const code = await served(async (url, server) => {
    server.stdout?.pause();
    server.stderr?.on('data', (text) => {
      said += text;
    });
    const path = `/Contact/1?${'x'.repeat(8000)}`;
    for (let call = 0; call < 300; call++) expect((await fetch(url + path)).status).toBe(200);
    await stop(url);
  });
  expect(code).toBe(0);
  expect(said).not.toContain('Warning');
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s right after the first line ends it with 0', async (signal) => {
  expect(await served(async (_url, server) => void server.kill(signal))).toBe(0);
});

test('started by npm, it ends with its parent', async () => {
  const script = `const { spawn } = require('node:child_process');
    const server = spawn(process.execPath, [${JSON.stringify(main)}, 'serve', '--port', '0', '--log', 'off'], { stdio: ['ignore', 'pipe', 'ignore'] });
    server.stdout.pipe(process.stdout);`;
  const parent = spawn(process.execPath, ['-e', script], {
    env: environment({ npm_execpath: 'npm' }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const url = /http:\S+/.exec(String(line))?.[0] as string;
  expect((await fetch(`${url}/__admin/health`)).status).toBe(200);
  parent.kill('SIGKILL');
  for (;;) {
    const isServing = await fetch(`${url}/__admin/health`).then(
      () => true,
      () => false,
    );
    if (!isServing) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

test('what setsid made independent of npm stays', async () => {
  const script = `const { spawn } = require('node:child_process');
    const server = spawn(process.execPath, [${JSON.stringify(main)}, 'serve', '--port', '0', '--log', 'off'], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    server.stdout.once('data', (line) => { console.log(server.pid + ' ' + line); process.exit(); });`;
  const parent = spawn(process.execPath, ['-e', script], {
    env: environment({ npm_execpath: 'npm' }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const [, pid, url] = /^(\d+) .*(http:\S+)/.exec(String(line)) as unknown as [string, string, string];
  // Longer than it looks for npm.
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect((await fetch(`${url}/__admin/health`)).status).toBe(200);
  process.kill(Number(pid));
});

test('a script that goes on after `contacts-mock &` keeps it until npm ends', async () => {
  // The shell ends after the server's first line: by then the server has looked for npm.
  const script = `const { spawn } = require('node:child_process');
    const shell = spawn('sh', ['-c', '"$0" "$1" serve --port 0 --log off & read ready', process.execPath, ${JSON.stringify(main)}], { stdio: ['pipe', 'pipe', 'ignore'] });
    shell.stdout.once('data', (line) => {
      shell.once('exit', () => process.stdout.write(line));
      shell.stdin.end();
    });
    setInterval(() => undefined, 1000);`;
  const npm = spawn(process.execPath, ['-e', script], { env: environment({ npm_execpath: 'npm' }), stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(npm.stdout, 'data')) as [Buffer];
  const url = /http:\S+/.exec(String(line))?.[0] as string;
  // Longer than it looks for npm.
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect((await fetch(`${url}/__admin/health`)).status).toBe(200);
  npm.kill('SIGKILL');
  const isServing = () =>
    fetch(`${url}/__admin/health`).then(
      () => true,
      () => false,
    );
  while (await isServing()) await new Promise((resolve) => setTimeout(resolve, 50));
});

test('`dump > /dev/full` is one line, exit 2', async () => {
  const dump = spawn('sh', ['-c', '"$0" "$1" dump --scale logisense.contacts=100000 > /dev/full', process.execPath, main], {
    env: environment(),
  });
  let said = '';
  dump.stderr.on('data', (text) => (said += text));
  const [code] = (await once(dump, 'exit')) as [number];
  expect([code, said]).toEqual([2, 'contacts-mock: The output cannot be written (ENOSPC). Make room, or write it elsewhere.\n']);
});

test('`serve > /dev/full` serves on, and says that its log is lost', async () => {
  const args = ['-c', '"$0" "$1" serve --port 0 --log json > /dev/full', process.execPath, main];
  const server = spawn('sh', args, { env: environment(), stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(server, 'exit');
  let said = '';
  for await (const text of server.stderr) {
    said += text;
    if (said.includes('ENOSPC') && said.includes('listening on')) break;
  }
  const url = /http:\S+/.exec(said)?.[0] as string;
  expect((await fetch(`${url}/Contact/1`)).status).toBe(200);
  await stop(url);
  expect(await ended).toEqual([0, null]);
});

test.each(['SIGTERM', 'SIGINT', 'shutdown'] as const)('%s ends it at once, whatever its connections do', async (how) => {
  let asked = 0;
  const code = await served(async (url, server) => {
    const { port } = new URL(url);
    const idle = connect(Number(port), '127.0.0.1');
    const half = connect(Number(port), '127.0.0.1');
    for (const socket of [idle, half]) socket.on('error', () => undefined);
    half.write('POST /Contact HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n{"lastN');
    await Promise.all([idle, half].map((socket) => once(socket, 'connect')));
    await fetch(`${url}/Contact/1`);
    asked = performance.now();
    if (how === 'shutdown') await stop(url);
    else server.kill(how);
  });
  expect(code).toBe(0);
  expect(performance.now() - asked).toBeLessThan(5000);
});

test('`dump | head` ends quietly', async () => {
  const dump = spawn(process.execPath, [main, 'dump', '--scale', 'logisense.contacts=100000'], { env: environment() });
  let said = '';
  dump.stderr.on('data', (text) => (said += text));
  await once(dump.stdout, 'data');
  dump.stdout.destroy();
  const [code] = (await once(dump, 'exit')) as [number];
  expect([code, said]).toEqual([0, '']);
});

test('a mistake of the mock is one line without a stack, exit 70', async () => {
  const failing = join(folder, 'failing.mjs');
  const text = `import library from ${JSON.stringify(join(folder, 'dist/contacts-mock.js'))};
    Object.defineProperty(process, 'argv', { get() { throw new TypeError('a\\nb'); } });
    library.main();`;
  writeFileSync(failing, text);
  const program = spawn(process.execPath, [failing], { env: environment() });
  let said = '';
  program.stderr.on('data', (part) => (said += part));
  const [code] = (await once(program, 'exit')) as [number];
  expect([code, said]).toEqual([70, 'contacts-mock: A mistake of the mock itself: TypeError: a. Please report it.\n']);
});
