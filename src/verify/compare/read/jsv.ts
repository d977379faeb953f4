/** JSV as ServiceStack writes it: JSON's structure, texts quoted only where they have to be (servicestack.md §3.2). */
import { type ParsedValue, scalar } from '../parsed-value.ts';
import { Cursor } from './cursor.ts';

const NO_SPACE = /(?:)/y;
const BARE = /[^",:{}[\]\r\n]*/y;
/** A date is not quoted for its colons. */
const DATE = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?/y;

function word(cursor: Cursor): string {
  return cursor.quoted('"')?.replaceAll('""', '"') ?? cursor.take(DATE) ?? cursor.take(BARE) ?? '';
}

/** @throws Unreadable where the text is not valid JSV. */
export const readJsv = (text: string): ParsedValue =>
  new Cursor(text, { name: 'JSV', space: NO_SPACE, memberName: word, scalar: (cursor) => scalar('bare', word(cursor)) }).whole();
