import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, expect } from '@playwright/test';
import { mockTest } from '../../../src/adapters/playwright.ts';

const test = mockTest(base, { apis: ['logisense'] });

// The application under test: a page of another origin that knows nothing of worlds.
const app = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<h1>App</h1>'));
test.beforeAll(() => new Promise<void>((resolve) => void app.listen(0, '127.0.0.1', resolve)));
test.afterAll(() => void app.close());
const address = (): string => `http://localhost:${(app.address() as AddressInfo).port}/`;

for (const time of ['first', 'second']) {
  test(`a page deletes what is there again for the next test (${time})`, async ({ page, world, mockServer }) => {
    await page.goto(address());
    const statuses = await page.evaluate(async (server) => {
      const headers = { Pagination: '{}', Authorization: 'Bearer worker' };
      const call = async () => (await fetch(`${server}/ContactType/30`, { method: 'DELETE', credentials: 'include', headers })).status;
      return [await call(), await call()];
    }, mockServer);
    expect(statuses).toEqual([200, 404]);
    expect(await world.requests.count({ method: 'DELETE' })).toBe(2);
  });
}

test('the base URL of the world will do as well, and faults reach the page', async ({ page, world }) => {
  await world.faults.set([{ operation: 'logisense.Contact.get', outcomes: [{ code: 503 }] }]);
  expect((await page.goto(`${world.url}/Contact/1`))?.status()).toBe(503);
  expect((await page.goto(`${world.url}/Contact/1`))?.status()).toBe(200);
  // A browser asks once more when a connection that it used before ends without an answer: hence `repeat`.
  await world.faults.set([{ operation: 'logisense.Contact.get', outcomes: [{ fault: 'EMPTY_RESPONSE' }], repeat: true }]);
  await expect(page.goto(`${world.url}/Contact/1`)).rejects.toThrow(/ERR_EMPTY_RESPONSE/);
});

test('calls of the test itself go to its world', async ({ request, world, mockServer }) => {
  const answer = await request.get(`${mockServer}/Contact/1`);
  expect(answer.status()).toBe(200);
  expect((await world.requests())[0]?.id).toBe(answer.headers()['x-mock-request-id']);
});
