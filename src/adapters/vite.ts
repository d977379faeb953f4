/**
 * For Vite's dev server: the mock below the page's own origin, where cookies and CORS need nothing. A production build has
 * nothing of it.
 *
 * @example
 * // vite.config.ts
 * import { contactsMock } from 'contacts-mock/vite';
 * export default { plugins: [contactsMock({ base: '/mock', seed: 7 })] };
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createMock, type MockOptions } from '../index.ts';

export interface ContactsMockOptions extends MockOptions {
  /** The path below which the mock answers. Default `/mock`. */
  readonly base?: string;
}

/** The parts of Vite's dev server that are used, the same in Vite 6 and later. */
interface DevServer {
  readonly middlewares: { use(path: string, handler: (request: IncomingMessage, response: ServerResponse) => void): unknown };
  readonly config: { readonly logger: { info(message: string): void; error(message: string): void } };
  readonly httpServer: { once(event: 'close', listener: () => void): unknown } | null;
  readonly resolvedUrls: { readonly local: readonly string[] } | null;
  readonly ws: { send(payload: { readonly type: 'full-reload' }): void };
  printUrls(): void;
}

export interface ContactsMockPlugin {
  readonly name: string;
  readonly apply: 'serve';
  configureServer(server: DevServer): void;
}

export function contactsMock({ base = '/mock', ...options }: ContactsMockOptions = {}): ContactsMockPlugin {
  const path = `/${base.replaceAll(/^\/+|\/+$/g, '')}`;
  return {
    name: 'contacts-mock',
    apply: 'serve',
    configureServer(server) {
      const { logger } = server.config;
      const mock = createMock({
        watch: (options.data ?? []).length > 0,
        ...options,
        log(event) {
          options.log?.(event);
          if (event.event === 'note') server.ws.send({ type: 'full-reload' });
          if (event.event === 'note') logger.info(`contacts-mock: ${event.message}`);
          if (event.event === 'mistake') logger.error(`contacts-mock: ${event.message}`);
        },
      });
      // Everything below the base is the mock's: what it does not serve is its 404, and not the app's page.
      server.middlewares.use(path, (request, response) => mock.handler(request, response));
      server.httpServer?.once('close', () => void mock.close());
      const print = server.printUrls.bind(server);
      server.printUrls = () => {
        print();
        const [url = 'http://localhost:5173/'] = server.resolvedUrls?.local ?? [];
        const address = `${new URL(url).origin}${path}`;
        logger.info(`  ➜  Mock:    ${address}/ (console: ${address}/__admin)`);
      };
    },
  };
}
