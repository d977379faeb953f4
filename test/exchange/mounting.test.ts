import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMock } from '../../src/mock.ts';
import { send, toyMock } from '../support/toy.ts';

/** What the outer app's middleware saw of the last answer. */
let seen: { status: number; type: string | null; body: string };
const outer = new Hono();
outer.use(async (c, next) => {
  await next();
  seen = { status: c.res.status, type: c.res.headers.get('content-type'), body: await c.res.clone().text() };
});
const mock = createMock({ adminToken: 'open-sesame' });
outer.mount('/mock', mock.app.fetch);
const { Request, Response } = globalThis;
// An outer server keeps node-server's defaults, which replace `Request` and `Response` of the process.
const server = createAdaptorServer({ fetch: outer.fetch });
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  Object.assign(globalThis, { Request, Response });
  await mock.close();
});

test('inside another Hono app the outer middleware sees what the caller gets: status, type and body', async () => {
  for (const path of [
    '/mock/CONTACT/2',
    '/mock/__worlds/a/contact/2',
    '/mock/Contact/999999',
    '/mock/v1/ContactConnections/1',
    '/mock/nowhere',
  ]) {
    const answer = await fetch(url + path);
    const body = await answer.text();
    expect([path, seen]).toEqual([path, { status: answer.status, type: answer.headers.get('content-type'), body }]);
  }
  expect((await fetch(`${url}/mock/CONTACT/2`)).status).toBe(200);
  expect((await fetch(`${url}/mock/Contact/999999`)).status).toBe(404);
});

test('what is sent arrives: a body, its world, the target as it was written', async () => {
  const made = await fetch(`${url}/mock/__worlds/writes/ContactType`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'Mounted', contactTypeTypeId: 1 }),
  });
  expect(made.status).toBe(200);
  expect(mock.world('writes').requests({ method: 'POST' })).toMatchObject([{ path: '/ContactType', response: { status: 200 } }]);
  await fetch(`${url}/mock/Contact/2?x=%7e`);
  expect(mock.requests()[0]?.request.url).toBe('/Contact/2?x=%7e');
});

test('a fault breaks the connection, and the next call works', async () => {
  await expect(fetch(`${url}/mock/__worlds/f/Contact/2?__prefer=fault%3DEMPTY_RESPONSE`)).rejects.toThrow();
  expect(mock.world('f').requests()[0]?.response).toEqual({ fault: 'EMPTY_RESPONSE' });
  expect((await fetch(`${url}/mock/__worlds/f/Contact/2`)).status).toBe(200);
});

test('links, redirects and the paths of cookies carry the prefix of the mount', async () => {
  const browser = { headers: { Accept: 'text/html' }, redirect: 'manual' } as const;
  const refused = await fetch(`${url}/mock/__worlds/b/v1/ContactConnections/1`, browser);
  expect([refused.status, refused.headers.get('location')]).toEqual([302, expect.stringContaining(`${url}/mock/__worlds/b/login`)]);
  const page = await (await fetch(`${url}/mock/metadata`, browser)).text();
  expect(page).toContain('href="/mock/');
  const failed = await fetch(`${url}/mock/__worlds/b/Contact/999999`);
  expect(failed.headers.get('link')).toMatch(/^<\/mock\/__worlds\/b\/__admin#\/requests\/[0-9a-f-]{36}>; rel="help"$/);
});

test('middleware that createMock is given sees every call and may change its answer', async () => {
  const paths: string[] = [];
  const stamp: MiddlewareHandler = async (c, next) => {
    paths.push(new URL(c.req.url).pathname);
    await next();
    c.header('X-Stamp', 'yes');
  };
  const stamped = toyMock({ middleware: [stamp] });
  const answers = [
    await send(stamped, 'GET', '/pets/1'),
    await send(stamped, 'GET', '/nothing'),
    await send(stamped, 'GET', '/__admin/health'),
  ];
  expect(answers.map(({ status, headers }) => [status, headers.get('x-stamp')])).toEqual([
    [200, 'yes'],
    [404, 'yes'],
    [200, 'yes'],
  ]);
  expect(paths).toEqual(['/pets/1', '/nothing', '/__admin/health']);
});

test('app.request works without an env, and its control plane asks for a token', async () => {
  const plain = toyMock();
  expect((await plain.app.request('/pets/1')).status).toBe(200);
  expect((await plain.app.request('/__admin/health')).status).toBe(200);
  const refused = await plain.app.request('/__admin/reset', { method: 'POST' });
  expect([refused.status, await refused.json()]).toEqual([403, expect.objectContaining({ error: 'no-admin-token' })]);
});

test('through a foreign server /__admin needs a loopback caller that nobody forwarded, or the token', async () => {
  const ask = (headers: Record<string, string>): Promise<number> =>
    fetch(`${url}/mock/__admin/state`, { headers }).then(({ status }) => status);
  expect(await ask({})).toBe(200);
  expect(await ask({ 'X-Forwarded-For': '192.0.2.1' })).toBe(401);
  expect(await ask({ Forwarded: 'for=192.0.2.1', Authorization: 'Bearer open-sesame' })).toBe(200);
  expect(await ask({ 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
});

test('mock.handler answers what the mock serves and leaves the rest, untouched, to the next in the chain', async () => {
  const toy = toyMock();
  const plain = createServer((request, response) =>
    toy.handler(request, response, () => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => response.end(`next got ${request.url} ${body}`));
    }),
  );
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', () => resolve()));
  const base = `http://127.0.0.1:${(plain.address() as AddressInfo).port}`;
  expect(await (await fetch(`${base}/pets/1`)).json()).toMatchObject({ id: 1 });
  expect(await (await fetch(`${base}/pets`, { method: 'POST', body: '{"name":"Rex"}' })).json()).toMatchObject({ name: 'Rex' });
  expect(await (await fetch(`${base}/elsewhere?a=1`, { method: 'POST', body: 'sent' })).text()).toBe('next got /elsewhere?a=1 sent');
  plain.close();
});

test('a HEAD has the headers of its GET, cookies included', async () => {
  const { port } = new URL(url);
  const head = await new Promise<NodeJS.Dict<string | string[]>>((resolve) => {
    httpRequest({ port, path: '/mock/Contact/2', method: 'HEAD' }, (answer) => resolve(answer.headers)).end();
  });
  const get = await fetch(`${url}/mock/Contact/2`);
  expect(head['content-type']).toBe(get.headers.get('content-type'));
  expect(head['content-length']).toBe(get.headers.get('content-length'));
});

test('behind a proxy that is trusted, links, redirects and cookies have the outer address', async () => {
  const behind = createMock({ trustProxy: true });
  const headers = {
    Accept: 'text/html',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Host': 'api.example.com',
    'X-Forwarded-Prefix': '/billing/',
  };
  const refused = await behind.fetch('/v1/ContactConnections/1', { headers, redirect: 'manual' });
  expect(refused.headers.get('location')).toMatch(/^https:\/\/api\.example\.com\/billing\/login\?/);
  expect(await (await behind.fetch('/metadata', { headers })).text()).toContain('href="/billing/metadata"');
  const signedIn = await behind.fetch('/auth/credentials', {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'UserName=worker&Password=worker',
    redirect: 'manual',
  });
  expect(signedIn.headers.getSetCookie().every((line) => /path=\/billing;/.test(line) && /secure/i.test(line))).toBe(true);
  const distrusted = await createMock().fetch('/v1/ContactConnections/1', { headers, redirect: 'manual' });
  expect(distrusted.headers.get('location')).toMatch(/^http:\/\/mock\/login\?/);
});
