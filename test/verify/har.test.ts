/** `verify --har`: recorded traffic against the contract, offline. */
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { createMock, type MockOptions } from '../../src/index.ts';
import type { HarEntry } from '../../src/verify/har/har.ts';
import { verify } from '../../src/verify/verify.ts';
import { inText, type Mutation, mutant } from '../support/mutant.ts';
import { recorder } from '../support/recorder.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-har-'));
});
afterAll(() => rm(folder, { recursive: true }));

const nothing: Mutation = { of: /$^/, change: () => ({}) };

/** All that `verify --write` asks, as it was answered. */
async function traffic(mutation = nothing, options: MockOptions = {}, write = true): Promise<HarEntry[]> {
  await using mock = createMock({ scale: { 'logisense.contacts': 30 }, ...options });
  const { fetch, entries } = recorder(mutant(mock, mutation).fetch);
  await verify({ url: 'http://mock', fetch, write });
  return entries;
}

async function compared(entries: readonly HarEntry[] | string, ...args: readonly string[]) {
  const file = join(folder, 'traffic.har');
  await writeFile(file, typeof entries === 'string' ? entries : JSON.stringify({ log: { version: '1.2', entries } }));
  let text = '';
  const write = (part: string) => void (text += part);
  const code = await run(['verify', ...args, '--har', file], {
    stdout: write,
    stderr: write,
    env: {},
    fetch: () => Promise.reject(new Error('offline')),
  });
  return { code, text, file };
}

test.each<[string, MockOptions]>([
  ['as it starts', {}],
  ['where everybody has to sign in', { auth: 'strict' }],
  ['where items are wrapped and pages are the default', { defaultFormat: 'html', outputFormat: 'result' }],
])('finds nothing to say of the mock’s own traffic %s', async (_, options) => {
  const { code, text } = await compared(await traffic(nothing, options));
  expect({ code, text }).toEqual({
    code: 0,
    text: expect.stringMatching(/traffic\.har is true to the contract: \d+ true, 0 differs, 0 not asked/),
  });
});

test('finds nothing to say of the file that the mock writes of its own journal', async () => {
  await using mock = createMock();
  await verify({ url: 'http://mock', fetch: (input, init) => mock.fetch(new Request(input as string, init)), write: true });
  const { code, text } = await compared(await (await mock.fetch('http://mock/__admin/requests?format=har')).text());
  expect({ code, text }).toEqual({ code: 0, text: expect.stringMatching(/: \d+ true, 0 differs, 0 not asked/) });
});

