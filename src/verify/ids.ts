/**
 * Where a call's values come from: what the user gives (`--id api.Member=value`), else the examples that a mock lists at
 * `/__admin/routes`. A real service has no such list; then operations without an id are not asked.
 */
import type { Route } from '../protocols/protocol.ts';
import type { Client } from './client.ts';

const HTTP_OK = 200;

export class Ids {
  readonly #given: ReadonlyMap<string, string>;
  readonly #routes: readonly Route[];

  /** `given`: `canvara.ContactId` → value. */
  constructor(given: ReadonlyMap<string, string>, routes: readonly Route[] = []) {
    this.#given = given;
    this.#routes = routes;
  }

  /** The target is a mock: it can be asked for more than its API. */
  get isMock(): boolean {
    return this.#routes.length > 0;
  }

  serves(api: string): boolean {
    return this.#routes.some(({ operation }) => operation.startsWith(`${api}.`));
  }

  /** The credentials of the mock's own example; a `--bearer` overrules them. */
  credentials(operation: string): Record<string, string> {
    const headers = this.#routes.find((route) => route.operation === operation)?.example.headers ?? {};
    const found = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization');
    return found === undefined ? {} : { authorization: found[1] };
  }

  /** Values for an operation's path and query, by member. */
  values(operation: string, method: string, names: Iterable<string>): ReadonlyMap<string, string> {
    const api = operation.slice(0, operation.indexOf('.'));
    const route = this.#routes.find((candidate) => candidate.operation === operation && candidate.method === method);
    const examples = route === undefined ? new Map<string, string>() : valuesOf(route);
    const values = new Map<string, string>();
    for (const name of names) {
      const value = this.#given.get(`${operation}.${name}`) ?? this.#given.get(`${api}.${name}`) ?? examples.get(name.toLowerCase());
      if (value !== undefined) values.set(name, value);
    }
    return values;
  }
}

/** The values in an example's path and query, by lower-case name. */
function valuesOf({ path, example }: Route): Map<string, string> {
  const [where = '', query = ''] = example.path.split('?');
  const values = new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]));
  const template = path.split('/').filter(Boolean);
  const segments = where.split('/').filter(Boolean);
  template.forEach((part, i) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    const segment = segments[i - template.length + segments.length];
    if (name !== undefined && segment !== undefined) values.set(name.toLowerCase(), decoded(segment));
  });
  return values;
}

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** A mock's control plane, and what it lists; nothing where the target is none, or does not say. */
export async function mockBehind(client: Client): Promise<{ readonly admin: string; readonly routes: readonly Route[] } | undefined> {
  for (const admin of client.adminBases) {
    const { status, text } = await client.ask({ method: 'GET', path: `${admin}/routes` });
    const routes = status === HTTP_OK ? routesIn(text ?? '') : [];
    if (routes.length > 0) return { admin, routes };
  }
  return undefined;
}

function routesIn(text: string): readonly Route[] {
  try {
    const { routes } = JSON.parse(text) as { routes?: unknown };
    return Array.isArray(routes) ? routes.filter(isRoute) : [];
  } catch {
    return [];
  }
}

const isRoute = (route: unknown): route is Route => {
  const { operation, method, path, example } = (route ?? {}) as Partial<Record<keyof Route, unknown>>;
  const isText = [operation, method, path].every((text) => typeof text === 'string');
  return isText && typeof (example as { path?: unknown } | undefined)?.path === 'string';
};
