/** Pictures of every view of the console, light and dark, narrow and wide, to be looked at: `npm run screenshots [FOLDER]`. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { createMock, type Mock } from '../../src/index.ts';
import { launch } from './chromium.ts';

const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'console-'));
mkdirSync(folder, { recursive: true });

/** A working day: calls that go well, calls that fail, a rule, snapshots, a record changed. */
async function workingDay(mock: Mock): Promise<string> {
  const world = mock.world('checkout');
  const json = { 'Content-Type': 'application/json', Authorization: 'Bearer worker' };
  const post = (path: string, body: object, method = 'POST') => world.fetch(path, { method, headers: json, body: JSON.stringify(body) });
  world.snapshot('before-checkout');
  for (let i = 1; i <= 12; i++) await world.fetch(`/Contact/${i}`);
  await world.fetch('/ContactType/Paged', { headers: { Pagination: '{"pageNumber":2,"pageSize":5}' } });
  await world.fetch('/v1/ContactConnections/1', { headers: { Authorization: 'Bearer worker', Accept: 'application/xml' } });
  await world.fetch('/v1/ContactConnections/1.csv', { headers: { Authorization: 'Bearer agent' } });
  await world.fetch('/v1/ContactConnections/1');
  await post('/ContactType', { name: 'Escalation', description: 'Who is called at night' });
  await post('/Contact/7', { identity: 7, contactTypeId: 2, lastName: 'Ångström' }, 'PUT');
  world.faults.set([
    { operation: 'logisense.Contact.get', request: { urlPath: '/Contact/7' }, outcomes: [{ code: 503 }, { code: 503 }, { pass: true }] },
    { operation: 'canvara.ContactConnectedLinks', outcomes: [{ delay: 250 }], repeat: true },
  ]);
  await world.fetch('/Contact/7');
  await world.fetch('/Contac/7');
  world.snapshot('after-checkout');
  await world.fetch('/ContactType/30', { method: 'DELETE' });
  const failed = await post('/Contact', { contactTypeName: 'Bilings', firstNam: 'Ada', lastName: 'Lovelace', isUsedForTax: 'yes' });
  return failed.headers.get('x-mock-request-id') as string;
}

const mock = createMock();
const request = await workingDay(mock);
const { url } = await mock.listen();
const contact = await (await mock.world('checkout').fetch('/__admin/records/canvara.contacts?limit=1')).json();
const views: Readonly<Record<string, { readonly hash: string; readonly act?: (page: Page) => Promise<unknown> }>> = {
  journal: { hash: '#/requests' },
  call: { hash: `#/requests/${request}` },
  resend: { hash: `#/requests/${request}`, act: (page) => page.getByRole('button', { name: 'Edit and resend' }).click() },
  data: { hash: '#/data/logisense.contacts' },
  record: { hash: '#/data/logisense.contacts/7' },
  connections: { hash: `#/data/canvara.contacts/${contact.records[0].key}` },
  deletion: { hash: '#/data/logisense.contactTypes/26', act: (page) => page.getByRole('button', { name: 'Delete…' }).click() },
  operations: { hash: '#/operations/trendsic.ContactConnectionRequest' },
  sent: { hash: '#/operations/logisense.Contact.getDetail', act: (page) => page.getByRole('button', { name: 'Send' }).click() },
  situations: { hash: '#/situations' },
  difference: { hash: '#/situations', act: (page) => page.getByRole('button', { name: 'What changed since before-checkout' }).click() },
  worlds: { hash: '#/worlds' },
};

const browser = await launch();
for (const scheme of ['light', 'dark'] as const) {
  for (const width of [360, 1280]) {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 800 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && console.error(`${scheme} ${width}: ${message.text()}`));
    page.on('pageerror', (error) => console.error(`${scheme} ${width}: ${error.stack}`));
    for (const [name, { hash, act }] of Object.entries(views)) {
      await page.goto(`${url}/__worlds/checkout/__admin${hash}`);
      await page.locator('.live.on').waitFor();
      await page.waitForLoadState('load');
      await page.waitForTimeout(250);
      await act?.(page);
      if (act !== undefined) await page.waitForTimeout(250);
      await page.screenshot({ path: join(folder, `${name}-${scheme}-${width}.png`), fullPage: !hash.startsWith('#/requests') });
    }
    await context.close();
  }
}
await browser.close();
await mock.close();
console.log(folder);
