/** A kind of record that a world holds: its key, how many an untouched world has, and how each member comes about. */
import type { Faker } from '@faker-js/faker';
import type { Field, Guid } from './field.ts';

export type Key = number | Guid;
/** A stored record: neutral JSON. Frozen; a write replaces it. */
// biome-ignore lint/suspicious/noExplicitAny: members differ by entity; every API narrows it to its own record types
export type StoredRecord = Readonly<Record<string, any>>;

export type Sex = 'female' | 'male';
export interface Person {
  readonly sex: Sex;
  readonly firstName: string;
  readonly lastName: string;
}

/**
 * Where a generated value stands: everything that it may depend on, and nothing else. The mock's locale changes what people
 * read and nothing else: a generator draws its numbers before its words, and takes its words from `words`, `person` and
 * `familyName`.
 */
export interface RecordBuilder<R> {
  /** The record's number in an untouched world, from 1. */
  readonly n: number;
  /** faker, in the mock's locale, on this value's own stream. */
  readonly faker: Faker;
  /**
   * What people read, without digits: the first of these that gives a text without one. The last loses its digits, should
   * there be any (a Japanese street is nothing but numbers).
   */
  words(...choices: readonly ((faker: Faker) => string)[]): string;
  /** The n-th person of a kind. No two of a kind have the same first and last name. */
  person(kind: string, n: number): Person;
  /** The n-th family name of a kind, for what is called after a family. No two of a kind are equal. */
  familyName(kind: string, n: number): string;
  /** A value of something that is no record (a job, say), on a stream of its own: the same wherever its number is named. */
  shared<T>(kind: string, n: number, generate: () => T): T;
  /** Another member of the same record. */
  member<M extends keyof R>(member: M): R[M];
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** The key of the n-th record of another entity of the same API. */
  keyOf(entity: string, n: number): Key;
  /** The generated n-th record of another entity of the same API. */
  related(entity: string, n: number): StoredRecord;
  /** A GUID of its own for a thing that is no record (a media file, say). */
  guid(kind: string, n: number): Guid;
  /** How many numbers another entity has. */
  size(entity: string): number;
  /** A number in [0, 2^32) that depends on the seed and the name alone: for relations that are functions of the ids. */
  seedOf(name: string): number;
}

/** What an inverse of a foreign key may ask of its table. */
export interface Numbered {
  readonly size: number;
  /** The n-th generated record, where there is one. */
  has(n: number): boolean;
  record(n: number): StoredRecord;
  /** As a record builder's. */
  seedOf(name: string): number;
  /** The number of a generated record of another entity of the same API. */
  numberIn(entity: string, key: Key): number | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: an entity's record type is its API's business
export interface Entity<R extends StoredRecord = any> {
  /** Plural, as in `--scale` and in the state: `contacts`. */
  readonly name: string;
  readonly key: keyof R & string;
  /** `number`: identities count from 1. `guid`: keyed GUIDs. */
  readonly identity: 'number' | 'guid';
  /** How many numbers there are: fixed, scaled by `--scale` (default given), or following from another entity's. */
  readonly size: number | { readonly scaled: number } | ((size: (entity: string) => number) => number);
  /**
   * The member by which lists show the records: text in lower case, by code units, then the key. Left out: by the key. Only
   * where `size` is a fixed number: the order of the generated records is found once and kept, and no scale can change it.
   */
  readonly order?: keyof R & string;
  /** Whether the n-th exists; left out where all do. Depends on n and the seed only. */
  readonly has?: (at: RecordBuilder<R>) => boolean;
  readonly members: { readonly [M in keyof R]-?: (at: RecordBuilder<R>) => R[M] };
  /**
   * What the members are, for those who read and write records themselves (the console): type, meaning, whether there may be
   * none. A member that is not named here is what its generated value looks like.
   */
  readonly fields?: { readonly [M in keyof R]?: Field };
  /** Foreign keys: member → entity. A null, or a zero or empty key, refers to nothing. */
  readonly references?: { readonly [M in keyof R]?: string };
  /**
   * The inverse of a generated foreign key: the numbers of the generated records whose member holds a key, ascending. With
   * it, "who refers to this?" costs what was written, never the scale.
   */
  readonly referrers?: { readonly [M in keyof R]?: (key: Key, table: Numbered) => Iterable<number> };
  /**
   * Records that give the n-th record so many connections or children more, with the last records of the world where others
   * are needed: what the scenario `edges` lays over a generated world.
   */
  readonly crowd?: (at: RecordBuilder<R>, count: number) => Iterable<readonly [entity: string, record: StoredRecord]>;
}

/**
 * Declares an entity; the compiler asks for a generator of every member.
 *
 * @example
 * const pets = entity<{ id: number; name: string }>({
 *   name: 'pets', key: 'id', identity: 'number', size: { scaled: 200 },
 *   members: { id: (at) => at.n, name: (at) => at.faker.person.firstName() },
 * });
 */
export const entity = <R extends StoredRecord>(definition: Entity<R>): Entity<R> => Object.freeze(definition);
