/** The mock on a port: binds, and closes without cutting off what is under way. */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Dispatch } from './exchange/dispatch.ts';
import { NodeInbound } from './http/inbound.ts';
import type { Server } from './mock.ts';

export function listen(app: Hono, handlerOf: Dispatch, port: number, host: string): Promise<Pick<Server, 'url' | 'close'>> {
  const throughHono = getRequestListener(app.fetch, { hostname: host });
  // The APIs read from the socket and write to it themselves: a `Request` and a `Response` between would cost a fifth of a call.
  const server = createServer((incoming, outgoing) => {
    const inbound = new NodeInbound(incoming);
    const handler = handlerOf(inbound);
    if (handler === undefined) return void throughHono(incoming, outgoing);
    // Everything that can go wrong has an answer of its own; what is left breaks this connection and nothing else.
    void Promise.resolve(handler({ env: { incoming, outgoing }, inbound })).catch(() => outgoing.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      const name = host.includes(':') ? `[${host}]` : host;
      resolve({
        url: `http://${name}:${bound}`,
        close: () =>
          new Promise((done) => {
            // A connection whose last answer is still on its way becomes idle later.
            const idle = setInterval(() => server.closeIdleConnections(), 20);
            server.close(() => {
              clearInterval(idle);
              done();
            });
            server.closeIdleConnections();
          }),
      });
    });
  });
}
