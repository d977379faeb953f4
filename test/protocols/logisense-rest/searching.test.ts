import { describe, expect, test } from 'vitest';
import { shows } from '../../support/evidence.ts';
import { type Answer, asking, json, messages } from './asking.ts';

const { mock, ask } = asking();
interface Contact {
  identity: number;
  contactTypeId: number;
  contactTypeName: string;
  title: string | null;
  firstName: string;
  lastName: string;
  isUsedForTax: boolean | null;
}
const contacts: Contact[] = (await ask('GET', '/Contact/')).body.items;
const search = (query: unknown, resource = 'Contact') => ask('POST', `/${resource}/Search`, { body: { query } });
const filtered = (request: unknown, path = '/Contact/') => ask('GET', path, { headers: json('SearchRequest', request) });

describe('conditions mean what they mean in a filter over the whole list', () => {
  const by: [object, (contact: Contact) => boolean][] = [
    [{ name: 'contactTypeId', operator: 'eq', value: 5 }, (contact) => contact.contactTypeId === 5],
    [{ name: 'contactTypeId', operator: 'eq', value: '5' }, (contact) => contact.contactTypeId === 5],
    [{ name: 'contactTypeId', operator: 'eq', value: '5,7' }, (contact) => [5, 7].includes(contact.contactTypeId)],
    [{ name: 'contactTypeId', operator: 'notEq', value: 5 }, (contact) => contact.contactTypeId !== 5],
    [{ name: 'identity', operator: 'lt', value: 10 }, (contact) => contact.identity < 10],
    [{ name: 'identity', operator: 'ltEq', value: 10 }, (contact) => contact.identity <= 10],
    [{ name: 'identity', operator: 'gt', value: 190 }, (contact) => contact.identity > 190],
    [{ name: 'identity', operator: 'gtEq', value: 190 }, (contact) => contact.identity >= 190],
    [{ name: 'lastName', operator: 'gt', value: 'T' }, (contact) => contact.lastName.toLowerCase() > 't'],
    [{ name: 'lastName', operator: 'contains', value: 'eR' }, (contact) => contact.lastName.toLowerCase().includes('er')],
    [{ name: 'firstName', operator: 'startsWith', value: 'a' }, (contact) => contact.firstName.startsWith('A')],
    [{ name: 'firstName', operator: 'endsWith', value: 'A' }, (contact) => contact.firstName.endsWith('a')],
    [{ name: 'title', operator: 'in', value: 'dr., MRS.' }, (contact) => ['Dr.', 'Mrs.'].includes(contact.title ?? '')],
    [{ name: 'title', operator: 'notIn', value: ['Dr.', 'Mrs.'] }, (contact) => !['Dr.', 'Mrs.'].includes(contact.title ?? '')],
    [{ name: 'isUsedForTax', operator: 'eq', value: true }, (contact) => contact.isUsedForTax === true],
    [{ name: 'IsUsedForTax', operator: 'EQ', value: 'false' }, (contact) => contact.isUsedForTax === false],
    [{ name: 'contactTypeName', operator: 'eq', value: 'legal' }, (contact) => contact.contactTypeName === 'Legal'],
    [{ name: 'title', operator: 'eq', value: null }, (contact) => contact.title === null],
  ];
  test.each(by)('%j', async (condition, isMeant) => {
    const expected = contacts.filter(isMeant);
    expect((await filtered({ filters: [condition] })).body).toMatchObject({ totalCount: expected.length, items: expected });
    const { body } = await search({ top: 200, search: [condition] });
    expect(body).toMatchObject({ totalCount: expected.length, items: expected });
  });

  test('they combine with and, with or where that is said, and group by group', async () => {
    const one = { name: 'contactTypeId', operator: 'eq', value: 5 };
    const two = { name: 'identity', operator: 'lt', value: 60 };
    const ids = async (request: object) => (await filtered(request)).body.items.map((item: Contact) => item.identity);
    expect(await ids({ filters: [one, two] })).toEqual(
      contacts.filter((c) => c.contactTypeId === 5 && c.identity < 60).map((c) => c.identity),
    );
    expect(await ids({ filters: [one, two], condition: 'or' })).toEqual(
      contacts.filter((c) => c.contactTypeId === 5 || c.identity < 60).map((c) => c.identity),
    );
    expect(await ids({ filters: [one, { ...two, condition: 'or' }] })).toEqual(
      contacts.filter((c) => c.contactTypeId === 5 || c.identity < 60).map((c) => c.identity),
    );
    expect(await ids({ groups: [{ filters: [one] }, { filters: [two] }] })).toEqual(
      contacts.filter((c) => c.contactTypeId === 5 && c.identity < 60).map((c) => c.identity),
    );
  });
});

