/** JSON by the letter of RFC 8259, keeping the digits of numbers, and members that occur twice. */
import { NULL, type ParsedValue, scalar } from '../parsed-value.ts';
import { Cursor } from './cursor.ts';

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside a string
const CONTROL = /[\u0000-\u001f]/;
const WORD = /true|false|null/y;

function string(cursor: Cursor): string {
  const found = cursor.quoted('\\') ?? cursor.fail('a string');
  if (CONTROL.test(found)) cursor.fail('no control character before this');
  if (!found.includes('\\')) return found;
  try {
    return JSON.parse(`"${found}"`) as string;
  } catch {
    return cursor.fail('valid escapes before this');
  }
}

function scalarAt(cursor: Cursor): ParsedValue {
  if (cursor.next === '"') return scalar('string', string(cursor));
  const word = cursor.take(WORD);
  if (word === 'null') return NULL;
  return word === undefined ? scalar('number', cursor.take(NUMBER) ?? cursor.fail('a value')) : scalar('boolean', word);
}

/** @throws Unreadable where the text is not valid JSON. */
export const readJson = (text: string): ParsedValue =>
  new Cursor(text, { name: 'JSON', space: SPACE, memberName: string, scalar: scalarAt }).whole();
