/** A world on a server that runs somewhere else, with the functions that a world in process has, each a promise. */
import type { JournalEntry, UnmatchedEntry } from './journal/entry.ts';
import type { RequestPattern } from './journal/request-pattern.ts';
import type { WorldSettings } from './options.ts';
import type { ClockChange, ClockView } from './worlds/clock.ts';
import type { FaultRule, FaultRuleInput } from './worlds/faults.ts';
import type { Integrity } from './worlds/integrity.ts';
import type { WorldState } from './worlds/state.ts';

/** See {@link MockWorld}: the same functions, which a server carries out. Each rejects with what the server says when it refuses. */
export interface RemoteWorld extends AsyncDisposable {
  readonly name: string;
  /** Base URL under which everything is this world's: `http://127.0.0.1:4010/__worlds/NAME`. */
  readonly url: string;
  /** Calls the server in this world; a path alone will do: `world.fetch('/Contact/1')`. */
  fetch(request: Request | string | URL, init?: RequestInit): Promise<Response>;
  reset(): Promise<void>;
  snapshot(name?: string): Promise<string>;
  restore(name?: string): Promise<void>;
  readonly snapshots: { names(): Promise<readonly string[]>; delete(name: string): Promise<boolean> };
  readonly requests: RemoteRequests;
  readonly clock: {
    get(): Promise<ClockView>;
    set(change: ClockChange | string | Date): Promise<ClockView>;
    /** Seconds. */
    advance(seconds: number): Promise<ClockView>;
    freeze(): Promise<ClockView>;
    real(): Promise<ClockView>;
  };
  readonly faults: {
    get(): Promise<readonly FaultRule[]>;
    set(rules: readonly FaultRuleInput[]): Promise<readonly FaultRule[]>;
    clear(): Promise<void>;
  };
  readonly state: { get(): Promise<WorldState>; set(state: Partial<WorldState>): Promise<void>; hash(): Promise<string> };
  readonly settings: { get(): Promise<WorldSettings>; set(settings: Partial<WorldSettings>): Promise<WorldSettings> };
  integrity(): Promise<Integrity>;
  drop(): Promise<void>;
}

/** The journal of a world on a server; see {@link RemoteWorld}. */
export interface RemoteRequests {
  /** The journal, newest first; of the calls that a pattern means. */
  (pattern?: RequestPattern): Promise<readonly JournalEntry[]>;
  count(pattern?: RequestPattern): Promise<number>;
  /** The entry of one call, by its `X-Mock-Request-Id`. */
  get(id: string): Promise<JournalEntry | undefined>;
  unmatched(): Promise<readonly UnmatchedEntry[]>;
  clear(): Promise<void>;
}

/**
 * A world of a server by its address, for every test runner: in Jest, node:test or Cypress as in vitest.
 *
 * @param server The address that the server prints, `http://127.0.0.1:4010`.
 * @param name The world's name; an untouched world is made when it is first used.
 * @param adminToken Where the server asks for one, off loopback.
 * @example
 * const world = remoteWorld('http://127.0.0.1:4010', 'checkout');
 * await world.faults.set([{ operation: 'logisense.Contact.get', outcomes: [{ code: 503 }] }]);
 */
export function remoteWorld(server: string, name: string, adminToken?: string): RemoteWorld {
  const url = `${server.replace(/\/+$/, '')}/__worlds/${name}`;
  const admin = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const headers = { 'Content-Type': 'application/json', ...(adminToken !== undefined && { 'X-Mock-Admin-Token': adminToken }) };
    const call = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const answer = await fetch(`${url}/__admin/${path}`, call).catch((cause: unknown) => {
      throw new Error(`No contacts-mock answers at ${server}. Start it: npx contacts-mock serve, or correct the address.`, { cause });
    });
    const value = (await answer.json()) as T & { readonly message?: string };
    if (!answer.ok) throw new Error(value.message ?? `${method} /__admin/${path} answered ${answer.status}`);
    return value;
  };
  const snapshotNames = async (): Promise<string[]> =>
    (await admin<{ snapshots: { name: string }[] }>('GET', 'snapshots')).snapshots.map((snapshot) => snapshot.name);
  const drop = async (): Promise<void> => {
    await admin('DELETE', `worlds/${name}`);
  };
  const find = async (pattern: RequestPattern = {}): Promise<readonly JournalEntry[]> =>
    (await admin<{ requests: JournalEntry[] }>('POST', 'requests/find', pattern)).requests;
  return {
    name,
    url,
    fetch: (input, init) => {
      if (typeof input === 'string' && input.startsWith('/')) return fetch(url + input, init);
      const request = new Request(input, init);
      const { pathname, search } = new URL(request.url);
      return fetch(new Request(url + pathname + search, request));
    },
    async reset() {
      await admin('POST', 'reset');
    },
    async snapshot(wanted) {
      const known = wanted === undefined ? await snapshotNames() : [];
      let free = known.length + 1;
      while (known.includes(`snapshot-${free}`)) free++;
      return (await admin<{ name: string }>('PUT', `snapshots/${wanted ?? `snapshot-${free}`}`)).name;
    },
    async restore(wanted) {
      await admin('POST', `snapshots/${wanted ?? (await snapshotNames()).at(-1) ?? 'none'}/restore`);
    },
    snapshots: {
      names: snapshotNames,
      delete: (snapshot) =>
        admin('DELETE', `snapshots/${snapshot}`).then(
          () => true,
          () => false,
        ),
    },
    requests: Object.assign(find, {
      count: async (pattern: RequestPattern = {}) => (await admin<{ count: number }>('POST', 'requests/count', pattern)).count,
      get: (id: string) => admin<JournalEntry>('GET', `requests/${id}`).catch(() => undefined),
      unmatched: async () => (await admin<{ requests: UnmatchedEntry[] }>('GET', 'requests/unmatched')).requests,
      async clear() {
        await admin('DELETE', 'requests');
      },
    }),
    clock: {
      get: () => admin('GET', 'clock'),
      set: (to) => admin('PUT', 'clock', to instanceof Date ? { now: to.toISOString() } : typeof to === 'string' ? { now: to } : to),
      advance: (seconds) => admin('PUT', 'clock', { advance: seconds }),
      freeze: () => admin('PUT', 'clock', { mode: 'frozen' }),
      real: () => admin('PUT', 'clock', { mode: 'real' }),
    },
    faults: {
      get: async () => (await admin<{ rules: FaultRule[] }>('GET', 'faults')).rules,
      set: async (rules) => (await admin<{ rules: FaultRule[] }>('PUT', 'faults', { rules })).rules,
      async clear() {
        await admin('DELETE', 'faults');
      },
    },
    state: {
      get: () => admin('GET', 'state'),
      async set(state) {
        await admin('PUT', 'state', state);
      },
      hash: async () => (await admin<{ hash: string }>('GET', 'state/hash')).hash,
    },
    settings: { get: () => admin('GET', 'settings'), set: (settings) => admin('PUT', 'settings', settings) },
    integrity: () => admin('GET', 'integrity'),
    drop,
    [Symbol.asyncDispose]: drop,
  };
}
