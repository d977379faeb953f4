/** Cookies in the spelling of ServiceStack's hosts (recordings `auth`: names and attributes). */
import { httpTime } from '../../../store/clock.ts';

const ATTRIBUTES = 'path=/; samesite=lax; httponly';

/** Until the browser closes. */
export const sessionCookie = (name: string, value: string): string => `${name}=${value}; ${ATTRIBUTES}`;
export const cookieUntil = (name: string, value: string, time: number): string =>
  `${name}=${value}; expires=${httpTime(time)}; ${ATTRIBUTES}`;
export const deletedCookie = (name: string): string => cookieUntil(name, '', 0);

/** The value of a cookie in a `Cookie` header. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  for (const part of header.split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}
