/** One request and its answer are enough to say what differs from the contract: for proxied and recorded traffic. */
import { expect, test } from 'vitest';
import { catalogue } from '../../src/apis/catalogue.ts';
import { createMock, type MockOptions } from '../../src/index.ts';
import { compareCall } from '../../src/verify/compare-exchange.ts';
import type { Api } from '../../src/protocols/protocol.ts';
import { type Exchange, headerLines } from '../../src/verify/exchange.ts';

/** With the findings as reports have them. */
function compareExchange(api: Api, exchange: Exchange) {
  const compared = compareCall(api, exchange, 'placeholder');
  if (compared === undefined) return undefined;
  const { operation, name, call, differences } = compared;
  return { operation, name, call, findings: differences.all.map((difference) => ({ operation, call, ...difference })) };
}

const api = (name: string) => catalogue.find((candidate) => candidate.name === name)!;

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}
async function exchanged(target: string, { method = 'GET', headers = {}, body }: Sent = {}, options: MockOptions = {}): Promise<Exchange> {
  await using mock = createMock(options);
  const answer = await mock.fetch(`http://mock${target}`, { method, headers, ...(body === undefined ? {} : { body }) });
  return {
    request: {
      method,
      target,
      headers: headerLines(Object.entries(headers)),
      body: body === undefined ? undefined : new TextEncoder().encode(body),
    },
    response: { status: answer.status, headers: headerLines(answer.headers), body: new Uint8Array(await answer.arrayBuffer()) },
  };
}

const changed = ({ request, response }: Exchange, from: string | RegExp, to: string): Exchange => {
  const text = new TextDecoder().decode(response.body);
  expect(text).toMatch(from);
  return { request, response: { ...response, body: new TextEncoder().encode(text.replace(from, to)) } };
};

const worker = { authorization: 'Bearer worker' };
const json = { 'content-type': 'application/json' };
const calls: readonly (readonly [api: string, operation: string, target: string, sent?: Sent | undefined])[] = [
  ['trendsic', 'trendsic.ContactConnectionRequest', '/v1/ContactConnections/1', { headers: worker }],
  ['trendsic', 'trendsic.ContactConnectionRequest', '/v1/ContactConnections/1.xml', { headers: worker }],
  ['trendsic', 'trendsic.ContactConnectionRequest', '/V1/contactconnections/1?format=csv', { headers: worker }],
  ['trendsic', 'trendsic.ContactConnectionRequest', '/jsv/reply/ContactConnectionRequest?ContactId=1', { headers: worker }],
  ['trendsic', 'trendsic.ContactConnectionRequest', '/v1/ContactConnections/1', { headers: { ...worker, accept: 'text/jsonl' } }],
  ['trendsic', 'trendsic.ContactConnectionRequest', '/v1/ContactConnections/1'],
  ['trendsic', 'trendsic.ContactConnectionRequest', '/v1/ContactConnections/99999999.xml', { headers: worker }],
  ['trendsic', 'trendsic.ContactConnectionRequest', '/v1/ContactConnections/abc', { headers: worker }],
  ['trendsic', 'trendsic.ContactConnectionRequest', '/v1/ContactConnections/1', { headers: { authorization: 'Bearer visitor' } }],
  ['canvara', 'canvara.ContactConnectedLinks', '/api/contacts/0f8fad5b-d9cb-469f-a165-70867728950e/links'],
  ['canvara', 'canvara.ContactConnectedLinks', '/api/contacts/abc/links', { headers: { accept: 'application/xml' } }],
  ['logisense', 'logisense.Contact.list', '/Contact'],
  ['logisense', 'logisense.Contact.list', '/ResourceServer/api/v6/contact/'],
  ['logisense', 'logisense.Contact.paged', '/Contact/Paged', { headers: { Pagination: '{"pageNumber":3,"pageSize":7}' } }],
  ['logisense', 'logisense.Contact.pagedDetail', '/Contact/Paged/Detail', { headers: { Pagination: '{"pageNumber":99,"pageSize":7}' } }],
  ['logisense', 'logisense.Contact.getDetail', '/Contact/9/Detail'],
  ['logisense', 'logisense.Contact.get', '/Contact/99999999'],
  ['logisense', 'logisense.Contact.create', '/Contact/', { method: 'POST', headers: json, body: '{"contactTypeId":3}' }],
  [
    'logisense',
    'logisense.Contact.create',
    '/Contact/',
    { method: 'POST', headers: { ...json, OutputFormat: '{"format":"result"}' }, body: '{"contactTypeId":3}' },
  ],
  ['logisense', 'logisense.Contact.create', '/Contact/', { method: 'POST', headers: json, body: '{' }],
  [
    'logisense',
    'logisense.Contact.patch',
    '/Contact/1',
    {
      method: 'PATCH',
      headers: json,
      body: '{"title":"Dr.","details":{"contactPoints":{"items":[{"patchType":"create","contactPointTypeId":1,"value":"a@example.com"}]}}}',
    },
  ],
  [
    'logisense',
    'logisense.Contact.patch',
    '/Contact/1',
    { method: 'PATCH', headers: json, body: '{"details":{"address":{"items":[{"patchType":"detach","identity":1}]}}}' },
  ],
];

