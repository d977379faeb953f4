/** The documented APIs, their worlds and `/__admin`, in process or on a port. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Hono } from 'hono';
import { isLoopback } from './admin/guard.ts';
import { chosen } from './apis/chosen.ts';
import { HOST_ROUTES, hostApp } from './exchange/app.ts';
import { RouteTable } from './exchange/route-table.ts';
import { unmatched } from './exchange/unmatched.ts';
import { recordUnreadable } from './exchange/unreadable.ts';
import { type Env, InProcess } from './http/connection.ts';
import type { Bound, Direct } from './listen.ts';
import { checkOptions } from './option-table.ts';
import type { MockOptions } from './options.ts';
import type { Api, Route } from './protocols/protocol.ts';
import { secret } from './store/random.ts';
import { applyBaseline, watchBaseline } from './worlds/baseline.ts';
import { type FetchInit, type MockWorld, mockWorld } from './worlds/mock-world.ts';
import { worldManager } from './worlds/from-options.ts';
import { loadScenarios, watchScenarios } from './worlds/scenarios/scenario-files.ts';
import { WorldSessions } from './worlds/sessions.ts';
import { keepState } from './worlds/state-file.ts';

/**
 * A mock that listens. One mock may listen at several addresses, which share its worlds.
 *
 * @example
 * const server = await createMock().listen();
 * const { status } = await fetch(`${server.url}/Contact/1`); // 200
 * await server.close();
 */
export interface Server {
  /** Without a slash at its end: `http://127.0.0.1:4010`. */
  readonly url: string;
  /** What `/__admin` asks for; undefined on loopback. */
  readonly adminToken: string | undefined;
  /** Stops listening here: calls under way are answered, for at most ten seconds. The mock lives on. */
  close(): Promise<void>;
}

/** Where `listen` listens; it rejects with a MockError (`code`: `listen`) where it cannot: port taken, not allowed, no such address. */
export interface ListenOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** A name or an address of this machine; default 127.0.0.1. Off loopback `/__admin` asks for a token. */
  readonly host?: string;
  /** A certificate and its key, as PEM text: the server speaks HTTPS. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** The mock, and its unnamed world: what needs no isolation uses it directly. */
export interface Mock extends Omit<MockWorld, 'drop' | typeof Symbol.dispose>, AsyncDisposable {
  /** The Hono app; to put it into another one: `other.mount('/mock', mock.app.fetch)`. */
  readonly app: Hono<Env>;
  /** For servers of Node's kind and connect's: with `next`, a path that nobody serves goes there. */
  readonly handler: (request: IncomingMessage, response: ServerResponse, next?: () => void) => void;
  /** An isolated state of its own, made when it is first used. Names: 1 to 64 of `A-Z a-z 0-9 . _ -`. */
  world(name: string): MockWorld;
  /** Every operation and verb, with a call that works in an untouched world. */
  routes(): readonly Route[];
  /** Listens at one address more. */
  listen(options?: ListenOptions): Promise<Server>;
  /** Resolves when somebody asked the mock to stop (`POST /__admin/shutdown`). */
  readonly stopped: Promise<void>;
  /** Stops listening once what is under way is done. */
  close(): Promise<void>;
}

/**
 * Makes a mock of the documented APIs.
 *
 * @example
 * const mock = createMock({ seed: 7, apis: ['logisense'] });
 * const answer = await mock.fetch('/Contact/1');
 */
export function createMock(options: MockOptions = {}): Mock {
  checkOptions(options);
  return mockOf(chosen(options.apis), options);
}

/** The same with APIs that need not be in the catalogue. */
export function mockOf(apis: readonly Api[], options: MockOptions = {}): Mock {
  const { data = [], scenarios = [], watch = false, state } = options;
  const manager = worldManager(apis, options);
  if (data.length > 0) applyBaseline(manager, data);
  if (scenarios.length > 0) loadScenarios(manager, scenarios);
  if (options.scenario !== undefined) manager.startFrom(options.scenario);
  const letGo = state === undefined ? undefined : keepState(manager, state);
  if (watch) {
    watchBaseline(manager, data);
    watchScenarios(manager, scenarios);
  }

  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const world = (name: string): MockWorld => mockWorld(manager, name, (input, init) => fetchFrom(app, name, input, init));
  const table = new RouteTable(manager, HOST_ROUTES, unmatched(manager));
  const app = hostApp({
    manager,
    table,
    middleware: options.middleware ?? [],
    admin: once(async () =>
      (await import('./admin/app.ts')).adminApp({
        manager,
        adminToken: options.adminToken,
        adminHosts: options.adminHosts ?? [],
        world,
        shutdown() {
          stop();
          void close();
        },
      }),
    ),
  });

  const ownRoutes = app.routes.length;
  const servers = new Set<Bound>();
  const close = once(async () => {
    manager.close();
    await Promise.all([...servers].map((server) => server.close()));
    letGo?.();
  });
  const { drop: _, [Symbol.dispose]: __, ...unnamed } = world('');
  return {
    ...unnamed,
    app,
    handler: (request, response, next) => void import('./listen.ts').then(({ handler }) => handler(app, request, response, next)),
    world(name) {
      WorldSessions.check(name);
      return world(name);
    },
    routes: () => manager.routes(),
    async listen({ port = 0, host = '127.0.0.1', tls } = {}) {
      const [{ listen }, { serveDirectly }] = await Promise.all([import('./listen.ts'), import('./exchange/node-transport.ts')]);
      const direct: Direct = (incoming, outgoing) => {
        // What somebody has put before the routes is to see every call.
        if (app.routes.length !== ownRoutes || (options.middleware ?? []).length > 0) return false;
        const planner = table.find(incoming.url!);
        if (planner !== undefined) serveDirectly(manager, planner, incoming, outgoing);
        return planner !== undefined;
      };
      const adminToken = isLoopback(host) ? undefined : (options.adminToken ?? secret());
      const server = await listen(
        app,
        { port, host, adminToken, tls },
        {
          unreadable: (request) => recordUnreadable(manager, request),
          note: (message) => manager.log?.({ event: 'note', message }),
        },
        direct,
      );
      servers.add(server);
      return {
        url: server.url,
        adminToken,
        async close() {
          servers.delete(server);
          await server.close();
        },
      };
    },
    stopped,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => (done ??= work());
}

/** In process: the world travels beside the request, which is its caller's. */
async function fetchFrom(app: Hono<Env>, world: string, input: Request | string | URL, init: FetchInit = {}): Promise<Response> {
  const { mount, cookie, ...standard } = init;
  const address = typeof input === 'string' && input.startsWith('/') ? `http://mock${input}` : input;
  const request = address instanceof Request && Object.keys(standard).length === 0 ? address : new Request(address, standard);
  return app.fetch(request, { inProcess: new InProcess(world, { mount, cookie }) });
}
