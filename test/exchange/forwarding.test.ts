import { createServer, type IncomingMessage, type Server as HttpServer, request as httpRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createMock, type Mock } from '../../src/mock.ts';
import type { MockOptions } from '../../src/options.ts';
import { send, toyMock } from '../support/toy.ts';

const servers: HttpServer[] = [];
const mocks: Mock[] = [];
afterEach(async () => {
  await Promise.all(mocks.splice(0).map((mock) => mock.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Arrived {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: readonly string[];
  readonly body: string;
}

/** A real service of the test's own, and what arrived there. */
async function upstream(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<{ url: string; arrived: Arrived[] }> {
  const arrived: Arrived[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    arrived.push({ method: request.method, url: request.url, headers: request.rawHeaders, body });
    answer(request, response, body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrived };
}
const before = (options: MockOptions): Mock => {
  const mock = toyMock(options);
  mocks.push(mock);
  return mock;
};

test('what no operation serves goes on as it was sent, and the answer comes back as it is', async () => {
  const { url, arrived } = await upstream((_, response) => {
    response.writeHead(201, 'Made', ['X-Case', 'kept', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'Content-Type', 'text/odd']);
    response.end('from upstream');
  });
  const mock = before({ upstream: url });
  const server = await mock.listen();
  const answer = await new Promise<{ status: string; raw: string[]; body: string }>((resolve) => {
    const { port } = new URL(server.url);
    const call = httpRequest(
      {
        port,
        path: '/__worlds/w/Account/%7e1?q=a%20b&q=c',
        method: 'PUT',
        headers: {
          'X-Mine': 'yes',
          'X-Mock-World': 'w',
          Authorization: 'Bearer token@w',
          Prefer: 'return=minimal, nulls=wire',
          TE: 'trailers',
        },
      },
      async (incoming) => {
        let body = '';
        for await (const chunk of incoming) body += chunk;
        resolve({ status: `${incoming.statusCode} ${incoming.statusMessage}`, raw: incoming.rawHeaders, body });
      },
    );
    call.end('sent');
  });
  expect(answer.status).toBe('201 Made');
  expect(answer.body).toBe('from upstream');
  const cookies = answer.raw.flatMap((name, i) => (name.toLowerCase() === 'set-cookie' ? [answer.raw[i + 1]] : []));
  expect(cookies).toEqual(['a=1', 'b=2']);
  expect(answer.raw.map((one) => one.toLowerCase())).toContain('x-mock-served-by');
  const [call] = arrived;
  expect([call?.method, call?.url, call?.body]).toEqual(['PUT', '/Account/%7e1?q=a%20b&q=c', 'sent']);
  const lines = (call?.headers ?? []).map((line) => line.toLowerCase());
  expect(lines).toContain('x-mine');
  expect(lines).not.toContain('x-mock-world');
  expect(lines).not.toContain('te');
  expect(call?.headers).toContain('Bearer token');
  expect(call?.headers).toContain('return=minimal');
  expect(call?.headers[lines.indexOf('host') + 1]).toBe(new URL(url).host);
});

test('what the mock serves stays here, and every answer says who gave it', async () => {
  const { url, arrived } = await upstream((_, response) => response.writeHead(404).end('not there either'));
  const mock = before({ upstream: url });
  expect((await send(mock, 'GET', '/pets/1')).headers.get('x-mock-served-by')).toBe('mock');
  const missing = await mock.fetch('/nowhere');
  expect([missing.status, missing.headers.get('x-mock-served-by'), await missing.text()]).toEqual([404, 'upstream', 'not there either']);
  expect(arrived.map(({ url }) => url)).toEqual(['/nowhere']);
  expect(mock.requests()[0]).toMatchObject({ servedBy: 'upstream', response: { status: 404, body: 'not there either' } });
  expect((await toyMock().fetch('/nowhere')).headers.get('x-mock-served-by')).toBe('none');
});

test('operations go over one at a time: for the mock, for one world, and back', async () => {
  const { url, arrived } = await upstream((_, response) => response.end('{"from":"upstream"}'));
  const mock = before({ upstream: url, forward: ['toy.list'] });
  expect((await send(mock, 'GET', '/pets')).json).toEqual({ from: 'upstream' });
  const world = mock.world('w');
  expect((await send(world, 'PUT', '/__admin/settings', { forward: ['toy.get'] })).status).toBe(200);
  expect((await send(world, 'GET', '/pets/1')).json).toEqual({ from: 'upstream' });
  expect((await send(world, 'GET', '/pets')).headers.get('x-mock-served-by')).toBe('mock');
  expect((await send(mock, 'GET', '/pets/1')).headers.get('x-mock-served-by')).toBe('mock');
  expect(arrived.length).toBe(2);
  const refused = await send(world, 'PUT', '/__admin/settings', { forward: ['toy.gett'] });
  expect([refused.status, refused.json.message]).toEqual([400, expect.stringContaining('Did you mean "toy.get"?')]);
  expect(() => toyMock({ upstream: url, forward: ['toys.*'] })).toThrow('forward names "toys.*"');
});

test('what is asked of the mock itself stays here: a preflight, a preference, its own pages, another API', async () => {
  const { url, arrived } = await upstream((_, response) => response.writeHead(204).end());
  const mock = before({ upstream: url, forward: ['toy.get'] });
  const asked = async (path: string, init: RequestInit, of = mock): Promise<unknown[]> => {
    const answer = await of.fetch(path, init);
    return [answer.status, answer.headers.get('x-mock-served-by')];
  };
  const preflight = { Origin: 'https://app.example', 'Access-Control-Request-Method': 'GET' };
  expect(await asked('/nowhere', { method: 'OPTIONS', headers: preflight })).toEqual([200, 'mock']);
  expect(await asked('/pets/1', { headers: { Prefer: 'code=503' } })).toEqual([503, 'mock']);
  const documented = createMock({ upstream: { trendsic: url }, forward: ['*'] });
  mocks.push(documented);
  expect(await asked('/metadata', {}, documented)).toEqual([200, 'mock']);
  expect(await asked('/Contact/2', {}, documented)).toEqual([200, 'mock']);
  expect(arrived).toEqual([]);
  expect(await asked('/v1/ContactConnections/1', {}, documented)).toEqual([204, 'upstream']);
  expect(await asked('/pets/1', {})).toEqual([204, 'upstream']);
  expect(mock.requests()[0]?.response).toMatchObject({ status: 204, reason: 'No Content' });
  expect(mock.requests()[0]?.response).not.toHaveProperty('body');
  expect(arrived.map((call) => call.url)).toEqual(['/v1/ContactConnections/1', '/pets/1']);
});

test('what the mock would refuse for its method goes on', async () => {
  const { url } = await upstream((_, response) => response.end('deleted'));
  const mock = createMock({ apis: ['logisense'], upstream: url });
  mocks.push(mock);
  const refused = await createMock({ apis: ['logisense'] }).fetch('/Contact/2', { method: 'DELETE' });
  expect(refused.status).toBe(405);
  expect(await (await mock.fetch('/Contact/2', { method: 'DELETE' })).text()).toBe('deleted');
});

test('an upstream that is down is 502 with its address and what to do; one that is slow is 504', async () => {
  const alone = before({ upstream: 'http://127.0.0.1:9' });
  const down = await send(alone, 'GET', '/nowhere');
  expect(alone.requests()[0]?.explanation).toMatchObject({ rule: 'upstream', message: down.json.message });
  expect([down.status, down.json.error]).toEqual([502, 'upstream']);
  expect(down.json.message).toContain('http://127.0.0.1:9/');
  expect(down.headers.get('x-mock-explanation')).toContain('nothing listens there');
  expect(down.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const { url } = await upstream(() => undefined);
  const slow = await send(before({ upstream: url, upstreamTimeout: 20 }), 'GET', '/nowhere');
  expect([slow.status, slow.json.message]).toEqual([504, expect.stringContaining('--upstream-timeout')]);
});

test('a caller that goes away ends the call upstream', async () => {
  let closed: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => {
    closed = resolve;
  });
  let came: () => void = () => undefined;
  const there = new Promise<void>((resolve) => {
    came = resolve;
  });
  const { url } = await upstream((_, response) => {
    response.on('close', closed);
    came();
  });
  const leaving = new AbortController();
  const call = before({ upstream: url }).fetch('/nowhere', { signal: leaving.signal });
  await there;
  leaving.abort();
  await expect(call).rejects.toThrow();
  await gone;
});

test('a page of another origin may read a forwarded answer', async () => {
  const { url } = await upstream((_, response) =>
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', Vary: 'Accept-Language' }).end('x'),
  );
  const answer = await before({ upstream: url }).fetch('/nowhere', { headers: { Origin: 'https://app.example' } });
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example');
  expect(answer.headers.get('vary')).toBe('Accept-Language, Origin');
});

test('long bodies flow through both ways, and what is not forwarded is served whole', async () => {
  const { url, arrived } = await upstream((_, response, body) => response.end(body));
  const mock = before({ upstream: url });
  const server = await mock.listen();
  const long = 'x'.repeat(3_000_000);
  const echoed = await (await fetch(`${server.url}/nowhere`, { method: 'POST', body: long })).text();
  expect(echoed.length).toBe(long.length);
  expect(arrived[0]?.body.length).toBe(long.length);
  const made = await fetch(`${server.url}/pets`, { method: 'POST', body: JSON.stringify({ name: long }) });
  expect(((await made.json()) as { name: string }).name.length).toBe(long.length);
  expect(arrived.length).toBe(1);
});

test('upgrades and trailers are refused in words', async () => {
  const { url } = await upstream((_, response) => response.end());
  const mock = before({ upstream: url });
  for (const headers of [{ Upgrade: 'websocket' }, { Trailer: 'X-Sum' }]) {
    const refused = await send(mock, 'GET', '/nowhere', undefined, headers as never);
    expect([refused.status, refused.json.error]).toEqual([501, 'upstream']);
  }
});

test.each([
  ['an address that is none', { upstream: 'nonsense' }, '"nonsense" is not a valid address'],
  ['an API that is not served', { upstream: { toys: 'http://localhost' } }, 'Did you mean "toy"?'],
])('%s is refused at the start', (_, options, message) => {
  expect(() => toyMock(options as MockOptions)).toThrow(message);
});
