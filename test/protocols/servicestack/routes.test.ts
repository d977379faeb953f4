import { expect, test } from 'vitest';
import { createMock } from '../../support/target.ts';

const key = { Authorization: 'Bearer worker' };
const json = { ...key, 'Content-Type': 'application/json' };

test.each(['documented', 'strict', 'off'] as const)('every listed call answers 200 in an untouched world (--auth %s)', async (auth) => {
  const mock = createMock({ auth, apis: ['trendsic', 'canvara'] });
  for (const [i, { operation, example }] of mock.routes().entries()) {
    const { method, path, headers = {}, body } = example;
    const answer = await mock
      .world(`w${i}`)
      .fetch(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    expect([operation, method, answer.status]).toEqual([operation, method, 200]);
  }
});

test('an operation is listed with every verb that its document names and the service answers', () => {
  const verbs = (name: string) =>
    createMock()
      .routes()
      .filter(({ operation }) => operation === name)
      .map(({ method }) => method);
  expect(verbs('trendsic.ContactConnectionRequest')).toEqual(['GET', 'POST', 'PUT', 'OPTIONS']);
  expect(verbs('canvara.ContactConnectedLinks')).toEqual(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);
});

test('literals of a path count in any case, empty segments and dots do not, encoded letters do', async () => {
  const mock = createMock();
  for (const path of [
    '/V1/CONTACTCONNECTIONS/1',
    '//v1//ContactConnections/1/',
    '/v1/x/../ContactConnections/1',
    '/v1/Contact%43onnections/1',
  ]) {
    expect([path, (await mock.fetch(path, { headers: key })).status]).toEqual([path, 200]);
  }
});

test('all ways to an operation answer the same', async () => {
  const mock = createMock();
  const own = await (await mock.fetch('/v1/ContactConnections/1', { headers: key })).text();
  for (const path of [
    '/json/reply/ContactConnectionRequest',
    '/json/oneway/contactconnectionrequest',
    '/api/ContactConnectionRequest',
    '/api/ContactConnectionRequest.json',
  ]) {
    expect([path, await (await mock.fetch(`${path}?ContactId=1`, { headers: key })).text()]).toEqual([path, own]);
  }
});

test('on a shared port /api/{Operation} is Trendsic’s, everything else below /api is Canvara’s', async () => {
  const mock = createMock();
  const realm = async (path: string) => (await mock.fetch(path)).headers.get('www-authenticate');
  expect((await mock.fetch('/api/ContactConnectionRequest?ContactId=1', { headers: key })).status).toBe(200);
  expect(await realm('/api/ContactConnectionRequest')).toContain('jwt');
  expect(await (await mock.fetch('/api/auth')).json()).toMatchObject({ ResponseStatus: { Message: 'Not Authenticated' } });
  expect((await mock.fetch('/api/metadata')).status).toBe(200);
  expect((await mock.fetch('/api/GetConnectionsToContact')).status).toBe(404);
});

test('a base path with "api" in it has no /api/{Operation}, with or without Trendsic beside it', async () => {
  const mock = createMock({ apis: ['canvara'] });
  for (const path of ['/api/GetConnectionsToContact', '/api/api/GetConnectionsToContact'])
    expect([path, (await mock.fetch(path)).status]).toEqual([path, 404]);
  expect((await mock.fetch('/api/json/reply/ContactConnectedLinks')).status).toBe(404);
});

test('X-Http-Method-Override takes another verb’s place, in header, query and form', async () => {
  const mock = createMock();
  const methodOf = async (path: string, init: RequestInit) => (await mock.fetch(path, { method: 'POST', ...init })).status;
  expect(await methodOf('/v1/ContactConnections/1', { headers: { ...key, 'X-Http-Method-Override': 'DELETE' } })).toBe(404);
  expect(await methodOf('/v1/ContactConnections/1?X-Http-Method-Override=DELETE', { headers: key })).toBe(404);
  expect(
    await methodOf('/v1/ContactConnections/1', { headers: key, body: new URLSearchParams({ 'X-Http-Method-Override': 'DELETE' }) }),
  ).toBe(404);
});

test('OPTIONS is 200 with the headers of a preflight, known route or not', async () => {
  const mock = createMock();
  for (const path of ['/v1/ContactConnections/1', '/api/contacts/x/links', '/json/reply/Nope', '/auth', '/nope']) {
    const answer = await mock.fetch(path, { method: 'OPTIONS' });
    expect([path, answer.status, await answer.text()]).toEqual([path, 200, '']);
    expect(answer.headers.get('access-control-allow-methods')).toContain('PATCH');
  }
});

test('a batch is answered by a list, and counted', async () => {
  const answer = await createMock().fetch('/json/reply/ContactConnectionRequest[]', {
    method: 'POST',
    headers: json,
    body: '[{"ContactId":1},{"ContactId":2}]',
  });
  expect(answer.headers.get('x-autobatch-completed')).toBe('2');
  expect(await answer.json()).toHaveLength(2);
});

test.each([
  ['json', '[]'],
  ['jsv', '[]'],
  ['csv', ''],
  ['jsonl', ''],
  [
    'xml',
    '<?xml version="1.0" encoding="utf-8"?><ArrayOfanyType xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.microsoft.com/2003/10/Serialization/Arrays" />',
  ],
])('an empty batch is answered in %s by an array of no type', async (format, body) => {
  const answer = await createMock().fetch(`/${format}/reply/ContactConnectionRequest[]`, { method: 'POST' });
  expect([answer.status, await answer.text()]).toEqual([200, body]);
});

test.each(['json', 'jsonl', 'jsv', 'csv', 'xml'])('a long batch is answered in %s as single calls are', async (format) => {
  const mock = createMock();
  const ids = Array.from({ length: 150 }, (_, i) => i + 1);
  const init = { method: 'GET', headers: { ...key, 'Content-Type': 'application/json' } };
  const single = async (id: number): Promise<string> =>
    (await mock.fetch(`/${format}/reply/ContactConnectionRequest?ContactId=${id}`, init)).text();
  const rows = await Promise.all(ids.map(async (id) => rowOf[format]!(await single(id))));
  const answer = await mock.fetch(`/json/reply/ContactConnectionRequest[]?format=${format}`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(ids.map((ContactId) => ({ ContactId }))),
  });
  expect(answer.headers.get('x-autobatch-completed')).toBe('150');
  const [head, separator, tail] = LIST[format]!;
  expect(await answer.text()).toBe(head + rows.join(separator) + tail);
});

