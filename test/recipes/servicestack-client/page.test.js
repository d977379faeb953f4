import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createMock } from 'contacts-mock';
import { CHROMIUM, openPage } from '../chromium.js';

const mock = createMock();
let server;
before(async () => {
  const { url } = await mock.listen();
  const client = join(dirname(fileURLToPath(import.meta.resolve('@servicestack/client'))), 'servicestack-client.mjs');
  const page = readFileSync(join(import.meta.dirname, 'page.html'), 'utf8').replaceAll('http://127.0.0.1:4010', url);
  server = createServer((request, response) => {
    const isClient = request.url === '/servicestack-client.mjs';
    response.setHeader('Content-Type', isClient ? 'text/javascript' : 'text/html');
    response.end(isClient ? readFileSync(client) : page);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await mock.close();
});

test('the page shows the connections, by the classes that the service generates', {
  skip: CHROMIUM === undefined && 'no Chromium',
}, async () => {
  const answer = await mock.fetch('/v1/ContactConnections/1', { headers: { Authorization: 'Bearer worker' } });
  const expected = (await answer.json()).Contact.map(({ Name }) => Name);
  const { page, close } = await openPage(`http://127.0.0.1:${server.address().port}`);
  await page.locator('li').first().waitFor();
  assert.deepEqual(await page.locator('li').allTextContents(), expected);
  await close();
});
