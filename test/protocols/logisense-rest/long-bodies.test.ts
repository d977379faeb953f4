/** Bodies of a megabyte: written whole or not at all, without holding up anybody, whatever is written meanwhile. */
import { describe, expect, test } from 'vitest';
import { asking, CLOSING, messages } from './asking.ts';

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
