import { expect, test } from 'vitest';
import { createMock } from '../../support/target.ts';

const { fetch } = createMock();
const html = createMock({ defaultFormat: 'html' });
const key = { Authorization: 'Bearer worker' };
const path = '/v1/ContactConnections/1';

const typeOf = async (target: string, headers: Record<string, string> = {}, from = fetch): Promise<string | null> =>
  (await from(target, { headers: { ...key, ...headers } })).headers.get('content-type');

test.each([
  ['.json', 'application/json; charset=utf-8'],
  ['.xml', 'application/xml'],
  ['.jsv', 'application/jsv'],
  ['.csv', 'text/csv'],
  ['.jsonl', 'text/jsonl'],
  ['.html', 'text/html'],
  ['?format=xml', 'application/xml'],
  ['?FORMAT=XML', 'application/xml'],
  ['?format=nothing', 'application/json; charset=utf-8'],
  ['.csv?format=xml', 'text/csv'],
])('%s is answered as %s', async (ending, type) => {
  expect(await typeOf(path + ending)).toBe(type);
});

test('a suffix outweighs the query, the query outweighs Accept, Accept outweighs the default', async () => {
  expect(await typeOf(`${path}.xml?format=csv`, { Accept: 'application/json' })).toBe('application/xml');
  expect(await typeOf(`${path}?format=csv`, { Accept: 'application/json' })).toBe('text/csv');
  expect(await typeOf(path, { Accept: 'application/xml' })).toBe('application/xml');
  expect(await typeOf(path)).toBe('application/json; charset=utf-8');
});

test('an Accept header counts by its start: neither its order nor its weights play a role', async () => {
  expect(await typeOf(path, { Accept: 'text/csv, application/json' })).toBe('text/csv');
  expect(await typeOf(path, { Accept: 'application/xml;q=0.1, application/json' })).toBe('application/xml');
  expect(await typeOf(path, { Accept: 'image/png, application/xml' })).toBe('application/json; charset=utf-8');
});

test('there is no 406: what nobody writes is answered in the default format', async () => {
  expect((await fetch(path, { headers: { ...key, Accept: 'image/png' } })).status).toBe(200);
});

test('--default-format html answers a report where nothing is asked for, and JSON to whoever sends JSON and takes anything', async () => {
  expect(await typeOf(path, {}, html.fetch)).toBe('text/html');
  expect(await typeOf(path, { Accept: '*/*', 'Content-Type': 'application/json' }, html.fetch)).toBe('application/json; charset=utf-8');
});

test('a browser gets a page with links to the other formats', async () => {
  const page = await (await fetch(path, { headers: { ...key, Accept: 'text/html,application/xhtml+xml' } })).text();
  expect(page).toContain('<!doctype html>');
  for (const format of ['json', 'xml', 'jsv', 'csv', 'jsonl']) expect(page).toContain(`format=${format}`);
});

test('CSV comes as a file named after the operation', async () => {
  const answer = await fetch(`${path}.csv`, { headers: key });
  expect(answer.headers.get('content-disposition')).toBe('attachment;filename="ContactConnectionRequest.csv"');
});

test('JSONP wraps the answer in a name made harmless', async () => {
  const answer = await fetch(`${path}?callback=alert(1)//`, { headers: key });
  expect(answer.headers.get('content-type')).toBe('text/javascript');
  expect(await answer.text()).toMatch(/^alert_1___\(\{.*\}\)$/s);
});

test('?jsconfig writes names in camel case', async () => {
  const answer = await fetch(`${path}?jsconfig=EmitCamelCaseNames:true`, { headers: key });
  expect(await answer.json()).toHaveProperty('contact');
});

test('?debug shows JSV over several lines', async () => {
  const answer = await fetch('/v1/ContactConnections/1.jsv?debug=true', { headers: key });
  expect(await answer.text()).toMatch(/^\{\n\tContact: \n\t\[\n/);
});

test('an echoed type that nobody can write is a 405 without a body', async () => {
  const answer = await fetch(path, { method: 'POST', headers: { ...key, Accept: '*/*', 'Content-Type': 'image/png' }, body: 'x' });
  expect([answer.status, await answer.text()]).toEqual([405, '']);
});
