import { expect, test } from 'vitest';
import { createMock } from '../../../src/mock.ts';
import { shows } from '../../support/evidence.ts';

const OPERATION = 'trendsic.ContactConnectionRequest';
type Contact = Readonly<Record<string, unknown>> & { readonly ContactId: number };

/** A caller with a world of his own, who reads what the wire says and no placeholders. */
function caller(options: Parameters<typeof createMock>[0] = {}) {
  const mock = createMock({ apis: ['trendsic'], nulls: 'wire', ...options });
  const send = (method: string, path: string, body?: string, type = 'application/json') =>
    mock.fetch(`http://mock${path}`, {
      method,
      headers: { Authorization: 'Bearer worker', ...(body !== undefined && { 'Content-Type': type }) },
      ...(body !== undefined && { body }),
    });
  const json = async (method: string, path: string, body?: unknown) => {
    const response = await send(method, path, body === undefined ? undefined : JSON.stringify(body));
    const text = await response.text();
    return { status: response.status, text, contacts: (response.ok ? JSON.parse(text).Contact : []) as Contact[] };
  };
  const of = (id: number, query = '') => `/v1/ContactConnections/${id}.json${query}`;
  const ids = async (id: number) => (await json('GET', of(id))).contacts.map((contact) => contact.ContactId);
  return { mock, send, json, of, ids };
}

test('GET lists the contacts that one is connected to, the same each time', async () => {
  const { json, of } = caller();
  const { status, contacts, text } = await json('GET', of(1));
  expect(status).toBe(200);
  expect(contacts.length).toBeGreaterThanOrEqual(3);
  expect((await json('GET', of(1))).text).toBe(text);
});

test('AgentId above 0 narrows the list to that agent’s contacts', async () => {
  const { json, of } = caller();
  const { contacts } = await json('GET', of(1));
  for (const agent of new Set(contacts.map((contact) => contact['AgentId']))) {
    const narrowed = await json('GET', of(1, `?AgentId=${agent}`));
    expect(narrowed.contacts).toEqual(contacts.filter((contact) => contact['AgentId'] === agent));
  }
  for (const none of [0, -3]) expect((await json('GET', of(1, `?AgentId=${none}`))).contacts).toEqual(contacts);
  expect((await json('GET', of(1, '?AgentId=4711'))).contacts).toEqual([]);
});

test('POST connects a known contact, answers with the whole list, and both ends know of it', async () => {
  const { json, of, ids } = caller();
  const before = await ids(1);
  const other = [40, 41, 42].find((id) => !before.includes(id))!;
  const { contacts } = await json('POST', of(1), { Contact: [{ ContactId: other }] });
  expect(contacts.map((contact) => contact.ContactId)).toEqual([...before, other]);
  expect(await ids(1)).toEqual([...before, other]);
  expect(await ids(other)).toContain(1);
  shows(OPERATION, 'chosen');
});

test('POST of a contact that is connected already changes neither list', async () => {
  const { json, of, ids } = caller();
  const [before, other] = [await ids(1), (await ids(1))[1]!];
  const theirs = await ids(other);
  await json('POST', of(1), { Contact: [{ ContactId: other }, { ContactId: other }] });
  expect([await ids(1), await ids(other)]).toEqual([before, theirs]);
});

test('POST makes a new contact where no id is given, or 0', async () => {
  const { json, of, ids } = caller();
  const before = await ids(1);
  await json('POST', of(1), { Contact: [{ FirstName: 'Jo' }, { ContactId: 0, FirstName: 'Al' }] });
  expect(await ids(1)).toEqual([...before, 201, 202]);
  const made = (await json('GET', of(1))).contacts.at(-2)!;
  expect(made).toMatchObject({
    ContactId: 201,
    FirstName: 'Jo',
    AgentId: 0,
    Active: false,
    TotalDebtAmount: 0,
    DateOfBirth: '0001-01-01T00:00:00.0000000',
  });
  expect(made['ContactGUID']).toMatch(/^[0-9a-f]{32}$/);
  expect(made['ContactGUID']).not.toMatch(/^0+$/);
  expect(made['DateCreated']).toBe('2026-01-01T00:00:00.0000000Z');
  expect(made).not.toHaveProperty('LastName');
  expect(await ids(201)).toEqual([1]);
});

test('POST makes a contact under an id that nobody has yet', async () => {
  const { json, of, ids } = caller();
  await json('POST', of(1), { Contact: [{ ContactId: 7_000_009, LastName: 'Late' }] });
  expect(await ids(7_000_009)).toEqual([1]);
  await json('POST', of(7_000_009), { Contact: [{ ContactId: 5 }] });
  expect(await ids(7_000_009)).toEqual([1, 5]);
  expect(await ids(5)).toContain(7_000_009);
});

test('ids that are given out pass over those that callers chose', async () => {
  const { json, of, ids } = caller();
  await json('PUT', of(1), { Contact: [{ ContactId: 2_147_483_647 }, { ContactId: 201 }, {}, { ContactId: 203 }, {}] });
  expect(await ids(1)).toEqual([2_147_483_647, 201, 202, 203, 204]);
});

