/** The three APIs, their worlds and the control plane as one Hono app. */
import { Hono } from 'hono';
import { catalogue } from './apis/catalogue.ts';
import { Control } from './control/control.ts';
import { serveWith, unmatched } from './exchange/exchange.ts';
import { routingPath, WORLD_PREFIX } from './exchange/inbound.ts';
import { MockError, nearest } from './mock-error.ts';
import { DEFAULTS, type MockOptions, settingsOf } from './options.ts';
import type { Api, Mount } from './protocols/protocol.ts';
import { Base } from './store/base.ts';
import { frozenAt, parseTime, REAL } from './store/clock.ts';

export interface Server {
  /** `http://127.0.0.1:4010` */
  readonly url: string;
  close(): Promise<void>;
}

export interface Mock extends AsyncDisposable {
  readonly app: Hono;
  /** Answers a request without a port, with the same bytes as the server. */
  fetch(request: Request | string | URL, init?: RequestInit): Promise<Response>;
  listen(options?: { port?: number; host?: string }): Promise<Server>;
  close(): Promise<void>;
}

/**
 * Makes a mock of the documented APIs.
 *
 * @example
 * const mock = createMock({ seed: 7, apis: ['logisense'] });
 * const answer = await mock.fetch('http://mock/Contact/1');
 */
export function createMock(options: MockOptions = {}): Mock {
  const settings = settingsOf(options);
  const apis = chosen(options.apis);
  const entities = Object.fromEntries(apis.map((api) => [api.name, api.entities]));
  const base = new Base(String(options.seed ?? DEFAULTS.seed), entities, options.scale ?? DEFAULTS.scale);
  const control = new Control(base, settings, clockOf(options.clock ?? DEFAULTS.clock));
  const app = new Hono({ getPath: (request, env) => pathOf(request, env?.env as { incoming?: { url?: string } } | undefined) });
  const mount: Mount = {
    route(methods, pattern, planner) {
      const handler = serveWith(control, planner);
      if (methods === 'all') app.all(pattern, handler);
      else app.on([...methods], pattern, handler);
    },
  };
  for (const api of apis) api.mount(mount, settings, apis);
  app.all('*', serveWith(control, unmatched));

  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  };
  return {
    app,
    fetch: async (request, init) => app.fetch(new Request(request, init)),
    async listen({ port = 0, host = '127.0.0.1' } = {}) {
      const { listen } = await import('./serve.ts');
      const server = await listen(app, port, host);
      servers.push(server);
      return server;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function chosen(names: readonly string[] | undefined): readonly Api[] {
  if (names === undefined) return catalogue;
  return names.map((name) => {
    const api = catalogue.find((candidate) => candidate.name === name);
    if (api !== undefined) return api;
    const known = catalogue.map((candidate) => candidate.name);
    const near = nearest(name, known);
    throw new MockError('unknown-api', `There is no API "${name}".`, near === undefined ? `Choose from ${known.join(', ')}.` : `Did you mean "${near}"?`);
  });
}

function clockOf(text: string): typeof REAL {
  if (text === 'real') return REAL;
  const time = parseTime(text);
  if (time === undefined) throw new MockError('bad-clock', `"${text}" is no time.`, 'Write ISO 8601, as in 2026-01-01T00:00:00Z, or "real".');
  return frozenAt(time);
}

function pathOf(request: Request, env: { incoming?: { url?: string } } | undefined): string {
  let target = env?.incoming?.url ?? request.url;
  if (!target.startsWith('/')) target = target.slice(target.indexOf('/', target.indexOf('://') + 3));
  if (target.startsWith(WORLD_PREFIX)) {
    const end = target.indexOf('/', WORLD_PREFIX.length);
    target = end < 0 ? '/' : target.slice(end);
  }
  const mark = target.search(/[?#]/);
  return routingPath(mark < 0 ? target : target.slice(0, mark));
}
