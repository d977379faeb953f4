import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createServer } from 'vite';
import { CHROMIUM, openPage } from '../chromium.js';

let server;
let url;
before(async () => {
  server = await createServer({ root: import.meta.dirname, server: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
  await server.listen();
  url = server.resolvedUrls.local[0];
});
after(() => server.close());

test('the dev server has the mock under its own origin', async () => {
  assert.equal((await fetch(`${url}mock/Contact/1`)).status, 200);
});

test('the page shows every contact', { skip: CHROMIUM === undefined && 'no Chromium' }, async () => {
  const { page, close } = await openPage(url);
  await page.locator('li').nth(199).waitFor();
  assert.equal(await page.locator('li').count(), 200);
  await close();
});
