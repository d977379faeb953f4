/** Writes of very many rows: made whole or not at all, without holding up anybody, whatever is written meanwhile. */
import { describe, expect, test } from 'vitest';
import { type Ask, asking, CLOSING, messages } from './asking.ts';

/** What happens in between is told by turns of this process (`test/support/target.ts`). */
const BY_PORT = process.env['TARGET'] === 'port';

/** A round of the event loop: calls in process need none, and would leave the long one no turn. */
const round = () => new Promise<void>((resolve) => setImmediate(resolve));
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const titles = (count: number, title: (i: number) => unknown) => ({
  contacts: { items: many(count, (i) => ({ patchType: 'update', identity: 1 + (i % 200), title: title(i) })) },
});

describe('a PATCH of twenty thousand items', () => {
  test.skipIf(BY_PORT)('is one transaction, and others are answered while it runs', async () => {
    const { ask, mock } = asking();
    let isDone = false;
    const patch = ask('PATCH', '/Contact/1', { body: titles(20_000, (i) => `Title ${i}`) }).finally(() => {
      isDone = true;
    });
    let seen = 0;
    for (; !isDone; seen++) {
      await round();
      if (!isDone) expect((await ask('GET', '/Contact/200')).body.instance.title).not.toMatch(/^Title/);
    }
    expect(seen).toBeGreaterThan(2);
    const answer = await patch;
    expect([answer.status, answer.body.results.totalCount]).toEqual([200, 20_000]);
    expect((await ask('GET', '/Contact/200')).body.instance.title).toBe('Title 19999');
    expect(Object.keys(mock.state.get().records['logisense.contacts'] ?? {})).toHaveLength(200);
  });

  test('begins again where the world is written meanwhile: neither write is lost', async () => {
    const { ask } = asking();
    let isDone = false;
    const patch = ask('PATCH', '/Contact/1', { body: titles(10_000, (i) => `Title ${i}`) }).finally(() => {
      isDone = true;
    });
    const created: number[] = [];
    while (!isDone) {
      created.push((await ask('POST', '/Contact/', { body: { contactTypeId: 5 } })).body.results.items[0].identity);
      await round();
    }
    expect((await patch).status).toBe(200);
    expect(created.length).toBeGreaterThan(2);
    const { items } = (await ask('GET', '/Contact/')).body;
    expect(items).toHaveLength(200 + created.length);
    expect(new Set(created).size).toBe(created.length);
    expect(items[199].title).toBe('Title 9999');
  });

  test('tells everything that is wrong, and leaves no trace', async () => {
    const { ask, mock } = asking();
    const answer = await ask('PATCH', '/Contact/1', { body: titles(20_000, (i) => (i % 2 === 0 ? [] : 'fine')) });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toHaveLength(10_001);
    expect([messages(answer)[0], messages(answer).at(-1)]).toEqual(["'Title' ([]) is not a valid String for 'Contact'.", CLOSING]);
    expect(mock.state.get()).toEqual({ records: {} });
    expect((await ask('POST', '/Contact/', { body: { contactTypeId: 5 } })).body.results.items[0].identity).toBe(201);
  });

  test.skipIf(BY_PORT)('does not land in a world that was reset meanwhile', async () => {
    const { ask, mock } = asking();
    const patch = ask('PATCH', '/Contact/1', { body: titles(20_000, (i) => `Title ${i}`) });
    for (let i = 0; i < 3; i++) await round();
    mock.reset();
    const answer = await patch;
    expect([answer.status, answer.body.error]).toEqual([409, 'world-gone']);
    expect(mock.state.get()).toEqual({ records: {} });
  });
});

/** A contact type that offers as many kinds of contact points, and a contact with one point of each that has left it since. */
async function crowdedType(ask: Ask, size: number): Promise<{ type: number; contact: number }> {
  const { identity: type } = (await ask('POST', '/ContactType/', { body: { name: 'Crowded' } })).body.results.items[0];
  const kinds = { contactPointTypes: { items: many(size, (i) => ({ patchType: 'create', name: `Kind ${i}` })) } };
  const created = (await ask('PATCH', `/ContactType/${type}`, { body: { details: kinds } })).body.results.items;
  const { identity: contact } = (await ask('POST', '/Contact/', { body: { contactTypeId: type } })).body.results.items[0];
  const points = { contactPoints: { items: many(size, (i) => ({ patchType: 'create', contactPointTypeId: created[i].identity })) } };
  await ask('PATCH', `/Contact/${contact}`, { body: { details: points } });
  await ask('PUT', `/Contact/${contact}`, { body: { contactTypeId: 5 } });
  return { type, contact };
}

