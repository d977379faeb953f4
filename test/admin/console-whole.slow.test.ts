/** The console as a whole: nothing that axe complains of, and as quick with ten million records and ten thousand calls as with few. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';
import { CHROMIUM, launch } from '../support/browser/chromium.ts';
import { openConsole } from '../support/browser/console.ts';
import { viewsOf, visit, workingDay } from '../support/browser/working-day.ts';

let browser: Browser;
beforeAll(async () => {
  if (CHROMIUM !== undefined) browser = await launch();
});
afterAll(() => browser?.close());

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found: Violation[] = await page.evaluate(
    async () => (await (globalThis as never as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe.run()).violations,
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`);
}

test.skipIf(CHROMIUM === undefined).each([
  ['light', 360],
  ['light', 1280],
  ['dark', 360],
  ['dark', 1280],
] as const)('axe finds nothing in any view, %s, %i pixels wide, and no view is wider than the window', async (colorScheme, width) => {
  const mock = createMock();
  const world = mock.world('checkout');
  const call = await workingDay(world);
  const [contact] = (await (await world.fetch('/__admin/records/canvara.contacts?limit=1')).json()).records;
  const { url } = await mock.listen();
  const address = `${url}/__worlds/checkout/__admin`;
  const { page, context, mistakes, refusals } = await openConsole(browser, address, { colorScheme, viewport: { width, height: 800 } });
  try {
    for (const [name, view] of Object.entries(viewsOf(call, contact.key))) {
      await visit(page, address, view);
      expect([name, ...(await violations(page))]).toEqual([name]);
      expect([name, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([name, width]);
    }
    expect([...mistakes, ...refusals]).toEqual([]);
  } finally {
    await context.close();
    await mock.close();
  }
});

test.skipIf(CHROMIUM === undefined)(
  'ten million records and ten thousand calls: at most 200 rows in the page, wherever one looks',
  async () => {
    const mock = createMock({ apis: ['logisense'], scale: { 'logisense.contacts': 10_000_000 }, journal: 10_000 });
    for (let i = 1; i <= 10_000; i++) await mock.fetch(`/Contact/${i}`);
    const { url } = await mock.listen();
    const { page, context, mistakes } = await openConsole(browser, `${url}/__admin`);
    const rows = () => page.locator('.calls li, tbody tr').count();
    try {
      await page.getByText('10,000 calls').waitFor();
      expect(await rows()).toBeLessThanOrEqual(200);
      await page.locator('.call').first().focus();
      await page.keyboard.press('End');
      await page
        .locator('.call', { hasText: /GET \/Contact\/1\D*\d/ })
        .last()
        .waitFor();
      await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('href'))).toBeTruthy();
      expect(await rows()).toBeLessThanOrEqual(200);
      await page.getByRole('link', { name: 'Data' }).click();
      await page.getByText('1–50 of 10,000,000').waitFor();
      await page.getByRole('button', { name: 'Last' }).click();
      await page.getByText('9,999,951–10,000,000 of 10,000,000').waitFor();
      expect(await rows()).toBeLessThanOrEqual(200);
      await page.getByLabel('In member').selectOption('lastName');
      await page.getByLabel('Search records').fill('no such name');
      await page.getByText(/^Searching: /).waitFor();
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByText('None so far.').waitFor();
      await page.goto(`${url}/__admin#/operations/logisense.Contact.list`);
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('The first 200,000 characters.').waitFor();
      expect(mistakes).toEqual([]);
    } finally {
      await context.close();
      await mock.close();
    }
  },
);
