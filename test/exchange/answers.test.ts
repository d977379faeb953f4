import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createMock, type Mock } from '../../src/mock.ts';
import { send, toyMock } from '../support/toy.ts';

test('an error explains itself and leads to its entry in the journal, unless it was asked for or explanations are off', async () => {
  const mock = toyMock();
  const told = async (path: string, prefer?: string) => {
    const { id, headers } = await send(mock, 'GET', path, undefined, prefer === undefined ? {} : { Prefer: prefer });
    return [headers.get('x-mock-explanation'), headers.get('link')?.replace(id, 'ID') ?? null];
  };
  const link = '</__admin#/requests/ID>; rel="help"';
  expect(await told('/pets/1')).toEqual([null, null]);
  expect(await told('/pets/9999')).toEqual(['There is no pet 9999.', link]);
  expect(await told('/__worlds/w/pets/9999')).toEqual(['There is no pet 9999.', '</__worlds/w/__admin#/requests/ID>; rel="help"']);
  expect(await told('/nothing')).toEqual([expect.stringContaining('No operation has GET /nothing.'), link]);
  expect(await told('/pets/1', 'code=400')).toEqual([null, null]);
  expect(await told('/pets/1', 'code=400, wait=1')).toEqual([expect.stringContaining('"wait=1" was not applied'), link]);
  expect(await told('/pets/1', 'wait=1')).toEqual([expect.stringContaining('"wait=1" was not applied'), link]);
  mock.faults.set([{ operation: 'toy.get', outcomes: [{ answer: { status: 404 } }, { code: 500 }] }]);
  expect(await told('/pets/1')).toEqual([null, null]);
  expect(await told('/pets/1')).toEqual([null, null]);
  await send(mock, 'PUT', '/__admin/settings', { explain: 'off' });
  expect(await told('/pets/9999')).toEqual([null, null]);
});

test('every answer says who gave it', async () => {
  const mock = toyMock();
  const by = async (path: string): Promise<string | null> => (await mock.fetch(path)).headers.get('x-mock-served-by');
  expect([await by('/pets/1'), await by('/pets/9999'), await by('/nothing')]).toEqual(['mock', 'mock', 'none']);
});

test('OPTIONS is answered below the path of an API, a preflight everywhere', async () => {
  const mock = createMock({ apis: ['canvara'] });
  const status = async (path: string, headers: Record<string, string> = {}): Promise<number> =>
    (await mock.fetch(path, { method: 'OPTIONS', headers })).status;
  const preflight = { Origin: 'https://app.example', 'Access-Control-Request-Method': 'GET' };
  for (const [path, expected] of [
    ['/api', 200],
    ['/API', 200],
    ['/api/none', 200],
    ['/apix', 404],
    ['/other', 404],
  ] as const)
    expect([path, await status(path), await status(path, preflight)]).toEqual([path, expected, 200]);
  // Where an API lives at the root, nothing is outside.
  for (const mock of [toyMock(), createMock()]) expect((await mock.fetch('/other', { method: 'OPTIONS' })).status).toBe(200);
});

test('an API that is served alone answers what no operation has in its own words', async () => {
  const asked = async (mock: Mock) => {
    const answer = await mock.fetch('/nowhere');
    return [answer.status, answer.headers.get('x-mock-served-by'), await answer.text()];
  };
  const message = "No HTTP resource was found that matches the request URI 'http://mock/nowhere'.";
  expect(await asked(createMock({ apis: ['logisense'] }))).toEqual([404, 'mock', JSON.stringify({ message })]);
  expect(await asked(createMock({ apis: ['logisense', 'canvara'] }))).toEqual([404, 'none', '']);
});

test('a call without preferences has none applied, and empty segments of its path are none', async () => {
  const mock = toyMock();
  const begun = performance.now();
  const answer = await send(mock, 'GET', '//pets//1/');
  const taken = performance.now() - begun;
  expect([answer.status, answer.headers.get('preference-applied')]).toEqual([200, null]);
  const { ms } = mock.requests()[0]!;
  expect([ms >= 0, ms <= taken + 0.001]).toEqual([true, true]);
});

