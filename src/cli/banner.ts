/** What a start prints below its first line: an address of each API to paste, the tokens, the console. */
import { connect } from 'node:net';
import { callers } from '../protocols/callers.ts';
import type { Example, Route } from '../protocols/protocol.ts';

/** Milliseconds for a connection to this machine. */
const MAX_WAIT = 500;

export interface BannerFacts {
  readonly url: string;
  readonly routes: readonly Route[];
  /** One that was made, where it is asked for. */
  readonly adminToken: string | undefined;
}

/**
 * The address to call: of all interfaces the loopback one, and `localhost` where that leads here too. A page on `localhost`
 * (Vite's default) sends its cookies there and not to 127.0.0.1, which is another site.
 */
export function shortest(bound: string): Promise<string> {
  const url = bound.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
  const { protocol, hostname, port } = new URL(url);
  const address = hostname.replace(/[[\]]/g, '');
  if (address !== '127.0.0.1' && address !== '::1') return Promise.resolve(url);
  return new Promise((resolve) => {
    const socket = connect({ host: 'localhost', port: Number(port), autoSelectFamily: true, timeout: MAX_WAIT });
    const settle = (isHere: boolean): void => {
      socket.destroy();
      resolve(isHere ? `${protocol}//localhost:${port}` : url);
    };
    socket.once('connect', () => settle(socket.remoteAddress === address));
    socket.once('timeout', () => settle(false)).once('error', () => settle(false));
  });
}

export function banner({ url, routes, adminToken }: BannerFacts): string {
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
