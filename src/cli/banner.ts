/** What a start prints below its first line: an address of each API to paste, the tokens, the console. */
import { callers } from '../protocols/callers.ts';
import type { Example, Route } from '../protocols/protocol.ts';

export interface BannerFacts {
  readonly url: string;
  readonly routes: readonly Route[];
  /** One that was made, where it is asked for. */
  readonly adminToken: string | undefined;
}

export function banner({ url: bound, routes, adminToken }: BannerFacts): string {
  // An address of all interfaces is none to call.
  const url = bound.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
  const apis = [...new Set(routes.map(({ operation }) => apiOf(operation)))];
  const width = Math.max(...apis.map((api) => api.length), 'console'.length);
  const lines = apis.flatMap((api) => {
    const first = routes.find(({ operation, method }) => apiOf(operation) === api && method === 'GET');
    return first === undefined ? [] : [`  ${api.padEnd(width)}  ${pasteable(url, first.example)}`];
  });
  const names = callers.map(({ name }) => name).join(', ');
  return [
    '',
    ...lines,
    `  ${'tokens'.padEnd(width)}  Authorization: Bearer ${callers[0]?.name} (${names}; the password is the name)`,
    `  ${'console'.padEnd(width)}  ${url}/__admin`,
    ...(adminToken === undefined ? [] : [`  ${''.padEnd(width)}  asks for the token ${adminToken}`]),
    '',
    '',
  ].join('\n');
}

const apiOf = (operation: string): string => operation.slice(0, operation.indexOf('.'));

/** A browser cannot set a header, but it signs in with the name and password before an `@`. */
function pasteable(url: string, example: Example): string {
  const name = callers[0]?.name;
  const isAsked = Object.keys(example.headers ?? {}).some((header) => header.toLowerCase() === 'authorization');
  return (isAsked ? url.replace('://', `://${name}:${name}@`) : url) + example.path;
}
