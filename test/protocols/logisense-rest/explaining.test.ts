/** Whatever a call sends and nobody reads is told, with what to send instead; the answer stays the service's. */
import { describe, expect, test } from 'vitest';
import { type Answer, asking, json, ownContact } from './asking.ts';

const { mock, ask } = asking();

interface Told {
  readonly message: string;
  readonly member?: string;
  readonly rule?: string;
  readonly nearest?: string;
}
/** All that the journal says of a call. */
function told(answer: Answer, of = mock): Told[] {
  const explanation = of.requests.get(answer.headers.get('x-mock-request-id')!)?.explanation as (Told & { more?: Told[] }) | undefined;
  return explanation === undefined ? [] : [explanation, ...(explanation.more ?? [])];
}
const messages = (answer: Answer, of = mock) => told(answer, of).map(({ message }) => message);

describe('the query, which this API does not read', () => {
  test.each([
    ['/Contact/Paged?pageNumber=2&pageSize=5', 'pageNumber', 'send `Pagination: {"pageNumber":2,"pageSize":5}`'],
    ['/Contact/Paged?page=3', 'page', 'send `Pagination: {"pageNumber":3,"pageSize":20}`'],
    ['/Contact/Paged?limit=10&offset=30', 'limit', 'send `Pagination: {"pageNumber":4,"pageSize":10}`'],
    ['/Contact/?pageSize=5', 'pageSize', 'send `Pagination: {"pageNumber":1,"pageSize":5}` to GET /Contact/Paged'],
    ['/Contact/?lastName=Doe', 'lastName', 'send `SearchRequest: {"filters":[{"name":"lastName","operator":"eq","value":"Doe"}]}`'],
    ['/Contact/1?CONTACTTYPEID=7', 'CONTACTTYPEID', '{"filters":[{"name":"contactTypeId","operator":"eq","value":7}]}` to GET /Contact'],
    ['/Contact/?orderBy=lastName%20desc', 'orderBy', 'send `SearchRequest: {"orderBy":[{"name":"lastName","direction":"desc"}]}`'],
    ['/Contact/?sort=-firstName', 'sort', 'send `SearchRequest: {"orderBy":[{"name":"firstName","direction":"desc"}]}`'],
    ['/Contact/?lastNam=Doe', 'lastNam', 'Did you mean `lastName` in a SearchRequest header?'],
    ['/ResourceServer/api/v6/Contact?pageSize=2', 'pageSize', 'to GET /ResourceServer/api/v6/Contact/Paged'],
    ['/ContactType/Type?cacheBust=1', 'cacheBust', 'this API reads no query.'],
  ])('%s', async (path, name, advice) => {
    const bare = await ask('GET', path.slice(0, path.indexOf('?')));
    const answer = await ask('GET', path);
    expect({ ...answer.body, trackingId: '' }).toEqual({ ...bare.body, trackingId: '' });
    expect(messages(bare)).toEqual([]);
    const [first] = messages(answer);
    expect(first).toContain(`\`${name}\` in the query is not read here; `);
    expect(first).toContain(advice);
    expect(answer.headers.get('x-mock-explanation')).toBe(first);
  });

  test('of a write is what its body takes', async () => {
    const answer = await ask('PUT', '/Contact/1?lastName=Doe', { body: {} });
    expect(messages(answer)).toEqual(['`lastName` in the query is not read here; send {"lastName":"Doe"}']);
  });
});

