/** CSV as ServiceStack.Text reads it: names in the first line, cells in JSV; a cell that cannot be read is an error (servicestack.md §12 E4). */
import type { Dto } from '../../contract/dto.ts';
import { blank, completed, memberCalled } from '../compact-reader.ts';
import { give, passOver } from '../given.ts';
import { DecodeError } from '../error.ts';
import { cellReader, eatNested, eatQuoted, jsvReader } from '../jsv/reader.ts';
import { EMPTY, slice, trim } from '../values/span.ts';

/** Lines that are not empty; a line break within quotes belongs to its cell. */
function lines(text: string): string[] {
  const rows: string[] = [];
  let isWithinQuotes = false;
  let start = 0;
  const add = (end: number): void => {
    if (end > start) rows.push(text.slice(start, end));
  };
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') {
      if (text.charAt(at + 1) === '"') {
        at++;
        continue;
      }
      isWithinQuotes = !isWithinQuotes;
    }
    if (isWithinQuotes || char !== '\n') continue;
    add(at > 0 && text.charAt(at - 1) === '\r' ? at - 1 : at);
    start = at + 1;
  }
  add(text.length);
  return rows;
}

function eatCell(row: string, cursor: { at: number }): string {
  if (cursor.at >= row.length) return '';
  const start = cursor.at;
  const first = row.charAt(start);
  if (first === ',' || first === '}') return '';
  if (first === '"') return eatQuoted(row, cursor);
  const closing = first === '{' ? '}' : first === '[' ? ']' : undefined;
  if (closing !== undefined) {
    const { span, isClosed } = eatNested(row, cursor, first, closing);
    if (isClosed) return span;
    cursor.at = start;
  }
  while (++cursor.at < row.length && row.charAt(cursor.at) !== ',' && !(first === '{' && row.charAt(cursor.at) === '}'));
  return row.slice(start, cursor.at);
}

function cells(row: string): string[] {
  const found: string[] = [];
  const cursor = { at: -1 };
  while (++cursor.at <= row.length) {
    const cell = eatCell(row, cursor);
    const field = cell.startsWith('"') ? slice(cell, 1, cell.length - 2).replaceAll('""', '"') : cell;
    found.push(field === EMPTY ? '' : field);
  }
  return found;
}

const NO_OBJECT = 'Object reference not set to an instance of an object.';

const COMPOUND: ReadonlySet<string> = new Set(['object', 'list', 'map']);

/**
 * All rows, each a message. The framework leaves the quotes of texts within a list or object on (recording read-csv/010), so
 * it does not read what it wrote; `isWhole` takes them off, as a reader of its answers does.
 */
export function readCsvRows(text: string, dto: Dto, isWhole = false): Record<string, unknown>[] {
  const [head, ...rows] = lines(text);
  if (head === undefined) return [];
  const names = cells(head).map((name) => {
    if (name === '') throw new DecodeError(NO_OBJECT);
    return trim(name);
  });
  return rows.map((row) => {
    const record = blank(dto);
    cells(row).forEach((cell, index) => {
      const name = names[index];
      if (name === undefined) {
        throw new DecodeError("Index was out of range. Must be non-negative and less than the size of the collection. (Parameter 'index')");
      }
      const member = memberCalled(dto, name);
      if (member === undefined) {
        passOver(record, name, 'unknown');
        return;
      }
      const reader = isWhole && COMPOUND.has(member[1].facts.type) ? jsvReader : cellReader;
      const value = reader.value(member[1], cell, 0);
      if (value === undefined) throw new DecodeError(NO_OBJECT);
      give(record, member[0], value);
    });
    return completed(dto, record);
  });
}

/** The first row; null where there is none. */
export const readCsv = (text: string, dto: Dto, isWhole = false): Record<string, unknown> | null =>
  readCsvRows(text, dto, isWhole)[0] ?? null;
