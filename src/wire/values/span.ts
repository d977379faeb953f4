/** ServiceStack.Text reads spans of characters; here are their rules for blanks and bounds, whose messages callers can see. */
import { DecodeError } from '../error.ts';

/** Stands for a text that is there and empty, where an empty span means none. */
export const EMPTY = '\u200b';

/** A place in a text that the reading functions move on. */
export interface Cursor {
  at: number;
}

export const outOfBounds = (): DecodeError => new DecodeError('Index was outside the bounds of the array.');
export const outOfRange = (): DecodeError => new DecodeError('Specified argument was out of the range of valid values.');

export const wrongNumber = (text: string): DecodeError => new DecodeError(`The input string '${text}' was not in a correct format.`);

/** The character at an index that must exist. */
export function charAt(text: string, index: number): string {
  if (index >= text.length) throw outOfBounds();
  return text.charAt(index);
}

/** A part of a text that must exist. */
export function slice(text: string, start: number, length: number): string {
  if (length < 0 || start + length > text.length) throw outOfRange();
  return text.slice(start, start + length);
}

/** What ServiceStack.Text takes for a blank, its own sign for an empty text included. */
export function isBlank(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x85 || code === 0x200b;
}

export function skipBlanks(text: string, cursor: Cursor): void {
  while (cursor.at < text.length && isBlank(text, cursor.at)) cursor.at++;
}

// .NET's white space: JavaScript's, without the byte order mark, with NEL.
const isWhite = (char: string): boolean => char === '\u0085' || (char !== '\ufeff' && /\s/.test(char));
/** Trims without a regular expression that would look at long runs again and again. */
export function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhite(text.charAt(start))) start++;
  while (end > start && isWhite(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

export const isNothing = (span: string): boolean => span === '' || span === EMPTY;
/** The text of a span; null where there is none. */
export const textOf = (span: string): string | null => (span === '' ? null : span === EMPTY ? '' : span);
