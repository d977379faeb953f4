import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createMock } from 'contacts-mock';
import { contactsPage } from './page.js';

const mock = createMock({ apis: ['logisense'] });
let server;
before(async () => {
  server = await mock.listen();
});
after(() => mock.close());

test('renders the contacts', async () => {
  assert.match(await contactsPage(`${server.url}/__worlds/renders`), /^<ul><li>/);
});

test('says when the service is down', async () => {
  const world = mock.world('down');
  world.faults.set([{ operation: 'logisense.Contact.list', outcomes: [{ code: 503 }] }]);
  assert.equal(await contactsPage(`${server.url}/__worlds/down`), '<p>Contacts are not available (503).</p>');
});