/** What stands before, between and behind the messages of a list. */
const LIST: Record<string, readonly [head: string, separator: string, tail: string]> = {
  json: ['[', ',', ']'],
  jsonl: ['', '\n', '\n'],
  jsv: ['[', ',', ']'],
  csv: ['ResponseStatus,Contact\r\n', '', ''],
  xml: [
    '<?xml version="1.0" encoding="utf-8"?><ArrayOfContactResponse xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.datacontract.org/2004/07/CRM.AgencyPlatform.API.Internal">',
    '',
    '</ArrayOfContactResponse>',
  ],
};
/** A single answer as it stands in a list; XML's prefixes count the depth. */
const rowOf: Record<string, (text: string) => string> = {
  json: String,
  jsonl: String,
  jsv: String,
  csv: (text) => text.slice(text.indexOf('\n') + 1),
  xml: (text) => `<ContactResponse>${text.slice(text.indexOf('API.Internal">') + 14)}`.replace('xmlns:d2p1', 'xmlns:d3p1'),
};

test('a long batch inside a JSONP function is one, too', async () => {
  const body = JSON.stringify(Array.from({ length: 150 }, () => ({ ContactId: 1 })));
  const answer = await createMock().fetch('/json/reply/ContactConnectionRequest[]?callback=f', { method: 'POST', headers: json, body });
  const text = await answer.text();
  expect(JSON.parse(text.replace(/^f\((.*)\)$/s, '$1'))).toHaveLength(150);
});

test('a long batch whose values XML cannot hold is an error, and not half an answer', async () => {
  const mock = createMock();
  const items = Array.from({ length: 150 }, (_, i) => ({ ContactId: 1, Contact: [{ FirstName: i === 149 ? '\u0001' : 'Jo' }] }));
  const answer = await mock.fetch('/json/reply/ContactConnectionRequest[]?format=xml', {
    method: 'PUT',
    headers: json,
    body: JSON.stringify(items),
  });
  expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining('is an invalid character')]);
});

test('the first error of a batch is its answer, and what was written before it stays', async () => {
  const mock = createMock();
  const body = '[{"ContactId":1,"Contact":[]},{"ContactId":5000000,"Contact":[]}]';
  const answer = await mock.fetch('/json/reply/ContactConnectionRequest[]', { method: 'PUT', headers: json, body });
  expect([answer.status, answer.headers.get('x-autobatch-completed')]).toEqual([404, '1']);
  expect(await answer.json()).toMatchObject({ ResponseStatus: { Meta: { AutoBatchIndex: '1' } } });
  expect(await (await mock.fetch('/v1/ContactConnections/1', { headers: key })).json()).toMatchObject({ Contact: [] });
});

