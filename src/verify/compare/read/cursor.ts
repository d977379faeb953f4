/** A place in a text, and what is taken from there on: what the readers of JSON and JSV have in common. */
import { compound, type ParsedMember, type ParsedValue, Unreadable } from '../parsed-value.ts';

interface Grammar {
  /** As messages call it. */
  readonly name: string;
  /** What may stand between two tokens. */
  readonly space: RegExp;
  memberName(cursor: Cursor): string;
  /** A value that is neither an object nor a list. */
  scalar(cursor: Cursor): ParsedValue;
}

/** What keeps a quote from being the last: a backslash before it, or a second one behind it. */
export type Escape = '\\' | '"';

/** Where the quote is that ends a text; -1 where there is none. No expression: one that repeats a group takes no long text. */
export function closingQuote(text: string, from: number, escapedBy: Escape): number {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
    if (escapedBy === '"') {
      if (text[end + 1] !== '"') return end;
      end++;
      continue;
    }
    let before = end;
    while (before > from && text[before - 1] === '\\') before--;
    if ((end - before) % 2 === 0) return end;
  }
  return -1;
}

export class Cursor {
  readonly #text: string;
  readonly #grammar: Grammar;
  #at = 0;

  constructor(text: string, grammar: Grammar) {
    this.#text = text;
    this.#grammar = grammar;
  }

  /** The text as one value. @throws Unreadable */
  whole(): ParsedValue {
    const value = this.#value();
    if (this.next !== undefined) this.fail('the end');
    return value;
  }

  /** The character here, behind any space. */
  get next(): string | undefined {
    this.take(this.#grammar.space);
    return this.#text[this.#at];
  }

  /** `pattern` is sticky. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  /** The inside of a text in quotes; undefined where there is none here. */
  quoted(escapedBy: Escape): string | undefined {
    const end = this.#text[this.#at] === '"' ? closingQuote(this.#text, this.#at + 1, escapedBy) : -1;
    if (end < 0) return undefined;
    const inside = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return inside;
  }

  fail(wanted: string): never {
    const found = this.#at < this.#text.length ? JSON.stringify(this.#text.slice(this.#at, this.#at + 20)) : 'the end';
    throw new Unreadable(`not valid ${this.#grammar.name}: ${wanted} wanted at character ${this.#at}, found ${found}`);
  }

  #value(): ParsedValue {
    if (this.next === '{')
      return compound(
        'object',
        this.#children('}', () => this.#member()),
      );
    if (this.next === '[')
      return compound(
        'list',
        this.#children(']', () => ({ name: '', value: this.#value() })),
      );
    return this.#grammar.scalar(this);
  }

  #children(close: string, child: () => ParsedMember): readonly ParsedMember[] {
    const children: ParsedMember[] = [];
    this.#at++;
    if (this.next !== close) {
      children.push(child());
      while (this.next === ',') {
        this.#at++;
        children.push(child());
      }
    }
    if (this.next !== close) this.fail(`"${close}" or ","`);
    this.#at++;
    return children;
  }

  #member(): ParsedMember {
    this.take(this.#grammar.space);
    const name = this.#grammar.memberName(this);
    if (this.next !== ':') this.fail('":"');
    this.#at++;
    return { name, value: this.#value() };
  }
}
