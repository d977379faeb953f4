import { expect, test } from 'vitest';
import { createMock, type Mock, type MockOptions, type MockWorld } from '../../src/index.ts';
import { toyMock } from '../support/toy.ts';

type Asked = Pick<Mock, 'fetch'> | MockWorld;
async function admin(world: Asked, path: string, method = 'GET', body?: unknown) {
  const answer = await world.fetch(`/__admin/${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
  // biome-ignore lint/suspicious/noExplicitAny: whatever the route answers
  return { status: answer.status, json: (await answer.json()) as any };
}
const logisense = (options: MockOptions = {}) => createMock({ apis: ['logisense'], ...options });

test('the contract tells the members of every entity: type, meaning, whether there may be none, what they lead to', async () => {
  const { json } = await admin(createMock(), 'contract');
  expect(json.apis.map((api: { name: string; basePath?: string }) => [api.name, api.basePath])).toEqual([
    ['trendsic', ''],
    ['canvara', '/api'],
    ['logisense', undefined],
  ]);
  expect(json.users.map(({ name }: { name: string }) => name)).toEqual(['worker', 'agent', 'administrator', 'admin', 'visitor']);
  const entities = json.apis.flatMap((api: { entities: object[] }) => api.entities);
  const contacts = entities.find(({ entity }: { entity: string }) => entity === 'logisense.contacts');
  expect(contacts).toMatchObject({ key: 'identity', identity: 'number', size: 200, isScaled: true });
  expect(contacts.members.slice(0, 2)).toEqual([
    { name: 'identity', type: 'int', doc: 'Number of the contact.', isNullable: false },
    { name: 'contactTypeId', type: 'int', doc: 'Its contact type.', isNullable: false, refersTo: 'logisense.contactTypes' },
  ]);
  const undescribed = entities.flatMap(({ entity, members }: { entity: string; members: { name: string; doc: string }[] }) =>
    members.filter(({ doc }) => doc === '').map(({ name }) => `${entity}.${name}`),
  );
  expect(undescribed).toEqual([]);
});

test('an API of one’s own is in the contract without a line about it: types are those of its values', async () => {
  const { json } = await admin(toyMock(), 'contract');
  expect(json.apis[0].entities[0].members.map(({ name, type }: { name: string; type: string }) => [name, type])).toEqual([
    ['id', 'int'],
    ['name', 'string'],
    ['ownerId', 'int'],
    ['born', 'string'],
    ['tags', 'list'],
  ]);
});

test('a world that starts from a scenario has the records of that scenario', async () => {
  const empty = logisense().world('checkout~empty');
  expect((await admin(empty, 'records/logisense.contacts')).json).toMatchObject({ total: 0, records: [], next: null });
  const { json } = await admin(empty, 'contract');
  expect(json.apis[0].entities.find(({ entity }: { entity: string }) => entity === 'logisense.contacts').size).toBe(0);
  expect((await admin(empty, 'records/logisense.contacts', 'POST', { contactTypeId: 1 })).json.key).toBe(1);
});

test('a page of ten million records is found by arithmetic, the last as fast as the first', async () => {
  const mock = logisense({ scale: { 'logisense.contacts': 10_000_000 } });
  const first = (await admin(mock, 'records/logisense.contacts?limit=2')).json;
  expect(first).toMatchObject({ entity: 'logisense.contacts', total: 10_000_000, next: 2 });
  const last = (await admin(mock, 'records/logisense.contacts?offset=9999998&limit=50')).json;
  expect(last.records.map(({ key }: { key: number }) => key)).toEqual([9_999_999, 10_000_000]);
  expect(last.next).toBeNull();
});

test('a search of ten million stops after ten thousand and says where to go on', async () => {
  const mock = logisense({ scale: { 'logisense.contacts': 10_000_000 } });
  const page = (await admin(mock, 'records/logisense.contacts?member=lastName&q=no-such-name')).json;
  expect(page.records).toEqual([]);
  expect(page.next).toBe(10_000);
  const later = (await admin(mock, `records/logisense.contacts?member=lastName&q=no-such-name&offset=${page.next}`)).json;
  expect(later.next).toBe(20_000);
});

test('texts are found by a part, keys and what leads to another record as they are', async () => {
  const mock = logisense();
  const keys = async (query: string) =>
    (await admin(mock, `records/logisense.contacts?limit=200&${query}`)).json.records.map(({ key }: { key: number }) => key);
  const { lastName } = (await admin(mock, 'records/logisense.contacts/7')).json.record;
  expect(await keys(`member=lastName&q=${lastName.slice(1).toUpperCase()}`)).toContain(7);
  expect(await keys(`q=${lastName}`)).toContain(7);
  expect((await keys('q=182'))[0]).toBe(182);
  expect(await keys('member=identity&q=7')).toEqual([7]);
  const all = (await admin(mock, 'records/logisense.contacts?limit=200')).json.records;
  const ofType = all.filter(({ record }: { record: { contactTypeId: number } }) => record.contactTypeId === 3);
  expect(await keys('member=contactTypeId&q=3')).toEqual(ofType.map(({ key }: { key: number }) => key));
  expect(ofType.length).toBeGreaterThan(1);
  expect(await keys('member=title&q=nobody')).toEqual([]);
  const { status, json } = await admin(mock, 'records/logisense.contacts?member=lastNam&q=x');
  expect([status, json.message]).toEqual([400, 'logisense.contacts has no member "lastNam". Did you mean "lastName"?']);
});

test('what was written is told from what was generated, and shown alone where that is asked for', async () => {
  const mock = logisense();
  await admin(mock, 'records/logisense.contacts/7', 'PUT', { lastName: 'Changed' });
  await admin(mock, 'records/logisense.contacts/8', 'DELETE');
  await admin(mock, 'records/logisense.contacts', 'POST', { contactTypeId: 1, lastName: 'Made' });
  const origins = (page: { records: { key: number; origin: string }[] }) => page.records.map(({ key, origin }) => [key, origin]);
  const page = (await admin(mock, 'records/logisense.contacts?offset=5&limit=3')).json;
  expect([page.total, ...origins(page)]).toEqual([200, [6, 'generated'], [7, 'changed'], [9, 'generated']]);
  const written = (await admin(mock, 'records/logisense.contacts?written=true')).json;
  expect(origins(written)).toEqual([
    [7, 'changed'],
    [8, 'deleted'],
    [201, 'made'],
  ]);
});

test('a sparse entity is paged by its numbers, to its end and with what was made', async () => {
  const mock = createMock({ apis: ['canvara'] });
  const seen: string[] = [];
  for (let next: number | null = 0; next !== null; ) {
    const { json } = await admin(mock, `records/canvara.contactRoles?limit=100&offset=${next}`);
    seen.push(...json.records.map(({ key }: { key: string }) => key));
    ({ next } = json);
  }
  const { total } = (await admin(mock, 'records/canvara.contactRoles')).json;
  expect(new Set(seen).size).toBe(total);
});

test('a record opened shows what it leads to and what leads to it, by name', async () => {
  const { json } = await admin(logisense(), 'records/logisense.contacts/7');
  expect(json).toMatchObject({ entity: 'logisense.contacts', key: 7, origin: 'generated' });
  expect(json.label).toBe(`${json.record.firstName} ${json.record.lastName}`);
  expect(
    json.references.map(({ member, links }: { member: string; links: { entity: string; key: number }[] }) => [
      member,
      links[0]?.entity,
      links[0]?.key,
    ]),
  ).toEqual([
    ['contactTypeId', 'logisense.contactTypes', json.record.contactTypeId],
    ['addressId', 'logisense.addresses', json.record.addressId],
  ]);
  const [points] = json.referrers;
  expect(points).toMatchObject({ entity: 'logisense.contactPoints', member: 'contactId', hasMore: false });
  expect(points.links[0].label).toContain('@example.');
});

test('a connection leads to both of its ends and is called by them', async () => {
  const mock = createMock({ apis: ['canvara'] });
  const [connection] = (await admin(mock, 'records/canvara.connections?limit=1')).json.records;
  const { label, references } = (await admin(mock, `records/canvara.connections/${connection.key}`)).json;
  const ends = references
    .filter(({ member }: { member: string }) => /^(From|To)ContactId$/.test(member))
    .flatMap(({ links }: { links: { label: string }[] }) => links);
  expect(ends).toHaveLength(2);
  for (const end of ends) expect(label).toContain(end.label);
});

test('a change is checked against the contract, and a refused one changes nothing', async () => {
  const mock = logisense();
  const put = async (members: object) => {
    const { status, json } = await admin(mock, 'records/logisense.contacts/7', 'PUT', members);
    return [status, json.message];
  };
  const hash = mock.state.hash();
  expect(await put({ lastName: 5 })).toEqual([400, 'lastName has to be text; 5 was sent. Nothing was changed.']);
  expect(await put({ lastName: 'ok', isUsedForTax: 'yes' })).toEqual([
    400,
    'isUsedForTax has to be true or false; "yes" was sent. Nothing was changed.',
  ]);
  expect(await put({ contactTypeId: 41 })).toEqual([
    400,
    'contactTypeId leads to logisense.contactTypes, which has no record 41. Name one that is there.',
  ]);
  expect(await put({ contactTypeId: null })).toEqual([400, 'contactTypeId must have a value; null was sent. Nothing was changed.']);
  expect(await put({ lastNam: 'x' })).toEqual([400, 'There is no member of logisense.contacts "lastNam". Did you mean "lastName"?']);
  expect(await put([])).toEqual([400, 'A record is a JSON object of its members. Send those that are to change.']);
  expect(mock.state.hash()).toBe(hash);
  expect((await put({ lastName: 'x'.repeat(200), title: null }))[0]).toBe(200);
  const { instance } = (await (await mock.fetch('/Contact/7')).json()) as { instance: { lastName: string; title: null } };
  expect(instance).toMatchObject({ lastName: 'x'.repeat(200), title: null });
});

test.each([
  ['canvara.contactRoles', 'StartDate', '2026-02-30T00:00:00', 'StartDate has to be a time such as 2026-01-01T00:00:00Z'],
  ['canvara.contacts', 'ContactTypeId', 'BEB38DFF-3699-47C5-8BC5-BEFC12CCC0A1', 'ContactTypeId has to be a GUID with dashes in lower case'],
  ['trendsic.contacts', 'TotalDebtAmount', 1.5, 'TotalDebtAmount has to be a decimal as text, such as "1.50"'],
  ['trendsic.contacts', 'SchoolID', '9223372036854775808', 'SchoolID has to be a whole number of 64 bits'],
  ['trendsic.contacts', 'AgentId', 2_147_483_648, 'AgentId has to be a whole number of 32 bits'],
  ['trendsic.connections', 'ConnectedTo', [1, 'two'], 'ConnectedTo has an item that has to be a whole number of 32 bits'],
])('%s: %s does not take %j', async (entity, member, value, message) => {
  const mock = createMock();
  const [record] = (await admin(mock, `records/${entity}?limit=1`)).json.records;
  const { status, json } = await admin(mock, `records/${entity}/${record.key}`, 'PUT', { [member]: value });
  expect([status, json.message]).toEqual([400, `${message}; ${JSON.stringify(value)} was sent. Nothing was changed.`]);
});

test('a new record gets the next free key; what is not sent has no value, and what is required has to be sent', async () => {
  const mock = logisense();
  const missing = await admin(mock, 'records/logisense.contacts', 'POST', { lastName: 'Doe' });
  expect([missing.status, missing.json.message]).toEqual([
    400,
    'contactTypeId of a new record of logisense.contacts must have a value. Give it one.',
  ]);
  const { status, json } = await admin(mock, 'records/logisense.contacts', 'POST', { contactTypeId: 3, lastName: 'Doe' });
  expect([status, json.key, json.origin]).toEqual([201, 201, 'made']);
  expect(json.record).toMatchObject({
    identity: 201,
    contactTypeId: 3,
    title: null,
    firstName: null,
    lastName: 'Doe',
    isUsedForTax: null,
    addressId: null,
  });
  expect((await mock.fetch('/Contact/201')).status).toBe(200);
  const canvara = createMock({ apis: ['canvara'] });
  const role = await admin(canvara, 'records/canvara.roles', 'POST', { RoleName: 'Clerk' });
  expect([role.status, role.json.record.RoleId]).toEqual([201, role.json.key]);
  expect((await admin(canvara, 'records/canvara.roles', 'POST', { RoleName: 'Clerk' })).json.key).not.toBe(role.json.key);
});

test('a dry run of a deletion tells what would go along, and does nothing; the deletion leaves nothing that leads nowhere', async () => {
  const mock = logisense();
  const hash = mock.state.hash();
  const planned = (await admin(mock, 'records/logisense.contactTypes/3?dryRun=true', 'DELETE')).json;
  expect(mock.state.hash()).toBe(hash);
  const entities = new Set(planned.deleted.map(({ entity }: { entity: string }) => entity));
  expect(planned.deleted[0]).toMatchObject({ entity: 'logisense.contactTypes', key: 3 });
  expect([...entities].sort()).toEqual([
    'logisense.contactPointTypes',
    'logisense.contactPoints',
    'logisense.contactTypes',
    'logisense.contacts',
  ]);
  expect((await admin(mock, 'records/logisense.contactTypes/3', 'DELETE')).json).toEqual(planned);
  expect(mock.integrity()).toMatchObject({ ok: true });
  expect((await admin(mock, 'records/logisense.contactTypes/3')).status).toBe(404);
});

test('what may be without the deleted record stays and lets go of it', async () => {
  const mock = createMock();
  const { addressId } = (await admin(mock, 'records/logisense.contacts/7')).json.record;
  const address = (await admin(mock, `records/logisense.addresses/${addressId}`, 'DELETE')).json;
  expect(address.deleted).toHaveLength(1);
  expect(address.changed).toMatchObject([{ entity: 'logisense.contacts', key: 7, member: 'addressId' }]);
  expect((await admin(mock, 'records/logisense.contacts/7')).json.record.addressId).toBeNull();
  const before = (await admin(mock, 'records/trendsic.connections/1')).json.record.ConnectedTo;
  await admin(mock, `records/trendsic.contacts/${before[0]}`, 'DELETE');
  expect((await admin(mock, 'records/trendsic.connections/1')).json.record.ConnectedTo).toEqual(before.slice(1));
  expect(mock.integrity()).toMatchObject({ ok: true });
});

test('a deletion that would take more than a thousand along is refused whole', async () => {
  const mock = logisense({ scale: { 'logisense.contacts': 10_000_000 } });
  const { status, json } = await admin(mock, 'records/logisense.contactTypes/3', 'DELETE');
  expect([status, json.message]).toEqual([409, 'More than 1000 records hang on logisense.contactTypes/3. Delete or change those first.']);
});

test.each([
  ['records/logisense.contact', 404, 'There is no entity "logisense.contact". Did you mean "logisense.contacts"?'],
  ['records/logisense.contacts/201', 404, 'logisense.contacts has no record 201. GET /__admin/records/logisense.contacts lists them.'],
  ['records/logisense.contacts/seven', 400, '"seven" is not a key of logisense.contacts. Its keys are whole numbers.'],
  ['records/logisense.contacts?limit=-1', 400, '?limit=-1 is not a whole number from 0. Leave it out for the default.'],
  ['records/logisense.contacts?written=yes', 400, '?written=yes is neither true nor false. Leave it out for false.'],
])('GET %s is %i and says what to do', async (path, status, message) => {
  const answer = await admin(logisense(), path);
  expect([answer.status, answer.json.message]).toEqual([status, message]);
});

test('the graph of a contact holds whom it is connected to, and whom those are, once each', async () => {
  const mock = createMock();
  const { ConnectedTo } = (await admin(mock, 'records/trendsic.connections/1')).json.record;
  const { nodes, edges, isCut } = (await admin(mock, 'records/trendsic.contacts/1/graph')).json;
  expect(nodes[0]).toMatchObject({ entity: 'trendsic.contacts', key: 1, distance: 0 });
  const near = nodes.filter(({ distance }: { distance: number }) => distance === 1);
  expect(near.map(({ key }: { key: number }) => key)).toEqual(ConnectedTo);
  expect(new Set(nodes.map(({ key }: { key: number }) => key)).size).toBe(nodes.length);
  expect(edges.filter(({ from, to }: { from: number; to: number }) => from === 0 || to === 0)).toHaveLength(ConnectedTo.length);
  expect(isCut).toBe(false);
  const cut = (await admin(mock, 'records/trendsic.contacts/1/graph?limit=2')).json;
  expect([cut.nodes.length, cut.isCut]).toEqual([2, true]);
  const [contact] = (await admin(mock, 'records/canvara.contacts?limit=1')).json.records;
  const canvara = (await admin(mock, `records/canvara.contacts/${contact.key}/graph`)).json;
  expect(new Set(canvara.edges.map(({ label }: { label: string }) => label))).toEqual(new Set(['Active', 'Pending', 'Removed']));
});

test('where nothing connects an entity to itself, the graph is what the record leads to and what leads to it', async () => {
  const { nodes } = (await admin(logisense(), 'records/logisense.contacts/7/graph')).json;
  expect(new Set(nodes.map(({ entity }: { entity: string }) => entity))).toEqual(
    new Set(['logisense.contacts', 'logisense.contactTypes', 'logisense.addresses', 'logisense.contactPoints']),
  );
});

test('a diff shows what changed from one snapshot to another or to now, member by member', async () => {
  const mock = logisense();
  mock.snapshot('before');
  await admin(mock, 'records/logisense.contacts/7', 'PUT', { lastName: 'Changed' });
  mock.snapshot('after');
  await admin(mock, 'records/logisense.contacts/8', 'DELETE');
  mock.clock.advance(60);
  const { record } = (await admin(logisense(), 'records/logisense.contacts/7')).json;
  const between = (await admin(mock, 'snapshots/before/diff?with=after')).json;
  expect(between).toEqual({
    records: [
      {
        entity: 'logisense.contacts',
        key: 7,
        label: `${record.firstName} Changed`,
        change: 'changed',
        members: { lastName: [record.lastName, 'Changed'] },
      },
    ],
    total: 1,
    world: {},
  });
  const since = (await admin(mock, 'snapshots/after/diff')).json;
  expect(
    since.records.map(({ entity, key, change }: { entity: string; key: number; change: string }) => [entity, key, change]),
  ).toContainEqual(['logisense.contacts', 8, 'deleted']);
  expect(since.world.clock).toEqual([
    { now: '2026-01-01T00:00:00.000Z', mode: 'frozen' },
    { now: '2026-01-01T00:01:00.000Z', mode: 'frozen' },
  ]);
  const unknown = await admin(mock, 'snapshots/befor/diff');
  expect([unknown.status, unknown.json.message]).toEqual([404, 'There is no snapshot "befor". Did you mean "before"?']);
});

test('a reset may keep the journal, with the ids that its calls have', async () => {
  const mock = logisense();
  const id = (await mock.fetch('/Contact/1')).headers.get('x-mock-request-id');
  await admin(mock, 'records/logisense.contacts/7', 'PUT', { lastName: 'Changed' });
  await admin(mock, 'reset?keepRequests=true', 'POST');
  expect(mock.state.get()).toEqual({ records: {} });
  const next = (await mock.fetch('/Contact/2')).headers.get('x-mock-request-id');
  expect(mock.requests().map((entry) => entry.id)).toEqual([next, id]);
  await admin(mock, 'reset', 'POST');
  expect(mock.requests()).toEqual([]);
});

test('rows of the journal have no bodies, come in parts, and are filtered by text, method, status, operation and failure', async () => {
  const mock = logisense();
  await mock.fetch('/Contact/1');
  await mock.fetch('/Contac/1');
  await mock.fetch('/ContactType', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"name":"Escalation"}' });
  const rows = async (query: string) => {
    const { json } = await admin(mock, `requests/rows?${query}`);
    return [json.total, ...json.rows.map(({ url }: { url: string }) => url)];
  };
  const { json } = await admin(mock, 'requests/rows?limit=1&offset=1');
  expect(json).toEqual({
    total: 3,
    rows: [
      {
        id: expect.any(String),
        at: '2026-01-01T00:00:00.000Z',
        started: expect.any(String),
        method: 'GET',
        path: '/Contac/1',
        url: '/Contac/1',
        status: 404,
        operation: null,
        caller: null,
        ms: expect.any(Number),
        servedBy: expect.any(String),
        explanation: expect.stringContaining('Did you mean /Contact/1?'),
      },
    ],
  });
  expect(await rows('failed=true')).toEqual([1, '/Contac/1']);
  expect(await rows('method=POST')).toEqual([1, '/ContactType']);
  expect(await rows('status=2xx')).toEqual([2, '/ContactType', '/Contact/1']);
  expect(await rows('status=404')).toEqual([1, '/Contac/1']);
  expect(await rows('operation=logisense.Contact.get')).toEqual([1, '/Contact/1']);
  expect(await rows('q=escalATION')).toEqual([1, '/ContactType']);
  expect(await rows('q=nobody-sent-this')).toEqual([0]);
});
