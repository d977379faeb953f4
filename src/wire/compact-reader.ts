/** What the readers of JSON and JSV share: lists, maps, and members whose bad values are passed over (servicestack.md §12 E4). */
import type { Dto } from '../contract/dto.ts';
import { everyScalar, type Field, type FieldType, list, object } from '../contract/field.ts';
import { initialValue } from './values/clr.ts';
import { DecodeError, RefusalError } from './error.ts';
import type { Message, Reading } from './reading.ts';
import { readScalar } from './values/scalar-reader.ts';
import { charAt, type Cursor, EMPTY, isNothing, skipBlanks, slice, textOf, trim } from './values/span.ts';
import { MAX_DEPTH } from './writer.ts';

/** How one of the two cuts a text up. */
export interface Syntax {
  /** The text of a value, without JSON's quotes, with JSV's; empty for none. */
  readonly eatValue: (text: string, cursor: Cursor) => string;
  readonly eatKey: (text: string, cursor: Cursor) => string;
  readonly eatMapStart: (text: string, cursor: Cursor) => void;
  readonly eatColon: (text: string, cursor: Cursor) => void;
  readonly eatBlanks: (text: string, cursor: Cursor) => void;
  /** A text in quotes, escapes undone. */
  readonly unquote: (span: string) => string;
  /** A number, date and the like without quotes. */
  readonly bare: (span: string) => string;
  /** A whole object; null where there is none. */
  readonly object: (text: string, dto: Dto, reader: CompactReader, depth: number) => Message | null;
}

/** No member of ours is called longer; a name may be as long as the whole body. */
const LONGEST_NAME = 200;
const upper = (name: string): string => name.replace(/[a-z]+/g, (run) => run.toUpperCase());
const settable = new WeakMap<Dto, ReadonlyMap<string, readonly [string, Field]>>();

/** The member of a name in any case; get-only ones cannot be set. */
export function memberCalled(dto: Dto, name: string): readonly [string, Field] | undefined {
  let members = settable.get(dto);
  if (members === undefined) {
    const found = dto.members.filter(({ field }) => field.facts.compute === undefined).map(({ name: own, field }) => [own, field] as const);
    // Most names come in the member's own spelling; they are found without being taken apart.
    members = new Map([
      ...found.map((member) => [upper(member[0]), member] as const),
      ...found.map((member) => [member[0], member] as const),
    ]);
    settable.set(dto, members);
  }
  return name.length > LONGEST_NAME ? undefined : (members.get(name) ?? members.get(upper(name)));
}

/** Sets a member from its text; what cannot be read leaves it as it was. */
export function setMember(record: Message, dto: Dto, name: string, span: string, reader: CompactReader, depth: number): void {
  const member = memberCalled(dto, name);
  if (member === undefined) {
    if (name !== '' && name !== TYPE_MEMBER) reader.reading.passOver(dto, name, 'unknown');
    return;
  }
  try {
    const value = reader.value(member[1], span, depth);
    if (value !== undefined) reader.reading.set(record, member[0], value);
  } catch (error) {
    if (!(error instanceof DecodeError) || error instanceof RefusalError) throw error;
    reader.reading.passOver(dto, member[0], 'unreadable', span);
  }
}

