/** A world on a server that runs somewhere else, with the functions that a world in process has, each a promise. */
import type { MockWorld } from '../index.ts';

/** The same members, their functions answering later. */
type Later<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? T[K]
    : T[K] extends (...given: infer A) => infer R
      ? ((...given: A) => Promise<Awaited<R>>) & Later<Pick<T[K], keyof T[K]>>
      : Later<T[K]>;
};
type Promised = Later<Omit<MockWorld, 'requests' | typeof Symbol.dispose>>;
type Requests = MockWorld['requests'];

export interface RemoteWorld extends Promised, AsyncDisposable {
  /** Base URL under which everything is this world's: `http://127.0.0.1:4010/__worlds/NAME`. */
  readonly url: string;
  readonly requests: ((...given: Parameters<Requests>) => Promise<ReturnType<Requests>>) & Later<Omit<Requests, 'listen'>>;
}

/**
 * @example
 * const world = remoteWorld('http://127.0.0.1:4010', 'checkout');
 * await world.faults.set([{ operation: 'logisense.Contact.get', outcomes: [{ code: 503 }] }]);
 */
export function remoteWorld(server: string, name: string, adminToken?: string): RemoteWorld {
  const url = `${server.replace(/\/+$/, '')}/__worlds/${name}`;
  const admin = async (method: string, path: string, body?: unknown): Promise<never> => {
    const headers = { 'Content-Type': 'application/json', ...(adminToken !== undefined && { 'X-Mock-Admin-Token': adminToken }) };
    const answer = await fetch(`${url}/__admin/${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    const value = (await answer.json()) as { message?: string };
    if (!answer.ok) throw new Error(value.message ?? `${method} /__admin/${path} answered ${answer.status}`);
    return value as never;
  };
  const member = async (name: string, asked: Promise<never>): Promise<never> => (await asked)[name] as never;
  const nothing = async (asked: Promise<never>): Promise<void> => void (await asked);
  const names = async (): Promise<string[]> =>
    ((await member('snapshots', admin('GET', 'snapshots'))) as { name: string }[]).map((snapshot) => snapshot.name);
  const drop = (): Promise<void> => nothing(admin('DELETE', `worlds/${name}`));
  const find = (pattern: object = {}): Promise<never> => member('requests', admin('POST', 'requests/find', pattern));
  return {
    name,
    url,
    fetch: (input, init) => {
      if (typeof input === 'string' && input.startsWith('/')) return fetch(url + input, init);
      const request = new Request(input, init);
      const { pathname, search } = new URL(request.url);
      return fetch(new Request(url + pathname + search, request));
    },
    reset: () => nothing(admin('POST', 'reset')),
    async snapshot(given) {
      const known = given === undefined ? await names() : [];
      let free = known.length + 1;
      while (known.includes(`snapshot-${free}`)) free++;
      return member('name', admin('PUT', `snapshots/${given ?? `snapshot-${free}`}`));
    },
    restore: async (given) => nothing(admin('POST', `snapshots/${given ?? (await names()).at(-1) ?? 'none'}/restore`)),
    snapshots: {
      names,
      delete: (given) =>
        admin('DELETE', `snapshots/${given}`).then(
          () => true,
          () => false,
        ),
    },
    requests: Object.assign(find, {
      count: (pattern: object = {}) => member('count', admin('POST', 'requests/count', pattern)),
      get: (id: string) => admin('GET', `requests/${id}`).catch(() => undefined) as Promise<never>,
      unmatched: () => member('requests', admin('GET', 'requests/unmatched')),
      clear: () => nothing(admin('DELETE', 'requests')),
    }),
    clock: {
      get: () => admin('GET', 'clock'),
      set: (to) => admin('PUT', 'clock', to instanceof Date ? { now: to.toISOString() } : typeof to === 'string' ? { now: to } : to),
      advance: (seconds) => admin('PUT', 'clock', { advance: seconds }),
      freeze: () => admin('PUT', 'clock', { mode: 'frozen' }),
      real: () => admin('PUT', 'clock', { mode: 'real' }),
    },
    faults: {
      get: () => member('rules', admin('GET', 'faults')),
      set: (rules) => member('rules', admin('PUT', 'faults', { rules })),
      clear: () => nothing(admin('DELETE', 'faults')),
    },
    state: {
      get: () => admin('GET', 'state'),
      set: (state) => nothing(admin('PUT', 'state', state)),
      hash: () => member('hash', admin('GET', 'state/hash')),
    },
    settings: { get: () => admin('GET', 'settings'), set: (settings) => admin('PUT', 'settings', settings) },
    integrity: () => admin('GET', 'integrity'),
    drop,
    [Symbol.asyncDispose]: drop,
  };
}
