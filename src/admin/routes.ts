/** What `/__admin` offers, one row a route; WireMock's names where it has them. */
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { MockError, suggest } from '../mock-error.ts';
import type { MaybePromise } from '../http/message.ts';
import { version } from '../version.ts';
import type { AdminContext } from './app.ts';
import type { WorldManager } from '../worlds/manager.ts';
import type { WorldSession } from '../worlds/session.ts';
import { isUnmatched, journalEntry, unmatchedEntry } from '../journal/entry.ts';
import type { MockWorld } from '../worlds/mock-world.ts';
import { requestTest } from '../journal/request-pattern.ts';
import { WorldSessions } from '../worlds/sessions.ts';

export interface AdminCall {
  readonly adminContext: AdminContext;
  readonly manager: WorldManager;
  readonly context: Context;
  /** What stands for the placeholders of the path. */
  readonly values: readonly string[];
  readonly query: URLSearchParams;
  /** `http://host:port` as the caller addresses the mock. */
  readonly origin: string;
  /** The world that the request names. */
  session(): WorldSession;
  world(): MockWorld;
  /** The body; a mistake where it is no JSON. */
  json(): unknown;
  readonly hasBody: boolean;
}

export interface AdminRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** After `/__admin/`. */
  readonly path: string;
  /** One line for the README. */
  readonly meaning: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly answer: (call: AdminCall) => MaybePromise<unknown>;
}

const value = (call: AdminCall): string => call.values[0] ?? '';

function listed(
  call: AdminCall,
  pattern: unknown,
  isWanted: (call: Parameters<ReturnType<typeof requestTest>>[0]) => boolean = () => true,
): object {
  const { manager, query } = call;
  const limit = Number(query.get('limit') ?? Number.POSITIVE_INFINITY);
  const since = query.get('since');
  const found = call.session().journal.entries().filter(requestTest(pattern)).filter(isWanted);
  const recent = since === null ? found : found.filter(({ at }) => at >= Date.parse(since));
  const view = isWanted === isUnmatched ? unmatchedEntry : journalEntry;
  return {
    requests: recent.slice(0, Number.isNaN(limit) ? recent.length : limit).map((call) => view(manager, call)),
    total: recent.length,
  };
}

/** Filters that can be written into the query. */
function queryPattern(query: URLSearchParams): object {
  const pattern: Record<string, unknown> = {};
  for (const name of ['method', 'operation', 'caller', 'url', 'urlPath', 'urlPattern', 'urlPathPattern']) {
    if (query.has(name)) pattern[name] = query.get(name);
  }
  if (query.has('status')) pattern['status'] = Number(query.get('status'));
  return pattern;
}

function apiNamed({ manager, query }: AdminCall): WorldManager['apis'][number] {
  const name = query.get('api');
  const names = manager.apis.map((api) => api.name);
  const found = name === null && names.length === 1 ? manager.apis[0] : manager.apis.find((api) => api.name === name);
  if (found !== undefined) return found;
  const what = name === null ? 'There are several APIs here.' : `There is no API "${name}".`;
  throw new MockError('unknown-api', what, suggest(name ?? undefined, names, `Ask for one: ?api=${names.join(' or ?api=')}.`));
}

