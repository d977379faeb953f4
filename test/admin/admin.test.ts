import { request as httpRequest } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { Mock, Server } from '../../src/mock.ts';
import { send, toyMock } from '../support/toy.ts';

const open: Mock[] = [];
const listening = async (options: Parameters<Mock['listen']>[0] = {}, adminToken?: string): Promise<Server> => {
  const mock = toyMock(adminToken === undefined ? {} : { adminToken });
  open.push(mock);
  return mock.listen(options);
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((mock) => mock.close()));
});

/** `fetch` sets Host itself; here it can be anything. */
function ask(
  server: Server,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }> {
  const { port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const call = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    call.on('error', reject);
    call.end();
  });
}

test('health, version and routes answer without a world', async () => {
  const mock = toyMock();
  expect((await send(mock, 'GET', '/__admin/health')).json).toEqual({ status: 'ok' });
  expect((await send(mock, 'GET', '/__admin/version')).json).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    seed: '1',
    apis: ['toy'],
  });
  const { routes } = (await send(mock, 'GET', '/__admin/routes')).json;
  expect(routes[0]).toEqual({ operation: 'toy.list', method: 'GET', path: '/pets', example: { method: 'GET', path: '/pets' } });
});

test('an unknown route is 404 and names the nearest and all that exist', async () => {
  const answer = await send(toyMock(), 'GET', '/__admin/statehash');
  expect(answer.status).toBe(404);
  expect(answer.json.message).toBe('There is no /__admin/statehash. Did you mean /__admin/state/hash?');
  expect(answer.json.routes).toContain('PUT /__admin/snapshots/{name}');
});

test('a known route with another verb is 405 and names its verbs', async () => {
  const answer = await send(toyMock(), 'POST', '/__admin/state', {});
  expect([answer.status, answer.json.message]).toEqual([405, '/__admin/state has no POST. It has GET, PUT.']);
});

test('a body that is no JSON is refused in one sentence', async () => {
  const answer = await send(toyMock(), 'PUT', '/__admin/clock', '{"now":');
  expect([answer.status, answer.json.error]).toEqual([400, 'bad-json']);
});

test('settings are changed for one world, until it is reset', async () => {
  const mock = toyMock();
  expect((await send(mock, 'PUT', '/__worlds/a/__admin/settings', { nulls: 'wire', fixedDelay: 1 })).json).toMatchObject({
    nulls: 'wire',
    fixedDelay: 1,
    journal: 1000,
  });
  expect(await (await mock.world('a').fetch('/echo', { method: 'POST' })).text()).toBe('/echo - wire false');
  expect(await (await mock.fetch('/echo', { method: 'POST' })).text()).toBe('/echo - placeholder false');
  mock.world('a').reset();
  expect(await (await mock.world('a').fetch('/echo', { method: 'POST' })).text()).toBe('/echo - placeholder false');
  const refused = await send(mock, 'PUT', '/__admin/settings', { nulls: 'none' });
  expect([refused.status, refused.json.message]).toEqual([400, 'nulls is one of placeholder, wire, not "none". Nothing was changed.']);
  expect((await send(mock, 'PUT', '/__admin/settings', { null: 'wire' })).json.message).toContain('Did you mean "nulls"?');
});

test('the control plane is no part of the journal and takes no request number', async () => {
  const mock = toyMock();
  const first = await send(mock, 'GET', '/pets/1');
  await send(mock, 'GET', '/__admin/health');
  await send(mock, 'GET', '/__admin/state');
  mock.reset();
  expect((await send(mock, 'GET', '/pets/1')).id).toBe(first.id);
  expect(mock.requests().length).toBe(1);
});

test('HEAD answers like GET without a body', async () => {
  const response = await toyMock().fetch('/__admin/health', { method: 'HEAD' });
  expect([response.status, await response.text()]).toEqual([200, '']);
});

test('shutdown answers, then the mock stops listening', async () => {
  const mock = toyMock();
  const server = await mock.listen();
  const answer = await fetch(`${server.url}/__admin/shutdown`, { method: 'POST' });
  expect(answer.status).toBe(200);
  await answer.text();
  await mock.stopped;
  await mock.close();
  await expect(fetch(`${server.url}/__admin/health`)).rejects.toThrow();
});

test('a foreign Host gets 403, a loopback name does not', async () => {
  const server = await listening();
  const { port } = new URL(server.url);
  expect((await ask(server, '/__admin/state', { Host: 'evil.example' })).status).toBe(403);
  expect((await ask(server, '/__admin/state', { Host: `127.0.0.1.evil.example:${port}` })).status).toBe(403);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, '[::1]', 'LOCALHOST']) {
    expect((await ask(server, '/__admin/state', { Host: host })).status).toBe(200);
  }
});

test('a page of another origin gets 403 and no CORS headers, also for its preflight; the own console passes', async () => {
  const server = await listening();
  const { port } = new URL(server.url);
  for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${Number(port) + 1}`, `http://evil.example:${port}`]) {
    for (const method of ['POST', 'OPTIONS']) {
      const answer = await ask(server, '/__admin/reset', { Origin: origin }, method);
      expect([answer.status, Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))]).toEqual([403, []]);
    }
  }
  expect((await ask(server, '/__admin/reset', { Origin: server.url }, 'POST')).status).toBe(200);
  expect((await ask(server, '/__admin/reset', { Origin: `http://localhost:${port}` }, 'POST')).status).toBe(200);
});

test('off loopback the token is asked for and takes the place of the Host check', async () => {
  const server = await listening({ host: '0.0.0.0' }, 'open-sesame');
  expect(server.adminToken).toBe('open-sesame');
  expect((await ask(server, '/__admin/health')).status).toBe(200);
  expect((await ask(server, '/__admin/state')).status).toBe(401);
  expect((await ask(server, '/__admin/state', { Authorization: 'Bearer open-sesam' })).status).toBe(401);
  for (const headers of [{ Authorization: 'Bearer open-sesame' }, { 'X-Mock-Admin-Token': 'open-sesame' }]) {
    expect((await ask(server, '/__admin/state', { ...headers, Host: 'mock.internal' } as never)).status).toBe(200);
  }
  expect((await ask(server, '/__admin/state', { Authorization: 'Bearer open-sesame', Origin: 'https://evil.example' })).status).toBe(403);
  expect((await ask(server, '/pets/1')).status).toBe(200);
});

test('off loopback a token is made where none is given, another one each time', async () => {
  const [one, two] = [await listening({ host: '0.0.0.0' }), await listening({ host: '0.0.0.0' })];
  expect(one.adminToken).toMatch(/^\S{20,}$/);
  expect(one.adminToken).not.toBe(two.adminToken);
  expect((await listening()).adminToken).toBeUndefined();
});

test('data routes have CORS that works with credentials, preflights included', async () => {
  const server = await listening();
  const wanted = 'authorization, pagination, x-mock-world';
  const preflight = await ask(
    server,
    '/pets/1',
    { Origin: 'https://app.example', 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': wanted },
    'OPTIONS',
  );
  expect(preflight.status).toBe(200);
  expect(preflight.headers).toMatchObject({
    'access-control-allow-origin': 'https://app.example',
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': wanted,
    'access-control-allow-methods': expect.stringContaining('PATCH'),
  });
  for (const path of ['/pets/1', '/pets/900', '/nothing/here', '/__worlds/not%20a%20name/pets/1']) {
    const answer = await ask(server, path, { Origin: 'https://app.example' });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'X-Mock-Request-Id, X-Mock-Served-By, X-Mock-Explanation, Link, Preference-Applied',
      vary: 'Accept, Origin',
    });
  }
});
