/** JSV as ServiceStack.Text reads it; with `isCsv` a cell of CSV, whose quotes are gone already (servicestack.md §3.2). */
import type { Dto } from '../../contract/dto.ts';
import { asksForType, type CompactReader, isEmptyMap, isSeparator, setMember, startError, type Syntax } from '../compact-reader.ts';
import type { Message } from '../reading.ts';
import { charAt, type Cursor, EMPTY, isNothing, outOfBounds, slice, trim } from '../values/span.ts';

/** From a quote to the quote that ends it; doubled ones are inside. */
export function eatQuoted(text: string, cursor: Cursor): string {
  const start = cursor.at;
  while (++cursor.at < text.length) {
    if (text.charAt(cursor.at) !== '"') continue;
    const isLiteral = text.charAt(cursor.at + 1) === '"';
    cursor.at++;
    if (!isLiteral) break;
  }
  return slice(text, start, cursor.at - start);
}

/** From an opening bracket to its closing one, or to the end. */
export function eatNested(text: string, cursor: Cursor, opening: string, closing: string): { span: string; isClosed: boolean } {
  const start = cursor.at;
  let isWithinQuotes = false;
  let open = 1;
  while (++cursor.at < text.length && open > 0) {
    const char = text.charAt(cursor.at);
    if (char === '"') isWithinQuotes = !isWithinQuotes;
    if (isWithinQuotes) continue;
    if (char === opening) open++;
    if (char === closing) open--;
  }
  return { span: slice(text, start, cursor.at - start), isClosed: open === 0 };
}

function eatValue(text: string, cursor: Cursor): string {
  if (cursor.at === text.length) return '';
  const first = charAt(text, cursor.at);
  if (first === ',' || first === '}') return '';
  if (first === '"') return eatQuoted(text, cursor);
  if (first === '{') return eatNested(text, cursor, '{', '}').span;
  if (first === '[') return eatNested(text, cursor, '[', ']').span;
  const start = cursor.at;
  while (++cursor.at < text.length && !isSeparator(text, cursor.at));
  return text.slice(start, cursor.at);
}

function eatKey(text: string, cursor: Cursor): string {
  const first = charAt(text, cursor.at);
  if (first === '"') return eatQuoted(text, cursor);
  if (first === '{') return eatNested(text, cursor, '{', '}').span;
  const start = cursor.at;
  const end = text.indexOf(':', start + 1);
  if (end < 0) throw outOfBounds();
  cursor.at = end;
  return text.slice(start, end);
}

/** Quotes off, doubled ones halved. */
function unquoted(span: string): string {
  if (isNothing(span) || !span.startsWith('"')) return span;
  const text = slice(span, 1, span.length - 2).replaceAll('""', '"');
  return text === '' ? EMPTY : text;
}

/** Names may stand in quotes, as JSON's do (recording bind/trendsic/query/json-list). */
const nameOf = (key: string): string => (key.startsWith('"') ? key.slice(1, -1) : key);

function object(text: string, dto: Dto, reader: CompactReader, depth: number): Message | null {
  if (text === '') return null;
  if (!text.startsWith('{')) throw startError(dto, text);
  const record = reader.reading.blank(dto);
  if (isEmptyMap(text, 1)) return reader.reading.complete(dto, record);
  const cursor = { at: 1 };
  let isUnset = true;
  while (cursor.at < text.length) {
    const name = trim(nameOf(eatKey(text, cursor)));
    cursor.at++;
    const span = eatValue(text, cursor);
    isUnset = asksForType(name, span, unquoted) && isUnset;
    setMember(record, dto, name, span, reader, depth);
    cursor.at++;
  }
  return isUnset ? null : reader.reading.complete(dto, record);
}

function eatMapStart(text: string, cursor: Cursor): void {
  if (charAt(text, cursor.at) === '{') cursor.at++;
}
function eatColon(text: string, cursor: Cursor): void {
  charAt(text, cursor.at++);
}

const common = { eatValue, eatKey, eatMapStart, eatColon, eatBlanks: (): void => {}, object };
export const JSV: Syntax = { ...common, unquote: unquoted, bare: unquoted };
/** Values of text and number come without quotes here, and none are taken off. */
export const CELL: Syntax = { ...common, unquote: (span) => span, bare: (span) => span };
