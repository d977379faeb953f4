import './runtime.js';
import { mockTest } from 'contacts-mock/vitest';

const test = mockTest({ apis: ['logisense'] });

for (const time of ['first', 'second']) {
  test(`each test has a world of its own (${time})`, async ({ world, url, expect }) => {
    expect((await fetch(`${url}/Contact/1`)).status).toBe(200);
    expect((await world.fetch('/ContactType/30', { method: 'DELETE' })).status).toBe(200);
    expect((await world.fetch('/ContactType/30', { method: 'DELETE' })).status).toBe(404);
  });
}
