/** Where a browser signs in, with the way back (servicestack.md §5; recordings auth/…/anonymous-browser-query). */
import type { ServiceRequest } from '../request/request.ts';
import type { Service } from '../service.ts';

export function loginAddress(request: ServiceRequest, { basePath }: Service): string {
  const base = request.call.inbound.origin + basePath;
  const query = request.query.entries.map(([name, value]) => `${urlEncode(name)}=${urlEncode(value)}`).join('&');
  return `${base}/login?redirect=${urlEncode(base + request.pathInfo + (query === '' ? '' : `?${query}`))}`;
}

/** ServiceStack's own encoding: lower-case digits, a plus for a space, and only letters, digits and `,-.` stay. */
function urlEncode(text: string): string {
  let encoded = '';
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte);
    if (/[0-9A-Za-z,.-]/.test(character)) encoded += character;
    else encoded += byte === 0x20 ? '+' : `%${byte.toString(16).padStart(2, '0')}`;
  }
  return encoded;
}
