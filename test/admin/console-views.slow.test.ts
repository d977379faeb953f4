/** The console in a browser: what a person sees and presses. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMock, type Mock, type MockWorld } from '../../src/index.ts';
import { CHROMIUM, launch, NO_CHROMIUM } from '../support/browser/chromium.ts';
import { callThat, clipboard, type OpenConsole, openConsole, press } from '../support/browser/console.ts';

let browser: Browser;
let mock: Mock;
let url: string;
beforeAll(async () => {
  mock = createMock();
  ({ url } = await mock.listen());
  if (CHROMIUM !== undefined) browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await mock.close();
});

const JSON_AS_WORKER = { 'Content-Type': 'application/json', Authorization: 'Bearer worker' };
const send = (world: Pick<MockWorld, 'fetch'>, method: string, path: string, body?: object): Promise<Response> =>
  world.fetch(path, { method, headers: JSON_AS_WORKER, ...(body !== undefined && { body: JSON.stringify(body) }) });

let count = 0;
/** A test with the console open on a world of its own; it ends without a complaint of the browser's. */
const shows = (
  name: string,
  use: (opened: OpenConsole, world: MockWorld) => Promise<void>,
  hash = '',
  prepare?: (world: MockWorld) => Promise<unknown>,
): void =>
  test(name, async ({ skip }) => {
    if (CHROMIUM === undefined) skip(NO_CHROMIUM);
    const world = mock.world(`console-${++count}`);
    await world.fetch('/__admin/clock');
    await prepare?.(world);
    const opened = await openConsole(browser, `${url}/__worlds/${world.name}/__admin${hash}`);
    try {
      await opened.page.locator('.live.on').waitFor();
      await use(opened, world);
      expect(opened.mistakes).toEqual([]);
    } finally {
      await opened.context.close();
    }
  });

shows('looking at the page leaves no trace in the journal', async ({ page }, world) => {
  for (const view of ['Data', 'Operations', 'Situations', 'Worlds', 'Journal'])
    await page.getByRole('link', { name: view, exact: true }).click();
  await page.getByText('No calls yet.').waitFor();
  expect(world.requests()).toEqual([]);
});

shows('calls are shown as they are answered, newest first, with the machine’s time and the world’s', async ({ page }, world) => {
  world.clock.set('2031-05-06T07:08:09Z');
  await fetch(`${url}/__worlds/${world.name}/Contact/1`);
  await callThat(page, '/Contact/1').waitFor();
  await fetch(`${url}/__worlds/${world.name}/Contact/2`);
  await callThat(page, '/Contact/2').waitFor();
  expect(await page.locator('.call .what').allTextContents()).toEqual(['GET /Contact/2', 'GET /Contact/1']);
  const [ofWorld, ofMachine] = await page.locator('.call time').allTextContents();
  expect(ofWorld).toBe('2031-05-06 07:08:09');
  expect(ofMachine).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/);
});

shows(
  'the journal is filtered by text, method, status, operation and failure, and the address keeps the filter',
  async ({ page }) => {
    const shown = (...calls: string[]) => expect.poll(() => page.locator('.call .what').allTextContents()).toEqual(calls);
    const all = ['POST /Contact', 'GET /ContactType/1', 'GET /Contac/1', 'GET /Contact/1'];
    await shown(...all);
    await page.getByLabel('Only failures').check();
    await shown('POST /Contact', 'GET /Contac/1');
    await page.getByLabel('Method').selectOption('POST');
    await shown('POST /Contact');
    expect(page.url()).toContain('failed=true');
    await page.reload();
    await shown('POST /Contact');
    await page.getByText('1 matching call').waitFor();
    await page.getByLabel('Only failures').uncheck();
    await page.getByLabel('Method').selectOption('');
    await page.getByLabel('Status').selectOption('2xx');
    await shown('GET /ContactType/1', 'GET /Contact/1');
    await page.getByLabel('Status').selectOption('');
    await page.getByLabel('Operation', { exact: true }).selectOption('logisense.ContactType.get');
    await shown('GET /ContactType/1');
    await page.getByLabel('Operation', { exact: true }).selectOption('');
    await page.getByLabel('Search calls').fill('LOVELACE');
    await shown('POST /Contact');
    await page.getByLabel('Search calls').fill('');
    await shown(...all);
    await press(page, 'Forget all');
    await page.getByText('No calls yet.').waitFor();
  },
  '',
  async (world) => {
    await world.fetch('/Contact/1');
    await world.fetch('/Contac/1');
    await world.fetch('/ContactType/1');
    await send(world, 'POST', '/Contact', { lastName: 'Lovelace' });
  },
);

