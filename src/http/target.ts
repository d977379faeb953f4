/** Where a request goes: its target as it stood on the wire, what a mount took off before it, the world that it names. */
import type { IncomingMessage } from 'node:http';
import type { InProcess } from './connection.ts';
import { pathInfo } from './path-info.ts';
import { decodedOrAsSent } from './percent-encoding.ts';

/** The part of the target that names a world. */
export const WORLD_PREFIX = '/__worlds/';

/** What comes beside a `Request`: Node's own objects where there is a socket. */
export interface Transport {
  readonly incoming?: IncomingMessage | undefined;
  /** Where the call was made in process. */
  readonly inProcess?: Pick<InProcess, 'mount' | 'cookie'> | undefined;
  /** `X-Forwarded-Proto`, `-Host` and `-Prefix` say how the caller addresses the server. */
  readonly trustsProxy?: boolean;
}

/** Where a target begins: `mount` is what an outer app or server took off before it. */
export interface Target {
  readonly mount: string;
  readonly target: string;
}

/** The target as it stood on the wire, without the path of a mount. */
export function targetOf(request: Request, { incoming, inProcess }: Transport): Target {
  const sent = incoming?.url;
  if (sent === undefined) return belowMount(originForm(request.url), inProcess?.mount ?? '');
  const { originalUrl } = incoming as IncomingMessage & { originalUrl?: string };
  // A server of connect's kind has cut the mount off `url` itself.
  if (originalUrl !== undefined && originalUrl !== sent && originalUrl.endsWith(sent))
    return { mount: originalUrl.slice(0, -sent.length), target: sent };
  if (request.url.endsWith(sent)) return { mount: '', target: sent };
  const [outer, inner] = [new URL(sent, 'http://host').pathname, new URL(request.url).pathname];
  const mount =
    outer === inner || !outer.endsWith(inner === '/' ? '' : inner) ? '' : outer.slice(0, inner === '/' ? outer.length : -inner.length);
  const target = originForm(sent);
  if (mount === '') return { mount, target };
  const rest = target.slice(mount.length);
  return target.startsWith(mount)
    ? { mount, target: rest.startsWith('/') ? rest : `/${rest}` }
    : { mount, target: originForm(request.url) };
}

/** A target without the path of a mount that it begins with. */
function belowMount(target: string, mount: string): Target {
  const rest = target.slice(mount.length);
  if (mount === '' || !target.startsWith(mount) || !/^([/?]|$)/.test(rest)) return { mount: '', target };
  return { mount, target: rest.startsWith('/') ? rest : `/${rest}` };
}

/** The target of an absolute URL; an origin-form target as it is. */
export function originForm(url: string): string {
  if (url.startsWith('/')) return url;
  const scheme = url.indexOf('://');
  const start = scheme < 0 ? -1 : url.indexOf('/', scheme + 3);
  const target = start < 0 ? '/' : url.slice(start);
  const fragment = target.indexOf('#');
  return fragment < 0 ? target : target.slice(0, fragment);
}

/** A target that names a world, taken apart. */
export function splitWorld(target: string): { readonly world: string; readonly prefix: string; readonly rest: string } {
  const end = target.slice(WORLD_PREFIX.length).search(/[/?]/);
  const prefix = end < 0 ? target : target.slice(0, WORLD_PREFIX.length + end);
  const rest = target.slice(prefix.length);
  return { world: decodedOrAsSent(prefix.slice(WORLD_PREFIX.length)), prefix, rest: rest.startsWith('/') ? rest : `/${rest}` };
}

/** The path of a request without mount and world, still percent-encoded. */
export const pathOf = (request: Request, transport: Transport): string => pathIn(targetOf(request, transport).target);

/** The path of a target without world and query, still percent-encoded. */
export function pathIn(target: string): string {
  const rest = target.startsWith(WORLD_PREFIX) ? splitWorld(target).rest : target;
  const mark = rest.indexOf('?');
  return mark < 0 ? rest : rest.slice(0, mark);
}

/** The path by which routes are found: decoded, dot segments resolved, lower case, no empty segments, no trailing slash. */
export function routingPath(path: string): string {
  const lower = pathInfo(path).toLowerCase();
  if (!lower.includes('//')) return lower.length > 1 && lower.endsWith('/') ? lower.slice(0, -1) : lower;
  return `/${lower.split('/').filter(Boolean).join('/')}`;
}
