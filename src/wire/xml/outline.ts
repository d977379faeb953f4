/**
 * Takes out of a document what fast-xml-parser should not read: attributes, of which a service needs more than the parser
 * gives, and long texts, which it would copy letter by letter. What is left is held against the grammar of markup, since the
 * parser and its validator let pass what .NET's reader refuses.
 */
import { DecodeError } from '../error.ts';

/** A document that is not well-formed, or that .NET's reader refuses. */
export class XmlError extends DecodeError {}

export interface Outline {
  /** The document, with nothing but names in its start tags, and marks in place of long texts. */
  readonly text: string;
  /** Of the start tags in their order: their names, and what stands behind them. */
  readonly names: readonly string[];
  readonly attributes: readonly string[];
  readonly longTexts: readonly string[];
}

/** Bounds of the mock's own, so that no document fills the memory; .NET says the same of its quotas. */
const MAX_ELEMENTS = 1_000_000;
const MAX_LEVELS = 250_000;
const LONG = 1000;
/** Around the number of a long text; half a character, which no document that was decoded can contain. */
const MARK = '\ud800';
const MARKED = /\ud800(\d+)\ud800/g;

const SPACE = '[ \\t\\r\\n]';
const PART = '[\\p{L}_][\\p{L}\\p{N}\\p{M}_.\\-·]*';
const NAME = `(?:${PART}:)?${PART}`;
const ATTRIBUTE = `${SPACE}+(${NAME})${SPACE}*=${SPACE}*(?:"([^"<]*)"|'([^'<]*)')`;
const pseudo = (name: string, value: string): string => `${SPACE}+${name}${SPACE}*=${SPACE}*(?:"${value}"|'${value}')`;
const DECLARATION = new RegExp(
  `<\\?xml${pseudo('version', '1\\.0')}(?:${pseudo('encoding', '[^"\'<]*')})?(?:${pseudo('standalone', '(?:yes|no)')})?${SPACE}*\\?>`,
  'y',
);
const TAG_START = new RegExp(`<(/?)(${NAME})`, 'yu');
// An expression keeps a note of each repetition, and a tag may have a million attributes: so many at a time.
const ATTRIBUTES = new RegExp(`(?:${ATTRIBUTE}){0,1000}`, 'yu');
const TAG_END = new RegExp(`${SPACE}*(/?)>`, 'y');
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no document may contain, but for CDATA
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;
export function assertCharacters(text: string): void {
  if (CONTROL.test(text)) throw new XmlError('A control character is not valid at this location.');
}

/** A text of the outline with the long ones back in their places. */
export const restored = (text: string, { longTexts }: Outline): string =>
  longTexts.length === 0 ? text : text.replace(MARKED, (_, index) => longTexts[Number(index)]!.replace(/\r\n?/g, '\n'));

export type Attributes = readonly (readonly [name: string, value: string])[];
/** What such a list says. */
export const attributesIn = (list: string): Attributes =>
  Array.from(list.matchAll(new RegExp(ATTRIBUTE, 'gu')), ([, name, double, single]) => [name!, double ?? single!] as const);

export function outlineOf(document: string): Outline {
  const names: string[] = [];
  const attributes: string[] = [];
  const longTexts: string[] = [];
  let text = '';
  let level = 0;
  let at = 0;
  let copied = 0;

  const fail = (message: string): never => {
    let line = 1;
    let start = 0;
    for (let end = document.indexOf('\n'); end >= 0 && end < at; end = document.indexOf('\n', start)) {
      line++;
      start = end + 1;
    }
    throw new XmlError(`${message} Line ${line}, position ${at - start + 1}.`);
  };
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(document);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  const takeUntil = (end: string): string => {
    const found = document.indexOf(end, at);
    if (found < 0) return fail('Unexpected end of file.');
    const taken = document.slice(at, found);
    at = found + end.length;
    return taken;
  };
  const replace = (from: number, to: number, by: string): void => {
    text += document.slice(copied, from) + by;
    copied = to;
  };

  const tag = (): void => {
    const [, slash, name] = take(TAG_START) ?? fail('A name was expected after <, of letters, digits and _ . - with at most one colon.');
    const isEnd = slash !== '';
    const from = at;
    while (take(ATTRIBUTES)![0] !== '');
    const list = document.slice(from, at);
    const isEmpty = (take(TAG_END) ?? fail("The token '>' was expected, or an attribute with a value in quotes."))[1] !== '';
    if (isEnd && (isEmpty || list !== '')) fail("The token '>' was expected.");
    if (list !== '') replace(from, from + list.length, '');
    if (!isEnd && level === 0 && names.length > 0) fail('There are multiple root elements.');
    if (!isEnd) attributes.push(list);
    if (isEnd) level--;
    else if (names.push(name!) > MAX_ELEMENTS)
      fail(`Maximum number of items that can be serialized or deserialized in an object graph is '${MAX_ELEMENTS}'.`);
    else if (!isEmpty && ++level > MAX_LEVELS) fail(`The maximum read depth (${MAX_LEVELS}) has been exceeded.`);
  };

  const textUntil = (end: number): void => {
    if (level === 0 && /[^ \t\r\n]/.test(document.slice(at, end))) fail('The data at the root level is invalid.');
    if (end - at >= LONG) {
      replace(at, end, `${MARK}${longTexts.length}${MARK}`);
      longTexts.push(document.slice(at, end));
    }
    at = end;
  };

  for (let open = document.indexOf('<'); open >= 0; open = document.indexOf('<', at)) {
    textUntil(open);
    if (document.startsWith('<!--', at)) {
      at += 4;
      const comment = takeUntil('-->');
      assertCharacters(comment);
      if (comment.includes('--') || comment.endsWith('-')) fail("XML comments cannot contain '--' or end with '-'.");
    } else if (level > 0 && document.startsWith('<![CDATA[', at)) takeUntil(']]>');
    else if (document.startsWith('<!', at)) {
      at += 2;
      fail(level > 0 ? "The token '[CDATA[' was expected." : 'CData elements not valid at top level of an XML document.');
    } else if (document.startsWith('<?', at)) {
      if (!document.startsWith('<?xml', at)) fail('Processing instructions (other than the XML declaration) and DTDs are not supported.');
      if (at > 0) fail('No characters can appear before the XML declaration.');
      if (take(DECLARATION) === null) fail('Malformed XML declaration.');
    } else tag();
  }
  textUntil(document.length);
  if (level > 0 || names.length === 0) fail('Unexpected end of file.');
  return { text: text + document.slice(copied), names, attributes, longTexts };
}
