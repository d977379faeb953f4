/** The mock on a port: binds, and closes without cutting off what is under way. */
import type { Server as HttpServer } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Server } from './mock.ts';

export function listen(app: Hono, port: number, host: string): Promise<Pick<Server, 'url' | 'close'>> {
  const server = createAdaptorServer({ fetch: app.fetch, hostname: host }) as HttpServer;
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
