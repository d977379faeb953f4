/** Self-description: what the three ServiceStack documents state can be read off the mock's own pages. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createMock } from '../../../src/index.ts';
import { bodiesOf, linksOf, tableOf, textOf } from '../../support/page.ts';

const fixture = (path: string): string => readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url), 'utf8');
const mock = createMock();
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => mock.fetch(`http://mock${path}`, { headers });
const html = async (path: string): Promise<string> => {
  const answer = await get(path);
  expect(answer.status, path).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  return answer.text();
};

interface DocumentedRow {
  readonly name: string;
  readonly parameter: string;
  readonly type: string;
  readonly required: string;
}
const documented = JSON.parse(fixture('describe/canvara-tables.json')) as Record<string, DocumentedRow[][]>;
const TABLES: Readonly<Record<string, readonly string[]>> = {
  GetConnectionsToContact: [
    'GetConnectionsToContact',
    'PagedModel',
    'GetConnectionsToContactResponse',
    'ContactConnectionModel',
    'ContactSummaryModel',
  ],
  ContactConnectedLinks: [
    'ContactConnectedLinks',
    'ContactConnectedLinksResponse',
    'UserRoleModel',
    'UserContactConnectionModel',
    'ContactEmailAddress',
  ],
};

test.each(Object.keys(TABLES))('the page of %s has every row of the document’s tables, described', async (operation) => {
  const page = await html(`/api/xml/metadata?op=${operation}`);
  for (const [i, name] of TABLES[operation]!.entries()) {
    const rows = tableOf(page, name);
    expect(rows.map(([member, place, type, required]) => [member, place, type, required])).toEqual(
      documented[operation]![i]!.map(({ name: member, parameter, type, required }) => [member, parameter, type, required]),
    );
    expect(rows.every(([, , , , description]) => description !== '')).toBe(true);
  }
});

test('an enumeration has a table of its own', async () => {
  expect(tableOf(await html('/api/xml/metadata?op=GetConnectionsToContact'), 'SortOrder')).toEqual([
    ['Ascending', '0'],
    ['Descending', '1'],
  ]);
});

test('every one of the 76 members of a Trendsic contact is on its page with its .NET type', async () => {
  const rows = tableOf(await html('/json/metadata?op=ContactConnectionRequest'), 'Contact');
  const words: Readonly<Record<string, RegExp>> = {
    number: /^(int|long|decimal)$/,
    string: /^(string|Guid|DateTime)$/,
    boolean: /^bool$/,
    '?string': /^DateTime\?$/,
  };
  const members = fixture('describe/ContactConnectionRequest.mjs').split('export class ContactResponse')[0]!;
  const expected = [...members.matchAll(/@type \{(\S+)\} \*\/\n {4}(\w+);/g)].map(([, type, name]) => [name!, type!] as const);
  expect(expected).toHaveLength(76);
  expect(rows.map(([name]) => name)).toEqual(expected.map(([name]) => name));
  for (const [i, [name, type]] of expected.entries()) expect(rows[i]![2], name).toMatch(words[type]!);
});

test('routes, verbs and roles stand on the page as documented', async () => {
  const trendsic = textOf(await html('/jsonl/metadata?op=ContactConnectionRequest'));
  expect(trendsic).toContain('GET,POST,PUT,OPTIONS/v1/ContactConnections/{ContactId}');
  expect(trendsic).toContain('Requires Authentication');
  expect(trendsic).toContain('Requires any of the roles: Worker, Agent, Administrator');
  const canvara = textOf(await html('/api/xml/metadata?op=ContactConnectedLinks'));
  expect(canvara).toContain('All Verbs/api/contacts/{ContactId}/links');
  expect(canvara).not.toContain('Requires Authentication');
});

test('with strict sign-in, every page says that it asks for a caller', async () => {
  await using strict = createMock({ auth: 'strict' });
  const page = await (await strict.fetch('http://mock/api/xml/metadata?op=ContactConnectedLinks')).text();
  expect(textOf(page)).toContain('Requires Authentication');
});

test.each([
  ['/jsonl/metadata?op=ContactConnectionRequest', 'trendsic/ContactConnectionRequest', 'jsonl'],
  ['/api/xml/metadata?op=GetConnectionsToContact', 'canvara/GetConnectionsToContact', 'xml'],
  ['/api/xml/metadata?op=ContactConnectedLinks', 'canvara/ContactConnectedLinks', 'xml'],
])('%s shows the documented sample bodies', async (path, name, format) => {
  const [request, response] = bodiesOf(await html(path));
  // The documents lost the indentation of their XML.
  const flat = (text: string): string =>
    text
      .trim()
      .split('\n')
      .map((line) => line.trim())
      .join('\n');
  expect(flat(request!)).toBe(flat(fixture(`${name}.request.${format}`)));
  expect(flat(response!)).toBe(flat(fixture(`${name}.response.${format}`)));
});

test.each(['json', 'xml', 'jsv', 'csv', 'jsonl'])('the sample request of the %s page can be sent as it stands', async (format) => {
  const page = await html(`/api/${format}/metadata?op=GetConnectionsToContact`);
  const type = /Content-Type: (\S+)/.exec(textOf(page))![1]!;
  const [sample] = bodiesOf(page);
  const known = /\/api\/contacts\/([^/]+)\/connections/.exec(page.split('curl')[1]!)![1]!;
  const answer = await mock.fetch(`http://mock/api/contacts/${known}/connections`, {
    method: 'POST',
    headers: { 'Content-Type': type, Accept: type },
    body: sample!,
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain(type);
  const requests = (await (await get('/__admin/requests')).json()) as { requests: { bound: Record<string, unknown> }[] };
  expect(requests.requests[0]!.bound).toMatchObject({ ContactId: known, IsPagedMode: false, SortOrder: 'Ascending' });
});

test('what the pages link to is there', async () => {
  const seen = new Set<string>();
  const visit = async (path: string): Promise<void> => {
    const [address] = path.split('#');
    if (address === '' || seen.has(address!)) return;
    seen.add(address!);
    const answer = await get(address!, { Authorization: 'Bearer worker' });
    expect(answer.status, address).toBe(200);
    if (answer.headers.get('content-type')?.startsWith('text/html') && address!.includes('metadata')) {
      for (const link of linksOf(await answer.text())) await visit(link);
    }
  };
  await visit('/metadata');
  await visit('/api/metadata');
  expect([...seen].filter((path) => path.includes('/metadata?op='))).toHaveLength(3 * 5 * 5);
});

test('links stay in the world that the address names', async () => {
  const links = linksOf(await html('/__worlds/mine/api/metadata'));
  expect(links.length).toBeGreaterThan(5);
  for (const link of links) expect(link).toMatch(/^\/__worlds\/mine\/api\//);
});

test('an unknown operation is 403, as recorded', async () => {
  const answer = await get('/api/json/metadata?op=Nope');
  expect([answer.status, answer.statusText]).toEqual([403, 'Service Not Available']);
  expect(answer.headers.get('content-type')).toBe('text/plain');
  expect(await answer.text()).toBe(
    'Forbidden\r\n\r\nRequest.HttpMethod: GET\r\nRequest.PathInfo: /json/metadata\r\nRequest.QueryString: op=Nope\r\n\r\n',
  );
});

test('a page needs nothing from elsewhere and no script, and no other page can hold it', async () => {
  for (const path of [
    '/metadata',
    '/api/xml/metadata?op=GetConnectionsToContact',
    '/types',
    '/login',
    '/api/login',
    '/json/metadata?op=ContactConnectionRequest',
  ]) {
    const answer = await get(path, { Accept: 'text/html' });
    const page = await answer.text();
    expect(page, path).not.toMatch(/<script src|<link rel="stylesheet"|src=|url\(|@import/);
    // Only the sign-in page has a script: a fragment is seen by nothing else.
    expect(page.includes('<script'), path).toBe(path.endsWith('/login'));
    expect(page).toMatch(/<title>[^<]+<\/title>/);
    expect(page).toContain('<html lang="en">');
    expect(answer.headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
  }
});

test('/metadata?op= selects an operation, in any case', async () => {
  expect(tableOf(await html('/api/metadata?op=contactconnectedlinks'), 'UserRoleModel').length).toBe(8);
  expect((await get('/api/metadata?op=Nope')).status).toBe(403);
});

test.each(['GET', 'HEAD', 'POST', 'OPTIONS'])('/metadata/ leads to /metadata for %s', async (method) => {
  for (const base of ['', '/api']) {
    const answer = await mock.fetch(`${base}/metadata/`, { method, redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `http://mock${base}/metadata`]);
  }
  expect((await mock.fetch('/Metadata/', { method })).status).toBe(404);
});

test('the pages answer every verb, as the framework’s do', async () => {
  for (const path of ['/metadata', '/csv/metadata', '/METADATA', '/login', '/login.html', '/types', '/types/', '/types/typescript'])
    expect([path, (await mock.fetch(path, { method: 'POST' })).status]).toEqual([path, 200]);
});

test.each(['/LOGIN', '/login/', '/Login.html', '/login.HTML', '/login/%2e'])('%s is not the sign-in page', async (path) => {
  const answer = await get(path);
  expect(answer.status).toBe(404);
  const id = answer.headers.get('x-mock-request-id');
  expect(await (await get(`/__admin/requests/${id}`)).json()).toMatchObject({
    explanation: { nearest: expect.stringMatching(/^\/login/) },
  });
});

test('/types is an object of addresses, in the format that is asked for', async () => {
  const links = {
    Metadata: 'http://mock/api/types/metadata',
    CSharp: 'http://mock/api/types/csharp',
    Mjs: 'http://mock/api/types/mjs',
    TypeScript: 'http://mock/api/types/typescript',
    TypeScriptDefinition: 'http://mock/api/types/typescript.d',
  };
  const answer = await get('/api/types');
  expect([answer.headers.get('content-type'), await answer.json()]).toEqual(['application/json; charset=utf-8', links]);
  for (const link of Object.values(links)) expect([link, (await mock.fetch(link)).status]).toEqual([link, 200]);
  const xml = await get('/api/types', { Accept: 'application/xml' });
  expect([xml.headers.get('content-type'), await xml.text()]).toEqual([
    'application/xml',
    expect.stringContaining(
      '<KeyValueOfstringstring><Key>CSharp</Key><Value>http://mock/api/types/csharp</Value></KeyValueOfstringstring>',
    ),
  ]);
  expect((await get('/types', { Accept: 'text/html' })).headers.get('content-type')).toBe('text/html');
});

test('the languages of a page replace its tables, and lead to the complete file', async () => {
  const page = await html('/jsonl/metadata?op=ContactConnectionRequest&lang=mjs');
  expect(bodiesOf(page)[0]).toBe(fixture('describe/ContactConnectionRequest.mjs'));
  expect(page).not.toContain('<table id="Contact"');
  expect(linksOf(page)).toContain('/types/mjs?IncludeTypes=ContactConnectionRequest.*');
});

test('/types files have the heading that ServiceStack’s tools read, dated by the world’s clock', async () => {
  const answer = await get('/api/types/typescript');
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  const text = await answer.text();
  expect(text).toMatch(/^\/\* Options:\nDate: 2026-01-01 00:00:00\nVersion: /);
  expect(text).toContain('\nBaseUrl: http://mock/api\n');
  expect(text).toContain(
    '// @Route("/contacts/{ContactId}/links")\nexport class ContactConnectedLinks implements IReturn<ContactConnectedLinksResponse>',
  );
  expect((await get('/types/mjs')).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(await (await get('/types/csharp')).text()).toContain('[Route("/v1/ContactConnections/{ContactId}", "GET,POST,PUT,OPTIONS")]');
});

test('IncludeTypes keeps one operation and what it needs', async () => {
  const text = await (await get('/api/types/typescript?IncludeTypes=ContactConnectedLinks.*')).text();
  expect(text).toContain('\nIncludeTypes: ContactConnectedLinks.*\n');
  expect(text.match(/(?<=export class )\w+/g)).toEqual(
    expect.arrayContaining([
      'UserRoleModel',
      'ContactEmailAddress',
      'ResponseStatus',
      'ContactConnectedLinks',
      'ContactConnectedLinksResponse',
    ]),
  );
  expect(text).not.toContain('PagedModel');
});

test('IncludeTypes keeps single types by name as it is spelt, and cannot end the comment that repeats it', async () => {
  const text = await (await get('/api/types/csharp?IncludeTypes=UserRoleModel,SortOrder,contactemailaddress,*/ evil')).text();
  expect(text.match(/(?<=public (?:partial class|enum) )\w+/g)).toEqual(['SortOrder', 'UserRoleModel']);
  expect(text.split('*/')).toHaveLength(2);
});