shows(
  'a failed call unfolds with its explanation first, then what was sent, answered and bound',
  async ({ page }, world) => {
    await callThat(page, 'POST /Contact').click();
    const article = page.locator('article');
    await article.waitFor();
    const sections = await article.locator('section').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    expect(sections).toEqual(['Explanation', 'Response', 'Request']);
    const explanation = await article.getByRole('region', { name: 'Explanation' }).textContent();
    expect(explanation?.startsWith(world.requests()[0]!.explanation!.message)).toBe(true);
    expect(explanation).toContain('Did you mean firstName?');
    expect(await article.locator('.facts').last().textContent()).toMatch(
      /Operationlogisense\.Contact\.createCallerworkerMachine’s time.*World’s time2026-01-01T00:00:00\.000Z.*Served bymock/,
    );
    expect(await article.getByRole('region', { name: 'Request body' }).textContent()).toBe(
      '{\n  "firstNam": "Ada",\n  "lastName": "Lovelace"\n}',
    );
    expect(await article.locator('.name').first().textContent()).toBe('"trackingId"');
    await article.getByText('What the operation received').click();
    expect(await article.getByRole('region', { name: 'Bound' }).textContent()).toContain('"firstNam": "Ada"');
    await article.getByText('2 header lines').click();
    expect(await article.locator('.headers').last().textContent()).toContain('Bearer wor…');
  },
  '',
  (world) => send(world, 'POST', '/Contact', { firstNam: 'Ada', lastName: 'Lovelace' }),
);

shows(
  'bodies are spread and coloured in JSON, XML, JSV and CSV, and shown as a tree',
  async ({ page }, world) => {
    for (const [type, spread, branch] of [
      ['json', '"FirstName": ', 'Contact ['],
      ['xml', '<FirstName>', 'ContactResponse'],
      ['jsv', 'LastContact: 2025-08-01T06:25:56.3820000+00:00', 'Contact ['],
      ['csv', 'FirstName', '0 {'],
    ] as const) {
      await world.fetch(`/v1/ContactConnections/1.${type}`, { headers: { Authorization: 'Bearer worker' } });
      await callThat(page, `/1.${type}`).click();
      const body = page.getByRole('region', { name: 'Response body' });
      await page.locator('article .url', { hasText: `.${type}` }).waitFor();
      expect(await body.textContent()).toContain(spread);
      expect(await body.locator('.name').count()).toBeGreaterThan(0);
      await page.getByLabel('View of Response body').selectOption('tree');
      expect((await body.locator('summary').allTextContents()).join('\n')).toContain(branch);
      await page.getByLabel('View of Response body').selectOption('raw');
      const [entry] = world.requests();
      expect(await body.textContent()).toBe((entry!.response as { body: string }).body);
    }
  },
  '',
  async (world) => world.settings.set({ journalBody: 100_000 }),
);

shows(
  'a call is copied as curl, fetch, ServiceStack’s client and a test, each with credentials that work, and saved as HAR',
  async ({ page }, world) => {
    const copied = async (name: string): Promise<string> => {
      await page.evaluate(() => navigator.clipboard.writeText(''));
      await press(page, name);
      await expect.poll(() => clipboard(page)).not.toBe('');
      return clipboard(page);
    };
    await callThat(page, 'PUT /v1').click();
    const address = `${url}/__worlds/${world.name}/v1/ContactConnections/1`;
    expect(await copied('Copy as curl')).toBe(
      `curl -i -X PUT '${address}' \\\n  -H 'authorization: Bearer worker' \\\n  -H 'content-type: application/json' \\\n  --data-raw '{"Contact":[{"ContactId":2,"LastName":"O'\\''Hara"}]}'`,
    );
    expect(await copied('Copy as fetch')).toContain(`await fetch("${address}", {\n  method: "PUT"`);
    const client = await copied('Copy as @servicestack/client');
    expect(client).toContain(`new JsonServiceClient('${url}/__worlds/${world.name}')`);
    expect(client).toContain('await client.put(new ContactConnectionRequest({\n  Contact: [');
    const snippet = await copied('Make it a test');
    expect(snippet).toContain("import { mockTest } from 'contacts-mock/vitest';");
    expect(snippet).toContain(`world.state.set(`);
    expect(snippet).toContain('expect(answer.status).toBe(200);');
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Save as HAR')]);
    const stream = await download.createReadStream();
    let har = '';
    for await (const chunk of stream) har += chunk;
    const [entry] = JSON.parse(har).log.entries;
    expect([entry.request.method, entry.request.url, entry.response.status]).toEqual(['PUT', `${url}/v1/ContactConnections/1`, 200]);
  },
  '',
  (world) => send(world, 'PUT', '/v1/ContactConnections/1', { Contact: [{ ContactId: 2, LastName: "O'Hara" }] }),
);

