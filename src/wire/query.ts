/** Values of path, query string and form: text as it is, everything else by JSV's rules (servicestack.md §2.3). */
import type { Dto } from '../contract/dto.ts';
import { CompactReader, memberCalled } from './compact-reader.ts';
import { DecodeError } from './error.ts';
import { JSV } from './jsv/reader.ts';
import { type Decoded, Reading } from './reading.ts';

export type Bound =
  /** The member's own name and its value. */
  | ({ readonly member: string } & Decoded<unknown>)
  /** The text that was read and the framework's inner message; the answer says `'text' is an Invalid value for 'name'`. */
  | { readonly member: string; readonly text: string; readonly error: string };

/**
 * Reads one value, already percent-decoded, at a time in milliseconds since 1970. Undefined: the DTO has no such member, or the
 * value says nothing (it is empty), and the member stays as it is.
 */
export function readParameter(dto: Dto, name: string, text: string, now: number): Bound | undefined {
  const member = memberCalled(dto, name);
  if (member === undefined || text === '') return undefined;
  const [own, field] = member;
  const { type } = field.facts;
  const reading = new Reading(now);
  if (type === 'string') return { member: own, ...reading.decoded(text) };
  // A check box and its hidden twin send two values; the first counts.
  const single = type === 'bool' ? text.split(',', 1)[0]! : text;
  try {
    const value = new CompactReader(JSV, reading).value(field, single);
    return value === null || value === undefined ? undefined : { member: own, ...reading.decoded(value) };
  } catch (error) {
    if (error instanceof DecodeError) return { member: own, text: single, error: error.message };
    throw error;
  }
}
