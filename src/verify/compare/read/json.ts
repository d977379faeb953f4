/** JSON by the letter of RFC 8259, keeping the digits of numbers, and members that occur twice. */
import { compound, NULL, type ParsedValue, type ParsedMember, scalar, Unreadable } from '../parsed-value.ts';

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside a string
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /true|false|null/y;

/** @throws Unreadable where the text is not valid JSON. */
export function readJson(text: string): ParsedValue {
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const fail = (wanted: string): never => {
    const found = at < text.length ? JSON.stringify(text.slice(at, at + 20)) : 'the end';
    throw new Unreadable(`not valid JSON: ${wanted} wanted at character ${at}, found ${found}`);
  };
  const string = (): string => {
    const found = take(STRING) ?? fail('a string');
    return found.includes('\\') ? (JSON.parse(found) as string) : found.slice(1, -1);
  };
  const children = (close: string, child: () => ParsedMember): ParsedMember[] => {
    at++;
    const found: ParsedMember[] = [];
    take(SPACE);
    if (text[at] !== close) {
      for (;;) {
        found.push(child());
        take(SPACE);
        if (text[at] !== ',') break;
        at++;
        take(SPACE);
      }
    }
    if (text[at] !== close) fail(`"${close}" or ","`);
    at++;
    return found;
  };
  const member = (): ParsedMember => {
    const name = string();
    take(SPACE);
    if (text[at] !== ':') fail('":"');
    at++;
    return { name, value: value() };
  };
  const value = (): ParsedValue => {
    take(SPACE);
    const first = text[at];
    if (first === '{') return compound('object', children('}', member));
    if (first === '[')
      return compound(
        'list',
        children(']', () => ({ name: '', value: value() })),
      );
    if (first === '"') return scalar('string', string());
    const word = take(WORD);
    if (word === 'null') return NULL;
    return word === undefined ? scalar('number', take(NUMBER) ?? fail('a value')) : scalar('boolean', word);
  };
  const root = value();
  take(SPACE);
  return at < text.length ? fail('the end') : root;
}
