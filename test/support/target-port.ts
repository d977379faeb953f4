/** `TARGET=port npm test`: what a test asks of `mock.fetch` goes over a port, so that suites of the protocols hold for both ways. */
import { Agent, request } from 'node:http';
import { Readable } from 'node:stream';
import { vi } from 'vitest';
import type { Mock, MockWorld } from '../../src/index.ts';

const agent = new Agent({ keepAlive: true });

vi.mock(import('../../src/mock.ts'), async (original) => {
  const real = await original();
  return {
    ...real,
    createMock: (options) => byPort(real.createMock(options)),
    mockOf: (apis, options) => byPort(real.mockOf(apis, options)),
  };
});

function byPort(mock: Mock): Mock {
  let url: Promise<string> | undefined;
  const port = (): Promise<string> => (url ??= mock.listen().then((server) => server.url));
  const over = <W extends MockWorld | Mock>(world: W): W => ({
    ...world,
    fetch: async (input, init = {}) => {
      const { mount, cookie, ...standard } = init;
      const address = typeof input === 'string' && input.startsWith('/') ? `http://mock${input}` : input;
      const sent = new Request(address, standard);
      // The control plane asks a port for more than it asks the process; a mount is another app's.
      if (mount !== undefined || new URL(sent.url).pathname.includes('/__admin')) return world.fetch(sent, init);
      return send(await port(), sent, world.name, cookie);
    },
  });
  return { ...over(mock), world: (name) => over(mock.world(name)) };
}

async function send(url: string, sent: Request, world: string, cookie: string | undefined): Promise<Response> {
  const { host, pathname, search } = new URL(sent.url);
  const headers: Record<string, string | string[]> = { Host: host, ...Object.fromEntries(sent.headers) };
  if (world !== '') headers['X-Mock-World'] = world;
  if (cookie !== undefined) headers['Cookie'] = cookie;
  const body = Buffer.from(await sent.arrayBuffer());
  if (body.length > 0) headers['Content-Length'] = String(body.length);
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const call = request(
      { agent, hostname, port, method: sent.method, path: pathname + search, headers, signal: sent.signal },
      (answer) => {
        const received = new Headers();
        for (const [name, lines = []] of Object.entries(answer.headersDistinct)) {
          // Of the connection, not of the answer.
          if (!/^(connection|keep-alive|transfer-encoding)$/.test(name)) for (const line of lines) received.append(name, line);
        }
        const status = answer.statusCode ?? 0;
        const hasBody = ![204, 304].includes(status) && sent.method !== 'HEAD';
        if (!hasBody) answer.resume();
        const content = hasBody ? (Readable.toWeb(answer) as ReadableStream) : null;
        resolve(new Response(content, { status, statusText: answer.statusMessage ?? '', headers: received }));
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}
