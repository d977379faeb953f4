import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, test } from 'node:test';
import { createMock } from 'contacts-mock';

const mock = createMock({ apis: ['logisense'] });
let world;
let count = 0;
beforeEach(() => {
  world = mock.world(`test-${++count}`);
});
afterEach(() => world.drop());
after(() => mock.close());

test('deletes a contact type', async () => {
  assert.equal((await world.fetch('/ContactType/26', { method: 'DELETE' })).status, 200);
});

test('and it is there again for the next test', async () => {
  assert.equal((await world.fetch('/ContactType/26')).status, 200);
});
