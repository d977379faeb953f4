/** A world after a working day, and every view of the console onto it: for pictures and for axe. */
import type { Page } from 'playwright-core';
import type { MockWorld } from '../../../src/index.ts';

/** Calls that go well and calls that fail, rules, snapshots, records changed, made and deleted. Gives the id of the last failure. */
export async function workingDay(world: MockWorld): Promise<string> {
  const headers = { 'Content-Type': 'application/json', Authorization: 'Bearer worker' };
  const send = (method: string, path: string, body: object) => world.fetch(path, { method, headers, body: JSON.stringify(body) });
  world.snapshot('before-checkout');
  for (let i = 1; i <= 12; i++) await world.fetch(`/Contact/${i}`);
  await world.fetch('/ContactType/Paged', { headers: { Pagination: '{"pageNumber":2,"pageSize":5}' } });
  await world.fetch('/v1/ContactConnections/1', { headers: { Authorization: 'Bearer worker', Accept: 'application/xml' } });
  await world.fetch('/v1/ContactConnections/1.csv', { headers: { Authorization: 'Bearer agent' } });
  await world.fetch('/v1/ContactConnections/1');
  await send('POST', '/ContactType', { name: 'Escalation', description: 'Who is called at night' });
  await send('PUT', '/Contact/7', { identity: 7, contactTypeId: 2, lastName: 'Ångström' });
  world.faults.set([
    { operation: 'logisense.Contact.get', request: { urlPath: '/Contact/7' }, outcomes: [{ code: 503 }, { code: 503 }, { pass: true }] },
    { operation: 'canvara.ContactConnectedLinks', outcomes: [{ delay: 250 }], repeat: true },
  ]);
  await world.fetch('/Contact/7');
  await world.fetch('/Contac/7');
  world.snapshot('after-checkout');
  await world.fetch('/ContactType/30', { method: 'DELETE' });
  const failed = await send('POST', '/Contact', { contactTypeName: 'Bilings', firstNam: 'Ada', lastName: 'Lovelace', isUsedForTax: 'yes' });
  return failed.headers.get('x-mock-request-id') as string;
}

interface View {
  /** After `/__admin`. */
  readonly hash: string;
  /** What is pressed there. */
  readonly act?: (page: Page) => Promise<unknown>;
}

const pressed =
  (name: string) =>
  (page: Page): Promise<void> =>
    page.getByRole('button', { name }).click();

/** `call`: the id of the call to unfold; `contact`: the key of a Canvara contact. */
export const viewsOf = (call: string, contact: string): Readonly<Record<string, View>> => ({
  journal: { hash: '#/requests' },
  call: { hash: `#/requests/${call}` },
  resend: { hash: `#/requests/${call}`, act: pressed('Edit and resend') },
  data: { hash: '#/data/logisense.contacts' },
  record: { hash: '#/data/logisense.contacts/7' },
  connections: { hash: `#/data/canvara.contacts/${contact}` },
  deletion: { hash: '#/data/logisense.contactTypes/26', act: pressed('Delete…') },
  'new-record': { hash: '#/data/logisense.contacts/new' },
  operations: { hash: '#/operations/trendsic.ContactConnectionRequest' },
  sent: { hash: '#/operations/logisense.Contact.getDetail', act: pressed('Send') },
  situations: { hash: '#/situations' },
  difference: { hash: '#/situations', act: pressed('What changed since before-checkout') },
  worlds: { hash: '#/worlds' },
});

/** Shows a view and waits until what it asks for is there. */
export async function visit(page: Page, address: string, { hash, act }: View): Promise<void> {
  await page.goto('about:blank');
  await page.goto(address + hash);
  await page.locator('.live.on').waitFor();
  await act?.(page);
  // The stream of calls stays open: there is no moment without a request.
  await page.waitForTimeout(300);
}
