/** CSV as ServiceStack.Text reads it: names in the first line, cells in JSV; a cell that cannot be read is an error (servicestack.md §12 E4). */
import type { Dto } from '../../contract/dto.ts';
import { isScalar } from '../../contract/field.ts';
import { CompactReader, memberCalled } from '../compact-reader.ts';
import { DecodeError } from '../error.ts';
import { CELL, eatNested, eatQuoted, JSV } from '../jsv/reader.ts';
import type { Message, Reading } from '../reading.ts';
import { Pace } from '../pace.ts';
import type { Work } from '../../work.ts';
import { type Cursor, EMPTY, slice, trim } from '../values/span.ts';

/** Lines that are not empty; a line break within quotes belongs to its cell, and one without line feed is none. */
function* lines(text: string): Generator<string> {
  let isWithinQuotes = false;
  let start = 0;
  for (const { 0: found, index } of text.matchAll(/""|"|\r?\n/g)) {
    if (found === '"') isWithinQuotes = !isWithinQuotes;
    if (isWithinQuotes || found.startsWith('"')) continue;
    if (index > start) yield text.slice(start, index);
    start = index + found.length;
  }
  if (start < text.length) yield text.slice(start);
}

interface RowCursor extends Cursor {
  /** Letters looked at for brackets that nobody closes. */
  wasted: number;
}
/** So many of them, or ten times the row, are looked at in vain; a row of nothing but brackets would cost its square. */
const MAX_WASTED = 1_000_000;

function eatCell(row: string, cursor: RowCursor): string {
  const start = cursor.at;
  const first = row.charAt(start);
  if (first === ',' || first === '}') return '';
  if (first === '"') return eatQuoted(row, cursor);
  const closing = first === '{' ? '}' : first === '[' ? ']' : undefined;
  if (closing !== undefined) {
    const { span, isClosed } = eatNested(row, cursor, first, closing);
    if (isClosed) return span;
    cursor.wasted += span.length;
    if (cursor.wasted > Math.max(MAX_WASTED, 10 * row.length)) throw new DecodeError('A row has too many brackets that are not closed.');
    cursor.at = start;
  }
  while (++cursor.at < row.length && row.charAt(cursor.at) !== ',' && !(first === '{' && row.charAt(cursor.at) === '}'));
  return row.slice(start, cursor.at);
}

/** The cells of a row as they stand; empty where there is nothing between two commas. */
function cells(row: string): string[] {
  const found: string[] = [];
  const cursor = { at: -1, wasted: 0 };
  while (++cursor.at <= row.length) found.push(eatCell(row, cursor));
  return found;
}

/** A cell without its quotes. */
function unquoted(cell: string): string {
  const text = cell.startsWith('"') ? slice(cell, 1, cell.length - 2).replaceAll('""', '"') : cell;
  return text === EMPTY ? '' : text;
}

const NO_OBJECT = 'Object reference not set to an instance of an object.';

/**
 * How the lines under a head are read. The framework leaves the quotes of texts within a list or object on (recording
 * read-csv/010), so it does not read what it wrote; `isWhole` takes them off, as a reader of its answers does.
 */
function rowReader(head: string, dto: Dto, isWhole: boolean): (row: string, reading: Reading) => Work<Message> {
  const names = cells(head).map((cell) => {
    if (cell === '') throw new DecodeError(NO_OBJECT);
    return trim(unquoted(cell));
  });
  return function* (row, reading) {
    const record = reading.blank(dto);
    for (const [index, cell] of cells(row).entries()) {
      const name = names[index];
      if (name === undefined) {
        throw new DecodeError("Index was out of range. Must be non-negative and less than the size of the collection. (Parameter 'index')");
      }
      const member = memberCalled(dto, name);
      if (member === undefined) {
        reading.passOver(dto, name, 'unknown');
        continue;
      }
      const [own, field] = member;
      const value = yield* new CompactReader(isWhole && !isScalar(field.facts.type) ? JSV : CELL, reading).steps(field, unquoted(cell));
      if (value === undefined) throw new DecodeError(NO_OBJECT);
      reading.set(record, own, value);
    }
    return reading.complete(dto, record);
  };
}

/** All rows, each a message. */
export function* readCsvRows(text: string, dto: Dto, reading: Reading): Work<Message[]> {
  const [head, ...rows] = lines(text);
  if (head === undefined) return [];
  const read = rowReader(head, dto, false);
  const messages: Message[] = [];
  const pace = new Pace();
  for (const row of rows) {
    messages.push(yield* read(row, reading));
    if (pace.isOver(row.length)) yield;
  }
  return messages;
}

/** The first row, null where there is none; the others are read all the same, and may be wrong. */
export function* readCsv(text: string, dto: Dto, reading: Reading, isWhole = false): Work<Message | null> {
  let read: ReturnType<typeof rowReader> | undefined;
  let first: Message | undefined;
  let rest: Reading | undefined;
  const pace = new Pace();
  for (const line of lines(text)) {
    if (read === undefined) read = rowReader(line, dto, isWhole);
    else if (first === undefined) first = yield* read(line, reading);
    else yield* read(line, (rest ??= reading.forgetful()));
    if (pace.isOver(line.length)) yield;
  }
  return first ?? null;
}
