import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogEvent } from '../../src/journal/log.ts';
import { createMock, type Server } from '../../src/mock.ts';
import { send, toyMock } from '../support/toy.ts';

const mock = toyMock();
let server: Server;
beforeAll(async () => {
  server = await mock.listen();
});
afterAll(() => mock.close());

test('Prefer: code= answers with the status and the body that the service sends with it', async () => {
  const answer = await send(mock, 'GET', '/pets/1', undefined, { Prefer: 'code=503' });
  expect(answer).toMatchObject({ status: 503, json: { toyError: 503 } });
  expect(answer.headers.get('preference-applied')).toBe('code=503');
});

test('several wishes are granted together', async () => {
  const answer = await send(mock, 'POST', '/echo', undefined, { Prefer: 'nulls=wire, example , delay=1' }).catch((error: unknown) => error);
  expect(answer).toBeInstanceOf(SyntaxError);
  const response = await mock.fetch('/echo', { method: 'POST', headers: { Prefer: 'nulls=wire, example, delay=1' } });
  expect(await response.text()).toBe('/echo - wire true');
  expect(response.headers.get('preference-applied')).toBe('nulls=wire, example, delay=1');
});

test('callers that cannot set headers put wishes into the query, where the service does not see them', async () => {
  const response = await mock.fetch('/echo?a=1&__prefer=nulls%3Dwire%2Cexample&b=2', { method: 'POST' });
  expect(await response.text()).toBe('/echo?a=1&b=2 - wire true');
  expect(response.headers.get('preference-applied')).toBe('nulls=wire, example');
  expect(await (await mock.fetch('/echo?__prefer=nulls=wire', { method: 'POST' })).text()).toBe('/echo - wire false');
});

test.each([
  ['cdoe=503', /Did you mean "code"\?/, 'code'],
  ['return=minimal', /was not applied/, undefined],
  ['code=999', /takes a status from 200 to 599/, undefined],
  ['delay=soon', /takes a number of milliseconds/, undefined],
  ['fault=RESET', /is one of EMPTY_RESPONSE/, undefined],
])('the wish %s is not applied and reported', async (wish, message, nearest) => {
  const answer = await send(mock, 'GET', '/pets/1', undefined, { Prefer: wish });
  expect([answer.status, answer.headers.get('preference-applied')]).toEqual([200, null]);
  const explanation = mock.requests.get(answer.id)?.explanation;
  expect(explanation?.message).toMatch(message);
  expect(explanation?.nearest).toBe(nearest);
});

test('of a repeated preference the first counts, and the answer says what was not applied', async () => {
  const answer = await send(mock, 'GET', '/pets/1', undefined, { Prefer: 'nulls=wire, nulls=placeholder, wait=10' });
  expect(answer.headers.get('preference-applied')).toBe('nulls=wire');
  expect(answer.headers.get('x-mock-explanation')).toBe(
    'The preference "nulls=placeholder" was not applied: nulls was sent before, and the first one counts.',
  );
});

test('a forced 429 or 503 says when to come again: after a second, or as the caller prefers', async () => {
  const retryAfter = async (prefer: string): Promise<unknown> =>
    (await send(mock, 'GET', '/pets/1', undefined, { Prefer: prefer })).headers.get('retry-after');
  expect(await retryAfter('code=429')).toBe('1');
  expect(await retryAfter('code=503, retry-after=7')).toBe('7');
  expect(await retryAfter('code=500')).toBeNull();
  const ruled = mock.world('ruled');
  const headers = { 'X-Why': 'tired', 'retry-after': '9' };
  ruled.faults.set([
    {
      operation: 'toy.get',
      outcomes: [
        { code: 503, headers },
        { code: 503, headers: { 'X-Why': 'tired' } },
      ],
    },
  ]);
  const told = async (): Promise<unknown[]> => {
    const answer = await send(ruled, 'GET', '/pets/1');
    return [answer.status, answer.headers.get('retry-after'), answer.headers.get('x-why')];
  };
  expect([await told(), await told()]).toEqual([
    [503, '9', 'tired'],
    [503, '1', 'tired'],
  ]);
  const made = await send(mock.world('made'), 'POST', '/pets', {}, { Prefer: 'retry-after=7' });
  expect([made.status, made.headers.get('retry-after')]).toEqual([201, '7']);
});

test('a delay may be a range, from which two runs draw alike', async () => {
  const waits = async (): Promise<string | null> =>
    (await toyMock().fetch('/pets/1', { headers: { Prefer: 'delay=1..3' } })).headers.get('preference-applied');
  expect(await waits()).toBe('delay=1..3');
  expect((await send(mock, 'GET', '/pets/1', undefined, { Prefer: 'delay=9..3' })).headers.get('preference-applied')).toBeNull();
});

test('a wish goes before a rule, which is not counted then', async () => {
  const world = mock.world('wish-before-rule');
  world.faults.set([{ operation: 'toy.get', outcomes: [{ code: 500 }] }]);
  expect((await send(world, 'GET', '/pets/1', undefined, { Prefer: 'code=418' })).status).toBe(418);
  expect(world.faults.get()[0]?.hits).toBe(0);
});

