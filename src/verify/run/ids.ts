/**
 * Where a call's values come from: what the user gives (`--id api.Member=value`), else the examples that a mock lists at
 * `/__admin/routes`. A real service has no such list; then ids are taken from its lists, as far as it has any.
 */
import type { Operation } from '../../contract/operation.ts';
import { MockError, suggest } from '../../mock-error.ts';
import type { Api, Route } from '../../protocols/protocol.ts';
import { decodedOrAsSent } from '../../http/percent-encoding.ts';

export class Ids {
  readonly #sent: ReadonlyMap<string, string>;
  readonly #routes: readonly Route[];

  /** `sent`: `canvara.ContactId` → value. */
  constructor(sent: ReadonlyMap<string, string>, routes: readonly Route[] = []) {
    this.#sent = sent;
    this.#routes = routes;
  }

  /** The target is a mock: it can be asked for more than its API. */
  get isMock(): boolean {
    return this.#routes.length > 0;
  }

  serves(api: string): boolean {
    return this.#routes.some(({ operation }) => operation.startsWith(`${api}.`));
  }

  /** The credentials of the mock's own example. */
  credentials(operation: string): Record<string, string> {
    const headers = this.#routes.find((route) => route.operation === operation)?.example.headers ?? {};
    const found = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization');
    return found === undefined ? {} : { authorization: found[1] };
  }

  /** What the user gave for a member of an operation, of its resource or of its API. */
  sent(operation: string, member: string): string | undefined {
    const name = scopesOf(operation)
      .map((scope) => `${scope}.${member}`)
      .find((candidate) => this.#sent.has(candidate));
    return name === undefined ? undefined : this.#sent.get(name);
  }

  /** The value in a mock's example of an operation. */
  example(operation: string, method: string, member: string): string | undefined {
    const route = this.#routes.find((candidate) => candidate.operation === operation && candidate.method === method);
    return route === undefined ? undefined : valuesOf(route).get(member.toLowerCase());
  }
}

/** `logisense.Contact.get`, `logisense.Contact`, `logisense`. */
const scopesOf = (operation: string): readonly string[] =>
  operation
    .split('.')
    .map((_, i, parts) => parts.slice(0, i + 1).join('.'))
    .reverse();

/** @throws MockError for a name that none of the APIs takes */
export function refuseUnknownIds(names: Iterable<string>, apis: readonly Api[]): void {
  const known = new Set(
    apis.flatMap((api) =>
      Object.values(api.operations).flatMap((operation) =>
        scopesOf(`${api.name}.${operation.name}`).flatMap((scope) => membersOf(operation).map((member) => `${scope}.${member}`)),
      ),
    ),
  );
  for (const name of names) {
    if (known.has(name)) continue;
    const members = new Set(apis.flatMap(({ operations }) => Object.values(operations).flatMap(pathMembers)));
    const otherwise = `Write ${[...members].join(' or ')} after the name of an API or an operation.`;
    throw new MockError(
      'unknown-id',
      `No operation of ${apis.map((api) => api.name).join(', ')} takes "${name}".`,
      suggest(name, known, otherwise),
    );
  }
}

/** What a call of an operation can be given by name: in the path, and in the query where the operation has one. */
function membersOf(operation: Operation): readonly string[] {
  const { request } = operation as { request?: { members?: readonly { name: string }[] } };
  const inPath = pathMembers(operation);
  const isService = inPath.some((name) => request?.members?.some((member) => member.name === name));
  return isService ? (request?.members ?? []).map(({ name }) => name) : inPath;
}
export const pathMembers = ({ path }: Operation): readonly string[] => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);

/** The values in an example's path and query, by lower-case name. */
function valuesOf({ path, example }: Route): Map<string, string> {
  const [where = '', query = ''] = example.path.split('?');
  const values = new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]));
  const template = path.split('/').filter(Boolean);
  const segments = where.split('/').filter(Boolean);
  // A mock below a path of its own puts that before the documented one.
  template.forEach((part, i) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    const segment = segments[i - template.length + segments.length];
    if (name !== undefined && segment !== undefined) values.set(name.toLowerCase(), decodedOrAsSent(segment));
  });
  return values;
}
