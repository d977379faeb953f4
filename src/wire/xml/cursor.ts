/** How .NET's serializer moves over a document: from content to content, into elements and out of them. */
import { DecodeError } from '../error.ts';
import type { XmlTokens } from './tokens.ts';

const BLANK = /^[ \t\r\n]*$/;

/** The serializer's cursor: an element without content is read as one with an end tag. */
export class Cursor {
  readonly tokens: XmlTokens;
  #isAtEmptyEnd = false;

  constructor(tokens: XmlTokens) {
    this.tokens = tokens;
  }
  get isAtEnd(): boolean {
    return this.#isAtEmptyEnd || this.tokens.type === 'EndElement';
  }
  /** Past comments and blanks to what counts. */
  moveToContent(): void {
    if (this.#isAtEmptyEnd) return;
    const { tokens } = this;
    while (tokens.type !== 'Element' && tokens.type !== 'EndElement') {
      const isText = tokens.type === 'Text' || tokens.type === 'CDATA';
      if (isText && !BLANK.test(tokens.value)) return;
      if (!tokens.read()) return;
    }
  }
  isStart(name: string, ns: string): boolean {
    this.moveToContent();
    return !this.#isAtEmptyEnd && this.tokens.type === 'Element' && this.tokens.name === name && this.tokens.ns === ns;
  }
  read(): void {
    if (this.#isAtEmptyEnd) {
      this.#isAtEmptyEnd = false;
      this.tokens.read();
    } else if (this.tokens.type === 'Element' && this.tokens.isEmptyElement) this.#isAtEmptyEnd = true;
    else this.tokens.read();
  }
  readEnd(): void {
    if (this.#isAtEmptyEnd) {
      this.read();
      return;
    }
    const { tokens } = this;
    const [name, ns, depth] = this.#owner();
    this.moveToContent();
    if (tokens.type !== 'EndElement' || tokens.depth !== depth)
      tokens.fail(`End element '${name}' from namespace '${ns}' expected. Found ${this.#found()}.`);
    tokens.read();
  }
  #owners: [string, string, number][] = [];
  #owner(): [string, string, number] {
    return this.#owners.at(-1) ?? ['', '', 0];
  }
  /** Goes into an element, does its work there, and leaves it. */
  within<T>(work: () => T): T {
    const { name, ns, depth } = this.tokens;
    this.read();
    this.#owners.push([name, ns, depth]);
    const result = work();
    this.readEnd();
    this.#owners.pop();
    return result;
  }
  #found(): string {
    const { type, ns, value } = this.tokens;
    const name = this.tokens.qualifiedName;
    const found: Record<string, string> = {
      Element: `element '${name}' from namespace '${ns}'`,
      EndElement: `end element '${name}' from namespace '${ns}'`,
      Comment: `comment '${value}'`,
      CDATA: `cdata '${value}'`,
    };
    return found[type] ?? `text '${value}'`;
  }
  /** Text and CDATA up to the next tag. */
  text(): string {
    if (this.#isAtEmptyEnd) return '';
    const { tokens } = this;
    let text = '';
    while (tokens.type !== 'Element' && tokens.type !== 'EndElement') {
      if (tokens.type !== 'Comment') text += tokens.value;
      if (!tokens.read()) break;
    }
    return text;
  }
  /** Past an element and all that it holds. */
  skip(): void {
    const { tokens } = this;
    const { depth, isEmptyElement } = tokens;
    if (!isEmptyElement) while (tokens.read() && !((tokens.type as string) === 'EndElement' && tokens.depth === depth));
    tokens.read();
  }
  requires(member: string): DecodeError {
    const { line, column } = this.tokens.position();
    const { name, ns } = this.tokens;
    return new DecodeError(
      `Error in line ${line} position ${column}. '${this.isAtEnd ? 'EndElement' : 'Element'}' '${name}' from namespace '${ns}' is not expected. Expecting element '${member}'.`,
    );
  }
  unexpected(expected: string): DecodeError {
    const { line, column } = this.tokens.position();
    const { type, name, ns } = this.tokens;
    return new DecodeError(
      `Error in line ${line} position ${column}. ${expected}. Encountered '${type}'  with name '${name}', namespace '${ns}'.`,
    );
  }
}