describe('a deletion that takes thousands of rows along', () => {
  const SIZE = 4000;

  test.skipIf(BY_PORT)('is one transaction, and others are answered while it runs', async () => {
    const { ask, mock } = asking();
    const { type, contact } = await crowdedType(ask, SIZE);
    let isDone = false;
    const deletion = ask('DELETE', `/ContactType/${type}`).finally(() => {
      isDone = true;
    });
    let seen = 0;
    for (; !isDone; seen++) {
      await round();
      if (!isDone) expect((await ask('GET', `/ContactType/${type}`)).status).toBe(200);
    }
    expect(seen).toBeGreaterThan(2);
    const answer = await deletion;
    expect([answer.status, answer.body.results.totalCount]).toEqual([200, 2 + SIZE]);
    expect(answer.body.results.items[0]).toEqual({ identity: type, action: 'deleted', dtoTypeKey: 'contactType' });
    expect((await ask('GET', `/Contact/${contact}/Detail`)).body.instance.details).toEqual({});
    expect(Object.keys(mock.state.get().records)).toEqual(['logisense.contacts']);
    expect(mock.integrity()).toMatchObject({ ok: true, orphans: [] });
  });

  test('is refused, and undone, where a contact takes the type meanwhile', async () => {
    const { ask, mock } = asking();
    const { type, contact } = await crowdedType(ask, SIZE);
    const deletion = ask('DELETE', `/ContactType/${type}`);
    await round();
    expect((await ask('PUT', `/Contact/${contact}`, { body: { contactTypeId: type } })).status).toBe(200);
    const answer = await deletion;
    expect([answer.status, messages(answer)[0]]).toEqual([400, `'ContactType' (${type}) is in use by 'Contact'.`]);
    expect((await ask('GET', `/Contact/${contact}/Detail`)).body.instance.details.contactPoints).toHaveLength(SIZE);
    expect(mock.integrity()).toMatchObject({ ok: true, orphans: [] });
  });

  test.skipIf(BY_PORT)('an address that thousands share goes with all their links', async () => {
    const { ask, mock } = asking();
    const address = (await ask('GET', '/Contact/1/Detail')).body.instance.details.address.identity;
    const attach = { address: { items: [{ patchType: 'attach', identity: address }] } };
    const items = many(SIZE, () => ({ patchType: 'create', contactTypeId: 5, details: attach }));
    expect((await ask('PATCH', '/Contact/1', { body: { contacts: { items } } })).status).toBe(200);
    const body = { details: { address: { items: [{ patchType: 'delete', identity: address }] } } };
    const deletion = ask('PATCH', '/Contact/1', { body });
    // Too long to be made in one go: it goes on after those who asked meanwhile.
    expect((await ask('GET', '/Contact/1/Detail')).body.instance.details.address.identity).toBe(address);
    expect((await deletion).body.results.totalCount).toBe(1 + SIZE);
    expect((await ask('GET', '/Contact/1/Detail')).body.instance.details.address).toBeUndefined();
    expect(mock.integrity()).toMatchObject({ ok: true, orphans: [] });
  });
});

test.each([0, 3])('a row that goes while a long body waits is not there (%i rounds later)', async (rounds) => {
  const { ask, mock } = asking();
  const kinds = { contactPointTypes: { items: many(5000, (i) => ({ patchType: 'create', name: `Kind ${i}` })) } };
  const long = ask('PATCH', '/ContactType/26', { body: { details: kinds } });
  const put = ask('PUT', '/ContactType/26', { body: { name: 'Late', ...Object.fromEntries(many(5000, (i) => [`member${i}`, i])) } });
  for (let i = 0; i < rounds; i++) await round();
  expect((await ask('DELETE', '/ContactType/26')).status).toBe(200);
  const before = mock.state.get();
  const late = [await long, await put].filter(({ status }) => status !== 200);
  expect(late.length).toBeGreaterThan(0);
  for (const answer of late)
    expect([answer.status, messages(answer)[0]]).toEqual([404, "'Identity' (26) does not exist in 'ContactType'."]);
  expect((await ask('GET', '/ContactType/26')).status).toBe(404);
  expect(mock.state.get()).toEqual(before);
});

test.each([
  ['PUT', '/Contact/1', Object.fromEntries(many(60_000, (i) => [`m${i}`, i])), 200],
  ['PUT', '/Contact/1', `{"title":${'['.repeat(400_000)}${']'.repeat(400_000)}}`, 400],
  ['PUT', '/Contact/1', { contactTypeId: '1'.repeat(900_000), title: 'x' }, 400],
  ['PATCH', '/Contact/1', { details: Object.fromEntries(many(30_000, (i) => [`contactPoint${i}`, {}])) }, 400],
  ['PATCH', '/Contact/1', { details: { contactPoints: { items: many(20_000, () => ({ patchType: 'creat' })) } } }, 400],
  ['PATCH', '/Contact/1', titles(20_001, () => 'x'), 400],
  ['PATCH', '/Contact/1', `{"contacts":{"items":[${'{},'.repeat(300_000)}{}]}}`, 400],
  ['POST', '/Contact/Search', { query: { orderBy: many(25_000, () => ({ name: 'lastName' })) } }, 200],
  ['POST', '/Contact/Search', { query: { orderBy: many(25_000, (i) => ({ name: `lastNam${i}` })) } }, 400],
  [
    'POST',
    '/Contact/Search',
    { query: { search: [{ name: 'identity', operator: 'in', value: many(120_000, (i) => 200 - i).join() }] } },
    200,
  ],
  ['POST', '/Contact/Search', { query: { search: many(2001, () => ({ name: 'identity', operator: 'gt', value: 1 })) } }, 400],
] as const)('%s %s with a long body is answered (%#)', async (method, path, body, status) => {
  const { ask, mock } = asking();
  const answer = await ask(method, path, { body });
  expect(answer.status).toBe(status);
  if (status === 400) expect(answer.body.errors.length).toBeGreaterThan(0);
  expect(JSON.stringify(mock.requests.get(answer.body.trackingId)?.explanation ?? '').length).toBeLessThan(30_000);
});

test('a PATCH whose answer would be longer than a text may be is an error of the service, and nothing of it is stored', async () => {
  const { ask, mock } = asking();
  const items = [{ firstName: 'x'.repeat(1_000_000) }, ...many(110, (i) => ({ title: `Title ${i}` }))];
  const answer = await ask('PATCH', '/Contact/3', {
    body: { contacts: { items: items.map((item) => ({ patchType: 'update', identity: 3, ...item })) } },
  });
  expect([answer.status, answer.body]).toEqual([500, { message: 'An error has occurred.' }]);
  expect(decodeURIComponent(answer.headers.get('x-mock-explanation') ?? '')).toContain('Send fewer items. Nothing was stored.');
  expect(mock.state.get()).toEqual({ records: {} });
});
