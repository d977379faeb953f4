/**
 * Takes out of a document what fast-xml-parser should not read: attributes, of which a service needs more than the parser
 * gives, long texts, which it would copy letter by letter, comments and the declaration. What is left is held against the
 * grammar of markup, since the parser and its validator let pass what .NET's reader refuses, and is cut into short documents,
 * since the parser cannot be interrupted.
 */
import { DecodeError } from '../error.ts';
import { Pace } from '../pace.ts';
import type { Work } from '../../work.ts';

/** A document that is not well-formed, or that .NET's reader refuses. */
export class XmlError extends DecodeError {}

export interface Outline {
  /** The document, with nothing but names in its start tags, and marks in place of long texts. */
  readonly parts: readonly OutlinePart[];
  /** Of the start tags in their order: their names, and what stands behind them. */
  readonly names: readonly string[];
  readonly attributes: readonly string[];
  readonly longTexts: readonly string[];
}

/**
 * A document of its own. Its root stands for the innermost element that is open all along; in it those are opened again that
 * it closes, and closed that it leaves open: never more than it has tags of its own.
 */
export interface OutlinePart {
  readonly text: string;
  /** How many elements it opens again, each the first in the other. */
  readonly reopened: number;
  /** How many it leaves open, each the last in the other. */
  readonly leftOpen: number;
}
/** Characters from which on a part ends before the next tag, and elements that it opens again or leaves open. */
const LONG_PART = 65_536;
const DEEP_PART = 4000;
/** The name of a part's root. */
const ROOT = '_';

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
/** Attributes between two places where work may be interrupted. */
export const MANY = 1000;
/** What such a list says. */
export function* readingAttributes(list: string): Work<Attributes> {
  const attributes: (readonly [string, string])[] = [];
  for (const [, name, double, single] of list.matchAll(new RegExp(ATTRIBUTE, 'gu')))
    if (attributes.push([name!, double ?? single!]) % MANY === 0) yield;
  return attributes;
}

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
  /** Names of the elements that it closes and parts before it opened, the innermost first. */
  #reopened: string[] = [];
  /** How many elements have been open since it began. */
  #lowest = 0;
  /** As far as this the document is in the parts. */
  #copied = 0;
  #at = 0;
  /** Names of the elements that are open. */
  readonly #open: string[] = [];

  constructor(document: string) {
    this.#document = document;
  }

  *outline(): Work<Outline> {
    const pace = new Pace();
    const document = this.#document;
    for (let open = document.indexOf('<'); open >= 0; open = document.indexOf('<', this.#at)) {
      this.#textUntil(open);
      if (document.startsWith('<!--', open)) this.#comment();
      else if (document.startsWith('<!', open)) this.#section();
      else if (document.startsWith('<?', open)) this.#declaration();
      else this.#tag();
      if (pace.isOver()) yield;
    }
    this.#textUntil(document.length);
    if (this.#open.length > 0 || this.#names.length === 0) this.#fail('Unexpected end of file.');
    this.#endPart();
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

  #comment(): void {
    const start = this.#at;
    this.#takes('<!--');
    const comment = this.#takeUntil('-->');
    assertCharacters(comment);
    if (comment.includes('--') || comment.endsWith('-')) this.#fail("XML comments cannot contain '--' or end with '-'.");
    this.#replace(start, this.#at, '');
  }

  #section(): void {
    if (this.#open.length > 0) {
      this.#cut();
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
    this.#replace(0, this.#at, '');
  }

  /** Ends a part that is long enough before the markup that comes next. */
  #cut(): void {
    const unbalanced = this.#reopened.length + this.#open.length - this.#lowest;
    if (this.#text.length + this.#at - this.#copied >= LONG_PART || unbalanced >= DEEP_PART) this.#endPart();
  }
  #endPart(): void {
    this.#replace(this.#at, this.#at, '');
    const leftOpen = this.#open.slice(this.#lowest).reverse();
    const tags = (names: readonly string[], open: string): string => names.map((name) => `${open}${name}>`).join('');
    const text = `<${ROOT}>${tags(this.#reopened.reverse(), '<')}${this.#text}${tags(leftOpen, '</')}</${ROOT}>`;
    this.#parts.push({ text, reopened: this.#reopened.length, leftOpen: leftOpen.length });
    this.#text = '';
    this.#reopened = [];
    this.#lowest = this.#open.length;
  }

  #tag(): void {
    this.#cut();
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
    if (this.#open.push(name) > MAX_LEVELS) this.#fail(`The maximum read depth (${MAX_LEVELS}) has been exceeded.`);
  }

  #end(): void {
    const name = this.#open.pop() ?? this.#fail('Unexpected end tag.');
    if (this.#open.length >= this.#lowest) return;
    this.#lowest = this.#open.length;
    this.#reopened.push(name);
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