describe('headers where they do nothing', () => {
  test.each([
    ['GET', '/Contact/', json('Pagination', { pageSize: 5 }), '`Pagination` is not read here; it is read by GET /Contact/Paged'],
    ['GET', '/Contact/1', json('SearchRequest', {}), '`SearchRequest` is not read here; it is read by GET /Contact, GET /Contact/Paged'],
    ['POST', '/Contact/', json('UpdateRequest', { filters: [] }), '`UpdateRequest` is not read here; it is read by PATCH /Contact/{id}'],
    ['PATCH', '/Contact/1', json('OutputFormat', { format: 'instance' }), '`OutputFormat` is not read here; it is read by POST /Contact'],
    ['GET', '/State/', json('OutputFormat', { format: 'result' }), '`OutputFormat` is not read here.'],
    ['GET', '/Contact/Paged', json('Pagination', { pageSize: 5, sort: 1 }), '`sort` in `Pagination` is not read here; it has pageNumber,'],
    ['POST', '/Contact/', json('OutputFormat', { format: 'result', type: 'create' }), '`type` in `OutputFormat` is not read here'],
    [
      'GET',
      '/Contact/',
      json('SearchRequest', { filters: [{ name: 'identity', op: 'gt', value: 5 }] }),
      '`op` in `SearchRequest.filters[0]`',
    ],
    ['GET', '/Contact/1', { Accept: 'application/xml' }, 'This API answers JSON; `Accept: application/xml` was not followed.'],
  ])('%s %s %j', async (method, path, headers, expected) => {
    const body = method === 'GET' ? {} : { body: method === 'POST' ? { contactTypeId: 5 } : {} };
    const answer = await ask(method, path, { headers, ...body });
    expect(answer.status).toBe(200);
    expect(messages(answer)[0]).toContain(expected);
  });
  test('and those that do something are no matter', async () => {
    for (const headers of [json('Pagination', { pageSize: 2 }), json('SearchRequest', { orderBy: [{ name: 'identity' }] })])
      expect(told(await ask('GET', '/Contact/Paged', { headers }))).toEqual([]);
  });
});

describe('members of a body', () => {
  test('that are unknown, with the nearest name', async () => {
    const answer = await ask('PUT', '/Contact/3', { body: { lastNam: 'x', colour: 'red' } });
    expect(answer.status).toBe(200);
    expect(told(answer)[0]).toMatchObject({ member: 'lastNam', nearest: 'lastName', rule: 'known member' });
    expect(messages(answer)[0]).toBe('Contact has no member lastNam; it was not read. Did you mean lastName?');
    expect(messages(answer)).toHaveLength(2);
  });
  test('that are read-only, unless they say what is so anyway', async () => {
    const { instance } = (await ask('GET', '/ContactType/3')).body;
    expect(told(await ask('PUT', '/ContactType/3', { body: instance }))).toEqual([]);
    const answer = await ask('PUT', '/ContactType/3', { body: { ...instance, ownerId: 3, identity: 9 } });
    expect(messages(answer)).toEqual([
      '`identity` was not read: the server keeps it; it stays 3.',
      '`ownerId` was not read: the server keeps it; it stays 1.',
    ]);
    expect(told(await ask('POST', '/ContactType/', { body: { identity: 0, name: 'x', ownerId: null } }))).toEqual([]);
  });
  test('of which the name says something else than the id', async () => {
    const type = (await ask('GET', '/ContactType/7')).body.instance.name;
    expect(told(await ask('PUT', '/Contact/3', { body: { contactTypeId: 7, contactTypeName: type.toUpperCase() } }))).toEqual([]);
    const answer = await ask('PUT', '/Contact/3', { body: { contactTypeId: 7, contactTypeName: 'Another' } });
    expect(messages(answer)).toEqual([`\`contactTypeName\` was not read: the server keeps it; it stays ${type}.`]);
  });
  test('that an UpdateRequest header leaves out', async () => {
    const headers = json('UpdateRequest', { filters: ['title'] });
    const answer = await ask('PUT', '/Contact/4', { body: { title: 'X', firstName: 'Nobody' }, headers });
    expect(messages(answer)[0]).toContain('`firstName` was not read: the UpdateRequest header does not name it; it stays ');
    const refused = await ask('PUT', '/Contact/4', { body: {}, headers: json('UpdateRequest', { filters: ['titel'] }) });
    expect(messages(refused)).toEqual(['Name a member of Contact. Did you mean title?']);
  });
  test('of items that only name a row', async () => {
    const { contact, mail } = await ownContact(ask);
    const patch = (item: object) => ask('PATCH', `/Contact/${contact}`, { body: { details: { contactPoints: { items: [item] } } } });
    const { identity } = (await patch({ patchType: 'create', contactPointTypeId: mail, value: 'a', contactId: 5 })).body.results.items[0];
    const answer = await patch({ patchType: 'delete', identity, value: 'b' });
    expect(messages(answer)).toEqual(['`value` is not read in delete; send {"patchType":"update"} to change a ContactPoint.']);
  });
  test('of a search that stand in the wrong place', async () => {
    const search = [{ name: 'identity', operator: 'eq', value: 5 }];
    const answer = await ask('POST', '/Contact/Search', { body: { search } });
    expect(answer.body.totalCount).toBeGreaterThan(100);
    expect(messages(answer)[0]).toContain(
      '`search` stands outside of `query` and is not read; send {"query":{"search":[{"name":"identity"',
    );
    const beside = await ask('POST', '/Contact/Search', { body: { query: { top: 5, pagination: { pageSize: 7 } } } });
    expect(messages(beside)).toEqual(['`top` is not read beside `pagination`, whose pageSize says how many; send one of them.']);
    const several = await ask('POST', '/Contact/Search', {
      body: { query: { search: [{ name: 'identity', operator: 'lt', value: '9,5' }] } },
    });
    expect(messages(several)).toEqual(['lt takes one value; of `9,5` only the first was read.']);
  });
});