test('a batch with an item that is null writes nothing', async () => {
  const mock = createMock();
  const before = await (await mock.fetch('/__admin/state/hash')).text();
  const answer = await mock.fetch('/json/reply/ContactConnectionRequest[]', {
    method: 'PUT',
    headers: json,
    body: '[{"ContactId":1,"Contact":[]},null]',
  });
  expect(await answer.json()).toMatchObject({ ResponseStatus: { ErrorCode: 'NullReferenceException' } });
  expect(await (await mock.fetch('/__admin/state/hash')).text()).toBe(before);
});

test('Prefer: example answers the documented sample in the asked format, to anybody', async () => {
  const mock = createMock();
  const sample = async (ending: string) =>
    (await mock.fetch(`/v1/ContactConnections/1${ending}`, { headers: { Prefer: 'example' } })).text();
  expect(JSON.parse(await sample(''))).toMatchObject({
    ResponseStatus: { ErrorCode: 'String' },
    Contact: [{ ContactId: 0, FirstName: 'String' }],
  });
  expect(await sample('.xml')).toContain('<FirstName>String</FirstName>');
});

test.each(['/json/reply', '/xml/oneway'])('%s without a name is the framework’s own stumble, and says what to name', async (path) => {
  const mock = createMock();
  const answer = await mock.fetch(`${path}?format=json`, { headers: key });
  expect([answer.status, await answer.json()]).toMatchObject([500, { ResponseStatus: { ErrorCode: 'NullReferenceException' } }]);
  expect(answer.headers.get('x-mock-explanation')).toBe(`Name an operation: ${path}/ContactConnectionRequest.`);
  expect((await mock.fetch(`${path}/`, { headers: key })).status).toBe(405);
  expect((await mock.fetch(path, { method: 'OPTIONS' })).status).toBe(200);
});

test.each(['/api', '/api/', '/api/ContactConnectionRequest/', '/api/some/where/'])(
  '%s lists the operations of a service at the root',
  async (path) => {
    const answer = await createMock({ apis: ['trendsic'] }).fetch(`http://mock.test${path}`, { method: 'POST' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await answer.json()).toMatchObject({
      other: [
        {
          Name: 'ContactConnectionRequest',
          Links: { api: 'http://mock.test/api/ContactConnectionRequest', ui: 'http://mock.test/ui/ContactConnectionRequest' },
        },
      ],
      auth: [{ Name: 'Authenticate' }, { Name: 'AuthenticateLogout' }, { Name: 'GetAccessToken' }, { Name: 'ConvertSessionToToken' }],
    });
  },
);

test.each(['JSON', 'x', 'foo.bar'])(
  'an operation behind an extension .%s that names no format is answered as Accept asks, its body unread',
  async (extension) => {
    const init = { method: 'POST', headers: { ...json, Accept: 'application/xml' }, body: '{"ContactId":2}' };
    const answer = await createMock().fetch(`/api/ContactConnectionRequest.${extension}?ContactId=1`, init);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/xml']);
    expect(answer.headers.get('x-mock-explanation')).toBe(
      'The body was not read: the extension of the path names no format. Leave it out.',
    );
  },
);

test('an unknown operation behind such an extension has its type, and no body', async () => {
  const answer = await createMock({ apis: ['trendsic'] }).fetch('/api/Nope.foo', { headers: key });
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([405, 'application/foo', '']);
});

test('an override without a verb is the framework’s own error', async () => {
  const answer = await createMock().fetch('/v1/ContactConnections/1', { headers: { ...key, 'X-Http-Method-Override': '' } });
  expect([answer.status, await answer.json()]).toMatchObject([
    400,
    { ResponseStatus: { ErrorCode: 'ArgumentOutOfRangeException', Errors: [{ FieldName: 'length' }] } },
  ]);
});

test.each([
  ['a value that cannot be bound', '/v1/ContactConnections/abc?callback=f', key, 200, 'Bad Request', 'text/javascript'],
  ['the same as a page', '/v1/ContactConnections/abc.html?callback=f', key, 200, 'Bad Request', 'text/javascript'],
  [
    'a caller without the role',
    '/v1/ContactConnections/1?callback=f',
    { Authorization: 'Bearer visitor' },
    403,
    'Invalid Role',
    'text/plain',
  ],
  ['nobody', '/v1/ContactConnections/1?callback=f', {}, 200, 'Not Authenticated', 'text/javascript'],
  ['nobody, in a browser', '/v1/ContactConnections/1.html?callback=f', {}, 302, 'Found', null],
])('JSONP of %s', async (_, path, headers, status, reason, type) => {
  const answer = await createMock().fetch(path, { headers, redirect: 'manual' });
  expect([answer.status, answer.statusText, answer.headers.get('content-type')]).toEqual([status, reason, type]);
});