test('a known contact keeps every member that is not given, and takes every one that is, zeros and empty text too', async () => {
  const { json, of } = caller();
  const before = (await json('GET', of(1))).contacts[0]!;
  const change = {
    ContactId: before.ContactId,
    FirstName: 'Zoë',
    Active: false,
    AgentId: 0,
    Title: '',
    SchoolID: '9007199254740993',
    TotalDebtAmount: '10.50',
  };
  const body = JSON.stringify({ Contact: [change] })
    .replace('"9007199254740993"', '9007199254740993')
    .replace('"10.50"', '10.50');
  const { mock, send } = caller();
  await send('POST', of(1), body);
  const after = JSON.parse((await (await send('GET', of(1))).text()).replace(/(9007199254740993|10\.50)(?=[,}])/g, '"$1"')).Contact[0];
  expect(after).toEqual({ ...before, ...change });
  await mock.close();
});

test('a new contact keeps what is given, its GUID and its date included', async () => {
  const { json, of } = caller();
  const given = {
    ContactId: 7_000_002,
    ContactGUID: '7d4448409dc011d1b2455ffdce74fad2',
    DateCreated: '2024-05-06T07:08:09',
    DeletedDateTimeUtc: '2024-01-02T03:04:05',
  };
  const { contacts } = await json('PUT', of(4), { Contact: [given] });
  expect(contacts[0]).toMatchObject({
    ...given,
    DateCreated: '2024-05-06T07:08:09.0000000',
    DeletedDateTimeUtc: '2024-01-02T03:04:05.0000000',
  });
});

test('a client that sends every member of its class gets a GUID and a date as well', async () => {
  const { json, of } = caller();
  const { contacts } = await json('PUT', of(4), {
    Contact: [{ ContactId: 0, ContactGUID: '0'.repeat(32), DateCreated: '0001-01-01T00:00:00' }],
  });
  expect(contacts[0]?.['ContactGUID']).not.toMatch(/^0+$/);
  expect(contacts[0]?.['DateCreated']).toMatch(/^2026-01-01/);
});

test('PUT makes the given contacts the whole list, in their order, and those left out no longer know of it', async () => {
  const { json, of, ids } = caller();
  const before = await ids(1);
  const [kept, ...dropped] = [before.at(-1)!, ...before.slice(0, -1)];
  const { contacts } = await json('PUT', of(1), {
    Contact: [{ ContactId: 100 }, { ContactId: kept }, { FirstName: 'Jo' }, { ContactId: 90 }, { ContactId: 100 }],
  });
  expect(contacts.map((contact) => contact.ContactId)).toEqual([100, kept, 201, 90]);
  expect(await ids(1)).toEqual([100, kept, 201, 90]);
  for (const id of dropped) expect(await ids(id)).not.toContain(1);
  for (const id of [100, kept, 201, 90]) expect(await ids(id)).toContain(1);
});

test('PUT of no contacts empties the list, and putting the generated ones back leaves the world as it was', async () => {
  const { mock, json, of, ids } = caller();
  const before = await ids(3);
  const hash = async () => (await mock.fetch('http://mock/__admin/state/hash')).text();
  const untouched = await hash();
  expect((await json('PUT', of(3), { Contact: [] })).contacts).toEqual([]);
  expect(await ids(3)).toEqual([]);
  expect(await hash()).not.toBe(untouched);
  await json('PUT', of(3), { Contact: before.map((ContactId) => ({ ContactId })) });
  expect(await ids(3)).toEqual(before);
  await Promise.all(before.map(async (id) => expect(await ids(id)).toContain(3)));
});

test('a contact that a caller connects to itself is in its own list', async () => {
  const { json, of, ids } = caller();
  await json('PUT', of(6), { Contact: [{ ContactId: 6, FirstName: 'Solo' }] });
  expect(await ids(6)).toEqual([6]);
  await json('PUT', of(6), { Contact: [] });
  expect(await ids(6)).toEqual([]);
});

test('a list item that is null is passed over', async () => {
  const { json, of, ids } = caller();
  await json('PUT', of(6), { Contact: [null, { ContactId: 8 }] });
  expect(await ids(6)).toEqual([8]);
});

test.each(['GET', 'POST', 'PUT'])('%s for a contact that does not exist answers 404 and changes nothing', async (method) => {
  const { mock, json, of } = caller();
  const { status, text } = await json(
    method,
    of(5_000_000),
    method === 'GET' ? undefined : { Contact: [{ FirstName: 'Jo' }, { ContactId: 2, FirstName: 'Al' }] },
  );
  expect(status).toBe(404);
  expect(JSON.parse(text)).toEqual({ ResponseStatus: { ErrorCode: 'NotFound', Message: 'Contact 5000000 does not exist', Errors: [] } });
  const state = (await (await mock.fetch('http://mock/__admin/state')).json()) as { records: object };
  expect(state.records).toEqual({});
  shows(OPERATION, 'negative');
});

