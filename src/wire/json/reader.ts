/** JSON as ServiceStack.Text reads it: forgiving, and in its own way (servicestack.md §12 E4, recordings read-json). */
import type { Dto } from '../../contract/dto.ts';
import { asksForType, type CompactReader, isEmptyMap, isSeparator, setMember, startError, type Syntax } from '../compact-reader.ts';
import type { Message } from '../reading.ts';
import { charAt, type Cursor, EMPTY, isBlank, outOfRange, skipBlanks, slice, wrongNumber } from '../values/span.ts';

/** A text from its opening quote on, cut out without quotes; escapes stay. */
function eatString(text: string, cursor: Cursor): string {
  const start = ++cursor.at;
  do {
    const char = charAt(text, cursor.at);
    if (char === '"') break;
    if (char === '\\') {
      cursor.at++;
      if (charAt(text, cursor.at) === 'u') cursor.at += 4;
    }
  } while (cursor.at++ < text.length);
  cursor.at++;
  const span = slice(text, start, Math.min(cursor.at, text.length) - start - 1);
  return span === '' ? EMPTY : span;
}

/** From an opening bracket to its closing one; brackets of the other sort do not count. */
function eatNested(text: string, cursor: Cursor, opening: string, closing: string): string {
  const start = cursor.at;
  let isWithinQuotes = false;
  let open = 1;
  while (++cursor.at < text.length) {
    const char = text.charAt(cursor.at);
    if (char === '\\') {
      cursor.at++;
      continue;
    }
    if (char === '"') isWithinQuotes = !isWithinQuotes;
    if (isWithinQuotes) continue;
    if (char === opening) open++;
    if (char === closing && --open === 0) {
      cursor.at++;
      break;
    }
  }
  return slice(text, start, cursor.at - start);
}

function eatValue(text: string, cursor: Cursor): string {
  skipBlanks(text, cursor);
  if (cursor.at >= text.length) return '';
  const start = cursor.at;
  const first = text.charAt(start);
  if (first === ',' || first === '}') return '';
  if (first === '"') return eatString(text, cursor);
  if (first === '{') return eatNested(text, cursor, '{', '}');
  if (first === '[') return eatNested(text, cursor, '[', ']');
  while (++cursor.at < text.length && !isSeparator(text, cursor.at) && !isBlank(text, cursor.at));
  const span = text.slice(start, cursor.at);
  return span === 'null' ? '' : span;
}

function eatKey(text: string, cursor: Cursor): string {
  skipBlanks(text, cursor);
  const first = charAt(text, cursor.at);
  if (first === ',' || first === '}') return '';
  if (first === '"') return eatString(text, cursor);
  const start = cursor.at;
  while (++cursor.at < text.length && text.charAt(cursor.at) !== ',' && !isBlank(text, cursor.at));
  return text.slice(start, cursor.at);
}

function eatMapStart(text: string, cursor: Cursor): void {
  skipBlanks(text, cursor);
  charAt(text, cursor.at++);
}

function eatColon(text: string, cursor: Cursor): void {
  skipBlanks(text, cursor);
  if (cursor.at !== text.length) charAt(text, cursor.at++);
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', v: '\v', t: '\t' };

function hex(digits: string): string {
  if (!/^[\t-\r ]*[0-9a-f]+[\t-\r ]*\0*$/i.test(digits)) throw wrongNumber(digits);
  return String.fromCharCode(Number.parseInt(digits, 16));
}

/** Undoes escapes and drops quotes. */
function undone(text: string): string {
  let out = '';
  let start = 0;
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '"') {
      out += text.slice(start, at);
      start = ++at;
    } else if (char !== '\\') {
      at++;
    } else {
      out += text.slice(start, at);
      start = at++;
      if (at >= text.length) continue;
      const escaped = text.charAt(at);
      if ((escaped === 'u' || escaped === 'x') && at + 4 < text.length) {
        out += hex(text.slice(at + 1, at + 5));
        at += 5;
      } else if (escaped === 'u') {
        out += escaped;
      } else if (escaped === 'x' && at + 2 < text.length) {
        out += hex(text.slice(at + 1, at + 3));
        at += 3;
      } else if (escaped === 'x') {
        out += text.slice(start, at);
      } else {
        out += ESCAPES[escaped] ?? escaped;
        at++;
      }
      start = at;
    }
  }
  return out + slice(text, start, text.length - start);
}

/** Remembers of the whole text what would otherwise cost its length for each name. */
interface NameCursor extends Cursor {
  /** Without its escapes. */
  whole?: string;
  /** Where its last quote or escape stands. */
  last?: number;
}

/** Undoes a text's escapes from an index on; where there are any, the framework starts over at the beginning. */
function unescapeFrom(text: string, cursor: NameCursor): string {
  if (text === '') return text;
  if (charAt(text, cursor.at) === '"') {
    cursor.at++;
    const end = text.slice(cursor.at).search(/["\\]/);
    if (end < 0) throw outOfRange();
    if (text.charAt(cursor.at + end) === '"') {
      const span = text.slice(cursor.at, cursor.at + end);
      cursor.at += end + 1;
      return span === '' ? EMPTY : span;
    }
  } else {
    cursor.last ??= Math.max(text.lastIndexOf('"'), text.lastIndexOf('\\'));
    if (cursor.last < cursor.at) return text.slice(cursor.at);
  }
  return (cursor.whole ??= undone(text));
}

const unquote = (span: string): string => unescapeFrom(span, { at: 0 });

function object(text: string, dto: Dto, reader: CompactReader, depth: number): Message | null {
  if (text === '') return null;
  const cursor: NameCursor = { at: 0 };
  skipBlanks(text, cursor);
  if (charAt(text, cursor.at) !== '{') throw startError(dto, text);
  cursor.at++;
  const record = reader.reading.blank(dto);
  if (isEmptyMap(text, cursor.at)) return reader.reading.complete(dto, record);
  skipBlanks(text, cursor);
  let isUnset = true;
  while (cursor.at < text.length) {
    const name = unescapeFrom(text, cursor);
    skipBlanks(text, cursor);
    if (cursor.at !== text.length) cursor.at++;
    const span = eatValue(text, cursor);
    // Once a member is set, the class is; before, the framework has made nothing yet.
    if (isUnset) isUnset = asksForType(name, span, (type) => type);
    setMember(record, dto, name, span, reader, depth);
    skipBlanks(text, cursor);
    if (cursor.at !== text.length) {
      const isSeparated = isSeparator(text, cursor.at);
      cursor.at++;
      if (isSeparated) skipBlanks(text, cursor);
    }
  }
  return isUnset ? null : reader.reading.complete(dto, record);
}

export const JSON_SYNTAX: Syntax = {
  eatValue,
  eatKey,
  eatMapStart,
  eatColon,
  eatBlanks: skipBlanks,
  unquote,
  bare: (span) => span,
  object,
};
