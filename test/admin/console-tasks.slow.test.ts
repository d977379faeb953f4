/** Ten tasks of a working day, each from the first view in at most three clicks; typing is not counted, choosing from a list is two. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMock, type Mock, type MockWorld } from '../../src/index.ts';
import { CHROMIUM, launch, NO_CHROMIUM } from '../support/browser/chromium.ts';
import { callThat, clipboard, type OpenConsole, openConsole } from '../support/browser/console.ts';

let browser: Browser;
let mock: Mock;
let url: string;
beforeAll(async () => {
  mock = createMock({ apis: ['logisense'] });
  ({ url } = await mock.listen());
  if (CHROMIUM !== undefined) browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await mock.close();
});

const MAX_CLICKS = 3;

let count = 0;
const task = (name: string, work: (opened: OpenConsole, world: MockWorld) => Promise<void>): void =>
  test(name, async ({ skip }) => {
    if (CHROMIUM === undefined) skip(NO_CHROMIUM);
    const world = mock.world(`task-${++count}`);
    const headers = { 'Content-Type': 'application/json' };
    await world.fetch('/Contact/1');
    await world.fetch('/Contact', { method: 'POST', headers, body: '{"contactTypeId":1,"firstName":"Ada","isUsedForTax":"perhaps"}' });
    await world.fetch('/Contact/2');
    const opened = await openConsole(browser, `${url}/__worlds/${world.name}/__admin`);
    try {
      await opened.page.locator('.live.on').waitFor();
      await work(opened, world);
      expect(opened.clicks).toBeLessThanOrEqual(MAX_CLICKS);
      expect(opened.mistakes).toEqual([]);
    } finally {
      await opened.context.close();
    }
  });

task('find why the last POST failed', async ({ page, click }) => {
  await click(callThat(page, 'POST /Contact'));
  await page.getByRole('region', { name: 'Explanation' }).getByText('isUsedForTax', { exact: true }).waitFor();
});

task('resend it corrected', async ({ page, click }) => {
  await click(callThat(page, 'POST /Contact'));
  await click(page.getByRole('button', { name: 'Edit and resend' }));
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
  await page.getByLabel('Body', { exact: true }).fill('{"contactTypeId":1,"firstName":"Ada","isUsedForTax":true}');
  await click(page.getByRole('button', { name: 'Send', exact: true }));
  await page.locator('h2', { hasText: 'Answer 200' }).waitFor();
});

task('copy it as curl', async ({ page, click }) => {
  await click(callThat(page, 'POST /Contact'));
  await click(page.getByRole('button', { name: 'Copy as curl' }));
  await expect.poll(() => clipboard(page)).toContain('--data-raw \'{"contactTypeId":1');
});

task('make contact 7 fail twice with 503', async ({ page, click }, world) => {
  await click(page.getByRole('link', { name: 'Situations' }));
  await click(page.getByLabel('Only this path'));
  await page.keyboard.type('/Contact/7');
  await click(page.getByRole('button', { name: 'Add the rule' }));
  await page.getByText('0 of 2').waitFor();
  const statuses: number[] = [];
  for (let i = 0; i < 3; i++) statuses.push((await world.fetch('/Contact/7')).status);
  expect([...statuses, (await world.fetch('/Contact/8')).status]).toEqual([503, 503, 200, 200]);
});

task("put a contact's last name to 200 characters", async ({ page, click }, world) => {
  await click(page.getByRole('link', { name: 'Data' }));
  await click(page.getByRole('link', { name: '7', exact: true }).first());
  await click(page.getByRole('button', { name: 'Put 200 characters into lastName' }));
  await page.getByText('lastName changed.').waitFor();
  const { instance } = (await (await world.fetch('/Contact/7')).json()) as { instance: { lastName: string } };
  expect(instance.lastName).toHaveLength(200);
});

task('see who is connected to whom', async ({ page, click }) => {
  await click(page.getByRole('link', { name: 'Data' }));
  await click(page.getByRole('link', { name: '7', exact: true }).first());
  await page.getByRole('heading', { name: /^Connections: / }).waitFor();
  expect(await page.locator('.graph line').count()).toBeGreaterThan(0);
});

task('go back to before', async ({ page, click }, world) => {
  await page.goto(`${page.url().split('#')[0]}#/data/logisense.contacts/7`);
  await page.getByLabel('lastName', { exact: true }).fill('Changed');
  await page.keyboard.press('Enter');
  await page.getByText('lastName changed.').waitFor();
  await click(page.getByRole('button', { name: 'Undo' }));
  await page.getByText('Undone: lastName changed.').waitFor();
  expect(Object.keys(world.state.get().records)).not.toContain('logisense.contacts');
});

task('freeze the clock a month later', async ({ page, click }, world) => {
  world.clock.set({ now: 'real' });
  world.clock.set({ now: '2031-01-31T12:00:00Z' });
  await click(page.getByRole('link', { name: 'Situations' }));
  await click(page.getByRole('button', { name: '+1 month' }));
  await page.getByText('Frozen: it stands still').waitFor();
  expect(world.clock.get()).toMatchObject({ mode: 'frozen', now: expect.stringMatching(/^2031-02-28T12:00:0/) });
});

task('switch to an empty world', async ({ page, choose }) => {
  await choose(page.getByLabel('World', { exact: true }), 'a new empty world');
  await page.waitForURL(/__worlds\/empty-\d+\/__admin/);
  await page.locator('.live.on').waitFor();
  const name = /__worlds\/([^/]+)/.exec(page.url())?.[1] as string;
  expect((await mock.world(name).fetch('/Contact/1')).status).toBe(404);
});

task("show only this test's calls", async ({ page, choose }) => {
  const other = mock.world('vitest-17');
  await other.fetch('/Contact/42');
  await page.reload();
  await choose(page.getByLabel('World', { exact: true }), 'vitest-17');
  await page.waitForURL('**/__worlds/vitest-17/__admin');
  await page.getByText('1 call', { exact: true }).waitFor();
  expect(await page.locator('.call .what').allTextContents()).toEqual(['GET /Contact/42']);
});
