/** CSV as ServiceStack writes a response: a row of names, a row of values, lists and objects as JSV (servicestack.md §3.3). */
import type { Dto } from '../../../contract/dto.ts';
import { compound, NULL, type ParsedValue, scalar, Unreadable } from '../parsed-value.ts';
import { closingQuote } from './cursor.ts';
import { readJsv } from './jsv.ts';

const BARE = /[^",\r\n]*/y;
const BREAK = /\r\n|\n/y;

function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const cell = (): string => {
    const end = text[at] === '"' ? closingQuote(text, at + 1, '"') : -1;
    if (end < 0) return take(BARE) ?? '';
    const quoted = text.slice(at + 1, end).replaceAll('""', '"');
    at = end + 1;
    return quoted;
  };
  while (at < text.length) {
    const row = [cell()];
    while (text[at] === ',') {
      at++;
      row.push(cell());
    }
    if (take(BREAK) === undefined) throw new Unreadable(`not valid CSV: a line end wanted at character ${at}`);
    rows.push(row);
  }
  return rows;
}

/** `dtos`: messages of which the text is one; they tell a list in a cell from a text. @throws Unreadable where the text is not CSV of one record. */
export function readCsv(text: string, dtos: readonly Dto[]): ParsedValue {
  const rows = rowsOf(text);
  const [names, cells] = rows;
  if (names === undefined || cells === undefined || rows.length !== 2)
    throw new Unreadable(`not CSV of one record: ${rows.length} rows, 2 wanted`);
  if (names.length !== cells.length) throw new Unreadable(`not valid CSV: ${names.length} names, ${cells.length} values`);
  return compound(
    'object',
    names.map((name, i) => {
      const cell = cells[i] as string;
      const isCompound = dtos.some((dto) => ['list', 'object', 'map'].includes(dto.member[name]?.field.facts.type ?? ''));
      return { name, value: cell === '' ? NULL : isCompound ? readJsv(cell) : scalar('bare', cell) };
    }),
  );
}
