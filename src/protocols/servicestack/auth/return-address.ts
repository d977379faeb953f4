/** Where a browser goes after signing in or out: the caller may say so, but never leave this host (ServiceStack's NoExternalRedirects). */
import type { Asked } from '../answer/answer.ts';
import { ServiceError } from '../service.ts';

const NAMES = ['continue', 'returnurl', 'redirect'] as const;

export function returnAddress({ request, described }: Asked, fromMessage: string | null | undefined): string | undefined {
  const { query, form } = request;
  const asked = NAMES.map((name) => query.get(name) ?? form.get(name)).find((value) => value !== undefined) ?? fromMessage ?? undefined;
  const address = asked?.trim();
  if (address === undefined || address === '') return undefined;
  const base = request.call.inbound.origin + described.service.basePath;
  const isElsewhere = address.startsWith('//') || address.startsWith('/\\') || address.includes('://');
  if (!isElsewhere || address.startsWith(`${request.call.inbound.origin}/`) || address.startsWith(base)) return address;
  const message = 'External redirects are not permitted.';
  throw new ServiceError(400, 'ArgumentException', `${message} (Parameter 'continue')`, undefined, [
    { ErrorCode: 'ArgumentException', FieldName: 'continue', Message: message, Meta: null },
  ]);
}

export function withParameter(address: string, name: string, value: string): string {
  const [path = '', query = ''] = address.split('?', 2);
  const kept = query.split('&').filter((part) => part !== '' && !part.startsWith(`${name}=`));
  return `${path}?${[...kept, `${name}=${encodeURIComponent(value)}`].join('&')}`;
}
