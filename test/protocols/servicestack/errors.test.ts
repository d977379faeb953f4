import { expect, test } from 'vitest';
import { createMock } from '../../support/target.ts';

const mock = createMock({ nulls: 'wire' });
const key = { Authorization: 'Bearer worker' };
const unknown = '00000000-0000-4000-8000-000000000404';

test.each([
  ['json', '{"ResponseStatus":{"ErrorCode":"NotFound","Message":"Contact 5000000 does not exist","Errors":[]}}'],
  ['jsv', '{ResponseStatus:{ErrorCode:NotFound,Message:Contact 5000000 does not exist,Errors:[]}}'],
  ['csv', 'ResponseStatus\r\n"{ErrorCode:NotFound,Message:Contact 5000000 does not exist,Errors:[]}"\r\n'],
  ['html', 'Error (NotFound): Contact 5000000 does not exist\n\n404'],
])('answers 404 with a ResponseStatus for an unknown contact in %s', async (format, body) => {
  const answer = await mock.fetch(`/v1/ContactConnections/5000000?format=${format}`, { headers: key });
  expect([answer.status, answer.statusText]).toEqual([404, 'NotFound']);
  expect(await answer.text()).toBe(body);
});

test('Canvara’s errors come in the operation’s own response', async () => {
  const answer = await mock.fetch(`/api/contacts/${unknown}/links`);
  expect(await answer.json()).toEqual({
    Roles: null,
    ContactConnections: null,
    EmailAddressBook: null,
    ResponseStatus: { ErrorCode: 'NotFound', Message: `Contact ${unknown} does not exist`, StackTrace: null, Errors: [], Meta: null },
  });
});

test('an error in XML has the root of its type', async () => {
  const generic = await (await mock.fetch('/v1/ContactConnections/5000000.xml', { headers: key })).text();
  const typed = await (await mock.fetch(`/api/contacts/${unknown}/connections.xml`)).text();
  expect(generic).toContain(
    '<ErrorResponse xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.servicestack.net/types">',
  );
  expect(typed).toContain('<GetConnectionsToContactResponse ');
});

test('a verb that the route does not name is no route', async () => {
  for (const method of ['DELETE', 'PATCH', 'HEAD']) {
    const answer = await mock.fetch('/v1/ContactConnections/1', { method, headers: key });
    expect([method, answer.status, await answer.text()]).toEqual([method, 404, '']);
  }
});

test('a verb without a method is a 405 that names the service', async () => {
  const answer = await mock.fetch('/json/reply/ContactConnectionRequest?ContactId=1', { method: 'DELETE', headers: key });
  expect(answer.status).toBe(405);
  expect(await answer.json()).toMatchObject({
    ResponseStatus: {
      ErrorCode: 'NotImplementedException',
      Message:
        'Could not find method named Delete(ContactConnectionRequest) or Any(ContactConnectionRequest) on Service ContactConnectionsService',
    },
  });
});

test('an unknown operation is a 405, and the journal knows the nearest name', async () => {
  const answer = await mock.fetch('/json/reply/ContactConectionRequest', { headers: key });
  expect(answer.status).toBe(405);
  const entry = await (await mock.fetch(`/__admin/requests/${answer.headers.get('x-mock-request-id')}`)).json();
  expect(JSON.stringify(entry)).toContain('Did you mean ContactConnectionRequest?');
});

test('a path with a null byte is refused by the server itself', async () => {
  const answer = await mock.fetch('/v1/ContactConnections/%00', { headers: key });
  expect([answer.status, await answer.text()]).toEqual([400, '']);
});

test.each([
  [503, 'ServiceUnavailable'],
  [500, 'InternalServerError'],
  [409, 'Conflict'],
  [429, 'TooManyRequests'],
  [401, 'Unauthorized'],
])('a forced %i has the body and the reason phrase that the service would send', async (status, code) => {
  const answer = await mock.fetch(`/api/contacts/${unknown}/links`, { headers: { Prefer: `code=${status}` } });
  expect([answer.status, answer.statusText]).toEqual([status, code]);
  expect(await answer.json()).toMatchObject({ Roles: null, ResponseStatus: { ErrorCode: code, Errors: [] } });
});