describe('children in POST and PUT are not taken, and the PATCH that writes them is shown', () => {
  const patchIn = (message: string) => {
    const [, address = '', body = ''] = /send PATCH (\S+) with (.*)$/.exec(message) ?? [];
    return { address, body: JSON.parse(body) };
  };
  test('new ones, in whatever form they came', async () => {
    const { ask, mock } = asking();
    const { contact, type, mail, phone } = await ownContact(ask);
    const details = {
      contactPoints: [{ contactPointTypeId: mail, value: 'a@example.com', contactPointTypeName: 'Own Mail' }],
      address: { cityName: 'Austin', colour: 'red' },
    };
    const answer = await ask('POST', '/ResourceServer/api/v6/Contact', { body: { contactTypeId: type, details } });
    const { identity } = answer.body.results.items[0];
    expect((await ask('GET', `/Contact/${identity}/Detail`)).body.instance.details).toEqual({});
    const [message] = messages(answer, mock);
    expect(message).toContain('`details` is not read in POST; send PATCH ');
    const { address, body } = patchIn(message!);
    expect([address, body]).toEqual([
      `/ResourceServer/api/v6/Contact/${identity}`,
      {
        details: {
          contactPoints: {
            items: [{ patchType: 'create', contactPointTypeId: mail, value: 'a@example.com', contactPointTypeName: 'Own Mail' }],
          },
          address: { items: [{ patchType: 'create', cityName: 'Austin' }] },
        },
      },
    ]);
    expect((await ask('PATCH', address, { body })).status).toBe(200);
    expect((await ask('GET', `/Contact/${identity}/Detail`)).body.instance.details.address.cityName).toBe('Austin');
    const atTheTop = await ask('PUT', `/Contact/${contact}`, {
      body: { contactPoints: { items: [{ contactPointTypeId: phone, value: '1' }] } },
    });
    expect(patchIn(messages(atTheTop, mock)[0]!)).toEqual({
      address: `/Contact/${contact}`,
      body: { details: { contactPoints: { items: [{ patchType: 'create', contactPointTypeId: phone, value: '1' }] } } },
    });
  });
  test('a detail as it was read is an update of what is there', async () => {
    const { instance } = (await ask('GET', '/Contact/1/Detail')).body;
    const answer = await ask('PUT', '/Contact/1', { body: instance });
    const { address, body } = patchIn(messages(answer)[0]!);
    expect((await ask('PATCH', address, { body })).body.results.items.map(({ action }: { action: string }) => action)).toContain('updated');
    expect((await ask('GET', '/Contact/1/Detail')).body.instance).toEqual(instance);
    expect(told(await ask('PUT', '/Contact/1', { body: { details: {} } }))).toEqual([]);
  });
});

