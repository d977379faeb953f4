import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Mock } from '../../src/mock.ts';
import { send, toyMock } from '../support/toy.ts';

async function asked(): Promise<Mock> {
  const mock = toyMock();
  await send(mock, 'GET', '/pets/1?page=2&page=3', undefined, { 'X-Test': 'Alpha', Cookie: 'theme=dark' });
  await send(mock, 'POST', '/pets', { name: 'Rex', tags: ['a', 'b'], owner: { id: 7 } }, { Authorization: 'Bearer worker' });
  await send(mock, 'POST', '/pets', { name: 'Tom', tags: [] }, { Authorization: 'Bearer agent' });
  await send(mock, 'GET', '/pets/900');
  return mock;
}

// How many of the four calls a pattern of WireMock's means.
test.each([
  [{}, 4],
  [{ method: 'POST' }, 2],
  [{ method: 'ANY', url: '/pets' }, 2],
  [{ url: '/pets/1' }, 0],
  [{ url: '/pets/1?page=2&page=3' }, 1],
  [{ urlPath: '/pets/1' }, 1],
  [{ urlPattern: '/pets/\\d+' }, 1],
  [{ urlPathPattern: '/pets/\\d+' }, 2],
  [{ urlPathTemplate: '/pets/{id}' }, 2],
  [{ queryParameters: { page: { equalTo: '3' } } }, 1],
  [{ queryParameters: { page: { absent: true } } }, 3],
  [{ headers: { 'x-test': { equalTo: 'alpha' } } }, 0],
  [{ headers: { 'X-TEST': { equalTo: 'alpha', caseInsensitive: true } } }, 1],
  [{ headers: { 'X-Test': { contains: 'lph' } } }, 1],
  [{ headers: { 'X-Test': { matches: 'A.*a' } } }, 1],
  [{ headers: { 'X-Test': { matches: 'lph' } } }, 0],
  [{ headers: { 'X-Test': { doesNotMatch: 'A.*a' } } }, 3],
  [{ headers: { Authorization: { equalTo: 'Bearer worker' } } }, 1],
  [{ cookies: { theme: { equalTo: 'dark' } } }, 1],
  [{ bodyPatterns: [{ contains: 'Rex' }] }, 1],
  [{ bodyPatterns: [{ equalTo: '{"name":"Tom","tags":[]}' }] }, 1],
  [{ bodyPatterns: [{ equalToJson: '{"tags":[],"name":"Tom"}' }] }, 1],
  [{ bodyPatterns: [{ equalToJson: { name: 'Rex' } }] }, 0],
  [{ bodyPatterns: [{ equalToJson: { name: 'Rex', tags: ['b', 'a'] }, ignoreArrayOrder: true, ignoreExtraElements: true }] }, 1],
  [{ bodyPatterns: [{ equalToJson: { name: 'Rex', tags: ['b', 'a'] }, ignoreExtraElements: true }] }, 0],
  [{ bodyPatterns: [{ matchesJsonPath: '$.owner.id' }] }, 1],
  [{ bodyPatterns: [{ matchesJsonPath: "$.tags[?(@ == 'x')]" }] }, -1],
  [{ bodyPatterns: [{ matchesJsonPath: { expression: '$.name', matches: 'T.m' } }] }, 1],
  [{ bodyPatterns: [{ matchesJsonPath: '$..id' }, { contains: 'Rex' }] }, 1],
  [{ bodyPatterns: [{ not: { contains: 'Rex' } }] }, 3],
  [{ bodyPatterns: [{ or: [{ contains: 'Rex' }, { contains: 'Tom' }] }] }, 2],
  [{ bodyPatterns: [{ and: [{ contains: 'name' }, { contains: 'Tom' }] }] }, 1],
  [{ urlPathTemplate: '/pets/{id}', pathParameters: { id: { equalTo: '900' } } }, 1],
  [{ queryParameters: { page: { includes: [{ equalTo: '2' }] } } }, 1],
  [{ queryParameters: { page: { hasExactly: [{ equalTo: '3' }, { equalTo: '2' }] } } }, 1],
  [{ queryParameters: { page: { hasExactly: [{ equalTo: '3' }] } } }, 0],
  [{ basicAuthCredentials: { username: 'worker', password: 'worker' } }, 0],
  [{ operation: 'toy.create' }, 2],
  [{ caller: 'agent' }, 1],
  [{ status: 404 }, 1],
  [{ method: 'POST', bodyPatterns: [{ contains: 'Tom' }], headers: { Authorization: { contains: 'agent' } } }, 1],
])('%j', async (pattern, count) => {
  const mock = await asked();
  const answer = await send(mock, 'POST', '/__admin/requests/count', pattern);
  if (count < 0) {
    expect([answer.status, answer.json.error]).toEqual([400, 'bad-pattern']);
    return;
  }
  expect(answer.json).toEqual({ count });
  const found = (await send(mock, 'POST', '/__admin/requests/find', pattern)).json;
  expect([found.total, found.requests.length]).toEqual([count, count]);
  expect(mock.requests.count(pattern as object)).toBe(count);
});

