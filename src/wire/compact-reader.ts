/** What the readers of JSON and JSV share: lists, maps, and members whose bad values are passed over (servicestack.md §12 E4). */
import type { Dto } from '../contract/dto.ts';
import { everyScalar, type Field, type FieldType, list, object } from '../contract/field.ts';
import { initialValue } from './values/clr.ts';
import { DecodeError, RefusalError } from './error.ts';
import type { Message, Reading } from './reading.ts';
import { readScalar } from './values/scalar-reader.ts';
import { charAt, type Cursor, EMPTY, isNothing, skipBlanks, slice, textOf, trim } from './values/span.ts';
import { Pace, STEP } from './pace.ts';
import { atOnce, type Work } from '../work.ts';
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
  if (reader.putOff !== undefined) {
    reader.putOff.push({ record, name, span });
    return;
  }
  const member = memberCalled(dto, name);
  if (member === undefined) {
    if (name !== '' && name !== TYPE_MEMBER) reader.reading.passOver(dto, name, 'unknown');
    return;
  }
  try {
    const value = reader.value(member[1], span, depth);
    if (value !== undefined) reader.reading.set(record, member[0], value);
  } catch (error) {
    passOver(reader, dto, member[0], span, error);
  }
}

function passOver({ reading }: CompactReader, dto: Dto, member: string, span: string, error: unknown): void {
  if (!(error instanceof DecodeError) || error instanceof RefusalError) throw error;
  reading.passOver(dto, member, 'unreadable', span);
}

/** A member that was found and is not read yet. */
interface PutOff {
  readonly record: Message;
  readonly name: string;
  readonly span: string;
}

/** The same in steps, for a text that is long. */
function* settingMember({ record, name, span }: PutOff, dto: Dto, reader: CompactReader, depth: number): Work<void> {
  const member = span.length > STEP ? memberCalled(dto, name) : undefined;
  if (member === undefined) return setMember(record, dto, name, span, reader, depth);
  try {
    const value = yield* reader.steps(member[1], span, depth);
    if (value !== undefined) reader.reading.set(record, member[0], value);
  } catch (error) {
    passOver(reader, dto, member[0], span, error);
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

function assertDepth(depth: number): void {
  if (depth >= MAX_DEPTH) throw new DecodeError(`Nested more than ${MAX_DEPTH} deep`);
}

const readObject: Read = (reader, { facts }, span, depth) => {
  assertDepth(depth);
  return reader.syntax.object(span, facts.of!(), reader, depth + 1);
};

const readList: Read = (reader, field, span, depth) => atOnce(listSteps(reader, field, span, depth));

function* listSteps(reader: CompactReader, { facts }: Field, span: string, depth: number): Work<unknown[] | null> {
  const { syntax, reading } = reader;
  const item = facts.item!;
  const text = stripList(span);
  if (isNothing(text)) return text === '' ? null : [];
  const items: unknown[] = [];
  const none = initialValue(item);
  const read = (part: string): unknown => {
    reading.count();
    return part === '' ? none : reader.value(item, part, depth);
  };
  const pace = new Pace();
  const cursor = { at: 0 };
  syntax.eatBlanks(text, cursor);
  if (text.charAt(cursor.at) === '{') {
    do {
      const part = syntax.eatValue(text, cursor);
      if (part.length > STEP) {
        reading.count();
        items.push(yield* reader.steps(item, part, depth));
      } else items.push(read(part));
      syntax.eatBlanks(text, cursor);
      if (pace.isOver(part.length)) yield;
    } while (++cursor.at < text.length);
    return items;
  }
  while (cursor.at < text.length) {
    const part = syntax.eatValue(text, cursor);
    const isEmpty = isNothing(part);
    if (!isEmpty) items.push(read(part));
    const isLast = eatSeparator(syntax, text, cursor) && cursor.at === text.length;
    if (isEmpty || isLast) items.push(read(''));
    if (pace.isOver(part.length)) yield;
  }
  return items;
}

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
  /** The members that `syntax.object` finds, where they are to be read later. */
  putOff: PutOff[] | undefined;

  /** The value of a field in its text. */
  value(field: Field, span: string, depth = 0): unknown {
    return READ[field.facts.type](this, field, span, depth);
  }
  /** The same in steps. */
  *steps(field: Field, span: string, depth = 0): Work<unknown> {
    const { type } = field.facts;
    if (type === 'list') return yield* listSteps(this, field, span, depth);
    if (type !== 'object' || span.length <= STEP) return this.value(field, span, depth);
    assertDepth(depth);
    return yield* this.message(span, field.facts.of!(), depth + 1);
  }
  /** A message; null where there is no text. */
  *message(text: string, dto: Dto, depth = 0): Work<Message | null> {
    if (text.length <= STEP) return this.syntax.object(text, dto, this, depth);
    const found: PutOff[] = [];
    let message: Message | null = null;
    let fault: unknown;
    try {
      this.putOff = found;
      message = this.syntax.object(text, dto, this, depth);
    } catch (error) {
      fault = error;
    } finally {
      this.putOff = undefined;
    }
    const pace = new Pace();
    for (const member of found) {
      yield* settingMember(member, dto, this, depth);
      if (pace.isOver(member.span.length)) yield;
    }
    if (fault !== undefined) throw fault;
    return message === null ? null : this.reading.complete(dto, message);
  }
  /** A list of messages at the top of a text. */
  *batch(text: string, dto: Dto): Work<(Message | null)[]> {
    return ((yield* listSteps(this, list(object(() => dto)), text, 0)) ?? []) as (Message | null)[];
  }
}