describe('what a PATCH is not', () => {
  test.each([
    [
      [{ op: 'replace', path: '/firstName', value: 'Zoe' }],
      'This PATCH is not JSON Patch (RFC 6902): send the members that change, {"firstName":"Zoe"}.',
    ],
    [[{ op: 'remove', path: '/title' }], 'send the members that change, {"title":null}.'],
    [[{ firstName: 'Zoe' }], 'Send one object: the members that change.'],
  ])('%j', async (body, expected) => {
    const answer = await ask('PATCH', '/Contact/1', { body });
    expect(answer.status).toBe(400);
    expect(messages(answer)[0]).toContain(expected);
  });
  test('children at the top level belong below details', async () => {
    const answer = await ask('PATCH', '/Contact/1', { body: { contactPoints: [{ patchType: 'delete', identity: 1 }] } });
    expect(answer.status).toBe(400);
    expect(messages(answer)[0]).toBe('Put it below details: {"details":{"contactPoints":{"items":[{"patchType":"delete","identity":1}]}}}');
  });
  test('several objects in one POST', async () => {
    const answer = await ask('POST', '/Contact/', { body: [{ contactTypeId: 5 }] });
    expect(messages(answer)[0]).toContain('PATCH /Contact/{id} with {"contacts":{"items":[{"patchType":"create",…}]}} creates several.');
  });
  test('compressed', async () => {
    const answer = await ask('POST', '/Contact/', { body: '\u001f\u008b', headers: { 'Content-Encoding': 'gzip' } });
    expect(messages(answer)[0]).toContain('It is compressed (Content-Encoding: gzip), which is not read here; send it as it is.');
  });
});

describe('wrong addresses', () => {
  test.each([
    ['/Contact/1/Details', '/Contact/1/Detail'],
    ['/Contact/Page', '/Contact/Paged'],
    ['/Contact/99999999999', '/Contact/{id}'],
    ['/Contact/abc', '/Contact/{id}'],
    ['/ContactType/Types', '/ContactType/Type'],
    ['/ResourceServer/v6/Contact', '/ResourceServer/api/v6/Contact'],
    ['/ResourceServer/Contact/7', '/ResourceServer/api/v6/Contact/7'],
    ['/ResourceServer/api/v9/Contacts', '/ResourceServer/api/v9/Contact'],
    ['/v6/Contact', '/ResourceServer/api/v6/Contact'],
    ['/api/v6/Contact/3/Detail', '/ResourceServer/api/v6/Contact/3/Detail'],
    ['/Contacts', '/Contact'],
    ['/contact-types/paged', '/ContactType/Paged'],
  ])('%s means %s', async (path, nearest) => {
    const answer = await ask('GET', path);
    expect([answer.status, Object.keys(answer.body)]).toEqual([404, ['message']]);
    expect(told(answer)[0]).toMatchObject({ nearest, rule: 'route' });
    expect(messages(answer)[0]).toBe(`No route of this API has this path. Did you mean ${nearest}?`);
  });
});

test('a path that means nothing has the framework’s 404 where LogiSense alone is served, and an empty one beside others', async () => {
  expect((await ask('GET', '/nothing/like/it')).body).toEqual({
    message: "No HTTP resource was found that matches the request URI 'http://mock/nothing/like/it'.",
  });
  const { ask: askAll, mock: all } = asking({ apis: ['trendsic', 'canvara', 'logisense'] });
  for (const [path, nearest] of [
    ['/api/v6/Contact', '/ResourceServer/api/v6/Contact'],
    ['/v6/Contact', '/ResourceServer/api/v6/Contact'],
    ['/Contacts/5', '/Contact/5'],
  ] as const) {
    const answer = await askAll('GET', path);
    expect([answer.status, answer.text, answer.headers.get('x-mock-served-by')]).toEqual([404, '', 'none']);
    expect(told(answer, all)[0]).toMatchObject({ nearest, rule: 'route' });
  }
});

test('what is told of one call has an end', async () => {
  const body = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`m${i}`, i]));
  expect(told(await ask('PUT', '/Contact/9', { body })).length).toBeLessThan(50);
});