export const routes: readonly AdminRoute[] = [
  {
    method: 'GET',
    path: '',
    meaning: 'the console',
    answer: async ({ context }) => {
      const { consolePage } = await import('./console/page.ts');
      return context.html(consolePage());
    },
  },
  { method: 'GET', path: 'health', meaning: 'answers when the mock does', answer: () => ({ status: 'ok' }) },
  {
    method: 'GET',
    path: 'version',
    meaning: 'version, seed and APIs',
    answer: ({ manager }) => ({ version, seed: manager.base.seed, apis: manager.apis.map(({ name }) => name) }),
  },
  {
    method: 'GET',
    path: 'routes',
    meaning: 'every operation and verb, with a call that works in an untouched world',
    answer: ({ manager }) => ({ routes: manager.routes() }),
  },
  { method: 'POST', path: 'reset', meaning: 'back to the untouched world; snapshots stay', answer: (call) => call.world().reset() },
  {
    method: 'POST',
    path: 'shutdown',
    meaning: 'finishes what is under way and stops',
    headers: { Connection: 'close' },
    answer({ adminContext }) {
      // After this answer has been written.
      setTimeout(adminContext.shutdown);
      return { status: 'stopping' };
    },
  },
  { method: 'GET', path: 'settings', meaning: "the world's settings", answer: (call) => call.world().settings.get() },
  {
    method: 'PUT',
    path: 'settings',
    meaning: 'changes those that are sent, until the world is reset',
    answer: (call) => call.world().settings.set(call.json() as object),
  },
  {
    method: 'GET',
    path: 'requests',
    meaning: 'the journal, newest first; ?limit= ?since= ?unmatched=true ?method= ?operation= ?caller= ?status= ?urlPath= …',
    answer: (call) => listed(call, queryPattern(call.query), call.query.get('unmatched') === 'true' ? isUnmatched : undefined),
  },
  { method: 'DELETE', path: 'requests', meaning: 'forgets the journal', answer: (call) => call.world().requests.clear() },
  {
    method: 'POST',
    path: 'requests/count',
    meaning: "how many calls WireMock's request pattern means",
    answer: (call) => ({ count: call.world().requests.count(call.json() as object) }),
  },
  {
    method: 'POST',
    path: 'requests/find',
    meaning: "the calls that WireMock's request pattern means",
    answer: (call) => listed(call, call.json()),
  },
  {
    method: 'GET',
    path: 'requests/unmatched',
    meaning: 'calls that reached no operation, the nearest ones and what differs',
    answer: (call) => listed(call, {}, isUnmatched),
  },
  { method: 'GET', path: 'requests/stream', meaning: 'calls as they are answered, as server-sent events', answer: stream },
  {
    method: 'GET',
    path: 'requests/{id}',
    meaning: 'one call, by its X-Mock-Request-Id, with the explanation of an error',
    answer(call) {
      const entry = call.world().requests.get(value(call));
      if (entry !== undefined) return entry;
      throw new MockError(
        'unknown-request',
        `This world's journal has no request ${value(call)}.`,
        'Name the world of the call, and look before it has been forgotten.',
      );
    },
  },
  {
    method: 'GET',
    path: 'state',
    meaning: 'what differs from the untouched world, as JSON to read and edit',
    answer: (call) => call.world().state.get(),
  },
  {
    method: 'PUT',
    path: 'state',
    meaning: 'makes the world what the state says; refused whole where it names what does not exist',
    answer(call) {
      const world = call.world();
      world.state.set(call.json() as object);
      return world.state.get();
    },
  },
  {
    method: 'GET',
    path: 'state/hash',
    meaning: 'equal exactly when the records are equal',
    answer: (call) => ({ hash: call.world().state.hash() }),
  },
  {
    method: 'GET',
    path: 'snapshots',
    meaning: "the world's snapshots",
    answer: (call) => ({
      snapshots: call
        .world()
        .snapshots.names()
        .map((name) => ({ name })),
    }),
  },
  {
    method: 'PUT',
    path: 'snapshots/{name}',
    meaning: 'remembers the whole world',
    answer: (call) => ({ name: call.world().snapshot(value(call)) }),
  },
  {
    method: 'POST',
    path: 'snapshots/{name}/restore',
    meaning: 'goes back to a snapshot',
    answer(call) {
      call.world().restore(value(call));
      return { name: value(call) };
    },
  },
  {
    method: 'DELETE',
    path: 'snapshots/{name}',
    meaning: 'forgets a snapshot',
    answer(call) {
      if (call.world().snapshots.delete(value(call))) return {};
      throw new MockError('unknown-snapshot', `There is no snapshot "${value(call)}".`, 'GET /__admin/snapshots lists them.');
    },
  },
  { method: 'GET', path: 'clock', meaning: "the world's time", answer: (call) => call.world().clock.get() },
  {
    method: 'PUT',
    path: 'clock',
    meaning: '{"now":"…"}, {"now":"real"}, {"advance":seconds} or {"mode":"frozen"}',
    answer: (call) => call.world().clock.set(call.json() as object),
  },
  {
    method: 'GET',
    path: 'faults',
    meaning: 'the rules of what goes wrong, with their hits',
    answer: (call) => ({ rules: call.world().faults.get() }),
  },
  {
    method: 'PUT',
    path: 'faults',
    meaning: 'sets them; an operation that does not exist is refused',
    answer: (call) => ({ rules: call.world().faults.set(call.json() as never) }),
  },
  { method: 'DELETE', path: 'faults', meaning: 'takes them away', answer: (call) => call.world().faults.clear() },
  {
    method: 'GET',
    path: 'worlds',
    meaning: 'the named worlds',
    answer: ({ manager }) => ({ worlds: manager.worlds.names().map((name) => ({ name })) }),
  },
  {
    method: 'PUT',
    path: 'worlds/{name}',
    meaning: 'makes a world; one that is there stays as it is',
    answer(call) {
      WorldSessions.check(value(call));
      const isNew = call.manager.worlds.find(value(call)) === undefined;
      const { name } = call.manager.worlds.get(value(call)).world;
      return isNew ? new Response(JSON.stringify({ name }), { status: 201, headers: { 'Content-Type': 'application/json' } }) : { name };
    },
  },
  {
    method: 'DELETE',
    path: 'worlds/{name}',
    meaning: 'drops a world and everything in it',
    answer(call) {
      WorldSessions.check(value(call));
      return { dropped: call.manager.worlds.drop(value(call)) };
    },
  },
  { method: 'GET', path: 'integrity', meaning: 'foreign keys that lead nowhere', answer: (call) => call.world().integrity() },
  {
    method: 'GET',
    path: 'evidence',
    meaning: 'what speaks for the truth of each operation',
    answer: async () => (await import('../verify/evidence.ts')).evidence(),
  },
  {
    method: 'GET',
    path: 'openapi.json',
    meaning: 'OpenAPI 3.1 of one API (?api=NAME)',
    async answer(call) {
      const { openapi } = await import('../derive/openapi.ts');
      return openapi(apiNamed(call), call.manager.settings, { server: call.origin });
    },
  },
];

function stream(call: AdminCall): Response {
  const session = call.session();
  const { manager } = call;
  return streamSSE(call.context, async (events) => {
    let done: () => void = () => undefined;
    const aborted = new Promise<void>((resolve) => {
      done = resolve;
    });
    const stop = session.journal.listen((call) => {
      const entry = journalEntry(manager, call);
      void events.writeSSE({ event: 'request', id: entry.id, data: JSON.stringify(entry) });
    });
    const forget = manager.onClose(done);
    events.onAbort(done);
    // The caller knows from it that nothing is missed from now on.
    await events.write(': listening\n\n');
    await aborted;
    stop();
    forget();
  });
}
