/**
 * Takes out of a document what fast-xml-parser should not read: attributes, of which a service needs more than the parser
 * gives, and long texts, which it would copy letter by letter. What is left is held against the grammar of markup, since the
 * parser and its validator let pass what .NET's reader refuses.
 */
import { DecodeError } from '../error.ts';
import { Pace } from '../pace.ts';
import type { Work } from '../../work.ts';

/** A document that is not well-formed, or that .NET's reader refuses. */
export class XmlError extends DecodeError {}

export interface Outline {
  /** The document, with nothing but names in its start tags, and marks in place of long texts; a long one in parts. */
  readonly parts: readonly OutlinePart[];
  /** Of the start tags in their order: their names, and what stands behind them. */
  readonly names: readonly string[];
  readonly attributes: readonly string[];
  readonly longTexts: readonly string[];
}

/** A document of its own, so that the parser, which cannot be interrupted, never has much to read. */
export interface OutlinePart {
  readonly text: string;
  /** How many elements it opens again, each the first in the other: they were open where the part before ended. */
  readonly reopened: number;
}
/** Characters from which on a part ends before the next start tag. */
const LONG_PART = 65_536;
/** Where the tags that close and open again would be longer than this together, no part ends: what is read stays in proportion. */
const MAX_REOPENED = 16_384;
/** `<a></a>` without the names. */
const TAGS = 5;

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
const tagExpressions = () => ({
  start: new RegExp(`<(/?)(${NAME})`, 'yu'),
  // An expression keeps a note of each repetition, and a tag may have a million attributes: so many at a time.
  attributes: new RegExp(`(?:${ATTRIBUTE}){0,1000}`, 'yu'),
});
/** Made with the first document: their classes of letters would take a hundredth of a start. */
let tags: ReturnType<typeof tagExpressions> | undefined;
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

export const outlineOf = (document: string): Work<Outline> => new Outliner(document).outline();

class Outliner {
  readonly #document: string;
  readonly #tags = (tags ??= tagExpressions());
  readonly #names: string[] = [];
  readonly #attributes: string[] = [];
  readonly #longTexts: string[] = [];
  readonly #parts: OutlinePart[] = [];
  /** Of the part that is being written. */
  #text = '';
  #reopened = 0;
  /** As far as this the document is in the parts. */
  #copied = 0;
  #at = 0;
  /** Names of the elements that are open. */
  readonly #open: string[] = [];
  /** Characters of their tags. */
  #openLength = 0;

  constructor(document: string) {
    this.#document = document;
  }

