/**
 * XML as .NET's text reader takes it apart, with its messages and positions. A position counts bytes in its buffer, and the
 * buffer holds the start tags that are still open and the node just read (recordings read-xml): hence the bookkeeping.
 */
import { decoded, isSpace, XmlScanner } from './scanner.ts';

export type NodeType = 'None' | 'XmlDeclaration' | 'Element' | 'EndElement' | 'Text' | 'Whitespace' | 'CDATA' | 'Comment';

export interface Attribute {
  readonly prefix: string;
  readonly name: string;
  readonly ns: string;
  readonly value: string;
}

interface Open {
  readonly prefix: string;
  readonly name: string;
  readonly ns: string;
  /** Prefix and name as they stand in the text. */
  readonly raw: string;
  /** Where the buffer goes on after its start tag. */
  readonly buffered: string;
  readonly bindings: ReadonlyMap<string, string>;
}

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';
/** A text node has at most this many bytes. */
const TEXT_CHUNK = 2048;

const SPACES = /[\t\n ]*/y;
const TEXT = /[\t\n\x20-\x25\x27-\x3b\x3d-\x5c\x5e-\xee\xf0-\xff]*/y;

export class XmlTokens extends XmlScanner {
  #open: Open[] = [];
  #isClosing = false;
  #hasRoot = false;
  #isInitial = true;
  type: NodeType = 'None';
  value = '';
  attributes: readonly Attribute[] = [];
  isEmptyElement = false;
  /** A text that an element's tag follows at once: its value is looked at before anything behind it. */
  isAtomic = false;

  protected override openNames(): string[] {
    return this.#open.map(({ name }) => name).reverse();
  }
  get name(): string {
    return this.type === 'Element' || this.type === 'EndElement' ? this.#open.at(-1)!.name : '';
  }
  /** With its prefix. */
  get qualifiedName(): string {
    const { prefix, name } = this.#open.at(-1)!;
    return prefix === '' ? name : `${prefix}:${name}`;
  }
  get ns(): string {
    return this.type === 'Element' || this.type === 'EndElement' ? this.#open.at(-1)!.ns : '';
  }
  get depth(): number {
    return this.#open.length;
  }
  lookup(prefix: string): string | undefined {
    return prefix === 'xml' ? XML_NAMESPACE : (this.#open.at(-1)?.bindings.get(prefix) ?? (prefix === '' ? '' : undefined));
  }

  /** Goes on to the next node; false at the end of the document. */
  read(): boolean {
    if (this.#isClosing) {
      this.#open.pop();
      this.#isClosing = false;
    }
    this.buffered = this.#open.at(-1)?.buffered ?? '';
    this.start = this.at;
    this.attributes = [];
    this.value = '';
    this.isEmptyElement = false;
    this.isAtomic = false;
    const wasInitial = this.#isInitial;
    this.#isInitial = false;
    if (this.at >= this.text.length) {
      if (this.#open.length > 0) this.endOfFile();
      this.type = 'None';
      return false;
    }
    const char = this.text.charAt(this.at);
    if (char === '<') this.#readMarkup(wasInitial);
    else if (char === ' ' || char === '\t' || char === '\n') this.#node('Whitespace', this.run(SPACES));
    else if (this.#open.length === 0 && char !== '\r') this.fail('The data at the root level is invalid.');
    else this.#readText(char);
    return true;
  }

  #node(type: NodeType, value: string): void {
    this.type = type;
    this.value = value;
  }

  #readText(char: string): void {
    TEXT.lastIndex = this.at;
    if (char === '&') {
      const value = this.characterReference();
      this.#node(/^[\t\n\r ]$/.test(value) ? 'Whitespace' : 'Text', value);
    } else if (char === '\r') {
      this.at++;
      if (this.text.charAt(this.at) === '\n') this.#node('Whitespace', this.run(SPACES));
      else this.#node('Text', '\n');
    } else if (char === ']') {
      if (this.peek(3) === ']]>') this.fail("']]>' not valid in text node content.");
      this.at++;
      this.#node('Text', ']');
    } else if (char === '\xef') {
      const bytes = this.peek(3);
      if (bytes === '\xef\xbf\xbe' || bytes === '\xef\xbf\xbf')
        this.fail('Characters with hexadecimal values 0xFFFE and 0xFFFF are not valid.');
      this.at += 3;
      this.#plainText(bytes + this.#chunk());
    } else if (TEXT.exec(this.text)![0] !== '') {
      this.#plainText(this.#chunk());
    } else {
      this.fail(`The byte 0x${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')} is not valid at this location.`);
    }
  }

  #plainText(bytes: string): void {
    this.isAtomic = this.text.charAt(this.at) === '<' && /[^!]/.test(this.text.charAt(this.at + 1));
    this.#node('Text', decoded(bytes));
  }

