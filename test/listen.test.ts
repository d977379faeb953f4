import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { hold, release } from '../src/http/held-bodies.ts';
import type { LogEvent } from '../src/journal/log.ts';
import { createMock, type Mock } from '../src/mock.ts';
import type { MockOptions } from '../src/options.ts';
import { send, toyMock } from './support/toy.ts';

const open: Mock[] = [];
async function listening(options: MockOptions = {}): Promise<{ mock: Mock; url: string; port: number }> {
  const mock = toyMock(options);
  open.push(mock);
  const { url } = await mock.listen();
  return { mock, url, port: Number(new URL(url).port) };
}
afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((mock) => mock.close()));
});

const dial = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};
/** Everything that comes until the connection has ended, or was reset: which of the two a client of Node is told depends on its version. */
const all = async (socket: Socket): Promise<string> => {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(chunks).toString('latin1');
};

test('an idle connection may be used again for 130 seconds, and the answer says so', async () => {
  const { url } = await listening();
  expect((await fetch(`${url}/pets/1`)).headers.get('keep-alive')).toBe('timeout=130');
});

test('close ends connections that sent nothing, half a request or half a body at once', async () => {
  const { mock, port } = await listening();
  const sockets = [await dial(port), await dial(port), await dial(port), await dial(port)];
  sockets[1]!.write('GET /pets/1 HTTP/1.1\r\nHo');
  sockets[2]!.write('POST /pets HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"na');
  sockets[3]!.write('GET /pets/1 HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(sockets[3]!, 'data');
  const ended = Promise.all(sockets.map(all));
  await mock.close();
  await ended;
});

test('close waits for a call that is under way, and its answer arrives whole', async () => {
  const events: LogEvent[] = [];
  const { mock, url } = await listening({ log: (event) => events.push(event) });
  const heard = new Promise<void>((resolve) => {
    const stop = mock.requests.listen(() => {
      stop();
      resolve();
    });
  });
  const answer = fetch(`${url}/pets/1`, { headers: { Prefer: 'delay=200' } });
  // The server has the call once another one behind it was answered.
  await fetch(`${url}/pets/2`);
  await heard;
  await mock.close();
  expect((await answer).status).toBe(200);
  expect(events.filter(({ event }) => event === 'note')).toMatchObject([{ message: expect.stringContaining('under way') }]);
});

test.for(['EMPTY_RESPONSE', 'MALFORMED_RESPONSE_CHUNK', 'RANDOM_DATA_THEN_CLOSE', 'CONNECTION_RESET_BY_PEER'])(
  'on a pipelined connection %s breaks the connection and nothing else',
  async (fault) => {
    const { url, port } = await listening();
    const socket = await dial(port);
    const get = (query: string): string => `GET /pets/1${query} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    const answers = all(socket);
    socket.write(`${get('')}${get(`?__prefer=fault%3D${fault}`)}${get('')}${get('')}`);
    const text = await answers;
    if (fault !== 'CONNECTION_RESET_BY_PEER') expect(text.startsWith('HTTP/1.1 200 OK')).toBe(true);
    expect((await fetch(`${url}/pets/1`)).status).toBe(200);
  },
);

test('headers up to 32 KB are taken; longer ones are 431, readable by a page and told in the journal', async () => {
  const { mock, url, port } = await listening();
  expect((await fetch(`${url}/pets/1`, { headers: { 'X-Long': 'x'.repeat(32_000) } })).status).toBe(200);
  const socket = await dial(port);
  const answer = all(socket);
  socket.write(`GET /pets/1 HTTP/1.1\r\nHost: localhost\r\nOrigin: https://app.example\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`);
  const text = await answer;
  expect(text).toMatch(/^HTTP\/1\.1 431 /);
  expect(text).toContain('Access-Control-Allow-Origin: https://app.example');
  expect(mock.requests()[0]).toMatchObject({ path: '/pets/1', response: { status: 431 }, explanation: { rule: 'http' } });
});

test('a line that is not HTTP is 400 and told in the log', async () => {
  const events: LogEvent[] = [];
  const { port } = await listening({ log: (event) => events.push(event) });
  const socket = await dial(port);
  const answer = all(socket);
  socket.write('EHLO mail.example\r\n\r\n');
  expect(await answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(events).toMatchObject([
    { event: 'request', status: 400, explanation: { message: expect.stringContaining('could not be read as HTTP') } },
  ]);
});

test.each([
  ['two Host lines', 'GET /pets/1 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
  ['an unknown transfer coding', 'POST /pets HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: rot13\r\n\r\n'],
  ['no Host', 'GET /pets/1 HTTP/1.1\r\n\r\n'],
])('%s: 400', async (_, request) => {
  const { port } = await listening();
  const socket = await dial(port);
  const answer = all(socket);
  socket.end(request);
  expect(await answer).toMatch(/^HTTP\/1\.1 400 /);
});

test('bodies short and long, sent whole or in pieces, arrive alike', async () => {
  const { mock, url } = await listening();
  for (const size of [10, 100_000, 1_500_000]) {
    const name = 'x'.repeat(size);
    const answer = await fetch(`${url}/pets`, {
      method: 'POST',
      body: new ReadableStream({
        start(controller) {
          const bytes = new TextEncoder().encode(JSON.stringify({ name }));
          controller.enqueue(bytes.slice(0, 5));
          controller.enqueue(bytes.slice(5));
          controller.close();
        },
      }),
      duplex: 'half',
    } as RequestInit);
    expect(((await answer.json()) as { name: string }).name.length).toBe(size);
  }
  expect(mock.requests({ method: 'POST' }).length).toBe(3);
});

test('garbage behind a request does not open the control plane', async () => {
  const mock = toyMock({ adminToken: 'open-sesame' });
  open.push(mock);
  const { url } = await mock.listen({ host: '0.0.0.0' });
  await send(mock, 'PUT', '/pets/1', { name: 'Kept' });
  for (let i = 0; i < 20; i++) {
    const socket = await dial(Number(new URL(url).port));
    const answer = all(socket);
    socket.write('POST /__admin/reset HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\nX\0');
    await answer;
  }
  expect((await send(mock, 'GET', '/pets/1')).json.name).toBe('Kept');
});

test('a call that its caller gave up is not carried out', async () => {
  const mock = toyMock();
  const giveUp = new AbortController();
  const call = mock.fetch('/pets/1', { method: 'DELETE', headers: { Prefer: 'delay=60000' }, signal: giveUp.signal });
  giveUp.abort();
  await expect(call).rejects.toThrow(/abort/i);
  expect((await send(mock, 'GET', '/pets/1')).status).toBe(200);
});

test('a delayed write whose world was reset or dropped meanwhile does not land: 409', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const timers = vi.spyOn(globalThis, 'setTimeout');
  for (const end of ['reset', 'drop'] as const) {
    const mock = toyMock();
    const world = mock.world('w');
    const late = send(world, 'PUT', '/pets/1', { name: 'Late' }, { Prefer: 'delay=20' });
    while (!timers.mock.calls.some(([, delay]) => delay === 20)) await nextTurn();
    timers.mockClear();
    world[end]();
    vi.advanceTimersByTime(20);
    const answer = await late;
    expect([answer.status, answer.json.error]).toEqual([409, 'world-gone']);
    expect((await send(mock.world('w'), 'GET', '/pets/1')).json.name).not.toBe('Late');
  }
});

test.each([
  ['of answers that are not read', ''],
  ['of calls that take long', 'Prefer: delay=50\r\n'],
])(
  'a caller that pipelines a thousand requests makes the server hold a bounded number %s; all are answered, in order',
  async (_, header) => {
    const { mock, url, port } = await listening({ journal: 5000 });
    await fetch(`${url}/pets`, { method: 'POST', body: JSON.stringify({ name: 'x'.repeat(50_000) }) });
    const socket = await dial(port);
    socket.pause();
    const request = (i: number): string =>
      `GET /pets/201?${i} HTTP/1.1\r\nHost: localhost\r\n${header}${i === 999 ? 'Connection: close\r\n' : ''}\r\n`;
    socket.write(Array.from({ length: 1000 }, (_, i) => request(i)).join(''));
    // Other callers are served meanwhile.
    for (let i = 0; i < 30; i++) expect((await fetch(`${url}/pets/1`)).status).toBe(200);
    // What the system's own buffers hold is not the server's.
    expect(mock.requests.count({ urlPath: '/pets/201' })).toBeLessThan(500);
    socket.resume();
    const text = await all(socket);
    expect(text.match(/HTTP\/1.1 200/g)).toHaveLength(1000);
    const order = mock.requests({ urlPath: '/pets/201' }).map(({ request: { url: target } }) => Number(target.split('?')[1]));
    expect(order).toEqual(Array.from({ length: 1000 }, (_, i) => 999 - i));
  },
);

test('bodies that are being read have a bound together; what is beyond is refused and told, and there is room again after', async () => {
  const events: LogEvent[] = [];
  const mock = createMock({ apis: ['logisense'], log: (event) => events.push(event) });
  open.push(mock);
  const { url } = await mock.listen();
  const post = async (size: number): Promise<number> => {
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ contactTypeId: 1, lastName: 'x'.repeat(size) });
    const answer = await fetch(`${url}/Contact`, { method: 'POST', headers, body });
    await answer.text();
    return answer.status;
  };
  // As others do whose bodies are under way.
  const others = 255_900_000;
  expect(hold(others)).toBe(true);
  const sizes = [1000, 500_000, 5_000_000];
  const statuses: number[] = [];
  for (const size of sizes) statuses.push(await post(size));
  release(others);
  expect(statuses).toEqual([200, 413, 413]);
  expect(events.filter(({ event }) => event === 'note')).toHaveLength(2);
  for (const size of sizes) expect(await post(size)).toBe(200);
  // Nothing of it is held any more, once the connections know that they have ended.
  while (!hold(256_000_000)) await new Promise((resolve) => setImmediate(resolve));
  release(256_000_000);
});

test('answers that nobody reads have a bound together: the connection that has waited longest is closed, and that is told', async () => {
  const notes: string[] = [];
  const { mock, port } = await listening({ log: (event) => event.event === 'note' && notes.push(event.message) });
  mock.state.set({ records: { 'toy.pets': { 1: { name: 'x'.repeat(20_000_000) } } } });
  const closed: number[] = [];
  const sockets = Array.from({ length: 14 }, (_, i) => connect(port, '127.0.0.1').on('close', () => closed.push(i)));
  for (const [i, socket] of sockets.entries()) {
    socket.pause().write('GET /pets/1 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    while (mock.requests.count() <= i) await nextTurn();
  }
  // It learns of it when it reads on.
  sockets[0]!.resume();
  while (closed.length === 0) await nextTurn();
  expect(closed).toEqual([0]);
  expect(notes).toEqual([expect.stringContaining('256 MB'), expect.stringContaining('256 MB')]);
  let read = 0;
  sockets[13]!.on('data', (chunk: Buffer) => {
    read += chunk.length;
  });
  sockets[13]!.resume();
  while (read < 20_000_000) await nextTurn();
  for (const socket of sockets) socket.destroy();
});
