/**
 * The same promises in process and over a socket: `TARGET=port npm test` sends what a test gives `fetch` to a free port, by
 * Node's own client, which adds no line, follows no redirect and unpacks nothing, as in process. What differs all the same:
 * - An answer has `Date`, `Connection`, `Keep-Alive`, and `Content-Length` or `Transfer-Encoding`.
 * - `/__admin` is served to the host `mock`, as which a path alone is called; other foreign hosts are refused.
 * - The world travels in `X-Mock-World`, and the whole request has been read before it is sent.
 * - `mount` and `cookie`, which stand beside a request in process, are a call in process here too.
 * - A path goes out as an address has it: a test of bytes that none can hold needs a socket of its own.
 */
import { request as send } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll } from 'vitest';
import { createMock as inProcess, type Mock } from '../../src/mock.ts';
import type { MockOptions } from '../../src/options.ts';

export type { Mock };
type Fetch = Mock['fetch'];

const TARGET = process.env['TARGET'] || 'fetch';
if (!['fetch', 'port'].includes(TARGET)) throw new Error(`TARGET is fetch or port, not ${TARGET}`);

const listening: Mock[] = [];
if (TARGET === 'port')
  afterAll(async () => {
    await Promise.all(listening.splice(0).map((mock) => mock.close()));
  });

/** `createMock`, asked as TARGET says. */
export function createMock(options: MockOptions = {}): Mock {
  if (TARGET === 'fetch') return inProcess(options);
  return onPort(inProcess({ ...options, adminHosts: [...(options.adminHosts ?? []), 'mock'] }));
}

function onPort(mock: Mock): Mock {
  let server: ReturnType<Mock['listen']> | undefined;
  const listen = (): ReturnType<Mock['listen']> => {
    if (server === undefined) listening.push(mock);
    return (server ??= mock.listen());
  };
  const over =
    (world: string, direct: Fetch): Fetch =>
    async (input, init = {}) => {
      if (init.mount !== undefined || init.cookie !== undefined) return direct(input, init);
      const address = typeof input === 'string' && input.startsWith('/') ? `http://mock${input}` : input;
      return call((await listen()).url, world, new Request(address, init));
    };
  return {
    ...mock,
    fetch: over('', mock.fetch),
    world(name) {
      const world = mock.world(name);
      return { ...world, fetch: over(name, world.fetch) };
    },
  };
}

/** An answer with one of these has no body. */
const BODILESS = [204, 205, 304];

async function call(server: string, world: string, request: Request): Promise<Response> {
  const { host, pathname, search } = new URL(request.url);
  const { hostname, port } = new URL(server);
  const headers: Record<string, string> = { Host: host, ...Object.fromEntries(request.headers) };
  if (world !== '') headers['X-Mock-World'] = world;
  const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
  if (body !== undefined) headers['Content-Length'] = String(body.length);
  return new Promise((resolve, reject) => {
    const { method, signal } = request;
    const outgoing = send({ hostname, port, method, path: pathname + search, headers, signal, agent: false }, (incoming) => {
      const { statusCode: status = 0, statusMessage: statusText = '', rawHeaders: lines } = incoming;
      const received = new Headers();
      for (let i = 0; i < lines.length; i += 2) received.append(lines[i]!, lines[i + 1]!);
      if (BODILESS.includes(status) || method === 'HEAD') incoming.resume();
      const content = BODILESS.includes(status) || method === 'HEAD' ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>);
      resolve(new Response(content, { status, statusText, headers: received }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