test('a world that cannot be had is refused by the mock', async () => {
  const answer = await toyMock().fetch('/pets/1', { headers: { 'X-Mock-World': '..' } });
  expect([answer.status, answer.headers.get('x-mock-served-by')]).toEqual([400, 'mock']);
});

test('a rule may look at headers, query and body of a call', async () => {
  const mock = toyMock();
  const request = {
    url: '/pets?by=name',
    headers: { 'X-Caller': { equalTo: 'me' } },
    bodyPatterns: [{ matchesJsonPath: "$[?(@.name == 'Rex')]" }],
  };
  mock.faults.set([{ operation: 'toy.create', request, outcomes: [{ code: 503 }], repeat: true }]);
  const create = async (path: string, caller: string, name: string): Promise<number> =>
    (await send(mock, 'POST', path, { name }, { 'X-Caller': caller })).status;
  expect(await create('/pets?by=name', 'me', 'Rex')).toBe(503);
  expect(await create('/pets', 'me', 'Rex')).toBe(201);
  expect(await create('/pets?by=name', 'you', 'Rex')).toBe(201);
  expect(await create('/pets?by=name', 'me', 'Tom')).toBe(201);
  const packed = { method: 'POST', headers: { 'X-Caller': 'me', 'Content-Encoding': 'gzip' }, body: gzipSync('{"name":"Rex"}') };
  expect((await mock.fetch('/pets?by=name', packed)).status).toBe(503);
  expect((await mock.fetch('/pets?by=name', { method: 'POST', headers: { 'X-Caller': 'me' } })).status).toBe(201);
});

test('a request that is no HTTP is in the journal, with what could be read of it', async () => {
  const mock = toyMock();
  const { port } = new URL((await mock.listen()).url);
  const say = (text: string) =>
    new Promise<string>((resolve) => {
      let answer = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.end(text));
      socket.on('data', (bytes) => {
        answer += bytes;
      });
      socket.on('close', () => resolve(answer));
    });
  for (const [text, method, target] of [
    ['GET /pets/1 HTTP/1.1\r\nHost: a\r\nBad Header\r\n\r\n', 'GET', '/pets/1'],
    ['EHLO mail.example\r\n\r\n', 'EHLO', 'mail.example'],
    ['\u0001 GET /pets\r\n\r\n', '', ''],
  ]) {
    expect(await say(text!)).toMatch(/^HTTP\/1\.1 400 /);
    expect(mock.requests()[0]).toMatchObject({
      method,
      path: target,
      operation: null,
      request: { method, url: target, headers: {} },
      response: { status: 400, headers: {} },
      servedBy: 'mock',
      explanation: {
        message: expect.stringMatching(/^A request could not be read as HTTP and was answered 400: Parse Error: .+\.$/),
        rule: 'http',
      },
    });
    expect(mock.requests()[0]).not.toHaveProperty('preflight');
  }
  expect(new Set(mock.requests().map(({ id }) => id)).size).toBe(3);
  await mock.close();
});

test('an answer on a port states its length in bytes, whatever its text holds', async () => {
  const server = await createMock({ apis: ['logisense'], scale: { 'logisense.contacts': 2 } }).listen();
  const asked = async (path: string, init?: RequestInit): Promise<string> => {
    const answer = await fetch(server.url + path, init);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(answer.headers.get('content-length')).toBe(String(bytes.length));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  };
  try {
    for (const lastName of ['Doe', 'Müller', 'Wałęsa', '山田', '🙂']) {
      const body = JSON.stringify({ contactTypeId: 2, firstName: 'A', lastName });
      const created = JSON.parse(await asked('/Contact/', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }));
      const [{ identity }] = created.results.items;
      const one = JSON.parse(await asked(`/Contact/${identity}`));
      const { items } = JSON.parse(await asked('/Contact/Paged')).pagedResults;
      expect([one.instance.lastName, items.at(-1).lastName]).toEqual([lastName, lastName]);
    }
  } finally {
    await server.close();
  }
});
