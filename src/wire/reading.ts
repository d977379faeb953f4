/** What one reading of a body or parameter knows and notices beside the value itself. */
import type { Dto, Member } from '../contract/dto.ts';
import { ownText } from './bytes.ts';
import { RefusalError } from './error.ts';
import { initialValue } from './values/clr.ts';
import { fromUnixMilliseconds, type Moment } from './values/date.ts';

export type Message = Record<string, unknown>;

/**
 * Which members of each object in a value its sender gave, in the order in which they came. Neutral JSON has every member, so a
 * zero that was sent looks like a zero that was not; a write that leaves the rest of a record alone must tell them apart. An
 * object of which nothing was sent is not in it.
 */
export type SentMembers = ReadonlyMap<object, readonly string[]>;

/** What was sent and no member took. */
export interface PassedOver {
  /** The type of the object that it was sent for. */
  readonly dto: Dto;
  /** As it was sent, shortened. */
  readonly name: string;
  /** No member is called so; its value is not one; in XML, it came behind its place, or in another namespace. */
  readonly why: 'unknown' | 'unreadable' | 'late' | 'namespace';
  /** The text of a value that is none, shortened. */
  readonly text: string;
}
const MAX_PASSED_OVER = 5;
const MAX_TEXT = 100;

export interface Decoded<T> {
  /** In neutral JSON, every member present. */
  readonly value: T;
  readonly sent: SentMembers;
  /** The first few. */
  readonly passedOver: readonly PassedOver[];
}

/**
 * Bounds of the mock's own: values in all records and lists, of which many may be sent in two characters; and records that have
 * to be readable, though nobody keeps them.
 */
const MAX_VALUES = 1_600_000;
const MAX_FORGOTTEN = 1_000_000;

interface Template {
  readonly blank: Message;
  /** What follows from other members. */
  readonly computed: readonly Member[];
}
const templates = new WeakMap<Dto, Template>();
function templateOf(dto: Dto): Template {
  let template = templates.get(dto);
  if (template === undefined) {
    const defaults = Object.fromEntries(dto.members.map(({ name, field }) => [name, initialValue(field)]));
    // Parsed rather than put together, for copies of such an object are made many times faster.
    const blank = JSON.parse(JSON.stringify(defaults)) as Message;
    templates.set(dto, (template = { blank, computed: dto.members.filter(({ field }) => field.facts.compute !== undefined) }));
  }
  return template;
}

/** A message with all members at their defaults, in neutral order. */
export const blankOf = (dto: Dto): Message => ({ ...templateOf(dto).blank });

/** One reading of a text, from which a message comes. */
export class Reading {
  readonly #passedOver: PassedOver[] = [];
  readonly #now: number;
  readonly #sent = new Map<object, string[]>();
  readonly #isForgetful: boolean;
  #values = 0;

  /** @param now The world's time in milliseconds since 1970, for dates that lean on today. */
  constructor(now: number, isForgetful = false) {
    this.#now = now;
    this.#isForgetful = isForgetful;
  }
  /** For what has to be readable, though nobody looks at it. */
  forgetful(): Reading {
    return new Reading(this.#now, true);
  }
  /** A value with what was noticed while it was read. */
  decoded<T>(value: T): Decoded<T> {
    return { value, sent: this.#sent, passedOver: this.#passedOver };
  }
  get now(): Moment {
    return fromUnixMilliseconds(this.#now, '') as Moment;
  }
  /** Counts values before they are made. */
  count(values = 1): void {
    this.#values += values;
    const most = this.#isForgetful ? MAX_FORGOTTEN : MAX_VALUES;
    // .NET words its quota like this.
    if (this.#values > most)
      throw new RefusalError(
        `Maximum number of items that can be serialized or deserialized in an object graph is '${most}'. Change the object graph or increase the MaxItemsInObjectGraph quota.`,
      );
  }
  /** A record to which nothing was sent yet. */
  blank(dto: Dto): Message {
    this.count(this.#isForgetful ? 1 : dto.members.length);
    return this.#isForgetful ? templateOf(dto).blank : blankOf(dto);
  }
  /** Sets a member to what was sent. */
  set(record: Message, member: string, value: unknown): void {
    if (this.#isForgetful) return;
    record[member] = typeof value === 'string' ? ownText(value) : value;
    const sent = this.#sent.get(record);
    if (sent === undefined) this.#sent.set(record, [member]);
    else sent.push(member);
  }
  /** Fills in what follows from other members. */
  complete(dto: Dto, record: Message): Message {
    if (this.#isForgetful) return record;
    for (const { name, field } of templateOf(dto).computed) record[name] = field.facts.compute!(record);
    return record;
  }
  passOver(dto: Dto, name: string, why: PassedOver['why'], text = ''): void {
    if (this.#passedOver.length < MAX_PASSED_OVER)
      this.#passedOver.push({ dto, name: name.slice(0, MAX_TEXT), why, text: text.slice(0, MAX_TEXT) });
  }
}