test('dates and identities of new contacts follow the world’s clock and counter, never the machine', async () => {
  const made = async () =>
    (await caller({ clock: '2031-02-03T04:05:06.7Z' }).json('POST', '/v1/ContactConnections/9.json', { Contact: [{}] })).text;
  const text = await made();
  expect(text).toContain('"DateCreated":"2031-02-03T04:05:06.7000000Z"');
  expect(await made()).toBe(text);
});

test('worlds do not see each other’s connections', async () => {
  const { mock, json, of, ids } = caller();
  const before = await ids(1);
  await mock.fetch('http://mock/__worlds/other/v1/ContactConnections/1', {
    method: 'PUT',
    headers: { Authorization: 'Bearer worker', 'Content-Type': 'application/json' },
    body: '{"Contact":[]}',
  });
  expect(await ids(1)).toEqual(before);
  expect((await json('GET', `/__worlds/other${of(1)}`)).contacts).toEqual([]);
});

test('every connection of a large world is where a small one has it, and the last contact answers as the first', async () => {
  const { ids } = caller({ scale: { 'trendsic.contacts': 10_000_000 } });
  expect(await ids(1)).toEqual(await caller().ids(1));
  for (const id of await ids(10_000_000)) expect(await ids(id)).toContain(10_000_000);
});

const NS = 'xmlns="http://schemas.datacontract.org/2004/07/CRM.AgencyPlatform.API.Internal"';

test('what is written in XML is read in XML and in JSON', async () => {
  const { send, json, of } = caller();
  const body = `<ContactConnectionRequest ${NS}><Contact><Contact><ContactId>7000003</ContactId><FirstName>Jo &amp; Al</FirstName><TotalDebtAmount>10.00</TotalDebtAmount></Contact></Contact></ContactConnectionRequest>`;
  const put = await send('PUT', '/v1/ContactConnections/12.xml', body, 'application/xml');
  const written = await put.text();
  expect(put.status).toBe(200);
  expect(written).toContain('<FirstName>Jo &amp; Al</FirstName>');
  expect(written).toContain('<TotalDebtAmount>10.00</TotalDebtAmount>');
  expect(await (await send('GET', '/v1/ContactConnections/12.xml')).text()).toBe(written);
  expect((await json('GET', of(12))).text).toContain('"TotalDebtAmount":10.00,');
  expect((await json('GET', of(7_000_003))).contacts.map((contact) => contact.ContactId)).toEqual([12]);
});

test('a known contact that is posted in XML keeps what the XML leaves out', async () => {
  const { send, json, of } = caller();
  const before = (await json('GET', of(1))).contacts[0]!;
  const body = `<ContactConnectionRequest ${NS}><Contact><Contact><ContactId>${before.ContactId}</ContactId><LastName>New</LastName></Contact></Contact></ContactConnectionRequest>`;
  await send('POST', '/v1/ContactConnections/1', body, 'application/xml');
  expect((await json('GET', of(1))).contacts[0]).toEqual({ ...before, LastName: 'New' });
});

test('a contact that the test author deletes leaves every list, and the integrity check tells who still refers to it', async () => {
  const { mock, json, of, ids } = caller();
  const before = await ids(1);
  const gone = before[0]!;
  await mock.fetch('http://mock/__admin/state', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ records: { 'trendsic.contacts': { [gone]: null } } }),
  });
  expect(await ids(1)).toEqual(before.slice(1));
  expect((await json('GET', of(gone))).status).toBe(404);
  const { ok, orphans } = (await (await mock.fetch('http://mock/__admin/integrity')).json()) as {
    ok: boolean;
    orphans: { key: number; member: string; value: number }[];
  };
  expect(ok).toBe(false);
  expect(orphans).toContainEqual({
    entity: 'trendsic.connections',
    key: 1,
    member: 'ConnectedTo',
    value: gone,
    refersTo: 'trendsic.contacts',
  });
});

test('whatever callers write, the world holds together and its state can be taken to another mock', async () => {
  const { mock, json, of } = caller();
  await json('PUT', of(1), { Contact: [{ ContactId: 2 }, {}, { ContactId: -7, FirstName: 'Min' }, { ContactId: 7_000_000 }] });
  await json('POST', of(201), { Contact: [{ ContactId: 33 }] });
  await json('PUT', of(33), { Contact: [] });
  const integrity = await (await mock.fetch('http://mock/__admin/integrity')).json();
  expect(integrity).toMatchObject({ ok: true, orphans: [] });
  const state = await (await mock.fetch('http://mock/__admin/state')).text();
  const copy = caller();
  const put = await copy.mock.fetch('http://mock/__admin/state', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: state,
  });
  expect(put.ok).toBe(true);
  for (const id of [1, 2, 33, 201, -7, 7_000_000]) expect((await copy.json('GET', of(id))).text).toBe((await json('GET', of(id))).text);
});
