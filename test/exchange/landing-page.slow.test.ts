import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMock } from '../../src/mock.ts';
import { CHROMIUM, launch, NO_CHROMIUM } from '../support/browser/chromium.ts';

const mock = createMock();
let url: string;
let browser: Browser | undefined;
beforeAll(async () => {
  ({ url } = await mock.listen());
  if (CHROMIUM !== undefined) browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await mock.close();
});

test('the page at the address that the server prints has a call of each API that works with one click', async ({ skip }) => {
  if (browser === undefined) skip(NO_CHROMIUM);
  for (const width of [360, 1280]) {
    for (const api of ['trendsic', 'canvara', 'logisense']) {
      const page = await browser!.newPage({ viewport: { width, height: 800 } });
      const errors: string[] = [];
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await page.goto(url);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const title = { trendsic: 'Trendsic', canvara: 'Canvara', logisense: 'LogiSense' }[api] as string;
      const answer = page.waitForResponse((response) => response.request().isNavigationRequest() && response.status() === 200);
      await page
        .locator('li', { hasText: title })
        .getByText(/^GET \//)
        .click();
      expect((await answer).status()).toBe(200);
      await page.waitForLoadState();
      expect(new URL(page.url()).pathname).not.toBe('/login');
      expect(errors).toEqual([]);
      await page.close();
    }
  }
});
