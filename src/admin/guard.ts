/**
 * Who may use the control plane. Any web page can send requests to a local port, so a foreign Origin or Host is refused, and
 * a server that others can reach asks for a token.
 */
import type { Incoming } from '../http/inbound.ts';

/** Where the mock listens. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  /** Asked for where the host is no loopback address. */
  readonly adminToken: string | undefined;
}

export interface Refusal {
  readonly status: 401 | 403;
  readonly error: string;
  readonly message: string;
}

const LOOPBACK = /^(localhost|([a-z0-9-]+\.)*localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\]|::1|\[::ffff:127\.\d+\.\d+\.\d+\])$/i;
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

const split = (authority: string): { readonly host: string; readonly port: string } => {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(authority.trim());
  return { host: match?.[1] ?? '', port: match?.[2] ?? '' };
};

/** Why a request to the control plane is refused; undefined where it is not. `listener` is missing for calls in process. */
export function refusal(inbound: Incoming, listener: Listener | undefined): Refusal | undefined {
  const authority = inbound.header('host') ?? '';
  const { host } = split(authority);
  if (
    listener !== undefined &&
    listener.adminToken === undefined &&
    !isLoopback(host) &&
    host.toLowerCase() !== listener.host.toLowerCase()
  ) {
    return {
      status: 403,
      error: 'foreign-host',
      message: `/__admin is not served to the Host "${authority}". Use http://127.0.0.1:${listener.port}.`,
    };
  }
  const origin = inbound.header('origin');
  if (origin !== undefined && !isOwn(origin, authority, listener)) {
    return {
      status: 403,
      error: 'foreign-origin',
      message: `/__admin is not served to pages of "${origin}". Call it from the test, not from the page.`,
    };
  }
  if (listener?.adminToken !== undefined && !bears(inbound, listener.adminToken)) {
    const message = 'This server listens off loopback: /__admin asks for its token (Authorization: Bearer TOKEN, or X-Mock-Admin-Token).';
    return { status: 401, error: 'no-admin-token', message };
  }
  return undefined;
}

function isOwn(origin: string, authority: string, listener: Listener | undefined): boolean {
  const match = /^https?:\/\/([^/]+)$/.exec(origin);
  if (match === null) return false;
  const from = match[1] as string;
  if (from.toLowerCase() === authority.toLowerCase()) return true;
  if (listener === undefined) return false;
  const { host, port } = split(from);
  return Number(port || 80) === listener.port && (isLoopback(host) || host.toLowerCase() === listener.host.toLowerCase());
}

function bears(inbound: Incoming, token: string): boolean {
  const bearer = /^bearer\s+(.+)$/i.exec(inbound.header('authorization') ?? '')?.[1];
  return equal(inbound.header('x-mock-admin-token') ?? '', token) || equal(bearer ?? '', token);
}

/** Takes as long for a nearly right token as for a wrong one. */
function equal(given: string, wanted: string): boolean {
  let differs = given.length ^ wanted.length;
  for (let i = 0; i < wanted.length; i++) differs |= (given.charCodeAt(i) || 0) ^ wanted.charCodeAt(i);
  return differs === 0;
}
