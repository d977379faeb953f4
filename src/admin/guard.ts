/**
 * Who may use `/__admin`. Any web page can send requests to a local port, so a foreign Host, Origin or site is refused; a
 * server that others can reach asks for a token; and what is not known about a connection counts against it.
 */
import type { MiddlewareHandler } from 'hono';
import { type Bindings, type Env, InProcess, type Listener, listenerOf } from '../http/connection.ts';

/** What a route shows to everybody: `public` to other origins too, `page` to a browser that navigates to it. */
export type Access = 'public' | 'page' | 'guarded';

export interface GuardOptions {
  /** Asked for where a call does not come from this machine; undefined: such calls are refused. */
  readonly adminToken: string | undefined;
  /** Names besides the listening address and loopback names. */
  readonly adminHosts: readonly string[];
  /** Of a path below `/__admin`. */
  readonly accessOf: (path: string) => Access;
}

export interface Refusal {
  readonly status: 401 | 403;
  readonly error: string;
  readonly message: string;
}

const LOOPBACK =
  /^(localhost|([a-z0-9-]+\.)*localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]|::1|\[?::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3}\]?)$/i;
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

const split = (authority: string): { readonly host: string; readonly port: string } => {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(authority.trim());
  return { host: match?.[1] ?? '', port: match?.[2] ?? '' };
};

export const guard =
  (options: GuardOptions, answer: (refusal: Refusal) => Response): MiddlewareHandler<Env> =>
  async ({ env = {}, req }, next) => {
    const refused = env.inProcess instanceof InProcess ? undefined : refusal(options, req, env);
    return refused === undefined ? next() : answer(refused);
  };

interface Asking {
  readonly method: string;
  readonly path: string;
  header(name: string): string | undefined;
  header(): Record<string, string>;
}

/** Why a request to `/__admin` is refused; undefined where it is not. */
export function refusal(options: GuardOptions, request: Asking, env: Bindings): Refusal | undefined {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const access = isRead ? options.accessOf(request.path) : 'guarded';
  if (access === 'public') return undefined;
  const site = request.header('sec-fetch-site');
  const navigates = request.header('sec-fetch-mode') === 'navigate' && request.header('sec-fetch-dest') === 'document';
  if ((site === 'cross-site' || site === 'same-site') && !(access === 'page' && navigates)) {
    return forbidden('foreign-site', '/__admin is not served to pages of another site. Call it from the test, not from the page.');
  }
  const { incoming } = env as { incoming?: { socket: Parameters<typeof listenerOf>[0] & { remoteAddress?: string } } };
  const listener = listenerOf(incoming?.socket);
  const authority = request.header('host') ?? '';
  const origin = request.header('origin');
  if (origin !== undefined && !isOwn(origin, authority, listener)) {
    return forbidden('foreign-origin', `/__admin is not served to pages of "${origin}". Call it from the test, not from the page.`);
  }
  const isForwarded = Object.keys(request.header()).some((name) => name === 'forwarded' || name.startsWith('x-forwarded-'));
  const isLocal = listener === undefined ? isLoopback(incoming?.socket.remoteAddress ?? '') : listener.adminToken === undefined;
  if (isLocal && !isForwarded) {
    const { host } = split(authority);
    const names = [...options.adminHosts, ...(listener === undefined ? [] : [listener.host])].map((name) => name.toLowerCase());
    if (isLoopback(host) || names.includes(host.toLowerCase())) return undefined;
    return forbidden(
      'foreign-host',
      `/__admin is not served to the Host "${authority}". Use ${listener === undefined ? 'localhost' : `http://127.0.0.1:${listener.port}`}, or allow the name with --admin-host (adminHosts in code).`,
    );
  }
  // The page itself is no secret; what it shows is asked for with the token.
  if (access === 'page') return undefined;
  const token = listener?.adminToken ?? options.adminToken;
  if (token === undefined) {
    return forbidden(
      'no-admin-token',
      'This call does not come straight from this machine, and /__admin has no token to tell friends by. Set one: --admin-token (adminToken in code).',
    );
  }
  if (bears(request, token)) return undefined;
  const message = '/__admin asks for its token here (Authorization: Bearer TOKEN, or X-Mock-Admin-Token).';
  return { status: 401, error: 'no-admin-token', message };
}

const forbidden = (error: string, message: string): Refusal => ({ status: 403, error, message });

function isOwn(origin: string, authority: string, listener: Listener | undefined): boolean {
  const match = /^https?:\/\/([^/]+)$/.exec(origin);
  if (match === null) return false;
  const from = match[1] as string;
  if (from.toLowerCase() === authority.toLowerCase()) return true;
  if (listener === undefined) return false;
  const { host, port } = split(from);
  return Number(port || 80) === listener.port && (isLoopback(host) || host.toLowerCase() === listener.host.toLowerCase());
}

function bears(request: Asking, token: string): boolean {
  const bearer = /^bearer\s+(.+)$/i.exec(request.header('authorization') ?? '')?.[1];
  return equal(request.header('x-mock-admin-token') ?? '', token) || equal(bearer ?? '', token);
}

/** Takes as long for a nearly right token as for a wrong one. */
function equal(sent: string, wanted: string): boolean {
  let differs = sent.length ^ wanted.length;
  for (let i = 0; i < wanted.length; i++) differs |= (sent.charCodeAt(i) || 0) ^ wanted.charCodeAt(i);
  return differs === 0;
}