test('a forced status follows the asked format', async () => {
  const force = (status: number) => ({ ...key, Prefer: `code=${status}` });
  const xml = await mock.fetch('/v1/ContactConnections/1.xml', { headers: force(503) });
  expect(await xml.text()).toContain('<ErrorCode>ServiceUnavailable</ErrorCode>');
  const login = await mock.fetch('/v1/ContactConnections/1.html', { headers: force(401), redirect: 'manual' });
  expect([login.status, login.headers.get('location')]).toEqual([
    302,
    'http://mock/login?redirect=http%3a%2f%2fmock%2fv1%2fContactConnections%2f1.html',
  ]);
  const forbidden = await mock.fetch('/v1/ContactConnections/1?format=html', { headers: force(403) });
  expect(await forbidden.text()).toBe(
    'Forbidden\r\n\r\nRequest.HttpMethod: GET\r\nRequest.PathInfo: /v1/ContactConnections/1\r\nRequest.QueryString: format=html\r\n\r\n',
  );
});

test('every 4xx of an operation is explained in the journal', async () => {
  const calls: [string, RequestInit][] = [
    ['/v1/ContactConnections/abc', {}],
    ['/v1/ContactConnections/1', {}],
    ['/v1/ContactConnections/1', { headers: { Authorization: 'Bearer visitor' } }],
    ['/v1/ContactConnections/1', { headers: { Authorization: 'Basic d29ya2VyOm5vcGU=' } }],
    ['/v1/ContactConnections/1', { method: 'DELETE', headers: key }],
    ['/v1/ContactConnections/5000000', { headers: key }],
    ['/api/ContactConnectionRequest', { method: 'PATCH', headers: key }],
    ['/json/reply/Nope', { headers: key }],
  ];
  for (const [path, init] of calls) {
    const answer = await mock.fetch(path, init);
    expect([path, Math.floor(answer.status / 100)]).toEqual([path, 4]);
    const entry = (await (await mock.fetch(`/__admin/requests/${answer.headers.get('x-mock-request-id')}`)).json()) as {
      explanation?: unknown;
    };
    expect([path, JSON.stringify(entry.explanation ?? null)]).toEqual([path, expect.stringContaining('message')]);
  }
});

test('a character that XML cannot hold is the serializer’s error, not the mock’s; other formats show it', async () => {
  const target = '/v1/ContactConnections/7';
  const body = JSON.stringify({ Contact: [{ FirstName: 'a\u0001b' }] });
  const headers = { ...key, 'Content-Type': 'application/json' };
  const put = await mock.fetch(`${target}.xml`, { method: 'PUT', headers, body });
  expect([put.status, put.headers.get('content-type')]).toEqual([500, 'application/xml']);
  const text = await put.text();
  expect(text).toContain('<ErrorResponse ');
  expect(text).toContain(
    "<ErrorCode>ArgumentException</ErrorCode><Message>'.', hexadecimal value 0x01, is an invalid character.</Message>",
  );
  const entry = await (await mock.fetch(`/__admin/requests/${put.headers.get('x-mock-request-id')}`)).json();
  expect(entry.explanation.message).toContain('XML');
  // It was a 500, and stored nothing.
  expect((await mock.fetch(target, { method: 'PUT', headers, body })).status).toBe(200);
  const read = await (await mock.fetch(target, { headers: key })).json();
  expect(read.Contact[0].FirstName).toBe('a\u0001b');
});

test('an error that quotes such a character shows a point in XML', async () => {
  const answer = await mock.fetch('/v1/ContactConnections/1.xml?AgentId=4%01', { headers: key });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('4.');
});
