import assert from 'node:assert/strict';
import { test } from 'node:test';
import { app } from './app.js';

test('the app answers, and the mock below its path', async () => {
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  assert.equal(await (await fetch(url)).text(), 'your own app');
  const made = await fetch(`${url}/billing/ContactType`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"name":"Escalation"}',
  });
  assert.equal(made.status, 200);
  assert.equal((await fetch(`${url}/billing/Contact/1`)).status, 200);
  assert.equal((await fetch(`${url}/nowhere`)).status, 404);
  server.closeAllConnections();
  server.close();
});
