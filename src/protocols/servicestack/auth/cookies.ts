/** Cookies in the spelling of ServiceStack's hosts (recordings `auth`: names and attributes), valid where the caller came in. */
import { parse } from 'hono/utils/cookie';
import type { Inbound } from '../../../http/message.ts';
import { httpTime } from '../../../store/clock.ts';
import { LAST_SECOND } from '../../tokens.ts';

/** Below a mount and a world that the address names: two worlds in one browser do not sign each other out. */
const attributes = (inbound: Inbound): string =>
  `path=${inbound.basePath || '/'}; ${isSecure(inbound) ? 'secure; ' : ''}samesite=lax; httponly`;

/** The framework believes this header from anybody (servicestack.md §13 F6). */
const isSecure = (inbound: Inbound): boolean =>
  inbound.origin.startsWith('https:') || inbound.header('x-forwarded-proto')?.toLowerCase() === 'https';

/** A `Set-Cookie` line; without `time` (milliseconds since 1970) the cookie lasts until the browser closes. */
export const cookieLine = (inbound: Inbound, name: string, value: string, time?: number): string =>
  `${name}=${value}; ${time === undefined ? '' : `expires=${httpTime(Math.min(time, LAST_SECOND * 1000))}; `}${attributes(inbound)}`;
export const deletedCookie = (inbound: Inbound, name: string): string => cookieLine(inbound, name, '', 0);

/** What the caller's browser keeps under a name. */
export function cookieOf(inbound: Inbound, name: string): string | undefined {
  const header = inbound.header('cookie');
  return header === undefined ? undefined : parse(header, name)[name];
}
