/**
 * For MSW: handlers that answer from a world of the mock, in Node and in a browser's service worker.
 *
 * @example
 * import { mockApi } from 'contacts-mock/msw';
 * import { setupServer } from 'msw/node';
 * const api = mockApi('https://api.example.com', { apis: ['logisense'] });
 * const server = setupServer(...api.handlers);
 * beforeAll(() => server.listen());
 * beforeEach(() => api.freshWorld());
 * afterAll(() => server.close());
 */
import { type HttpHandler, http } from 'msw';
import { createMock, type Mock, type MockWorld } from '../index.ts';
import type { MockOptions } from '../index.ts';

export interface MockApi {
  readonly mock: Mock;
  readonly handlers: HttpHandler[];
  /** The world that answers now. */
  readonly world: MockWorld;
  /** Lets an untouched world answer from now on, and forgets the one before. */
  freshWorld(): MockWorld;
}

/** Everything below an address is answered by the mock; each test may have a world of its own. */
export function mockApi(address: string, options: MockOptions = {}): MockApi {
  const mock = createMock(options);
  let count = 0;
  let world: MockWorld = mock.world('msw-0');
  return {
    mock,
    handlers: mockHandlers(address, { fetch: (input, init) => world.fetch(input, init) }),
    get world() {
      return world;
    },
    freshWorld() {
      world.drop();
      count++;
      world = mock.world(`msw-${count}`);
      return world;
    },
  };
}

/**
 * Handlers for one world, for tests that run beside each other: `server.use(...mockHandlers(address, mock.world(name)))`
 * within `server.boundary()`.
 */
export function mockHandlers(address: string, world: Pick<MockWorld, 'fetch'>): HttpHandler[] {
  const base = address.replace(/\/+$/, '');
  const prefix = new URL(base).pathname.replace(/\/$/, '');
  const answer = async ({ request }: { readonly request: Request }): Promise<Response> => {
    try {
      return await world.fetch(prefix === '' ? request : below(request, prefix));
    } catch {
      // A connection that was broken on purpose: what the client's own `fetch` makes of it is a network error.
      return Response.error();
    }
  };
  return [http.all(`${base}/*`, answer), http.all(base, answer)];
}

function below(request: Request, prefix: string): Request {
  const url = new URL(request.url);
  url.pathname = url.pathname.slice(prefix.length) || '/';
  return new Request(url, request);
}