test('the older header filters pages too, and counts what matches', async () => {
  const headers = {
    ...json('SearchRequest', { filters: [{ name: 'title', operator: 'eq', value: 'Dr.' }] }),
    ...json('Pagination', { pageNumber: 2, pageSize: 5 }),
  };
  const doctors = contacts.filter(({ title }) => title === 'Dr.');
  const { body } = await ask('GET', '/Contact/Paged', { headers });
  expect(body.pagedResults).toEqual({ totalCount: doctors.length, items: doctors.slice(5, 10) });
  const detail = await ask('GET', '/Contact/Paged/Detail', { headers });
  expect(detail.body.pagedResults.items.map((item: Contact) => item.identity)).toEqual(
    doctors.slice(5, 10).map(({ identity }) => identity),
  );
});

test('an order sorts by each member in turn, then by identity', async () => {
  const { body } = await filtered({ orderBy: [{ name: 'title', direction: 'desc' }, { name: 'lastName' }] });
  const sorted = [...contacts].sort(
    (left, right) =>
      ((left.title ?? '') < (right.title ?? '') ? 1 : (left.title ?? '') > (right.title ?? '') ? -1 : 0) ||
      (left.lastName.toLowerCase() < right.lastName.toLowerCase()
        ? -1
        : left.lastName.toLowerCase() > right.lastName.toLowerCase()
          ? 1
          : 0) ||
      left.identity - right.identity,
  );
  expect(body.items).toEqual(sorted);
  expect((await filtered({ orderBy: [{ name: 'identity', direction: 'desc' }] })).body.items[0].identity).toBe(200);
});

describe('POST Search', () => {
  test('gives a hundred where it is not told how many', async () => {
    const { body } = await search({});
    expect([body.totalCount, body.items.length]).toEqual([200, 100]);
    expect((await ask('POST', '/Contact/Search', { body: {} })).body.items).toHaveLength(100);
  });
  test('gives a page, with the count of all that match', async () => {
    const { body } = await search({
      search: [{ name: 'identity', operator: 'gt', value: 50 }],
      pagination: { pageNumber: 2, pageSize: 10 },
    });
    expect(body.pagination).toEqual({ pageNumber: 2, pageSize: 10, excludeTotalCount: false });
    expect(body.pagedResults).toEqual({ totalCount: 150, items: contacts.slice(60, 70) });
  });
  test('gives the wanted members alone', async () => {
    const { body } = await search({ top: 1, fields: ['lastName', 'identity'] });
    expect(body.items).toEqual([{ identity: 1, lastName: contacts[0]!.lastName }]);
  });
  test('finds what was written a moment ago', async () => {
    const { ask } = asking();
    await ask('PUT', '/ContactType/9', { body: { name: 'Lawyers' } });
    const { body } = await ask('POST', '/Contact/Search', {
      body: { query: { search: [{ name: 'contactTypeName', operator: 'eq', value: 'Lawyers' }] } },
    });
    expect(body.items.map((item: Contact) => item.contactTypeId)).toEqual(
      contacts.filter(({ contactTypeId }) => contactTypeId === 9).map(() => 9),
    );
    await ask('PUT', '/Contact/1', { body: { contactTypeId: 9 } });
    await ask('PUT', `/Contact/${body.items[0].identity}`, { body: { contactTypeId: 1 } });
    const again = await ask('POST', '/Contact/Search', {
      body: { query: { search: [{ name: 'contactTypeId', operator: 'eq', value: 9 }] } },
    });
    expect(again.body.items.map((item: Contact) => item.identity)).toEqual(
      [1, ...body.items.slice(1).map((item: Contact) => item.identity)].sort((left, right) => left - right),
    );
  });
});

