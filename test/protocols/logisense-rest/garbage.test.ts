/** Whatever is sent, the answer is one of the service's own, and a refused call changes nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asking, messages } from './asking.ts';

const { ask, mock } = asking({ scale: { 'logisense.contacts': 30 } });

const name = fc.constantFrom(
  ...[
    'identity',
    'contactTypeId',
    'contactTypeName',
    'title',
    'isUsedForTax',
    'name',
    'details',
    'contacts',
    'contactTypes',
    'items',
    'patchType',
  ],
  ...[
    'patchClientId',
    'contactPoints',
    'address',
    'addresses',
    'contactPointTypes',
    'contactPointTypeId',
    'value',
    'latitude',
    'stateName',
    'contactId',
  ],
  ...[
    'query',
    'search',
    'filters',
    'groups',
    'orderBy',
    'operator',
    'condition',
    'direction',
    'top',
    'fields',
    'pagination',
    'pageSize',
    'pageNumber',
  ],
  ...['format', '__proto__', 'constructor', 'toString', ''],
);
const leaf = fc.oneof(
  fc.constantFrom(
    'create',
    'update',
    'delete',
    'attach',
    'detach',
    'eq',
    'contains',
    'in',
    'desc',
    'or',
    'true',
    'result',
    '5',
    '1,2',
    'firstName',
    '',
  ),
  fc.constantFrom<unknown>(null, true, false, 0, 1, -1, 2.5, 1e10, 1e300, 31, 999),
  fc.string({ maxLength: 8 }),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  ),
}));
const text = fc.oneof({ weight: 8, arbitrary: value.map((sent) => JSON.stringify(sent) ?? '') }, { weight: 1, arbitrary: fc.string() });
const ascii = (sent: string) => sent.replace(/[^\x20-\x7e]/g, '?');
const path = fc.constantFrom(
  ...[
    '/Contact/',
    '/Contact/1',
    '/Contact/1/Detail',
    '/Contact/Paged',
    '/Contact/Paged/Detail',
    '/Contact/Search',
    '/Contact/999',
    '/Contact/x',
  ],
  ...[
    '/ContactType/',
    '/ContactType/1',
    '/ContactType/26',
    '/ContactType/Search',
    '/ContactType/Metadata/sql',
    '/State/1',
    '/Country',
    '/Contact/constructor',
  ],
);

test('5,000 calls of any kind', { timeout: 300_000 }, async () => {
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
      path,
      text,
      fc.dictionary(fc.constantFrom('Pagination', 'OutputFormat', 'UpdateRequest', 'SearchRequest'), text.map(ascii), { maxKeys: 2 }),
      async (method, path, body, headers) => {
        const before = mock.state.hash();
        const answer = await ask(method, path, { headers, ...(method === 'GET' ? {} : { body }) });
        seen.add(answer.status);
        expect([200, 400, 404, 405]).toContain(answer.status);
        expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
        if (answer.status === 200) return;
        expect(mock.state.hash()).toBe(before);
        if (answer.body.message === undefined) expect(messages(answer).every((message) => message.length > 0)).toBe(true);
        else expect(Object.keys(answer.body)).toEqual(['message']);
      },
    ),
    { seed: 20260102, numRuns: 5000 },
  );
  expect([...seen].sort()).toEqual([200, 400, 404, 405]);
  expect(mock.integrity()).toMatchObject({ ok: true, orphans: [] });
});

test('bodies that are broken in other ways', async () => {
  const send = async (body: BodyInit, method = 'PATCH') => {
    const response = await mock.fetch('http://mock/Contact/1', { method, body, headers: { 'Content-Type': 'application/json' } });
    return [response.status, ((await response.json()) as { errors?: { message: string }[] }).errors?.[0]?.message];
  };
  const refused = [400, 'The body MUST be a JSON object.'];
  expect(await send(new Uint8Array([0x7b, 0xff, 0x7d]))).toEqual(refused);
  expect(await send('['.repeat(200_000))).toEqual(refused);
  for (const levels of [257, 5000, 500_000]) {
    const list = '['.repeat(levels) + ']'.repeat(levels);
    expect(await send(`{"title":${list}}`, 'PUT')).toEqual(refused);
    expect(await send(`{"unknown":${list}}`)).toEqual(refused);
  }
  expect(await send(new Uint8Array(30_000_001), 'PUT')).toEqual([413, 'The body is larger than 30,000,000 bytes.']);
  expect(await send('\uFEFF{"title":"With a mark"}', 'PUT')).toEqual([200, undefined]);
});

test('values that pretend to be something else, or are endless', async () => {
  const tricky = { toString: 5, toJSON: 6 };
  const search = { search: [{ name: tricky, operator: tricky, condition: tricky }], orderBy: [{ name: tricky, direction: tricky }] };
  expect((await ask('POST', '/Contact/Search', { body: { query: search } })).status).toBe(400);
  for (const header of ['OutputFormat', 'UpdateRequest', 'SearchRequest', 'Pagination']) {
    const value = { format: tricky, filters: [tricky], pageSize: tricky };
    const [method, path] = header === 'Pagination' || header === 'SearchRequest' ? ['GET', '/Contact/Paged'] : ['PUT', '/Contact/1'];
    expect(
      (await ask(method!, path!, { headers: { [header]: JSON.stringify(value) }, ...(method === 'GET' ? {} : { body: {} }) })).status,
    ).toBe(400);
  }
  const answer = await ask('PUT', '/Contact/1', { body: { title: ['x'.repeat(1_000_000)] } });
  expect(answer.text.length).toBeLessThan(500);
  expect(JSON.stringify(mock.requests.get(answer.body.trackingId)?.explanation).length).toBeLessThan(500);
});
