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
import { createMock, type Mock, type MockOptions, type MockWorld } from '../index.ts';

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
  const mount = new URL(base).pathname.replace(/\/$/, '');
  const cookies = new CookieJar();
  const answer = async ({ request }: { readonly request: Request }): Promise<Response> => {
    try {
      const response = await world.fetch(request, { mount, ...cookies.sentWith(request) });
      cookies.keep(response);
      return response;
    } catch {
      // A connection that was broken on purpose: what the client's own `fetch` makes of it is a network error.
      return Response.error();
    }
  };
  return [http.all(`${base}/*`, answer), http.all(base, answer)];
}

/**
 * Cookies between the mock and a page: a browser keeps none of an answer that a service worker gives, so that a session
 * would be lost with the answer that begins it. In Node the client keeps its own, or none, as it would with the real service.
 */
class CookieJar {
  readonly #isNeeded = 'document' in globalThis;
  readonly #cookies = new Map<string, string>();

  sentWith({ credentials }: Request): { readonly cookie?: string } {
    if (!this.#isNeeded || credentials === 'omit' || this.#cookies.size === 0) return {};
    return { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }
  keep({ headers }: Response): void {
    if (!this.#isNeeded) return;
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const mark = pair.indexOf('=');
      const isGone = attributes.some((attribute) => /^\s*(max-age=0|expires=thu, 01[- ]jan[- ]1970)/i.test(attribute));
      if (isGone || mark === pair.length - 1) this.#cookies.delete(pair.slice(0, mark).trim());
      else this.#cookies.set(pair.slice(0, mark).trim(), pair.slice(mark + 1));
    }
  }
}