const TYPE_MEMBER = '__type';
const TYPE_NAME = /^[\w +,.`[\]]*$/;

/** `__type` asks for another class. None is known here, but a name that cannot be one is refused. Tells whether it did ask. */
export function asksForType(name: string, span: string, undo: (span: string) => string): boolean {
  if (name.length !== TYPE_MEMBER.length || name.toLowerCase() !== TYPE_MEMBER || span.length < 2) return false;
  const type = undo(span);
  if (!TYPE_NAME.test(type)) throw new RefusalError(`Invalid Type Name: ${type}`);
  return true;
}

export function startError(dto: Dto, text: string): DecodeError {
  return new DecodeError(
    `Type definitions should start with a '{', expecting serialized type '${dto.name}', got string starting with: ${text.slice(0, 50)}`,
  );
}

/** The braces hold nothing; a text that ends right after the opening one counts. */
export function isEmptyMap(text: string, from: number): boolean {
  const cursor = { at: from };
  skipBlanks(text, cursor);
  return cursor.at >= text.length || text.charAt(cursor.at) === '}';
}

/** Looks at a character that must exist. */
export function isSeparator(text: string, at: number): boolean {
  const char = charAt(text, at);
  return char === ',' || char === '}';
}

function eatSeparator(syntax: Syntax, text: string, cursor: Cursor): boolean {
  syntax.eatBlanks(text, cursor);
  if (cursor.at === text.length || !isSeparator(text, cursor.at)) return false;
  cursor.at++;
  syntax.eatBlanks(text, cursor);
  return true;
}

/** A list's inside; the brackets may be missing. */
function stripList(span: string): string {
  if (isNothing(span)) return '';
  const text = trim(span);
  const inner = charAt(text, 0) === '[' ? slice(text, 1, text.length - 2) : text;
  return trim(inner) === '' ? EMPTY : inner;
}

type Read = (reader: CompactReader, field: Field, span: string, depth: number) => unknown;

const readScalarSpan: Read = ({ syntax, reading }, field, span) =>
  readScalar(field, field.facts.type === 'string' ? syntax.unquote(span) : syntax.bare(span), reading);

const readObject: Read = (reader, { facts }, span, depth) => {
  if (depth >= MAX_DEPTH) throw new DecodeError(`Nested more than ${MAX_DEPTH} deep`);
  return reader.syntax.object(span, facts.of!(), reader, depth + 1);
};

const readList: Read = (reader, { facts }, span, depth) => {
  const { syntax, reading } = reader;
  const item = facts.item!;
  const text = stripList(span);
  if (isNothing(text)) return text === '' ? null : [];
  const items: unknown[] = [];
  const none = initialValue(item);
  const add = (part: string): void => {
    reading.count();
    items.push(part === '' ? none : reader.value(item, part, depth));
  };
  const cursor = { at: 0 };
  syntax.eatBlanks(text, cursor);
  if (text.charAt(cursor.at) === '{') {
    do {
      add(syntax.eatValue(text, cursor));
      syntax.eatBlanks(text, cursor);
    } while (++cursor.at < text.length);
    return items;
  }
  while (cursor.at < text.length) {
    const part = syntax.eatValue(text, cursor);
    const isEmpty = isNothing(part);
    if (!isEmpty) add(part);
    const isLast = eatSeparator(syntax, text, cursor) && cursor.at === text.length;
    if (isEmpty || isLast) add('');
  }
  return items;
};

const readMap: Read = ({ syntax }, _, span) => {
  if (span === '') return null;
  const entries: Record<string, string | null> = {};
  const cursor = { at: 0 };
  syntax.eatMapStart(span, cursor);
  if (isEmptyMap(span, cursor.at)) return entries;
  while (cursor.at < span.length) {
    const key = syntax.eatKey(span, cursor);
    syntax.eatColon(span, cursor);
    const held = syntax.eatValue(span, cursor);
    if (key !== '') {
      const value = textOf(syntax.unquote(held));
      Object.defineProperty(entries, syntax.unquote(key), { value, enumerable: true, configurable: true, writable: true });
      eatSeparator(syntax, span, cursor);
    }
  }
  return entries;
};

const READ: Record<FieldType, Read> = { ...everyScalar(readScalarSpan), object: readObject, list: readList, map: readMap };

export class CompactReader {
  readonly syntax: Syntax;
  readonly reading: Reading;

  constructor(syntax: Syntax, reading: Reading) {
    this.syntax = syntax;
    this.reading = reading;
  }
  /** The value of a field in its text. */
  value(field: Field, span: string, depth = 0): unknown {
    return READ[field.facts.type](this, field, span, depth);
  }
  /** A message; null where there is no text. */
  message(text: string, dto: Dto): Message | null {
    return this.syntax.object(text, dto, this, 0);
  }
  /** A list of messages at the top of a text. */
  batch(text: string, dto: Dto): (Message | null)[] {
    return (this.value(list(object(() => dto)), text) ?? []) as (Message | null)[];
  }
}