describe('mistakes are told, all at once', () => {
  test.each([
    [{ search: [{ name: 'frstName', operator: 'eq', value: 'x' }] }, ["'frstName' is not a property of 'Contact'."]],
    [{ search: [{ name: 'firstName', operator: 'like', value: 'x' }] }, ["'like' is not an operator."]],
    [{ search: [{ name: 'identity', operator: 'eq', value: 'x' }] }, ["'Identity' (x) is not a valid Number for 'Contact'."]],
    [{ search: [{ name: 'isUsedForTax', operator: 'eq', value: 'x' }] }, ["'IsUsedForTax' (x) is not a valid Boolean for 'Contact'."]],
    [{ search: 'x' }, ["'query.search' MUST be a list of objects."]],
    [{ search: [{ name: 'title', operator: 'eq', value: 'x', condition: 'xor' }] }, ["'query.search[0].condition' MUST be 'and' or 'or'."]],
    [{ orderBy: [{ name: 'title', direction: 'up' }] }, ["'query.orderBy[0].direction' MUST be 'asc' or 'desc'."]],
    [{ top: 0 }, ["'Top' (0) is not a valid Number from 1 to 10000 for 'Contact'."]],
    [
      { top: 10_001, fields: ['x'] },
      ["'Top' (10001) is not a valid Number from 1 to 10000 for 'Contact'.", "'x' is not a property of 'Contact'."],
    ],
    [{ contactPoints: {} }, ["'contactPoints' cannot be searched with a 'Contact'."]],
    [{ pagination: { pageSize: 0 } }, ["'PageSize' MUST be greater than '0' when using a 'Pagination'."]],
  ])('%j', async (query, expected) => {
    const answer = await search(query);
    expect(answer.status).toBe(400);
    expect(messages(answer)).toEqual(expected);
  });
  test('in the header as well, with the nearest name in the journal', async () => {
    const answer = await filtered({ filters: [{ name: 'lastNam', operator: 'contain', value: 'x' }] });
    expect(messages(answer)).toEqual(["'lastNam' is not a property of 'Contact'.", "'contain' is not an operator."]);
    expect(JSON.stringify(mock.requests.get(answer.body.trackingId)?.explanation)).toContain('"nearest":"lastName"');
    expect((await ask('GET', '/Contact/', { headers: { SearchRequest: 'x' } })).status).toBe(400);
    expect((await ask('GET', '/ContactType/', { headers: json('SearchRequest', { filters: 5 }) })).status).toBe(400);
    for (const operation of ['Contact.list', 'ContactType.list']) {
      shows(`logisense.${operation}`, 'negative');
      shows(`logisense.${operation}`, 'chosen');
    }
  });
});

test('a search says the same whatever the case of its names', async () => {
  const lower = {
    fields: ['identity'],
    search: [{ name: 'identity', operator: 'ltEq', value: 3 }],
    orderBy: [{ name: 'identity', direction: 'desc' }],
  };
  const upper = {
    Fields: ['Identity'],
    Search: [{ Name: 'Identity', Operator: 'LtEq', Value: 3 }],
    OrderBy: [{ Name: 'Identity', Direction: 'DESC' }],
  };
  const answers = [await search(lower), await ask('POST', '/Contact/Search', { body: { Query: upper } })];
  for (const { body } of answers) expect(body.items).toEqual([{ identity: 3 }, { identity: 2 }, { identity: 1 }]);
});