shows(
  'a deletion that is sent asks once more, and is undone',
  async ({ page }, world) => {
    await callThat(page, 'DELETE').click();
    await press(page, 'Resend');
    await page.getByText('Send it once more').waitFor();
    expect((await world.fetch('/ContactType/31')).status).toBe(200);
    await page.getByLabel('Path and query').fill('/ContactType/31');
    await press(page, 'Send');
    await page.locator('h2', { hasText: 'Answer 200' }).waitFor();
    expect((await world.fetch('/ContactType/31')).status).toBe(404);
    await press(page, 'Undo');
    await page.getByText('Undone: DELETE /ContactType/31.').waitFor();
    expect((await world.fetch('/ContactType/31')).status).toBe(200);
  },
  '',
  (world) => world.fetch('/ContactType/30', { method: 'DELETE' }),
);

shows('a broken connection is shown as one, in the list and where it was sent', async ({ page }, world) => {
  world.faults.set([
    {
      operation: 'logisense.Contact.get',
      outcomes: [{ fault: 'EMPTY_RESPONSE' }, { fault: 'EMPTY_RESPONSE' }, { fault: 'EMPTY_RESPONSE' }],
      repeat: true,
    },
  ]);
  await fetch(`${url}/__worlds/${world.name}/Contact/1`).catch(() => undefined);
  await callThat(page, 'broken').click();
  await page.getByText('The connection was broken on purpose: EMPTY_RESPONSE.').first().waitFor();
});

shows(
  'the list is walked by keyboard: arrows, End, Enter; the call is closed again',
  async ({ page }) => {
    await callThat(page, '/Contact/40').focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('/Contact/39');
    await page.keyboard.press('End');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('GET /Contact/1');
    await page.keyboard.press('Enter');
    await page.locator('article .url', { hasText: /^\/Contact\/1$/ }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('GET /Contact/1');
    await press(page, 'Close the call');
    await page.locator('article').waitFor({ state: 'detached' });
  },
  '',
  async (world) => {
    for (let i = 1; i <= 40; i++) await world.fetch(`/Contact/${i}`);
  },
);

shows(
  'the focus reaches the last call though its row is asked for slowly and new calls come in meanwhile',
  async ({ page }, world) => {
    const older = /requests\/rows\?offset=[1-9]/;
    const isCounted = page.getByText('301 calls').waitFor();
    await page.route(older, (route) => isCounted.then(() => route.continue()));
    await callThat(page, '/Contact/300').focus();
    const isAskedFor = page.waitForRequest(older);
    await page.keyboard.press('End');
    await isAskedFor;
    await world.fetch('/Contact/301');
    await expect.poll(() => page.evaluate(() => document.activeElement?.querySelector('.what')?.textContent)).toBe('GET /Contact/1');
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.querySelector('.what')?.textContent)).toBe('GET /Contact/2');
  },
  '',
  async (world) => {
    for (let i = 1; i <= 300; i++) await world.fetch(`/Contact/${i}`);
  },
);

