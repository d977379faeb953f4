/** What the query of an admin route says, or a mistake that names the member. */
import { MockError } from '../mock-error.ts';
import type { AdminCall } from './route.ts';

export function wholeNumber(call: AdminCall, name: string): number | undefined {
  const text = call.query(name);
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new MockError('bad-query', `?${name}=${text.slice(0, 80)} is not a whole number from 0.`, 'Leave it out for the default.');
}

/** `true`, as WireMock writes it; false where it is left out. */
export function flag(call: AdminCall, name: string): boolean {
  const text = call.query(name) ?? 'false';
  if (text === 'true' || text === 'false') return text === 'true';
  throw new MockError('bad-query', `?${name}=${text.slice(0, 80)} is neither true nor false.`, 'Leave it out for false.');
}
