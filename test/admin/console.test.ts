/** The console in a browser: what a person sees and presses. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';

const CHROMIUM = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);

test('shows calls as they come, sends those that work, resets, and leaves no trace of itself', async ({ skip }) => {
  if (CHROMIUM === undefined) skip('no Chromium was found; set CHROMIUM to its path');
  const args = ['--no-sandbox', '--disable-quic', '--disable-background-networking'];
  const browser = await chromium.launch({ executablePath: CHROMIUM as string, args });
  const mock = createMock({ apis: ['logisense'] });
  try {
    const { url } = await mock.listen();
    const page = await browser.newPage();
    const mistakes: string[] = [];
    page.on('pageerror', ({ message }) => mistakes.push(message));
    page.on('dialog', (dialog) => void dialog.accept('before'));

    const world = mock.world('tests');
    await page.goto(`${url}/__worlds/tests/__admin`);
    await page.locator('#routes tr').first().waitFor();
    expect(await page.locator('#world').inputValue()).toBe('tests');
    expect([world.requests(), mock.requests()]).toEqual([[], []]);

    await fetch(`${url}/__worlds/tests/Contact/1?x=1`);
    await page.locator('#requests tr', { hasText: 'GET /Contact/1?x=1' }).waitFor();
    await page.locator('#snap').click();
    await page.locator('#snapshots option', { hasText: 'before' }).waitFor({ state: 'attached' });

    await page.locator('#routes tr', { hasText: 'logisense.ContactType.delete' }).getByText('Send').click();
    await page.locator('#answer', { hasText: '200 OK' }).waitFor();
    await page.locator('#written', { hasText: 'logisense.contactTypes' }).waitFor();
    await page.locator('#requests tr', { hasText: 'logisense.ContactType.delete' }).click();
    expect(await page.locator('#entry').textContent()).toContain('"operation": "logisense.ContactType.delete"');
    expect(mock.requests()).toEqual([]);

    await page.locator('#restore').click();
    await page.locator('#written', { hasText: 'nothing' }).waitFor();
    await page.getByText('+1 h').click();
    await page.locator('#clock', { hasText: '2026-01-01T01:00:00.000Z (frozen)' }).waitFor();
    await page.getByText('Reset').click();
    await page.locator('#clock', { hasText: '2026-01-01T00:00:00.000Z (frozen)' }).waitFor();
    expect(mistakes).toEqual([]);
  } finally {
    await browser.close();
    await mock.close();
  }
});

test('off loopback it asks for the token and is told what the server knows', async ({ skip }) => {
  if (CHROMIUM === undefined) skip('no Chromium was found; set CHROMIUM to its path');
  const browser = await chromium.launch({ executablePath: CHROMIUM as string, args: ['--no-sandbox', '--disable-quic'] });
  const mock = createMock({ apis: ['logisense'], adminToken: 'told' });
  try {
    const { url } = await mock.listen({ host: '0.0.0.0' });
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.accept('told');
    });
    await page.goto(`${url.replace('0.0.0.0', '127.0.0.1')}/__admin`);
    await page.locator('#routes tr').first().waitFor();
    expect(asked).toHaveLength(1);
    expect(await page.locator('#written').textContent()).toContain('untouched');
  } finally {
    await browser.close();
    await mock.close();
  }
});