test('options of the heading come from the query in any case, or from the body, and act', async () => {
  const asked = await (await get('/types/csharp?makevirtual=false&IncludeTypes=Contact')).text();
  expect(asked).toContain('\nMakeVirtual: False\nMakeInternal'.replace('\nMakeInternal', '\n//MakeInternal'));
  expect(asked).not.toContain('virtual');
  const posted = await mock.fetch('/types/typescript', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"GlobalNamespace":"Mine","BaseUrl":"https://elsewhere"}',
  });
  expect(await posted.text()).toMatch(/BaseUrl: https:\/\/elsewhere\n.*export module Mine/s);
});

test('an option that cannot be read is refused as the framework does; a name that is none too', async () => {
  const wrong = await get('/types/typescript?AddImplicitVersion=x');
  expect([wrong.status, await wrong.json()]).toMatchObject([
    400,
    { ResponseStatus: { Message: "Unable to bind to request 'TypesTypeScript'", Errors: [{ FieldName: 'AddImplicitVersion' }] } },
  ]);
  expect((await get('/types/csharp?GlobalNamespace=a-b')).status).toBe(500);
});

test('types/metadata gives the contract as data', async () => {
  const trendsic = (await (await get('/types/metadata.json')).json()) as {
    Operations: Record<string, unknown>[];
    Types: { Name: string; Properties: object[] }[];
  };
  expect(trendsic.Operations).toHaveLength(1);
  expect(trendsic.Operations[0]).toMatchObject({
    Request: { Name: 'ContactConnectionRequest', Namespace: 'CRM.AgencyPlatform.API.Internal' },
    Response: { Name: 'ContactResponse' },
    Actions: ['GET', 'POST', 'PUT', 'OPTIONS'],
    Routes: [{ Path: '/v1/ContactConnections/{ContactId}', Verbs: 'GET,POST,PUT,OPTIONS' }],
    RequiresAuth: true,
    RequiresAnyRole: ['Worker', 'Agent', 'Administrator'],
  });
  expect(trendsic.Types.find(({ Name }) => Name === 'Contact')!.Properties).toHaveLength(76);
  const canvara = (await (await get('/api/types/metadata')).json()) as typeof trendsic;
  const properties = canvara.Types.find(({ Name }) => Name === 'ContactConnectionModel')!.Properties;
  // This service writes nulls.
  expect(properties[0]).toMatchObject({
    Name: 'ConnectionId',
    Type: 'Nullable`1',
    Namespace: 'System',
    GenericArgs: ['Guid'],
    IsRequired: null,
  });
});

test('operations/metadata lists the operations', async () => {
  expect(await (await get('/api/operations/metadata')).json()).toEqual([
    expect.objectContaining({
      Name: 'GetConnectionsToContact',
      ResponseName: 'GetConnectionsToContactResponse',
      Actions: ['ANY'],
      Routes: ['/contacts/{ContactId}/connections'],
    }),
    expect.objectContaining({ Name: 'ContactConnectedLinks', Routes: ['/contacts/{ContactId}/links'] }),
  ]);
});
