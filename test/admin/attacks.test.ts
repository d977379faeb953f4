/** What a page in the user's browser can send to a mock on this machine, and what comes of it: nothing. */
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMock, type Mock } from '../../src/index.ts';

let mock: Mock;
let port: number;
beforeAll(async () => {
  mock = createMock({ auth: 'off' });
  port = Number(new URL((await mock.listen()).url).port);
});
afterAll(() => mock.close());

type Sent = Readonly<Record<string, string>>;
/** As a browser sends it: the headers that `fetch` lets nobody set included. */
const send = (method: string, path: string, headers: Sent, body = ''): Promise<{ status: number; headers: Sent; text: string }> =>
  new Promise((resolve, reject) => {
    const sent = request({ port, method, path, headers: { Host: `127.0.0.1:${port}`, ...headers } }, (answer) => {
      let text = '';
      answer.on('data', (part) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers as Sent, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });

const EVIL = 'http://evil.example';
const subresource = (dest: string, site = 'cross-site') => ({
  'Sec-Fetch-Site': site,
  'Sec-Fetch-Mode': 'no-cors',
  'Sec-Fetch-Dest': dest,
});
const simple = { 'Content-Type': 'text/plain', Origin: EVIL, ...subresource('empty') };
const framed = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' };
const clicked = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
const state = '{"records":{"logisense.contacts":{"1":{"lastName":"Evil"}}}}';

const ATTACKS: readonly (readonly [what: string, method: string, path: string, headers: Sent, body?: string])[] = [
  ['a form that shuts it down', 'POST', '/__admin/shutdown', { 'Content-Type': 'text/plain', Origin: EVIL, ...clicked }],
  ['a no-cors POST', 'POST', '/__admin/reset', simple],
  ['a no-cors POST of an opaque origin (sandboxed frame, file)', 'POST', '/__admin/reset', { ...simple, Origin: 'null' }],
  [
    'a POST of a page on another port of this machine',
    'POST',
    '/__admin/reset',
    { Origin: 'http://localhost:1', ...subresource('empty', 'same-site') },
  ],
  ['a POST of an old browser, which has an Origin and no Sec-Fetch-Site', 'POST', '/__admin/reset', { Origin: EVIL }],
  ['a PUT after a preflight', 'PUT', '/__admin/state', { Origin: EVIL, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' }, state],
  [
    'the preflight itself',
    'OPTIONS',
    '/__admin/state',
    { Origin: EVIL, 'Access-Control-Request-Method': 'PUT', 'Sec-Fetch-Site': 'cross-site' },
  ],
  ['an image that searches the journal', 'GET', '/__admin/requests?urlPattern=(a%2B)%2B%24', subresource('image')],
  ['an image of a page on another port of this machine', 'GET', '/__admin/requests/unmatched', subresource('image', 'same-site')],
  ['a script that reads the state', 'GET', '/__admin/state', subresource('script')],
  ['an event stream', 'GET', '/__admin/requests/stream', { Origin: EVIL, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' }],
  ['HEAD of an event stream', 'HEAD', '/__admin/requests/stream', subresource('empty')],
  ['a frame around the console', 'GET', '/__admin', framed],
  ['a frame around an answer', 'GET', '/__admin/requests', framed],
  ['a link to what is not a page', 'GET', '/__admin/requests', clicked],
  ['a rebound name', 'POST', '/__admin/reset', { Host: 'evil.example', Origin: EVIL, 'Sec-Fetch-Site': 'same-origin' }],
  ['a rebound name without Origin', 'GET', '/__admin/state', { Host: 'evil.example', 'Sec-Fetch-Site': 'same-origin' }],
  ['a name that looks like this machine', 'GET', '/__admin/state', { Host: 'localhost.evil.example' }],
  ['another that does', 'GET', '/__admin/state', { Host: '127.0.0.1.evil.example' }],
  ['an Origin that looks like ours', 'POST', '/__admin/reset', { Origin: 'http://127.0.0.1.evil.example' }],
  ['an Origin of a name before ours', 'POST', '/__admin/reset', { Origin: 'http://evil.example@127.0.0.1' }],
  ['a world in the path', 'POST', '/__worlds/a/__admin/reset', simple],
  ['a path in capitals and escapes', 'POST', '/__ADMIN/%72eset', simple],
];

const attacks = ATTACKS.map(([what, method, path, headers, body = '']) => [what, method, path, headers, body] as const);

test.each(attacks)('%s is refused, and changes nothing', async (_, method, path, headers, body) => {
  await mock.fetch('/Contact/1', { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: '{"lastName":"Mine"}' });
  const before = mock.state.hash();
  const answer = await send(method, path, headers, body);
  expect([403, 404]).toContain(answer.status);
  expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  expect(mock.state.hash()).toBe(before);
  expect((await send('GET', '/__admin/health', {})).status).toBe(200);
});

test('a method that is overridden makes no GET or HEAD of the control plane write', async () => {
  await mock.fetch('/Contact/1', { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: '{"lastName":"Mine"}' });
  const before = mock.state.hash();
  for (const method of ['GET', 'HEAD'])
    for (const path of ['/__admin/reset', '/__admin/reset?X-HTTP-Method-Override=POST', '/__admin/state?_method=PUT', '/__admin/shutdown'])
      expect((await send(method, path, { 'X-HTTP-Method-Override': 'POST', 'X-Method-Override': 'PUT' })).status, path).toBeLessThan(500);
  expect(mock.state.hash()).toBe(before);
  expect((await send('GET', '/__admin/health', {})).status).toBe(200);
});

test('what holds nothing private is readable from everywhere, and a link leads to the console', async () => {
  for (const path of ['/__admin/openapi.json?api=logisense', '/__admin/health']) {
    const answer = await send('GET', path, { Origin: EVIL, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' });
    expect([answer.status, answer.headers['access-control-allow-origin']], path).toEqual([200, '*']);
  }
  expect((await send('GET', '/__admin', clicked)).status).toBe(200);
});

test('no page of ours can be framed', async () => {
  const navigation = {
    Accept: 'text/html,application/xhtml+xml',
    'Sec-Fetch-Mode': 'navigate',
    'Sec-Fetch-Dest': 'document',
    'Sec-Fetch-Site': 'none',
  };
  const pages = [
    '/',
    '/__admin',
    '/login',
    '/api/login',
    '/metadata',
    '/api/metadata',
    '/auth',
    '/v1/ContactConnections/1',
    '/nowhere',
    '/docs',
  ];
  const html: string[] = [];
  for (const path of pages) {
    const { headers } = await send('GET', path, navigation);
    if (!headers['content-type']?.includes('text/html')) continue;
    html.push(path);
    expect(headers['content-security-policy'], path).toContain('frame-ancestors');
  }
  expect(html).toEqual(expect.arrayContaining(['/', '/__admin', '/login', '/metadata']));
});
