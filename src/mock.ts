/** The documented APIs, their worlds and the control plane as one Hono app. */
import { type Context, Hono, type Handler as HonoHandler } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';
import { chosen } from './apis/chosen.ts';
import type { AdminContext } from './admin/app.ts';
import { WorldManager } from './worlds/manager.ts';
import { isLoopback, type Listener } from './admin/guard.ts';
import { applyBaseline, watchBaseline } from './worlds/baseline.ts';
import { type MockWorld, mockWorld } from './worlds/mock-world.ts';
import { keepState } from './worlds/state-file.ts';
import { WorldSessions } from './worlds/sessions.ts';
import { answerDirectly, dispatch } from './exchange/dispatch.ts';
import { type Env, serveWith, unmatched } from './exchange/served-call.ts';
import { inboundOf, routingPath } from './http/inbound.ts';
import { MockError, suggest } from './mock-error.ts';
import { DEFAULTS, MAX_RECORDS, type MockOptions, settingsOf } from './options.ts';
import type { Api, Mount, Route } from './protocols/protocol.ts';
import { Base } from './store/base.ts';
import { frozenAt, parseTime, REAL } from './store/clock.ts';
import { secret } from './store/random.ts';

const ADMIN = '/__admin';

export interface Server {
  /** `http://127.0.0.1:4010` */
  readonly url: string;
  /** What `/__admin` asks for; undefined on loopback. */
  readonly adminToken: string | undefined;
  close(): Promise<void>;
}

export interface ListenOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
}

/** The mock, and its unnamed world: what needs no isolation uses it directly. */
export interface Mock extends Omit<MockWorld, 'drop' | typeof Symbol.dispose>, AsyncDisposable {
  readonly app: Hono;
  /** An isolated state of its own, made when it is first used. Names: 1 to 64 of `A-Z a-z 0-9 . _ -`. */
  world(name: string): MockWorld;
  /** Every operation and verb, with a call that works in an untouched world. */
  routes(): readonly Route[];
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
export const createMock = (options: MockOptions = {}): Mock => mockOf(chosen(options.apis), options);

/** The same with APIs that need not be in the catalogue. */
export function mockOf(apis: readonly Api[], options: MockOptions = {}): Mock {
  const settings = settingsOf(options);
  const entities = Object.fromEntries(apis.map((api) => [api.name, api.entities]));
  const manager = new WorldManager({
    base: new Base(String(options.seed ?? DEFAULTS.seed), entities, checkedScale(options.scale ?? DEFAULTS.scale, apis)),
    apis,
    settings,
    clock: clockOf(options.clock ?? DEFAULTS.clock),
    worlds: {
      isStrict: (options.worlds ?? DEFAULTS.worlds) === 'strict',
      most: options.maxWorlds ?? DEFAULTS.maxWorlds,
      idle: options.worldIdle ?? DEFAULTS.worldIdle,
    },
    log: options.log,
  });
  const { data = [], watch = false, state } = options;
  if (data.length > 0) applyBaseline(manager, data);
  const letGo = state === undefined ? undefined : keepState(manager, state);
  if (watch) watchBaseline(manager, data);
  // Hono's default router compiles all routes into one expression at the first request: 30 ms for ours, against 4 ms.
  const app = new Hono({
    router: new TrieRouter(),
    getPath: (request, env) => routingPath(inboundOf(request, (env?.env ?? {}) as Env).path),
  });
  const mount: Mount = {
    route(methods, pattern, planner) {
      const handler = serveWith(manager, planner) as unknown as HonoHandler;
      if (methods === 'all') app.all(pattern, handler);
      else app.on([...methods], pattern, handler);
    },
  };

  const listeners = new Map<number, Listener>();
  const servers = new Set<Server>();
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      manager.close();
      await Promise.all([...servers].map((server) => server.close()));
      letGo?.();
    })();
    return closing;
  };
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const world = (name: string): MockWorld => mockWorld(manager, name, (request, init) => fetchFrom(app, name, request, init));
  const adminContext: AdminContext = {
    manager,
    world,
    listenerOf: (env) => listeners.get((env.incoming as { socket?: { localPort?: number } } | undefined)?.socket?.localPort ?? -1),
    shutdown() {
      stop();
      void close();
    },
  };
  const admin = async (context: Context): Promise<Response> => (await import('./admin/app.ts')).answerAdmin(adminContext, context);
  app.all(ADMIN, admin);
  app.all(`${ADMIN}/*`, admin);
  for (const api of apis) api.mount(mount, settings, apis);
  const otherwise = serveWith(manager, unmatched);
  app.notFound(otherwise as never);
  // A connection that is to break has to look broken in process as well: `mock.fetch` rejects.
  app.onError((error) => {
    throw error;
  });
  const handlerOf = dispatch(app, ADMIN, otherwise);
  answerDirectly(app, handlerOf);

  const { drop: _, [Symbol.dispose]: __, ...unnamed } = world('');
  return {
    ...unnamed,
    app,
    world(name) {
      WorldSessions.check(name);
      return world(name);
    },
    routes: () => manager.routes(),
    async listen({ port = 0, host = '127.0.0.1' } = {}) {
      const { listen } = await import('./listen.ts');
      const adminToken = isLoopback(host) ? undefined : (options.adminToken ?? secret());
      const bound = await listen(app, handlerOf, port, host);
      const at = Number(new URL(bound.url).port || 80);
      listeners.set(at, { host, port: at, adminToken });
      const server: Server = {
        url: bound.url,
        adminToken,
        async close() {
          servers.delete(server);
          listeners.delete(at);
          await bound.close();
        },
      };
      servers.add(server);
      return server;
    },
    stopped,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** In process: the world travels beside the request, which is its caller's. */
async function fetchFrom(app: Hono, world: string, input: Request | string | URL, init?: RequestInit): Promise<Response> {
  const address = typeof input === 'string' && input.startsWith('/') ? `http://mock${input}` : input;
  const request = address instanceof Request && init === undefined ? address : new Request(address, init);
  return app.fetch(request, world === '' ? {} : ({ world } satisfies Env));
}

/** Refuses a size for what does not exist or does not scale, and sizes out of range. */
function checkedScale(scale: NonNullable<MockOptions['scale']>, apis: readonly Api[]): NonNullable<MockOptions['scale']> {
  const names = apis.flatMap(({ name, entities }) =>
    Object.values(entities).flatMap((entity) => (typeof entity.size === 'object' ? [`${name}.${entity.name}`] : [])),
  );
  for (const [name, size] of Object.entries(scale)) {
    if (!names.includes(name)) {
      const fix = suggest(name, names, `Choose from ${names.join(', ')}.`);
      throw new MockError('unknown-scale', `There is no size "${name}" to set.`, fix);
    }
    if (!Number.isInteger(size) || size < 1 || size > MAX_RECORDS) {
      throw new MockError('bad-scale', `${name} cannot have ${size} records.`, 'Take a whole number from 1 to 10,000,000.');
    }
  }
  return scale;
}

function clockOf(text: string): typeof REAL {
  if (text === 'real') return REAL;
  const time = parseTime(text);
  if (time === undefined)
    throw new MockError('bad-clock', `"${text}" is no time.`, 'Write ISO 8601, as in 2026-01-01T00:00:00Z, or "real".');
  return frozenAt(time);
}
