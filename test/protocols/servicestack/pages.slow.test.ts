/** The pages in a browser: readable for everybody, narrow and wide, light and dark; and a sign-in by hand. */
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMock } from '../../../src/mock.ts';
import { CHROMIUM, launch, NO_CHROMIUM } from '../../support/browser/chromium.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
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

const links = mock.routes().find(({ operation }) => operation === 'canvara.ContactConnectedLinks')!.example.path;
const connections = links.replace('/links', '/connections');

/** Breaches of the rules for accessible pages. */
async function breachesOf(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  const { violations } = (await page.evaluate('axe.run()')) as { violations: { id: string; nodes: { html: string }[] }[] };
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
}

test('every page is accessible, narrow and wide, light and dark', { timeout: 120_000 }, async ({ skip }) => {
  skip(browser === undefined, NO_CHROMIUM);
  const paths = [
    '/metadata',
    '/json/metadata?op=ContactConnectionRequest',
    '/api/xml/metadata?op=GetConnectionsToContact',
    '/api/jsv/metadata?op=ContactConnectedLinks&lang=csharp',
    '/types',
    '/login',
    links,
    connections,
    '/api/contacts/abc/connections',
  ];
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser!.newPage({ colorScheme, viewport: { width: 1280, height: 800 } });
    for (const path of paths) {
      await page.goto(url + path);
      expect([path, colorScheme, await breachesOf(page)]).toEqual([path, colorScheme, []]);
    }
    await page.setViewportSize({ width: 360, height: 800 });
    for (const path of paths) {
      await page.goto(url + path);
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 360]);
    }
    await page.close();
  }
});

test('the table of errors stays within its card', async ({ skip }) => {
  skip(browser === undefined, NO_CHROMIUM);
  const page = await browser!.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${url}/api/contacts/abc/connections`);
  const [card, inner] = [await page.locator('section > table').boundingBox(), await page.locator('section table table').boundingBox()];
  expect(inner!.x + inner!.width).toBeLessThanOrEqual(card!.x + card!.width);
  await page.close();
});

test('a failed sign-in is told, a good one leads on, the page says who is signed in and signs out', async ({ skip }) => {
  skip(browser === undefined, NO_CHROMIUM);
  const context = await browser!.newContext();
  const page = await context.newPage();
  const signIn = async (password: string): Promise<void> => {
    await page.getByLabel('User name').fill('worker');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).last().click();
    await page.waitForLoadState();
  };
  await page.goto(`${url}/v1/ContactConnections/5`);
  expect(new URL(page.url()).pathname).toBe('/login');
  await signIn('wrong');
  expect(await page.getByRole('alert').textContent()).toBe('Invalid Username or Password');
  expect(page.url()).not.toContain('#');
  await signIn('worker');
  expect([new URL(page.url()).pathname, await page.title()]).toEqual(['/v1/ContactConnections/5', expect.stringContaining('Snapshot')]);
  await page.goto(`${url}/login`);
  expect(await page.locator('main').textContent()).toContain('Signed in as worker (Worker).');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForLoadState();
  expect([new URL(page.url()).pathname, await page.locator('main').textContent()]).toEqual([
    '/login',
    expect.not.stringContaining('Signed in as'),
  ]);
  await context.close();
});

test('two worlds in one browser do not sign each other out', async ({ skip }) => {
  skip(browser === undefined, NO_CHROMIUM);
  const context = await browser!.newContext();
  const page = await context.newPage();
  for (const [world, user] of [
    ['one', 'worker'],
    ['two', 'agent'],
  ]) {
    await page.goto(`${url}/__worlds/${world}/login`);
    await page.getByRole('button', { name: `Sign in as ${user}` }).click();
    await page.waitForLoadState();
  }
  for (const [world, user] of [
    ['one', 'worker'],
    ['two', 'agent'],
  ]) {
    await page.goto(`${url}/__worlds/${world}/login`);
    expect(await page.locator('main').textContent()).toContain(`Signed in as ${user}`);
  }
  await context.close();
});

test('no page can be framed', async ({ skip }) => {
  skip(browser === undefined, NO_CHROMIUM);
  const page = await browser!.newPage();
  const refused: string[] = [];
  page.on('console', (message) => refused.push(message.text()));
  await page.goto(`${url}/types/typescript`);
  await page.setContent(`<iframe src="${url}/metadata"></iframe>`);
  await page.waitForLoadState('networkidle');
  expect(refused.join()).toMatch(/frame-ancestors/);
  await page.close();
});
