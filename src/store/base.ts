/**
 * An untouched world as pure functions of seed, entity, member and number. Nothing is stored; what was generated last
 * is kept, within bounds, so that a record asked for twice is the same frozen object (and its written bytes, kept
 * beside it by the codecs, need be made only once).
 */
import type { Faker, LocaleDefinition } from '@faker-js/faker';
import type { RecordBuilder, Entity, Key, Person, StoredRecord } from '../contract/entity.ts';
import type { Guid } from '../contract/field.ts';
import { fromGuid, type GuidKind, guidKind, toGuid } from './ids.ts';
import { KeyOrder } from './key-order.ts';
import { Language } from './locale.ts';
import { MemoCache } from './memo-cache.ts';
import { draw, hash, onStream } from './random.ts';

/** Records kept of one entity; the oldest goes first. */
const MAX_RECORDS = 2048;

export type Entities = Readonly<Record<string, Entity>>;
/** `api.entity` → how many. */
export type Scale = Readonly<Record<string, number>>;

/** One entity of one API in an untouched world. */
export class BaseTable {
  /** `api.entity`, as in `--scale` and the state. */
  readonly id: string;
  readonly api: string;
  readonly entity: Entity;
  readonly size: number;
  readonly base: Base;
  readonly #guids: GuidKind;
  readonly #streams: Readonly<Record<string, number>>;
  /** Every member in order, none with a value: cloned for each record, so that all records have one shape. */
  readonly #template: Readonly<Record<string, undefined>>;
  readonly #presence: number;
  readonly #records = new Map<number, StoredRecord>();
  /** By text member: of entities of a fixed size only. */
  readonly #orders = new Map<string, KeyOrder>();

  constructor(base: Base, api: string, entity: Entity, size: number) {
    this.base = base;
    this.api = api;
    this.entity = entity;
    this.id = `${api}.${entity.name}`;
    this.size = size;
    this.#guids = guidKind(base.seed, this.id);
    this.#presence = hash(`${this.id}?`);
    const members = Object.keys(entity.members);
    this.#streams = Object.fromEntries(members.map((member) => [member, hash(`${this.id}.${member}`)]));
    this.#template = Object.fromEntries(members.map((member) => [member, undefined]));
  }

