import { expect, test } from 'vitest';
import { createMock } from '../../src/mock.ts';

const mock = createMock();
const navigation = { headers: { 'Sec-Fetch-Mode': 'navigate', Accept: 'text/html' } };

test('GET and HEAD of / are 200 for everybody: JSON for programs, a page for a browser that navigates', async () => {
  const forPrograms = await mock.fetch('/');
  expect([forPrograms.status, await forPrograms.json()]).toEqual([
    200,
    { name: 'contacts-mock', version: expect.any(String), health: '/__admin/health' },
  ]);
  expect((await mock.fetch('/', { method: 'HEAD' })).status).toBe(200);
  const page = await mock.fetch('/', navigation);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const text = await page.text();
  for (const part of ['Trendsic', 'Canvara', 'LogiSense', 'worker', 'href="/__admin"']) expect(text).toContain(part);
});

test('a browser at a path that nobody serves gets a page with the nearest operation; others get what they got', async () => {
  const page = await mock.fetch('/Contcat/1', navigation);
  expect(page.status).toBe(404);
  expect(page.headers.get('x-mock-served-by')).toBe('none');
  expect(await page.text()).toMatch(/The nearest is <code>GET \/Contact\/\{id\}<\/code>/);
  const plain = await mock.fetch('/Contcat/1');
  expect([plain.status, await plain.text()]).toEqual([404, '']);
});

test('what a caller sends is text on the page', async () => {
  const page = await (await mock.fetch('/<script>alert(1)</script>', navigation)).text();
  expect(page).not.toContain('<script>');
});

test('below a world the links of the page stay in it', async () => {
  const text = await (await mock.fetch('/__worlds/a/', navigation)).text();
  expect(text).toContain('href="/__worlds/a/__admin"');
  expect(text).toContain('action="/__worlds/a/auth/credentials"');
  expect(mock.world('a').requests()).toEqual([]);
});

test('/favicon.ico is answered and not journaled', async () => {
  const fresh = createMock();
  expect((await fresh.fetch('/favicon.ico')).status).toBe(204);
  expect(fresh.requests()).toEqual([]);
});
