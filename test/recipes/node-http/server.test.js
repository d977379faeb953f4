import assert from 'node:assert/strict';
import { test } from 'node:test';
import { server } from './server.js';

test('the mock answers what it serves, the server the rest', async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  assert.equal((await (await fetch(`${url}/Contact/2`)).json()).instance.identity, 2);
  assert.equal(await (await fetch(`${url}/dashboard`)).text(), 'your own app');
  server.closeAllConnections();
  server.close();
});