  /** The key of the n-th record. */
  keyOf(n: number): Key {
    return this.entity.identity === 'guid' ? toGuid(this.#guids, n) : n;
  }
  /** The number of an existing generated record with this key; undefined where there is none. */
  numberOf(key: Key): number | undefined {
    const isNumber = typeof key === 'number';
    if (isNumber !== (this.entity.identity === 'number')) return undefined;
    const n = isNumber ? key : fromGuid(this.#guids, key);
    return n !== undefined && this.has(n) ? n : undefined;
  }
  has(n: number): boolean {
    if (!Number.isInteger(n) || n < 1 || n > this.size) return false;
    const { has } = this.entity;
    return has === undefined || onStream(this.base.word, this.#presence, n, has, new SeededRecordBuilder(this, n));
  }
  /** The number of a generated record of another entity of the same API. */
  numberIn(entity: string, key: Key): number | undefined {
    return this.base.table(`${this.api}.${entity}`).numberOf(key);
  }
  seedOf(name: string): number {
    return hash(`${this.base.seed}:${this.api}:${name}`);
  }
  get isDense(): boolean {
    return this.entity.has === undefined;
  }
  record(n: number): StoredRecord {
    const known = this.#records.get(n);
    if (known !== undefined) return known;
    const builder = new SeededRecordBuilder(this, n);
    for (const member in this.#template) builder.member(member);
    if (this.#records.size >= MAX_RECORDS) this.#records.delete(this.#records.keys().next().value as number);
    const record = Object.freeze(builder.values);
    this.#records.set(n, record);
    return record;
  }
  /** One member alone, for searches that must not pay for the rest. */
  member(n: number, member: string): unknown {
    const known = this.#records.get(n);
    return known === undefined ? new SeededRecordBuilder(this, n).member(member) : known[member];
  }

  /** The generated records in the order of a text member, found once. */
  orderBy(member: string): KeyOrder {
    const known = this.#orders.get(member);
    if (known !== undefined) return known;
    if (typeof this.entity.size !== 'number') throw new TypeError(`${this.id} scales: it keeps no order by ${member}`);
    const numbers = Array.from({ length: this.size }, (_, i) => i + 1).filter((n) => this.has(n));
    const order = KeyOrder.of(
      member,
      numbers.map((n) => [this.keyOf(n), this.record(n)]),
    );
    this.#orders.set(member, order);
    return order;
  }

  /** Records that give the n-th record so many connections or children more. */
  crowd(n: number, count: number): Iterable<readonly [entity: string, record: StoredRecord]> {
    return this.entity.crowd?.(new SeededRecordBuilder(this, n), count) ?? [];
  }

  /** A record whose members have no value yet. */
  template(): Record<string, unknown> {
    return { ...this.#template };
  }
  /** Generates one member on its own stream. */
  generate(member: string, at: SeededRecordBuilder): unknown {
    const generator = this.entity.members[member];
    if (generator === undefined) throw new TypeError(`${this.id} has no member ${member}`);
    return onStream(this.base.word, this.#streams[member]!, at.n, generator, at);
  }
}

/** Builds one record, each member at its first use. */
class SeededRecordBuilder implements RecordBuilder<StoredRecord> {
  readonly n: number;
  readonly #table: BaseTable;
  #values: Record<string, unknown> | undefined;

  constructor(table: BaseTable, n: number) {
    this.#table = table;
    this.n = n;
  }
  get values(): Record<string, unknown> {
    this.#values ??= this.#table.template();
    return this.#values;
  }
  member(name: string | number | symbol): never {
    const member = name as string;
    const { values } = this;
    const known = values[member];
    if (known !== undefined) return known as never;
    const value = this.#table.generate(member, this);
    values[member] = value;
    return value as never;
  }
  get faker(): Faker {
    return this.#table.base.language.faker;
  }
  words(...choices: readonly ((faker: Faker) => string)[]): string {
    let text = '';
    for (const choice of choices) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        text = choice(this.faker).trim();
        if (!DIGIT.test(text)) return text;
      }
    }
    return text.replace(/\p{N}+/gu, '').trim();
  }
  person(kind: string, n: number): Person {
    return this.#table.base.language.names.person(this.#kind(kind), n);
  }
  familyName(kind: string, n: number): string {
    return this.#table.base.language.names.familyName(this.#kind(kind), n);
  }
  shared<T>(kind: string, n: number, generate: () => T): T {
    const { base } = this.#table;
    const name = this.#kind(kind);
    return base.shared.getOrSet(`${name}:${n}`, () => onStream(base.word, hash(name), n, generate, undefined));
  }
  int(min: number, max: number): number {
    return min + Math.floor(draw() * (max - min + 1));
  }
  chance(probability: number): boolean {
    return draw() < probability;
  }
  pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(draw() * choices.length)] as T;
  }
  keyOf(entity: string, n: number): Key {
    return this.#sibling(entity).keyOf(n);
  }
  related(entity: string, n: number): StoredRecord {
    return this.#sibling(entity).record(n);
  }
  guid(kind: string, n: number): Guid {
    return this.#table.base.guid(this.#kind(kind), n);
  }
  size(entity: string): number {
    return this.#sibling(entity).size;
  }
  seedOf(name: string): number {
    return this.#table.seedOf(name);
  }
  #kind(name: string): string {
    return `${this.#table.api}:${name}`;
  }
  #sibling(entity: string): BaseTable {
    return this.#table.base.table(`${this.#table.api}.${entity}`);
  }
}

const DIGIT = /\p{N}/u;
/** How often a text with digits is drawn again before the next choice is tried. */
const ATTEMPTS = 4;

/** Everything that a seed, a scale and a locale decide; shared by all worlds of a mock. */
export class Base {
  readonly seed: string;
  /** The seed as the first word of every stream's key. */
  readonly word: number;
  readonly tables: ReadonlyMap<string, BaseTable>;
  /** What was composed from untouched records, by API; the worlds share it. */
  readonly caches: ReadonlyMap<string, MemoCache>;
  /** The caches of worlds that hold anything. */
  readonly filledCaches = new Set<MemoCache>();
  /** What records share that is no record itself. */
  readonly shared = new MemoCache('');
  readonly #guidKinds = new Map<string, GuidKind>();
  readonly #apis: Readonly<Record<string, Entities>>;
  readonly language: Language;

  constructor(seed: string, apis: Readonly<Record<string, Entities>>, scale: Scale = {}, locale?: LocaleDefinition | Language) {
    this.seed = seed;
    this.#apis = apis;
    this.language = locale instanceof Language ? locale : new Language(seed, locale);
    this.word = hash(`seed:${seed}`);
    const tables = new Map<string, BaseTable>();
    this.tables = tables;
    this.caches = new Map(Object.keys(apis).map((api) => [api, new MemoCache(api)]));
    for (const [api, entities] of Object.entries(apis)) {
      const sizeOf = (name: string): number => {
        const entity = Object.values(entities).find((candidate) => candidate.name === name);
        if (entity === undefined) throw new TypeError(`${api} has no entity ${name}`);
        if (typeof entity.size === 'number') return entity.size;
        return typeof entity.size === 'function' ? entity.size(sizeOf) : (scale[`${api}.${name}`] ?? entity.size.scaled);
      };
      for (const entity of Object.values(entities))
        tables.set(`${api}.${entity.name}`, new BaseTable(this, api, entity, sizeOf(entity.name)));
    }
  }

  /** The same world with so many records of each entity that a scale sizes. */
  resized(size: number): Base {
    const scaled = [...this.tables.values()].filter(({ entity }) => typeof entity.size === 'object');
    return new Base(this.seed, this.#apis, Object.fromEntries(scaled.map(({ id }) => [id, size])), this.language);
  }
  table(id: string): BaseTable {
    const table = this.tables.get(id);
    if (table === undefined) throw new TypeError(`there is no entity ${id}`);
    return table;
  }
  /** The n-th GUID of a named kind under this seed: request ids, sessions, media files. */
  guid(kind: string, n: number): Guid {
    let known = this.#guidKinds.get(kind);
    if (known === undefined) this.#guidKinds.set(kind, (known = guidKind(this.seed, kind)));
    return toGuid(known, n);
  }
}
