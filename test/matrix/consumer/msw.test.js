import './runtime.js';
import { mockApi } from 'contacts-mock/msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

const api = mockApi('https://api.example.com', { apis: ['logisense'] });
const server = setupServer(...api.handlers);
beforeAll(() => void server.listen());
beforeEach(() => void api.freshWorld());
afterAll(() => server.close());

test.each(['first', 'second'])('each test has a world of its own (%s)', async () => {
  const call = async (path, init) => (await fetch(`https://api.example.com${path}`, init)).status;
  expect(await call('/Contact/1')).toBe(200);
  expect(await call('/ContactType/30', { method: 'DELETE' })).toBe(200);
  expect(await call('/ContactType/30', { method: 'DELETE' })).toBe(404);
});