test('what differs is told once, with the first call that showed it', async () => {
  const entries = await traffic({ of: /^GET .Contact.\d+$/, change: inText(/"lastName":"[^"]*"/, '"lastName":7') });
  const { code, text } = await compared(entries);
  expect(code).toBe(1);
  expect(text.match(/instance\.lastName/g)).toHaveLength(1);
  expect(text).toContain('✗ logisense.Contact.get\n    GET /Contact/1\n      type instance.lastName: wanted a text (string), seen 7\n');
});

test('two answers that contradict each other at once are a difference of both; with time between them, or a write, they are not', async () => {
  const contact = (await traffic(nothing, {}, false)).find(({ request }) => request.url.endsWith('/Contact/1')) as HarEntry;
  const list = (await traffic({ of: /^GET .Contact.$/, change: inText(/"lastName":"[^"]*"/g, '"lastName":"Nobody"') }, {}, false)).find(
    ({ request }) => request.url.endsWith('/Contact/'),
  ) as HarEntry;
  const at = (entry: HarEntry, seconds: number) => ({ ...entry, startedDateTime: new Date(seconds * 1000).toISOString() });
  const created = (await traffic()).find(({ request }) => request.method === 'POST' && request.url.endsWith('/Contact/')) as HarEntry;
  const { code, text } = await compared([at(contact, 1), at(list, 2)]);
  expect(code).toBe(1);
  expect(text).toContain('value items[].lastName: wanted "Strosin", as in GET /Contact/1, seen "Nobody" in GET /Contact/');
  expect(text).toContain('value instance.lastName: wanted "Nobody", as in GET /Contact/, seen "Strosin" in GET /Contact/1');
  expect((await compared([at(contact, 1), at(list, 10)])).code).toBe(0);
  expect((await compared([at(contact, 1), at(created, 1), at(list, 2)])).code).toBe(0);
  const elsewhere = { ...list, request: { ...list.request, url: 'http://other/Contact/' } };
  expect((await compared([at(contact, 1), at(elsewhere, 1)])).code).toBe(0);
});

test('only what the file holds is compared; nothing of what was chosen is exit 2', async () => {
  const entries = (await traffic()).filter(({ request }) => request.url.endsWith('/Contact/1'));
  const some = await compared(entries, '--api', 'logisense');
  expect(some.code).toBe(0);
  expect(some.text).toContain('- 19 not asked: no call was seen\n');
  expect((await compared(entries, '--api', 'canvara')).code).toBe(2);
  expect((await compared([])).code).toBe(2);
});

test('without an address any host counts, with one only what is below it; the others are counted', async () => {
  const entries = (await traffic(nothing, {}, false)).filter(
    ({ request }) => request.method === 'GET' && /\/Contact\/(?!abc)/.test(request.url),
  );
  const moved = (base: string) =>
    entries.map((entry) => ({ ...entry, request: { ...entry.request, url: entry.request.url.replace('http://mock', base) } }));
  const all = [
    ...moved('https://one.example/ResourceServer/api/v6'),
    ...moved('https://two.example'),
    ...moved('https://three.example/blog'),
  ];
  const any = await compared(all);
  expect(any.code).toBe(0);
  expect(any.text).toContain(`not compared: 0 other hosts or addresses, ${entries.length} other paths`);
  const narrowed = await compared(all, 'https://three.example/blog/');
  expect(narrowed.text).toContain(`not compared: ${2 * entries.length} other hosts or addresses, 0 other paths`);
  expect((await compared(all, 'https://four.example')).code).toBe(2);
});

test('entries as browsers write them: no body, no answer, a page, a preflight', async () => {
  const [entry] = (await traffic()).filter(({ request }) => request.url.endsWith('/Contact/1'));
  const { request, response } = entry as HarEntry;
  const html = { headers: [{ name: 'Content-Type', value: 'text/html' }], content: { size: 13, text: '<h1>Contact</h1>' } };
  const { code, text } = await compared([
    { request, response: { ...response, content: { size: 200, mimeType: 'application/json' } } },
    { request, response: { status: 0, headers: [], content: {} } },
    { request: { ...request, headers: [{ name: 'Accept', value: 'text/html,*/*' }] }, response: { status: 200, ...html } },
    {
      request: {
        method: 'OPTIONS',
        url: 'http://mock/v1/ContactConnections/1',
        headers: [{ name: 'Access-Control-Request-Method', value: 'GET' }],
      },
      response: { status: 204, headers: [], content: { size: 0 } },
    },
  ]);
  expect({ code, text }).toEqual({
    code: 0,
    text: expect.stringContaining(
      '4 entries; not compared: 0 other hosts or addresses, 2 other paths, or pages, 1 calls without an answer',
    ),
  });
});

test.each([
  ['hello', 'is not a HAR file: it has no log.entries.'],
  ['{"log":{"entries":[{"request":{},}]}}', 'is not a HAR file: entry 1: '],
  ['{"log":{"entries":[{},{"request":{"method":"GET"', 'is not a HAR file: it ends within entry 2.'],
  ['{"log":{"comment":"entries","x":"\\\\","entries":{}}}', 'is not a HAR file: it has no log.entries.'],
  ['{"log":{}}', 'is not a HAR file: it has no log.entries. Export the traffic as HAR 1.2.'],
  ['null', 'is not a HAR file: it has no log.entries.'],
])('a file that is none is one line: %s', async (content, words) => {
  const { code, text } = await compared(content);
  expect(code).toBe(2);
  expect(text).toContain(words);
  expect(text.trimEnd()).not.toContain('\n');
});

test('odd entries are passed over, a byte order mark is no part of the text', async () => {
  const { code } = await compared('\ufeff{"log":{"entries":[null,5,{},{"request":{"method":"GET"}}]}}');
  expect(code).toBe(2);
});

test('a file beyond the longest text of Node is one line that says so', async () => {
  const file = join(folder, 'huge.har');
  await writeFile(file, '');
  // Holes: nothing is written.
  await truncate(file, 700 * 1024 * 1024);
  let text = '';
  const write = (part: string) => void (text += part);
  expect(await run(['verify', '--har', file], { stdout: write, stderr: write, env: {} })).toBe(2);
  expect(text).toBe(`contacts-mock: ${file} has 700 MB, and Node holds no text of more than 511 MB. Record less at a time.\n`);
});

test.each([
  [['--bearer', 'x'], '--bearer is for asking, and --har asks nothing. Leave one of them out.'],
  [['--write'], '--write is for asking'],
  [['http://a', 'http://b'], '"http://b" was not expected'],
  [['--api', 'nobody'], 'There is no API "nobody".'],
])('exits 2 for %j', async (args, words) => {
  const { code, text } = await compared([], ...args);
  expect(code).toBe(2);
  expect(text).toContain(words);
});

test('a file that is not there is one line', async () => {
  let text = '';
  const write = (part: string) => void (text += part);
  expect(await run(['verify', '--har', join(folder, 'none.har')], { stdout: write, stderr: write, env: {} })).toBe(2);
  expect(text).toMatch(/none\.har cannot be read \(ENOENT\)\. Name a HAR file\.\n$/);
});