  *outline(): Work<Outline> {
    const pace = new Pace();
    const document = this.#document;
    for (let open = document.indexOf('<'); open >= 0; open = document.indexOf('<', this.#at)) {
      this.#textUntil(open);
      if (document.startsWith('<!', open)) this.#commentOrSection();
      else if (document.startsWith('<?', open)) this.#declaration();
      else this.#tag();
      if (pace.isOver()) yield;
    }
    this.#textUntil(document.length);
    if (this.#open.length > 0 || this.#names.length === 0) this.#fail('Unexpected end of file.');
    this.#replace(document.length, document.length, '');
    this.#parts.push({ text: this.#text, reopened: this.#reopened });
    return { parts: this.#parts, names: this.#names, attributes: this.#attributes, longTexts: this.#longTexts };
  }

  #textUntil(end: number): void {
    const text = this.#document.slice(this.#at, end);
    if (this.#open.length === 0 && /[^ \t\r\n]/.test(text)) this.#fail('The data at the root level is invalid.');
    if (text.length >= LONG) {
      this.#replace(this.#at, end, `${MARK}${this.#longTexts.length}${MARK}`);
      this.#longTexts.push(text);
    }
    this.#at = end;
  }

  #commentOrSection(): void {
    if (this.#takes('<!--')) {
      const comment = this.#takeUntil('-->');
      assertCharacters(comment);
      if (comment.includes('--') || comment.endsWith('-')) this.#fail("XML comments cannot contain '--' or end with '-'.");
    } else if (this.#open.length > 0) {
      if (!this.#takes('<![CDATA[')) this.#fail("The token '[CDATA[' was expected.");
      this.#takeUntil(']]>');
    } else {
      this.#takes('<!');
      this.#fail('CData elements not valid at top level of an XML document.');
    }
  }

  #declaration(): void {
    if (!this.#document.startsWith('<?xml', this.#at))
      this.#fail('Processing instructions (other than the XML declaration) and DTDs are not supported.');
    if (this.#at > 0) this.#fail('No characters can appear before the XML declaration.');
    if (this.#take(DECLARATION) === null) this.#fail('Malformed XML declaration.');
  }

  /** Ends a part that is long enough before the tag that comes next. */
  #cut(): void {
    const open = this.#open;
    if (this.#text.length + this.#at - this.#copied < LONG_PART || open.length === 0 || this.#openLength > MAX_REOPENED) return;
    this.#replace(this.#at, this.#at, '');
    const closed = open.map((name) => `</${name}>`).reverse();
    this.#parts.push({ text: this.#text + closed.join(''), reopened: this.#reopened });
    this.#text = open.map((name) => `<${name}>`).join('');
    this.#reopened = open.length;
  }

  #tag(): void {
    if (this.#document[this.#at + 1] !== '/') this.#cut();
    const [, slash, name] =
      this.#take(this.#tags.start) ?? this.#fail('A name was expected after <, of letters, digits and _ . - with at most one colon.');
    const start = this.#at;
    while (this.#take(this.#tags.attributes)![0] !== '');
    const attributes = this.#document.slice(start, this.#at);
    const [, empty] = this.#take(TAG_END) ?? this.#fail("The token '>' was expected, or an attribute with a value in quotes.");
    if (attributes !== '') this.#replace(start, start + attributes.length, '');
    if (slash === '') this.#start(name!, attributes, empty !== '');
    else if (attributes !== '' || empty !== '') this.#fail("The token '>' was expected.");
    else this.#end();
  }

  #start(name: string, attributes: string, isEmpty: boolean): void {
    if (this.#open.length === 0 && this.#names.length > 0) this.#fail('There are multiple root elements.');
    this.#attributes.push(attributes);
    if (this.#names.push(name) > MAX_ELEMENTS)
      this.#fail(`Maximum number of items that can be serialized or deserialized in an object graph is '${MAX_ELEMENTS}'.`);
    if (isEmpty) return;
    this.#openLength += 2 * name.length + TAGS;
    if (this.#open.push(name) > MAX_LEVELS) this.#fail(`The maximum read depth (${MAX_LEVELS}) has been exceeded.`);
  }

  #end(): void {
    const name = this.#open.pop() ?? this.#fail('Unexpected end tag.');
    this.#openLength -= 2 * name.length + TAGS;
  }

  #takes(token: string): boolean {
    const isAhead = this.#document.startsWith(token, this.#at);
    if (isAhead) this.#at += token.length;
    return isAhead;
  }
  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#document);
    if (match !== null) this.#at = pattern.lastIndex;
    return match;
  }
  #takeUntil(end: string): string {
    const found = this.#document.indexOf(end, this.#at);
    if (found < 0) this.#fail('Unexpected end of file.');
    const taken = this.#document.slice(this.#at, found);
    this.#at = found + end.length;
    return taken;
  }
  #replace(start: number, end: number, by: string): void {
    this.#text += this.#document.slice(this.#copied, start) + by;
    this.#copied = end;
  }
  #fail(message: string): never {
    let line = 1;
    let start = 0;
    for (let end = this.#document.indexOf('\n'); end >= 0 && end < this.#at; end = this.#document.indexOf('\n', start)) {
      line++;
      start = end + 1;
    }
    throw new XmlError(`${message} Line ${line}, position ${this.#at - start + 1}.`);
  }
}