test.each(calls.map(([name, operation, target, sent = {}]) => [name, operation, target, sent] as const))(
  'an answer of our own is as documented: %s %s %s %j',
  async (name, operation, target, sent) => {
    const compared = compareExchange(api(name), await exchanged(target, sent));
    expect(compared).toEqual({ operation, name: expect.any(String), call: expect.any(String), findings: [] });
  },
);

test('what differs is named with operation, call, member and rule', async () => {
  const exchange = changed(await exchanged('/Contact/1'), /"lastName":"[^"]*"/, '"lastName":7');
  expect(compareExchange(api('logisense'), exchange)?.findings).toEqual([
    {
      operation: 'logisense.Contact.get',
      call: 'GET /Contact/1',
      member: 'lastName',
      path: 'instance.lastName',
      rule: 'type',
      wanted: 'a text (string)',
      seen: '7',
    },
  ]);
});

const errors: readonly (readonly [
  title: string,
  api: string,
  target: string,
  accept: string,
  from: RegExp,
  to: string,
  member: string,
  rule: string,
])[] = [
  ['words in HTML', 'logisense', '/Contact/99999999', '*/*', /^.*$/, '<h1>Oops</h1>', 'body', 'envelope'],
  ['another envelope', 'logisense', '/Contact/99999999', '*/*', /"errors"/, '"problems"', 'errors', 'envelope'],
  ['a code that is a text', 'logisense', '/Contact/99999999', '*/*', /"code":(\d+)/, '"code":"$1"', 'code', 'type'],
  ['words in HTML', 'canvara', '/api/contacts/abc/links', 'application/json', /^.*$/, '<h1>Oops</h1>', 'body', 'envelope'],
  ['another root', 'canvara', '/api/contacts/abc/links', 'application/xml', /ErrorResponse/g, 'Error', 'ErrorResponse', 'envelope'],
  [
    'no code',
    'canvara',
    '/api/contacts/abc/links',
    'application/xml',
    /<ErrorCode>SerializationException<\/ErrorCode><Message>Unable/,
    '<Message>Unable',
    'ErrorCode',
    'missing',
  ],
  ['no ResponseStatus', 'canvara', '/api/contacts/abc/links', 'application/json', /^.*$/, '{}', 'ResponseStatus', 'missing'],
];
test.each(errors)('an error with %s is told: %s %s %s', async (_, name, target, accept, from, to, member, rule) => {
  const exchange = changed(await exchanged(target, { headers: { accept } }), from, to);
  expect(compareExchange(api(name), exchange)?.findings).toContainEqual(expect.objectContaining({ member, rule }));
});

test.each([
  ['another path', '/Account/1', {}],
  ['a path that the documents do not have', '/Contact/Metadata', {}],
  ['a page for people', '/v1/ContactConnections/1', { headers: { ...worker, accept: 'text/html' } }],
  ['JSONP', '/v1/ContactConnections/1?callback=f', { headers: worker }],
  ['a verb that the operation has not', '/v1/ContactConnections/1', { method: 'DELETE' }],
])('%s is not compared', async (_, target, sent) => {
  const exchange = await exchanged(target, sent);
  expect(catalogue.map((each) => compareExchange(each, exchange))).toEqual(catalogue.map(() => undefined));
});

test('a body that is not known leaves status and headers to be compared', async () => {
  const { request, response } = await exchanged('/Contact/1');
  const compared = (status: number, type: string) =>
    compareExchange(api('logisense'), { request, response: { ...response, status, headers: { 'content-type': type }, body: undefined } })
      ?.findings;
  expect(compared(200, 'application/json')).toEqual([]);
  expect(compared(201, 'text/html')).toEqual([
    expect.objectContaining({ rule: 'status' }),
    expect.objectContaining({ rule: 'content type' }),
  ]);
});