  /** A run of text, cut at the reader's chunk but not within a character. */
  #chunk(): string {
    const start = this.at;
    this.run(TEXT);
    if (this.at - start > TEXT_CHUNK) {
      this.at = start + TEXT_CHUNK;
      while ((this.text.charCodeAt(this.at) & 0xc0) === 0x80) this.at--;
    }
    return this.text.slice(start, this.at);
  }

  #readMarkup(isFirst: boolean): void {
    this.at++;
    const char = this.byte();
    if (char === '/') this.#readEnd();
    else if (char === '?') this.#readDeclaration(isFirst);
    else if (char !== '!') this.#readStart();
    else {
      this.at++;
      if (this.byte() === '-') this.#readComment();
      else {
        if (this.#open.length === 0) this.fail('CData elements not valid at top level of an XML document.');
        this.#readCData();
      }
    }
  }

  #readDeclaration(isFirst: boolean): void {
    const head = this.peek(5);
    if (!head.startsWith('?xml') || !isSpace(head.charAt(4))) {
      this.fail('Processing instructions (other than the XML declaration) and DTDs are not supported.');
    }
    if (!isFirst) this.fail('No characters can appear before the XML declaration.');
    this.at += 5;
    this.skipSpaces();
    const attributes = this.#readAttributes();
    const end = this.peek(2);
    if (end !== '?>') this.tokenExpected('?>', end);
    this.at += 2;
    const [version, encoding, standalone] = ['version', 'encoding', 'standalone'].map((name) =>
      attributes.find((attribute) => attribute.name === name && attribute.prefix === ''),
    );
    if (version === undefined || attributes[0] !== version) this.fail('Version not found in XML declaration.');
    if (version.value !== '1.0') this.fail("XML version must be '1.0'.");
    const rest = [encoding, standalone].filter((attribute) => attribute !== undefined);
    if (attributes.length !== rest.length + 1 || rest.some((attribute, index) => attributes[index + 1] !== attribute))
      this.fail('Malformed XML declaration.');
    if (standalone !== undefined && standalone.value !== 'yes' && standalone.value !== 'no') {
      this.fail("'standalone' value in declaration must be 'yes' or 'no'.");
    }
    this.#node('XmlDeclaration', '');
  }

  #readComment(): void {
    this.at++;
    if (this.byte() !== '-') this.tokenExpected('--', this.byte());
    this.at++;
    const start = this.at;
    for (;;) {
      while (this.byte() !== '-') {
        const code = this.byte().charCodeAt(0);
        if (code < 32 && code !== 9 && code !== 10 && code !== 13)
          this.fail(`The byte 0x${code.toString(16).toUpperCase().padStart(2, '0')} is not valid at this location.`);
        this.at++;
      }
      const next = this.peek(3);
      if (next === '-->') break;
      if (next.startsWith('--')) this.fail("XML comments cannot contain '--' or end with '-'.");
      this.at++;
    }
    const value = decoded(this.text.slice(start, this.at));
    this.at += 3;
    this.#node('Comment', value);
  }

  #readCData(): void {
    const head = this.peek(7);
    if (head !== '[CDATA[') this.tokenExpected('[CDATA[', decoded(head));
    this.at += 7;
    const start = this.at;
    for (;;) {
      while (this.byte() !== ']') this.at++;
      if (this.peek(3) === ']]>') break;
      this.at++;
    }
    const value = decoded(this.text.slice(start, this.at));
    this.at += 3;
    this.#node('CDATA', value);
  }

  #readAttributes(): Attribute[] {
    const found: { prefix: string; name: string; value: string }[] = [];
    for (;;) {
      const { prefix, name } = this.nameAhead();
      if (this.byte() !== '=') this.skipSpaces();
      if (this.byte() !== '=') this.tokenExpected('=', this.byte());
      this.at++;
      if (!/["']/.test(this.byte())) this.skipSpaces();
      const quote = this.byte();
      if (quote !== '"' && quote !== "'") this.tokenExpected('"', quote);
      this.at++;
      const value = this.attributeValue(quote);
      if (prefix === 'xmlns' && value === '') this.fail('The empty namespace requires a null or empty prefix.');
      found.push({ prefix, name, value });
      this.at++;
      let isSpaced = false;
      while (isSpace(this.byte())) {
        isSpaced = true;
        this.at++;
      }
      if (/[>/?]/.test(this.byte())) break;
      if (!isSpaced) this.fail('Whitespace must appear between attributes.');
    }
    return this.#resolved(found);
  }

  /** Namespaces declared by the attributes come first; then no two may be the same. */
  #resolved(found: readonly { prefix: string; name: string; value: string }[]): Attribute[] {
    this.#declared = new Map(this.#open.at(-1)?.bindings ?? []);
    const declaredHere = new Set<string>();
    for (const { prefix, name, value } of found) {
      const declares = prefix === 'xmlns' ? name : prefix === '' && name === 'xmlns' ? '' : undefined;
      if (declares === undefined) continue;
      if (declaredHere.has(declares)) {
        const twice = declares === '' ? 'xmlns' : `xmlns:${declares}`;
        this.fail(`Duplicate attribute found. Both '${twice}' and '${twice}' are from the namespace '${XMLNS_NAMESPACE}'.`);
      }
      declaredHere.add(declares);
      this.#declared.set(declares, value);
    }
    const attributes = found.map(
      ({ prefix, name, value }): Attribute => ({ prefix, name, value, ns: this.#attributeNamespace(prefix, name) }),
    );
    attributes.forEach((attribute, index) => {
      const twin = attributes.slice(0, index).find(({ name, ns }) => name === attribute.name && ns === attribute.ns);
      if (twin !== undefined && attribute.ns !== XMLNS_NAMESPACE) {
        const shown = ({ prefix, name }: Attribute): string => (prefix === '' ? name : `${prefix}:${name}`);
        this.fail(`Duplicate attribute found. Both '${shown(twin)}' and '${shown(attribute)}' are from the namespace '${attribute.ns}'.`);
      }
    });
    return attributes;
  }
  #declared = new Map<string, string>();

  #attributeNamespace(prefix: string, name: string): string {
    if (prefix === 'xmlns' || (prefix === '' && name === 'xmlns')) return XMLNS_NAMESPACE;
    return prefix === '' ? '' : this.#namespaceOf(prefix);
  }
  #namespaceOf(prefix: string): string {
    const ns = prefix === 'xml' ? XML_NAMESPACE : (this.#declared.get(prefix) ?? (prefix === '' ? '' : undefined));
    return ns ?? this.fail(`The prefix '${prefix}' is not defined.`);
  }

  #readStart(): void {
    if (this.#open.length === 0) {
      if (this.#hasRoot) this.fail('There are multiple root elements.');
      this.#hasRoot = true;
    }
    const begin = this.start;
    // An element whose name is not read yet counts as open when the text ends.
    this.#open.push({ prefix: '', name: '', ns: '', raw: '', buffered: this.buffered, bindings: this.#open.at(-1)?.bindings ?? new Map() });
    const { prefix, name, raw } = this.nameAhead();
    this.#open[this.#open.length - 1] = { ...this.#open.at(-1)!, prefix, name, raw };
    while (isSpace(this.byte())) this.at++;
    this.#declared = new Map(this.#open.at(-1)!.bindings);
    if (!/[>/]/.test(this.byte())) this.attributes = this.#readAttributes();
    const ns = this.#namespaceOf(prefix);
    const isEmpty = this.byte() === '/';
    if (isEmpty) this.at++;
    if (this.byte() !== '>') this.tokenExpected('>', this.byte());
    this.at++;
    this.#open[this.#open.length - 1] = {
      prefix,
      name,
      ns,
      raw,
      buffered: this.buffered + this.text.slice(begin, this.at),
      bindings: this.#declared,
    };
    this.isEmptyElement = isEmpty;
    this.#isClosing = isEmpty;
    this.#node('Element', '');
  }

  #readEnd(): void {
    this.at++;
    const raw = this.#open.at(-1)?.raw ?? '';
    if (this.peek(raw.length) !== raw) {
      const { raw: found } = this.nameAhead();
      this.fail(`Start element '${decoded(raw)}' does not match end element '${decoded(found)}'.`);
    }
    this.at += raw.length;
    if (this.byte() !== '>') this.skipSpaces();
    if (this.byte() !== '>') this.tokenExpected('>', this.byte());
    this.at++;
    if (this.#open.length === 0) this.fail('The input source is not correctly formatted.');
    this.#isClosing = true;
    this.#node('EndElement', '');
  }
}