shows('data: pages, search by key and by member, and what was written is marked', async ({ page }, world) => {
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await page.getByRole('link', { name: 'connections', exact: true }).first().click();
  await page.getByText('1–50 of 200').waitFor();
  await press(page, 'Last');
  await page.getByText('151–200 of 200').waitFor();
  await press(page, 'Previous');
  await page.getByText('1–50 of 200').waitFor();
  await page.getByLabel('In member').selectOption('ContactId');
  await page.getByLabel('Search records').fill('7');
  const rows = page.locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(1);
  await page.getByLabel('In member').selectOption('ConnectedTo');
  await expect.poll(() => rows.count()).toBeGreaterThan(1);
  await page.getByLabel('Search records').fill('no such thing');
  await page.getByText('No record matches.').waitFor();
  await send(world, 'PUT', '/Contact/7', { identity: 7, lastName: 'Changed' });
  await page.goto(`${url}/__worlds/${world.name}/__admin#/data/logisense.contacts?written=true`);
  await page.locator('tr', { hasText: 'changed' }).waitFor();
  expect(await rows.count()).toBe(1);
});

shows(
  'a member is changed where it stands; a refused value says why and changes nothing; undo takes it back',
  async ({ page }, world) => {
    const lastName = async () => ((await (await world.fetch('/Contact/7')).json()) as { instance: { lastName: string } }).instance.lastName;
    const before = await lastName();
    await page.getByLabel('lastName', { exact: true }).fill('Changed');
    await page.keyboard.press('Enter');
    await page.getByText('lastName changed. Undo takes it back.').waitFor();
    expect(await lastName()).toBe('Changed');
    await page.locator('.member.changed', { hasText: `generated: ${before}` }).waitFor();
    await page.getByLabel('contactTypeId', { exact: true }).fill('99');
    await page.keyboard.press('Enter');
    await page.getByText('contactTypeId leads to logisense.contactTypes, which has no record 99.').waitFor();
    expect(await page.getByLabel('contactTypeId', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('contactTypeId', { exact: true }).fill('many');
    await page.keyboard.press('Enter');
    await page.getByText('contactTypeId has to be a whole number of 32 bits').waitFor();
    await press(page, 'Undo');
    await page.locator('.member.changed').waitFor({ state: 'detached' });
    expect(await lastName()).toBe(before);
    await press(page, 'Set title to null');
    await page.getByText('title changed.').waitFor();
    await press(page, 'Back to what was generated');
    await page.getByText('Record as generated.').waitFor();
    expect(world.state.get()).toEqual({ records: {} });
  },
  '#/data/logisense.contacts/7',
);

shows(
  'a deletion shows what would go along before anything goes',
  async ({ page }, world) => {
    await press(page, 'Delete…');
    await page.getByText(/go 19 that cannot be without it:/).waitFor();
    expect(world.state.get()).toEqual({ records: {} });
    await press(page, 'Keep it');
    await press(page, 'Delete…');
    await page.getByRole('button', { name: /^Delete all \d+$/ }).click();
    await page.getByText(/^\d+ records deleted\. Undo takes it back\./).waitFor();
    expect((await world.fetch('/ContactType/3')).status).toBe(404);
    expect(world.integrity().ok).toBe(true);
  },
  '#/data/logisense.contactTypes/3',
);

shows(
  'a change that is refused late leaves the one made meanwhile to be undone',
  async ({ page }) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/__admin/records/**', async (route) => {
      if (route.request().postData()?.includes('99')) await held;
      await route.continue();
    });
    const refused = page.waitForRequest((request) => request.postData()?.includes('99') === true);
    await page.getByLabel('contactTypeId', { exact: true }).fill('99');
    await page.keyboard.press('Enter');
    await refused;
    await page.getByLabel('lastName', { exact: true }).fill('Changed');
    await page.keyboard.press('Enter');
    await page.getByText('lastName changed. Undo takes it back.').waitFor();
    const forgotten = page.waitForRequest((request) => request.method() === 'DELETE');
    release();
    await forgotten;
    await press(page, 'Undo');
    await page.getByText('Undone: lastName changed.').waitFor();
  },
  '#/data/logisense.contacts/7',
);

shows(
  'a link that was cut in the middle of a character says that there is no such call',
  async ({ page }) => {
    await page.getByRole('link', { name: 'All calls' }).waitFor();
  },
  '#/requests/%E2%82',
);

shows(
  'a record is made with the members that are given',
  async ({ page }, world) => {
    await page.getByLabel('contactTypeId', { exact: true }).fill('3');
    await page.getByLabel('lastName', { exact: true }).fill('Lovelace');
    await press(page, 'Make the record');
    await page.locator('h1', { hasText: 'Lovelace' }).waitFor();
    expect((await (await world.fetch('/Contact/201')).json()) as object).toMatchObject({
      instance: { contactTypeId: 3, lastName: 'Lovelace' },
    });
  },
  '#/data/logisense.contacts/new',
);

shows(
  'who is connected to whom is drawn, and every record of the drawing is a link',
  async ({ page }, world) => {
    const { ConnectedTo } = (
      (await (await world.fetch('/__admin/records/trendsic.connections/1')).json()) as { record: { ConnectedTo: number[] } }
    ).record;
    await page.getByRole('heading', { name: /^Connections: \d+$/ }).waitFor();
    const near = page.locator('.graph .ring1');
    expect(await near.count()).toBe(ConnectedTo.length);
    await near.first().click();
    await page.waitForURL(`**#/data/trendsic.contacts/${ConnectedTo[0]}`);
  },
  '#/data/trendsic.contacts/1',
);

shows('every documented operation is listed, described, prefilled in each format, sent, and answered as a tree', async ({ page }) => {
  await page.getByRole('link', { name: 'Operations', exact: true }).click();
  const operations = [...new Set(mock.routes().map(({ operation }) => operation))];
  await expect.poll(() => page.locator('.side a').count()).toBe(operations.length);
  await page.getByRole('link', { name: /^ContactConnectionRequest/ }).click();
  await page.getByRole('region', { name: 'Answer', exact: true }).getByText('ContactResponse').waitFor();
  const body = page.getByLabel('Body', { exact: true });
  for (const [type, begins] of [
    ['application/xml', '<ContactConnectionRequest'],
    ['application/jsv', '{Contact:[{'],
    ['text/csv', 'Contact,ContactId,AgentId\n'],
    ['application/json', '{\n  "Contact"'],
  ] as const) {
    await page.getByLabel('Prefilled with').selectOption(type);
    expect((await body.inputValue()).startsWith(begins)).toBe(true);
  }
  await page.getByLabel('Prefilled with').selectOption('works');
  await page.getByLabel('Caller').selectOption('visitor');
  await press(page, 'Send');
  await page.locator('h2', { hasText: 'Answer 403' }).waitFor();
  await page.getByLabel('Caller').selectOption('agent');
  await press(page, 'Send');
  await page.locator('h2', { hasText: 'Answer 200' }).waitFor();
  await page.getByLabel('View of Answer body').selectOption('tree');
  await page.getByRole('region', { name: 'Answer body' }).getByText('Contact [').waitFor();
  await page.getByLabel('Verb').selectOption('GET');
  await page.getByLabel('Answer as', { exact: true }).selectOption('application/xml');
  await press(page, 'Send');
  await page.getByRole('region', { name: 'Answer body' }).getByText('<ContactResponse').waitFor();
  await page.getByRole('link', { name: 'in the journal' }).click();
  await page.locator('article').waitFor();
});

shows(
  'the clock is moved, frozen and let run, and the page shows it',
  async ({ page }, world) => {
    await press(page, '+1 day');
    await page.locator('.big', { hasText: '2026-01-02T00:00:00.000Z' }).waitFor();
    await page.locator('.clock', { hasText: '2026-01-02' }).waitFor();
    await page.getByLabel('Time in UTC').fill('2026-01-31T12:00:00');
    await press(page, 'Set');
    await page.locator('.big', { hasText: '2026-01-31T12:00:00.000Z' }).waitFor();
    await press(page, '+1 month');
    await page.locator('.big', { hasText: '2026-02-28T12:00:00.000Z' }).waitFor();
    await press(page, 'Let it run');
    await press(page, 'Freeze');
    await page.getByText('Frozen: it stands still').waitFor();
    expect(world.clock.get().mode).toBe('frozen');
  },
  '#/situations',
);

shows(
  'fault rules are rows: added, played with hits counted live, changed, deleted',
  async ({ page }, world) => {
    await page.getByLabel('Only this path').fill('/Contact/7');
    await press(page, 'Add the rule');
    const rule = page.getByRole('row').filter({ hasText: '/Contact/7' });
    await rule.getByText('0 of 2').waitFor();
    await fetch(`${url}/__worlds/${world.name}/Contact/7`);
    await rule.getByText('1 of 2').waitFor();
    await rule.getByLabel('Add an outcome').selectOption('pass');
    await rule.getByText('1 of 3').waitFor();
    await rule.getByLabel('again and again').check();
    await expect
      .poll(() => world.faults.get())
      .toMatchObject([
        { operation: 'logisense.Contact.get', outcomes: [{ code: 503 }, { code: 503 }, { pass: true }], repeat: true, hits: 1 },
      ]);
    await rule.getByRole('button', { name: 'Take pass away' }).click();
    await rule.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No rules:').waitFor();
    expect(world.faults.get()).toEqual([]);
  },
  '#/situations',
);

shows(
  'a call becomes a fault rule for its path',
  async ({ page }, world) => {
    await callThat(page, '/Contact/7').click();
    await press(page, 'Make it a fault rule');
    expect(await page.getByLabel('Only this path').inputValue()).toBe('/Contact/7');
    await press(page, 'Add the rule');
    await page.getByText('0 of 2').waitFor();
    expect(world.faults.get()).toMatchObject([
      { operation: 'logisense.Contact.get', request: { method: 'GET', urlPath: '/Contact/7' }, outcomes: [{ code: 503 }, { code: 503 }] },
    ]);
  },
  '',
  (world) => world.fetch('/Contact/7'),
);

shows(
  'snapshots are taken under a name of one’s own, compared and gone back to; none is taken where nobody named it',
  async ({ page }, world) => {
    await press(page, 'Take a snapshot');
    expect(world.snapshots.names()).toEqual([]);
    await page.getByLabel('Name').first().fill('before');
    await press(page, 'Take a snapshot');
    await page.getByRole('button', { name: 'Restore before' }).waitFor();
    await send(world, 'PUT', '/Contact/7', { identity: 7, lastName: 'Changed' });
    await press(page, 'What changed since before');
    await page.getByText('From before to now: 1 record').waitFor();
    await page.locator('ins', { hasText: '"Changed"' }).waitFor();
    await press(page, 'Restore before');
    await page.getByText('Back to before.').waitFor();
    expect(world.state.get()).toEqual({ records: {} });
    await press(page, 'Delete before');
    await page.getByText('None yet.').waitFor();
  },
  '#/situations',
);

shows(
  'a reset keeps the journal unless it is told not to, and is undone',
  async ({ page }, world) => {
    await press(page, 'Reset the world');
    await page.getByText('Untouched: no record was written.').waitFor();
    expect(world.requests()).toHaveLength(1);
    await press(page, 'Undo');
    await page.getByText(/^Written: /).waitFor();
    expect(Object.keys(world.state.get().records)).toEqual(['logisense.contacts']);
    await page.getByLabel('forget the journal as well').check();
    await press(page, 'Reset the world');
    await page.getByText('Untouched: no record was written.').waitFor();
    expect(world.requests()).toEqual([]);
  },
  '#/situations',
  (world) => send(world, 'PUT', '/Contact/7', { identity: 7, lastName: 'Changed' }),
);

shows(
  'settings are changed one by one; a refused one says why',
  async ({ page }, world) => {
    await page.getByLabel('nulls').selectOption('wire');
    await page.getByText('nulls set.').waitFor();
    await page.getByLabel('fixedDelay').fill('soon');
    await page.getByLabel('fixedDelay').press('Enter');
    await page.locator('.note.bad', { hasText: 'fixedDelay' }).waitFor();
    expect(world.settings.get()).toMatchObject({ nulls: 'wire', fixedDelay: 0 });
  },
  '#/situations',
);

shows('a world is made, looked at by its own address, and dropped', async ({ page }) => {
  await page.getByRole('link', { name: 'Worlds', exact: true }).click();
  await page.getByLabel('Name').fill('made-here');
  await press(page, 'Make it and go there');
  await page.waitForURL('**/__worlds/made-here/__admin#/worlds');
  await press(page, 'Drop made-here');
  await page.waitForURL(`${url}/__admin#/worlds`);
  await page.getByRole('link', { name: 'The unnamed world' }).waitFor();
  expect((await (await mock.fetch('/__admin/worlds')).json()) as object).not.toContainEqual({ name: 'made-here' });
});

shows(
  'this world is kept as a scenario, another world starts from it, and the scenario is forgotten',
  async ({ page }, world) => {
    const card = page.getByRole('region', { name: 'Scenarios' });
    await card.getByLabel('Name').fill('renamed');
    await card.getByRole('button', { name: 'Keep this world as a scenario' }).click();
    await page.getByText('Scenario renamed kept.').waitFor();
    await page.getByRole('link', { name: 'Worlds', exact: true }).click();
    await page.getByLabel('Name').fill(`from-${world.name}`);
    await page.getByLabel('Starting from', { exact: true }).selectOption('renamed');
    await press(page, 'Make it and go there');
    await page.waitForURL(`**/__worlds/from-${world.name}/**`);
    await page.locator('.live.on').waitFor();
    const answer = await mock.world(`from-${world.name}`).fetch('/Contact/7');
    expect((await answer.json()) as object).toMatchObject({ instance: { lastName: 'Renamed' } });
    await page.getByRole('link', { name: 'Situations', exact: true }).click();
    await press(page, 'Delete renamed');
    await page.getByText('Scenario renamed deleted.').waitFor();
  },
  '#/situations',
  (world) => send(world, 'PUT', '/Contact/7', { lastName: 'Renamed' }),
);

test('a world that nobody made is asked about, not made by looking at it', async ({ skip }) => {
  if (CHROMIUM === undefined) skip(NO_CHROMIUM);
  const names = async () =>
    ((await (await mock.fetch('/__admin/worlds')).json()) as { worlds: { name: string }[] }).worlds.map(({ name }) => name);
  mock.world('checkout').settings.get();
  const { page, context, mistakes } = await openConsole(browser, `${url}/__worlds/checkou/__admin`);
  await page.getByRole('heading', { name: 'There is no world checkou.' }).waitFor();
  expect(await page.getByRole('link', { name: 'checkout', exact: true }).getAttribute('href')).toBe('/__worlds/checkout/__admin');
  expect(await names()).not.toContain('checkou');
  await press(page, 'Make it');
  await page.locator('.live.on').waitFor();
  expect(await names()).toContain('checkou');
  expect(mistakes).toEqual([]);
  await context.close();
});

test('where every request has to name a world, the page without one shows the worlds to choose from', async ({ skip }) => {
  if (CHROMIUM === undefined) skip(NO_CHROMIUM);
  const strict = createMock({ apis: ['logisense'], worlds: 'strict' });
  try {
    const { url: address } = await strict.listen();
    const { page, context, mistakes } = await openConsole(browser, `${address}/__admin`);
    await page.getByText('This request names no world').waitFor();
    await page.getByLabel('Name').fill('checkout');
    await press(page, 'Make it and go there');
    await page.locator('.live.on').waitFor();
    expect(page.url()).toContain('/__worlds/checkout/__admin');
    expect(mistakes).toEqual([]);
    await context.close();
  } finally {
    await strict.close();
  }
});

test('off loopback it asks for the token once, and shows what the server knows', async ({ skip }) => {
  if (CHROMIUM === undefined) skip(NO_CHROMIUM);
  const guarded = createMock({ apis: ['logisense'], adminToken: 'told' });
  try {
    const server = await guarded.listen({ host: '0.0.0.0' });
    const address = `${server.url.replace('0.0.0.0', '127.0.0.1')}/__admin`;
    const { page, context, mistakes } = await openConsole(browser, address);
    await page.getByRole('textbox', { name: 'Token' }).fill('told');
    await press(page, 'Go on');
    await page.locator('.live.on').waitFor();
    await page.reload();
    await page.locator('.live.on').waitFor();
    expect(mistakes).toEqual([]);
    await page.goto('about:blank');
    await page.evaluate(() => undefined);
    await page.goto(`${address}#token=told`);
    await page.locator('.live.on').waitFor();
    expect(page.url()).not.toContain('told');
    await context.close();
  } finally {
    await guarded.close();
  }
});

test('when the server is started again the page goes on by itself', async ({ skip }) => {
  if (CHROMIUM === undefined) skip(NO_CHROMIUM);
  const before = createMock({ apis: ['logisense'] });
  const { url: address } = await before.listen();
  const port = Number(new URL(address).port);
  const { page, context } = await openConsole(browser, `${address}/__admin`);
  await page.locator('.live.on').waitFor();
  await before.close();
  await page.getByText('not live').waitFor();
  const after = createMock({ apis: ['logisense'] });
  try {
    await after.listen({ port });
    await page.locator('.live.on').waitFor();
    await fetch(`${address}/Contact/3`);
    await callThat(page, '/Contact/3').waitFor();
  } finally {
    await context.close();
    await after.close();
  }
});
