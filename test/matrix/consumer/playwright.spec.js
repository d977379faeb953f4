import './runtime.js';
import { expect, test as base } from '@playwright/test';
import { mockTest } from 'contacts-mock/playwright';

const test = mockTest(base, { apis: ['logisense'] });

for (const time of ['first', 'second']) {
  test(`each test has a world of its own (${time})`, async ({ page, request, world, mockServer }) => {
    expect((await page.goto(`${world.url}/Contact/1`)).status()).toBe(200);
    expect((await request.delete(`${mockServer}/ContactType/30`)).status()).toBe(200);
    expect((await request.delete(`${mockServer}/ContactType/30`)).status()).toBe(404);
  });
}
