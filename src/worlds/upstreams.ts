/** The real services behind a mock, by API, and which of them a path belongs to. */
import type { Upstream } from '../http/upstream.ts';
import { MockError, suggest } from '../mock-error.ts';
import type { Api, Route } from '../protocols/protocol.ts';

export class Upstreams {
  readonly #byApi: ReadonlyMap<string, Upstream>;
  /** Beginnings of paths in lower case, longest first. */
  readonly #prefixes: readonly (readonly [prefix: string, api: string])[];

  constructor(byApi: ReadonlyMap<string, Upstream>, apis: readonly Api[], routes: readonly Route[]) {
    this.#byApi = byApi;
    const prefixes = apis.flatMap((api) => {
      const own = routes.filter(({ operation }) => operation.startsWith(`${api.name}.`)).map(({ path }) => firstSegment(path));
      return [...new Set([...own, ...(api.basePaths ?? [])])].map((prefix) => [prefix.toLowerCase(), api.name] as const);
    });
    this.#prefixes = prefixes.sort(([left], [right]) => right.length - left.length);
  }
  /** The service that a call goes to: its operation's, or the one whose routes begin as the path does; with one service everything. */
  for(operation: string | undefined, path: string): Upstream | undefined {
    if (operation !== undefined) return this.#byApi.get(operation.slice(0, operation.indexOf('.')));
    if (this.#byApi.size === 1) return this.#byApi.values().next().value;
    const lower = path.toLowerCase();
    const [, api] = this.#prefixes.find(([prefix]) => lower === prefix || lower.startsWith(`${prefix}/`)) ?? [];
    return api === undefined ? undefined : this.#byApi.get(api);
  }
}

const firstSegment = (path: string): string => `/${path.split('/')[1] ?? ''}`;

/** Reads `{ logisense: 'https://…' }`, or an address alone where one API is served. */
export function readUpstreams(
  upstream: string | Readonly<Record<string, string>> | undefined,
  timeout: number,
  apis: readonly Api[],
): ReadonlyMap<string, Upstream> | undefined {
  if (upstream === undefined) return undefined;
  const names = apis.map(({ name }) => name);
  if (typeof upstream === 'string') {
    if (names.length !== 1)
      throw new MockError(
        'bad-upstream',
        `${upstream} does not say whose upstream it is.`,
        `Write API=URL, API being one of ${names.join(', ')}.`,
      );
    return new Map([[names[0] as string, { url: urlOf(upstream), timeout }]]);
  }
  return new Map(
    Object.entries(upstream).map(([name, address]) => {
      if (!names.includes(name))
        throw new MockError(
          'bad-upstream',
          `There is no API "${name}" here to have an upstream.`,
          suggest(name, names, `Choose from ${names.join(', ')}.`),
        );
      return [name, { url: urlOf(address), timeout }];
    }),
  );
}

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new MockError('bad-upstream', `"${text}" is not a valid address of an upstream.`, 'Write it whole, as in https://api.example.com.');
}