test('every answer carries a request id that follows from seed and number alone', async () => {
  const ids = async (seed: string): Promise<string[]> => {
    const seeded = toyMock({ seed });
    return [
      (await send(seeded, 'GET', '/pets/1')).id,
      (await send(seeded, 'GET', '/nothing')).id,
      (await send(seeded, 'OPTIONS', '/pets')).id,
    ];
  };
  const [first, again, other] = [await ids('7'), await ids('7'), await ids('8')];
  expect(first).toEqual(again);
  expect(new Set([...first, ...other]).size).toBe(6);
  for (const id of first) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test("the mock's own mistake is a 500 that says what failed, in the log and in the journal, and the next call works", async () => {
  const events: LogEvent[] = [];
  const broken = toyMock({ log: (event) => events.push(event) });
  const answer = await send(broken, 'GET', '/crash');
  expect(answer).toMatchObject({ status: 500, json: { error: 'mock-failed', message: expect.stringContaining('a wire came loose') } });
  expect(events[0]).toMatchObject({ event: 'mistake', message: expect.stringContaining('GET /crash') });
  expect(broken.requests.get(answer.id)?.explanation).toMatchObject({ rule: 'mistake' });
  expect((await send(broken, 'GET', '/pets/1')).status).toBe(200);
  // A promise that is rejected is no different from a throw.
  expect((await send(broken, 'POST', '/pets', '{')).status).toBe(500);
});

test('a caller that goes away in the middle of its body does no harm', async () => {
  const { port } = new URL(server.url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write('POST /pets HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"name":');
      socket.end();
    });
    socket.on('close', () => resolve());
    socket.resume();
  });
  expect((await send(mock, 'GET', '/pets/1')).status).toBe(200);
});

test('mock.fetch gives what the server gives: status, reason, headers, bytes', async () => {
  const calls: [string, RequestInit][] = [
    ['/pets', {}],
    ['/pets/1', {}],
    ['/pets/1', { method: 'HEAD' }],
    ['/pets/900', {}],
    ['/nothing', {}],
    ['/echo', { method: 'POST', body: '{"name":"ééé"}' }],
    ['/echo', { method: 'HEAD' }],
    ['/pets', { method: 'POST', body: '{"name":"é"}' }],
    ['/pets/2', { method: 'DELETE' }],
    ['/pets/1', { headers: { Prefer: 'code=404', Origin: 'https://app.example' } }],
    ['/pets/1', { method: 'OPTIONS', headers: { Origin: 'https://app.example', 'Access-Control-Request-Headers': 'pagination' } }],
    ['/crash', {}],
  ];
  const told = async (response: Response): Promise<unknown> => {
    const ours = [...response.headers].filter(([name]) => !['connection', 'keep-alive'].includes(name)).sort();
    return [response.status, response.statusText, ours, new Uint8Array(await response.arrayBuffer())];
  };
  for (const [path, init] of calls) {
    const inProcess = await mock.world('in-process').fetch(path, init);
    const overHttp = await fetch(server.url + path, { ...init, headers: { ...(init.headers as object), 'X-Mock-World': 'over-http' } });
    expect([path, await told(overHttp)]).toEqual([path, await told(inProcess)]);
  }
});

const curl = (...args: string[]): Promise<{ code: number | string; stdout: string }> =>
  new Promise((resolve) => execFile('curl', ['-s', '-m', '20', ...args], (error, stdout) => resolve({ code: error?.code ?? 0, stdout })));

test.for([
  ['EMPTY_RESPONSE', [52]],
  ['MALFORMED_RESPONSE_CHUNK', [18]],
  // By its version curl takes the noise for HTTP/0.9 that is not allowed, or for a weird reply.
  ['RANDOM_DATA_THEN_CLOSE', [1, 8]],
  ['CONNECTION_RESET_BY_PEER', [56]],
] as const)('curl sees %s as exit code %j', async ([fault, codes], { skip }) => {
  if ((await curl('--version')).code === 'ENOENT') skip('curl is not on this machine');
  expect(codes).toContain((await curl('-H', `Prefer: fault=${fault}`, `${server.url}/pets/1`)).code);
  expect(codes).toContain((await curl('-d', '{"name":"x"}', `${server.url}/pets?__prefer=fault%3D${fault}`)).code);
  expect((await curl(`${server.url}/pets/1`)).code).toBe(0);
});

test('random data is the same for the same call, and no HTTP', async () => {
  const { port } = new URL(server.url);
  const noise = (world: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(`GET /__worlds/${world}/pets/1?__prefer=fault%3DRANDOM_DATA_THEN_CLOSE HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      });
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('close', () => resolve(Buffer.concat(chunks).toString('hex')));
    });
  const first = await noise('noise-a');
  expect(first).toMatch(/^[0-9a-f]{128}$/);
  const pieces = first.match(/.{32}/g)!;
  expect(new Set(pieces).size).toBe(4);
  for (const piece of pieces) expect(new Set(piece.match(/../g)).size, piece).toBeGreaterThan(10);
  expect(first.startsWith(Buffer.from('HTTP').toString('hex'))).toBe(false);
  expect(await noise('noise-b')).toBe(first);
});

test.for(['/v1/ContactConnections/1', '/v1/ContactConnections/1.xml', '/api/contacts/none/links.csv', '/Contact/Paged'])(
  'a forced status that says it went well comes with the documented sample, and nothing is done: %s',
  async (path, { expect }) => {
    const mock = createMock({ auth: 'off' });
    const sample = await mock.fetch(path, { headers: { Prefer: 'example' } });
    const forced = await mock.fetch(path, { headers: { Prefer: 'code=201' } });
    expect([forced.status, forced.headers.get('preference-applied')]).toEqual([201, 'code=201']);
    expect(await forced.text()).toBe(await sample.text());
    expect(forced.headers.get('content-type')).toBe(sample.headers.get('content-type'));
    const empty = await mock.fetch(path, { headers: { Prefer: 'code=204' } });
    expect([empty.status, await empty.text()]).toEqual([204, '']);
  },
);
