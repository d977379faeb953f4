/** `contacts-mock/vite`, as a project uses it: in the dev server, and nowhere in what is built. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, createLogger, createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contactsMock } from '../../src/adapters/vite.ts';

let root: string;
let server: ViteDevServer;
let url: string;
const printed: string[] = [];
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>app</title><script type="module">console.log("app")</script>');
  const customLogger = { ...createLogger('info'), info: (message: string) => void printed.push(message) };
  server = await createServer({
    root,
    configFile: false,
    customLogger,
    server: { port: 0, host: '127.0.0.1' },
    plugins: [contactsMock({ base: '/mock', apis: ['logisense', 'trendsic'] }) as never],
  });
  await server.listen();
  server.printUrls();
  url = server.resolvedUrls!.local[0]!.replace(/\/$/, '');
});
afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true });
});

test('the mock answers below its base, redirects and links included, and the app beside it', async () => {
  expect(await (await fetch(`${url}/mock/Contact/2`)).json()).toMatchObject({ instance: { identity: 2 } });
  const refused = await fetch(`${url}/mock/v1/ContactConnections/1`, { headers: { Accept: 'text/html' }, redirect: 'manual' });
  expect(refused.headers.get('location')).toContain(`${url}/mock/login`);
  expect((await fetch(`${url}/mock/nowhere/at/all`)).status).toBe(404);
  expect(await (await fetch(url, { headers: { Accept: 'text/html' } })).text()).toContain('<title>app</title>');
  expect(printed.join('\n')).toContain('/mock/__admin');
});

test('its control plane is open to this machine and to no page of another site', async () => {
  expect((await fetch(`${url}/mock/__admin/state`)).status).toBe(200);
  expect((await fetch(`${url}/mock/__admin/reset`, { method: 'POST', headers: { Origin: 'https://evil.example' } })).status).toBe(403);
});

test('a production build has not a byte of it', async () => {
  await build({ root, configFile: false, logLevel: 'silent', plugins: [contactsMock() as never] });
  const files = readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of files) expect(readFileSync(join(file.parentPath, file.name), 'utf8')).not.toContain('contacts-mock');
});