test('a search that looks at very many records says so once in the log, with the key that would be fast', async () => {
  const notes: string[] = [];
  const { ask } = asking({
    scale: { 'logisense.contacts': 100_001 },
    log: (event) => void (event.event === 'note' && notes.push(event.message)),
  });
  const find = (member: string, value: unknown) =>
    ask('POST', '/Contact/Search', { body: { query: { top: 1, search: [{ name: member, operator: 'eq', value }] } } });
  for (const value of [true, false]) await find('isUsedForTax', value);
  await find('contactTypeId', 5);
  expect(notes).toEqual([
    'A search of logisense.contacts by isUsedForTax looked at 100,001 records; with a condition on identity or contactTypeId (eq, in) it would not.',
  ]);
});

describe('what a search has found is there for its next page', () => {
  test('each page of each order is a slice of the whole list, in whatever order they are asked for, and what is written shows', async () => {
    const { ask } = asking({ scale: { 'logisense.contacts': 3000 } });
    const query = (more: object) => ({ search: [{ name: 'lastName', operator: 'contains', value: 'A' }], ...more });
    const identities = (answer: Answer): number[] =>
      (answer.body.items ?? answer.body.pagedResults.items).map(({ identity }: Contact) => identity);
    for (const orderBy of [[], [{ name: 'title' }, { name: 'firstName', direction: 'desc' }], [{ name: 'identity', direction: 'desc' }]]) {
      const page = (pageNumber: number, pageSize: number, more = {}) =>
        ask('POST', '/Contact/Search', { body: { query: query({ orderBy, pagination: { pageNumber, pageSize, ...more } }) } });
      const whole = identities(await ask('POST', '/Contact/Search', { body: { query: query({ orderBy, top: 10_000 }) } }));
      expect(whole.length).toBeGreaterThan(1001);
      for (const [pageNumber, pageSize] of [
        [40, 10],
        [2, 10],
        [3, 10],
        [1, 2000],
        [2, 1000],
        [9, 100],
        [999, 50],
        [1, 1],
      ] as const) {
        const answer = await page(pageNumber, pageSize);
        expect(answer.body.pagedResults.totalCount).toBe(whole.length);
        expect(identities(answer)).toEqual(whole.slice((pageNumber - 1) * pageSize, pageNumber * pageSize));
        const uncounted = await page(pageNumber, pageSize, { excludeTotalCount: true });
        expect([uncounted.body.pagedResults.totalCount, identities(uncounted)]).toEqual([null, identities(answer)]);
      }
      const [first] = identities(await page(1, 5));
      await ask('PUT', `/Contact/${first}`, { body: { lastName: 'Zzz' } });
      expect(identities(await page(1, 5))).toEqual(whole.slice(1, 6));
    }
  });
});

test('a list that is on its way is one moment of the world, whatever is written meanwhile', async () => {
  const { ask, mock } = asking({ scale: { 'logisense.contacts': 30_000 } });
  const response = await mock.fetch('http://mock/Contact/');
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let text = decoder.decode((await reader.read()).value, { stream: true });
  await ask('PUT', '/Contact/29999', { body: { firstName: 'Later' } });
  for (let i = 0; i < 5; i++) await ask('POST', '/Contact/', { body: { contactTypeId: 5 } });
  mock.reset();
  for (let next = await reader.read(); !next.done; next = await reader.read()) text += decoder.decode(next.value, { stream: true });
  const { totalCount, items } = JSON.parse(text);
  expect([totalCount, items.length]).toEqual([30_000, 30_000]);
  expect(items[29_998].firstName).not.toBe('Later');
});

test('a long search lets others in, and stops when its caller is gone', async () => {
  const { mock, ask } = asking({ scale: { 'logisense.contacts': 10_000_000 } });
  const body = JSON.stringify({ query: { search: [{ name: 'lastName', operator: 'eq', value: 'nobody has this' }] } });
  const gone = new AbortController();
  const headers = { 'Content-Type': 'application/json' };
  const search = mock.fetch('http://mock/Contact/Search', { method: 'POST', headers, body, signal: gone.signal });
  // It takes minutes; these would wait for it.
  for (let i = 0; i < 5; i++) expect((await ask('GET', '/Contact/3')).status).toBe(200);
  gone.abort();
  await expect(search).rejects.toThrow();
});