test.each([
  [{ metod: 'GET' }, 'Did you mean "method"?'],
  [{ headers: { a: { equals: 'x' } } }, 'Did you mean "equalTo"?'],
  [{ urlPattern: '(' }, 'not a valid regular expression'],
  [{ bodyPatterns: [{ equalToJson: '{' }] }, 'no JSON'],
  [{ method: 5 }, 'not of type string'],
  [[], 'a JSON object'],
  [{ bodyPatterns: [{ or: 7 }] }, 'or in a pattern is not a list'],
  [{ bodyPatterns: [{ matchesJsonPath: null }] }, 'matchesJsonPath in a pattern is not a text'],
  [{ bodyPatterns: [{ equalTo: 5 }] }, 'equalTo in a pattern is not a text'],
  [{ bodyPatterns: [null] }, 'null is not a pattern'],
  [{ bodyPatterns: 'x' }, 'not of type list'],
  [{ bodyPatterns: [{ equalToXml: '<a/>' }] }, 'equalToXml of WireMock is not supported here'],
  [{ bodyPatterns: [{ matchesXPath: '//a' }] }, 'matchesXPath of WireMock is not supported here'],
  [{ urlPattern: '(?=a)b' }, 'Look-around and back references are not supported'],
  [{ pathParameters: { id: { equalTo: '1' } } }, 'need a urlPathTemplate'],
  [{ basicAuthCredentials: { username: 'x' } }, 'has a username and a password'],
  [{ queryParameters: { a: { includes: [{ equalTo: '1' }], equalTo: '1' } } }, 'stand alone'],
])('a pattern that cannot be is refused, not taken for "no call": %j', async (pattern, message) => {
  const answer = await send(toyMock(), 'POST', '/__admin/requests/count', pattern);
  expect(answer.status).toBe(400);
  expect(answer.json.message).toContain(message);
});

test('GET requests takes the simple filters in the query', async () => {
  const mock = await asked();
  const total = async (query: string): Promise<number> => (await send(mock, 'GET', `/__admin/requests?${query}`)).json.total;
  expect(await total('method=POST')).toBe(2);
  expect(await total('operation=toy.get&status=404')).toBe(1);
  expect(await total('urlPathPattern=/pets/.*')).toBe(2);
  expect(await total('unmatched=true')).toBe(0);
});

test('patterns look into forms, credentials and compressed bodies, and split a query at its first question mark', async () => {
  const mock = toyMock();
  const form = { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: `Basic ${btoa('worker:worker')}` };
  await mock.fetch('/echo?q=a?b=c', { method: 'POST', headers: form, body: 'name=Rex&name=Tom' });
  await mock.fetch('/echo', { method: 'POST', headers: { 'Content-Encoding': 'gzip' }, body: gzipSync('{"name":"Packed"}') });
  const count = async (pattern: object): Promise<number> => (await send(mock, 'POST', '/__admin/requests/count', pattern)).json.count;
  expect(await count({ formParameters: { name: { hasExactly: [{ equalTo: 'Tom' }, { equalTo: 'Rex' }] } } })).toBe(1);
  expect(await count({ basicAuthCredentials: { username: 'worker', password: 'worker' } })).toBe(1);
  expect(await count({ queryParameters: { q: { equalTo: 'a?b=c' } } })).toBe(1);
  expect(await count({ bodyPatterns: [{ contains: 'Packed' }] })).toBe(1);
});

test('where a body was cut, an answer says that the pattern saw its beginning alone', async () => {
  const mock = toyMock({ journalBody: 20 });
  await mock.fetch('/echo', { method: 'POST', body: 'x'.repeat(100) });
  const pattern = { bodyPatterns: [{ contains: 'x' }] };
  const { json } = await send(mock, 'POST', '/__admin/requests/find', pattern);
  expect([json.total, json.note]).toEqual([1, expect.stringContaining('--journal-body')]);
});

test('no expression from outside costs more than its text: (a+)+ on thirty letters, and a deep path on a deep body', async () => {
  const mock = toyMock();
  await mock.fetch(`/${'a'.repeat(30)}!`);
  await mock.fetch('/echo', { method: 'POST', body: `${'[1,'.repeat(3000)}1${']'.repeat(3000)}` });
  const urlPattern = '/(a+)+';
  expect((await send(mock, 'POST', '/__admin/requests/count', { urlPattern })).json).toEqual({ count: 0 });
  const matchesJsonPath = `$${'..[*]'.repeat(20)}`;
  expect((await send(mock, 'POST', '/__admin/requests/count', { bodyPatterns: [{ matchesJsonPath }] })).json).toEqual({ count: 1 });
  expect((await send(mock, 'GET', `/__admin/requests?urlPattern=${encodeURIComponent(urlPattern)}`)).json.total).toBe(0);
});
