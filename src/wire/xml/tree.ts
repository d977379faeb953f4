/** An XML document as a tree with every name resolved to its namespace; what .NET's reader refuses is refused. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { documentText } from './encoding.ts';
import { Pace } from '../pace.ts';
import { atOnce, type Work } from '../../work.ts';
import {
  type Attributes,
  assertCharacters,
  MANY,
  type Outline,
  type OutlinePart,
  outlineOf,
  readingAttributes,
  restored,
  XmlError,
} from './outline.ts';

export { XmlError } from './outline.ts';

/** A name and the namespace that it stands in. */
export interface XmlName {
  readonly name: string;
  readonly ns: string;
}
export interface XmlAttribute extends XmlName {
  readonly value: string;
}
export interface XmlElement extends XmlName {
  /** In their order, declarations of namespaces included. */
  readonly attributes: readonly XmlAttribute[];
  /** What `type` of XML Schema's instance namespace names. The namespace is empty where nobody declared the prefix. */
  readonly type: XmlName | undefined;
  /** Texts and elements in their order, without comments. */
  readonly content: readonly (string | XmlElement)[];
}

export const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

const TEXT = '#text';
const CDATA = '#cdata';
const ELEMENT = '#element';

const parser = new XMLParser({
  preserveOrder: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: CDATA,
  ignoreDeclaration: true,
  // The outline keeps the names: objects with keys of the caller's choice are slow, and some the parser reserves.
  transformTagName: (name) => (name.endsWith('/') ? `${ELEMENT}/` : ELEMENT),
  // The parser's own limits decide nothing, and its paths cost their depth for each element.
  maxNestedTags: Number.POSITIVE_INFINITY,
  jPath: false,
});
/** Of the three keys a node has one. */
interface Node {
  readonly [ELEMENT]?: Node[];
  readonly [TEXT]?: string;
  readonly [CDATA]?: readonly Node[];
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
function character(reference: string, hex?: string, digits?: string, name?: string): string {
  const code = hex === undefined ? Number(digits) : Number.parseInt(hex || '0', 16);
  const found = name !== undefined ? ENTITIES.get(name) : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  if (found === undefined) throw new XmlError(`Character reference not valid: '${reference}'.`);
  return found;
}
function decoded(text: string): string {
  assertCharacters(text);
  return text.includes('&') ? text.replace(/&(?:#x([0-9a-fA-F]*);|#(\d*);|(\w+);)?/g, character) : text;
}
function textOf(text: string): string {
  if (text.includes(']]>')) throw new XmlError("']]>' not valid in text node content.");
  if (/[\ufffe\uffff]/.test(text)) throw new XmlError('Characters with hexadecimal values 0xFFFE and 0xFFFF are not valid.');
  return decoded(text);
}

/** Puts the nodes of a part where those before it ended. `open` has what is open, the document first. */
function append(open: Node[][], part: readonly Node[], { reopened, leftOpen }: OutlinePart): void {
  const lasting = open.length - reopened;
  let from = part[0]![ELEMENT]!;
  for (let level = lasting - 1; level < open.length; level++) {
    const isOpen = level < open.length - 1;
    for (let i = isOpen ? 1 : 0; i < from.length; i++) open[level]!.push(from[i]!);
    if (isOpen) from = from[0]![ELEMENT]!;
  }
  open.length = lasting;
  for (let left = leftOpen; left > 0; left--) open.push(open.at(-1)!.at(-1)![ELEMENT]!);
}

interface OpenElement {
  readonly content: (string | XmlElement)[];
  /** What the parser found in it; as many of them are done as the content has. */
  readonly nodes: readonly Node[];
  /** Prefixes that it binds. */
  readonly prefixes: readonly string[];
}

const NO_ATTRIBUTES: readonly XmlAttribute[] = [];
const NO_PREFIXES: readonly string[] = [];

class TreeBuilder {
  readonly #outline: Outline;
  /** The namespaces that each prefix is bound to, the innermost last. */
  readonly #bindings = new Map([
    ['', ['']],
    ['xml', [XML]],
    ['xmlns', [XMLNS]],
  ]);
  readonly #open: OpenElement[] = [];
  #started = 0;

  constructor(outline: Outline) {
    this.#outline = outline;
  }

  /** Without recursion: a document may be deeper than the stack. */
  *build(root: readonly Node[]): Work<XmlElement> {
    const tree = yield* this.#starting(root);
    const pace = new Pace();
    for (let current = this.#open.at(-1); current !== undefined; current = this.#open.at(-1)) {
      const { content, nodes, prefixes } = current;
      const node = nodes[content.length];
      if (pace.isOver()) yield;
      if (node === undefined) {
        for (const prefix of prefixes) this.#bindings.get(prefix)!.pop();
        this.#open.pop();
      } else if (node[ELEMENT] !== undefined) {
        const hasAttributes = this.#outline.attributes[this.#started] !== '';
        content.push(hasAttributes ? yield* this.#starting(node[ELEMENT]) : this.#start(node[ELEMENT]));
      } else if (node[CDATA] !== undefined) content.push(node[CDATA].map((part) => part[TEXT]).join(''));
      else content.push(textOf(restored(node[TEXT]!, this.#outline)));
    }
    return tree;
  }

  /** Of an element with attributes, which may be very many. */
  *#starting(nodes: readonly Node[]): Work<XmlElement> {
    const sent = yield* readingAttributes(this.#outline.attributes[this.#started]!);
    const prefixes = this.#bind(sent);
    return this.#start(nodes, prefixes, yield* this.#attributes(sent));
  }
  #start(nodes: readonly Node[], prefixes = NO_PREFIXES, attributes = NO_ATTRIBUTES): XmlElement {
    const qualified = this.#outline.names[this.#started++]!;
    const content: (string | XmlElement)[] = [];
    this.#open.push({ content, nodes, prefixes });
    const { name, ns } = this.#resolve(qualified, this.#namespace('')!);
    return { name, ns, attributes, type: this.#typeIn(attributes), content };
  }

  #bind(sent: Attributes): readonly string[] {
    const prefixes: string[] = [];
    for (const [name, value] of sent) {
      if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
      const prefix = name.slice('xmlns:'.length);
      const ns = decoded(value);
      if (prefix !== '' && ns === '') throw new XmlError('The empty namespace requires a null or empty prefix.');
      const bound = this.#bindings.get(prefix);
      if (bound === undefined) this.#bindings.set(prefix, [ns]);
      else bound.push(ns);
      prefixes.push(prefix);
    }
    return prefixes;
  }
  *#attributes(sent: Attributes): Work<readonly XmlAttribute[]> {
    const known = new Set<string>();
    const attributes: XmlAttribute[] = [];
    for (const [qualified, value] of sent) {
      const { name, ns } = qualified === 'xmlns' ? { name: qualified, ns: XMLNS } : this.#resolve(qualified, '');
      const key = `${name} ${ns}`;
      if (known.has(key)) throw new XmlError(`Duplicate attribute found. Two are called '${name}' from the namespace '${ns}'.`);
      known.add(key);
      if (attributes.push({ name, ns, value: decoded(value.replace(/[\t\r\n]/g, ' ')) }) % MANY === 0) yield;
    }
    return attributes;
  }
  #namespace(prefix: string): string | undefined {
    return this.#bindings.get(prefix)?.at(-1);
  }
  #resolve(qualified: string, unprefixed: string): XmlName {
    const colon = qualified.indexOf(':');
    if (colon < 0) return { name: qualified, ns: unprefixed };
    const prefix = qualified.slice(0, colon);
    const ns = this.#namespace(prefix);
    if (ns === undefined) throw new XmlError(`The prefix '${prefix}' is not defined.`);
    return { name: qualified.slice(colon + 1), ns };
  }
  #typeIn(attributes: readonly XmlAttribute[]): XmlName | undefined {
    const type = attributes.find(({ name, ns }) => name === 'type' && ns === INSTANCE)?.value ?? '';
    const colon = type.indexOf(':');
    return type === '' ? undefined : { name: type.slice(colon + 1), ns: this.#namespace(type.slice(0, Math.max(colon, 0))) ?? '' };
  }
}

/**
 * The root element of a document, in UTF-8 or in UTF-16 that says so.
 *
 * @throws XmlError for what is not well-formed or asks for more than elements, attributes and text; DecodeError for its encoding.
 */
export function* parsingXml(body: string | Uint8Array): Work<XmlElement> {
  const outline = yield* outlineOf(documentText(body));
  const nodes: Node[] = [];
  const open = [nodes];
  for (const part of outline.parts) {
    yield;
    const valid = XMLValidator.validate(part.text);
    // Its positions are those of the part.
    if (valid !== true) throw new XmlError(valid.err.msg.replace(/ \(opened in .*?\)/, ''));
    yield;
    append(open, parser.parse(part.text), part);
  }
  yield;
  return yield* new TreeBuilder(outline).build(nodes.find((node) => node[ELEMENT] !== undefined)![ELEMENT]!);
}

/** The same in one go. */
export const parseXml = (body: string | Uint8Array): XmlElement => atOnce(parsingXml(body));
