/** Where a browser is sent: to sign in, and back (servicestack.md §5, §13 F4; recordings auth/…/anonymous-browser-query). */
import type { Inbound } from '../../../http/message.ts';
import type { AnswerContext } from '../answer/answer-context.ts';
import type { ServiceRequest } from '../request/request.ts';
import { type Service, ServiceError } from '../service.ts';

/** The sign-in page, with the way back. */
export function loginAddress(request: ServiceRequest, { basePath }: Service): string {
  const base = request.call.inbound.origin + basePath;
  const query = request.query.entries.map(([name, value]) => `${urlEncode(name)}=${urlEncode(value)}`).join('&');
  return `${base}/login?redirect=${urlEncode(base + request.pathInfo + (query === '' ? '' : `?${query}`))}`;
}

/** An address as a browser would take it on this page (WHATWG URL: tabs vanish, `\\` is `//`); undefined for another host. */
export function onThisHost(address: string, { origin, path }: Inbound): URL | undefined {
  try {
    const here = new URL(origin + path);
    const there = new URL(address, here);
    return there.protocol === here.protocol && there.host === here.host ? there : undefined;
  } catch {
    return undefined;
  }
}

const NAMES = ['continue', 'returnurl', 'redirect'] as const;
const NOT_EXTERNAL = 'External Redirects are not permitted';

/** Where the caller wants to go, as it was written; only query and form are looked at. Throws where that leaves this host. */
export function returnAddress({ request, host }: AnswerContext): string | undefined {
  const { query, form, call } = request;
  const sent = NAMES.map((name) => query.get(name) ?? form.get(name)).find((value) => value !== undefined);
  if (sent === undefined) return undefined;
  const address = sent.trim();
  const isOwn = !/^\/\/|:\/\//.test(address) || address.startsWith(call.inbound.origin + host.service.basePath);
  if (address === '' || (isOwn && onThisHost(address, call.inbound) !== undefined)) return sent;
  throw new ServiceError(
    400,
    'ArgumentException',
    `${NOT_EXTERNAL} (Parameter 'continue')`,
    {
      message: 'A sign-in leads back to this host only. Send the path alone, as in continue=/metadata.',
      member: 'continue',
      rule: 'an address on this host',
      value: address,
    },
    [{ ErrorCode: 'ArgumentException', FieldName: 'continue', Message: NOT_EXTERNAL, Meta: null }],
  );
}

/** For a `Location` header, which takes ASCII alone. */
export const asLocation = (address: string, inbound: Inbound): string =>
  /[^ -~]/.test(address) ? (onThisHost(address, inbound)?.href ?? encodeURI(address)) : address;

/** ServiceStack's `SetHashParam`: a fragment of `name=value` pairs with slashes between. */
export function withHashParameter(address: string, name: string, value: string): string {
  const pair = `${name}=${urlEncode(value)}`;
  const mark = address.indexOf('#');
  if (mark < 0) return `${address}#${pair}`;
  const entries = address
    .slice(mark + 1)
    .split('/')
    .filter((part) => part !== '' && !part.startsWith(`${name}=`));
  return `${address.slice(0, mark)}#${[...entries, pair].join('/')}`;
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
