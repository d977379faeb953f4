/** JSV as ServiceStack writes it: JSON's structure, texts quoted only where they have to be (servicestack.md §3.2). */
import { compound, type ParsedValue, type ParsedMember, scalar, Unreadable } from '../parsed-value.ts';

const QUOTED = /"(?:[^"]|"")*"/y;
const BARE = /[^",:{}[\]\r\n]*/y;
/** A date is not quoted for its colons. */
const DATE = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?/y;

/** @throws Unreadable where the text is not valid JSV. */
export function readJsv(text: string): ParsedValue {
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const fail = (wanted: string): never => {
    const found = at < text.length ? JSON.stringify(text.slice(at, at + 20)) : 'the end';
    throw new Unreadable(`not valid JSV: ${wanted} wanted at character ${at}, found ${found}`);
  };
  const word = (): string => {
    const quoted = take(QUOTED);
    return quoted === undefined ? (take(DATE) ?? take(BARE) ?? '') : quoted.slice(1, -1).replaceAll('""', '"');
  };
  const children = (close: string, child: () => ParsedMember): ParsedMember[] => {
    at++;
    const found: ParsedMember[] = [];
    if (text[at] !== close) {
      found.push(child());
      while (text[at] === ',') {
        at++;
        found.push(child());
      }
    }
    if (text[at] !== close) fail(`"${close}" or ","`);
    at++;
    return found;
  };
  const member = (): ParsedMember => {
    const name = word();
    if (text[at] !== ':') fail('":"');
    at++;
    return { name, value: value() };
  };
  const value = (): ParsedValue => {
    if (text[at] === '{') return compound('object', children('}', member));
    if (text[at] === '[')
      return compound(
        'list',
        children(']', () => ({ name: '', value: value() })),
      );
    return scalar('bare', word());
  };
  const root = value();
  return at < text.length ? fail('the end') : root;
}
