/**
 * A document in .NET's XML buffer: bytes, the place reached, and the messages with line and position that callers can see.
 * The buffer holds the start tags that are still open and the node being read, and positions count in it (recordings read-xml).
 */
import { DecodeError } from '../error.ts';
import { fromLatin1 } from '../latin1.ts';

// The text is held as one character a byte, so that indices count bytes.
const ATTRIBUTE_TEXT = /[\x20\x21\x23-\x25\x28-\x3b\x3d-\xee\xf0-\xff]*/y;
/** The first character is looked at later. */
const NAME = /[\s\S]?[A-Za-z0-9_.\-\x80-\xff]*/y;
export const isSpace = (char: string): boolean => char === ' ' || char === '\t' || char === '\n' || char === '\r';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
/** Bytes as the text that they encode. */
export function decoded(text: string): string {
  if (!/[\x80-\xff]/.test(text)) return text;
  try {
    return strict.decode(fromLatin1(text));
  } catch {
    throw new XmlError(`'${lenient.decode(fromLatin1(text))}' contains invalid UTF8 bytes.`);
  }
}

/** What .NET's reader throws; the serializer puts the name of the type before it. */
export class XmlError extends DecodeError {}

export abstract class XmlScanner {
  protected readonly text: string;
  protected at = 0;
  /** Where the node being read begins. */
  protected start = 0;
  /** Start tags that the buffer still holds. */
  protected buffered = '';

  /** UTF-8, one character a byte. */
  constructor(text: string) {
    this.text = text;
  }
  /** Names of the elements that are open, the innermost first. */
  protected abstract openNames(): string[];

  /** Line and position after the node just read. */
  position(): { line: number; column: number } {
    const held = this.buffered + this.text.slice(this.start, this.at);
    let line = 1;
    let begin = 0;
    for (const { index, 0: end } of held.matchAll(/\r\n|\r|\n/g)) {
      const next = index + (end === '\r' && this.text.charAt(this.at) === '\n' && index + 1 === held.length ? 2 : end.length);
      if (next >= held.length) break;
      line++;
      begin = next;
    }
    return { line, column: held.length - begin + 1 };
  }

  fail(message: string): never {
    const { line, column } = this.position();
    throw new XmlError(`${message} Line ${line}, position ${column}.`);
  }
  protected tokenExpected(expected: string, found: string): never {
    this.fail(`The token '${expected}' was expected but found '${found}'.`);
  }
  protected endOfFile(): never {
    this.fail(`Unexpected end of file. Following elements are not closed: ${this.openNames().join(', ')}.`);
  }
  protected byte(): string {
    if (this.at >= this.text.length) this.endOfFile();
    return this.text.charAt(this.at);
  }
  /** The next bytes, which must exist. */
  protected peek(count: number): string {
    if (this.at + count > this.text.length) this.endOfFile();
    return this.text.slice(this.at, this.at + count);
  }
  protected run(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)![0];
    this.at += found.length;
    return found;
  }
  protected skipSpaces(): void {
    while (this.at < this.text.length && isSpace(this.text.charAt(this.at))) this.at++;
  }

  protected characterReference(): string {
    const start = this.at;
    while (this.byte() !== ';') this.at++;
    const name = this.text.slice(start + 1, this.at);
    const value = character(name);
    if (value === undefined) {
      this.at = start;
      this.fail('Character reference not valid.');
    }
    this.at++;
    return value;
  }

  protected nameAhead(): { prefix: string; name: string; raw: string } {
    const start = this.at;
    const first = this.run(NAME);
    let prefix = '';
    let name = first;
    if (this.text.charAt(this.at) === ':') {
      this.at++;
      prefix = first;
      name = this.run(NAME);
    }
    const raw = this.text.slice(start, this.at);
    if (name === '') throw new DecodeError("The value cannot be an empty string. (Parameter 'name')");
    for (const part of name === raw ? [name] : [prefix, name]) this.verifyName(decoded(part), start);
    return { prefix: decoded(prefix), name: decoded(name), raw };
  }

  private verifyName(name: string, start: number): void {
    const complaint = nameComplaint(name);
    if (complaint === undefined) return;
    // The reader has not moved on yet when it looks at the name.
    this.at = start;
    this.fail(complaint);
  }

  protected attributeValue(quote: string): string {
    let value = '';
    for (;;) {
      value += decoded(this.run(ATTRIBUTE_TEXT));
      const char = this.byte();
      if (char === quote) return value;
      if (char === '&') value += this.characterReference();
      else if (char === '"' || char === "'") {
        value += char;
        this.at++;
      } else if (isSpace(char)) {
        value += ' ';
        this.at++;
      } else if (char === '\xef') {
        value += decoded(this.peek(3));
        this.at += 3;
      } else this.tokenExpected(quote, char);
    }
  }
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };

/** The character that `&name;` stands for. */
function character(name: string): string | undefined {
  const match = /^#(?:(\d*)|x([0-9a-fA-F]*))$/.exec(name);
  if (match === null) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  const code = match[1] === undefined ? Number.parseInt(match[2] || '0', 16) : Number(match[1]);
  return code > 0x10ffff ? undefined : String.fromCodePoint(code);
}

const NAME_START = /^[\p{L}_]/u;

/** What .NET has against a name. */
function nameComplaint(name: string): string | undefined {
  const shown = (char: string): string => (char === '\0' ? '.' : char);
  const hex = (char: string): string => char.codePointAt(0)!.toString(16).toUpperCase().padStart(2, '0');
  if (!NAME_START.test(name)) {
    const char = String.fromCodePoint(name.codePointAt(0)!);
    return `Name cannot begin with the '${shown(char)}' character, hexadecimal value 0x${hex(char)}.`;
  }
  const odd = /[^\p{L}\p{N}\p{M}_.\-·]/u.exec(name)?.[0];
  return odd === undefined ? undefined : `The '${shown(odd)}' character, hexadecimal value 0x${hex(odd)}, cannot be included in a name.`;
}
