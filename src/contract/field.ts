/**
 * The types of member that the documents know, each with the type of its value in neutral JSON: the one form in which
 * values live in the store, in code, in the journal and in `encode`/`decode`. A field is frozen data; every modifier
 * returns a new one.
 */
import type { Dto, Infer } from './dto.ts';

/** 8-4-4-4-12, lower case. */
export type Guid = `${string}-${string}-${string}-${string}-${string}`;
/** ISO 8601, up to seven fraction digits, trimmed; ends in `Z` (UTC), in an offset (local) or in nothing (unspecified). */
export type DateTime = `${string}T${string}`;
/** Decimal text that keeps its scale: `1.50`. */
export type Decimal = `${number}`;
/** A 64-bit integer; beyond 2^53 its digits as text. */
export type Long = number | `${bigint}`;

export interface FieldTypes {
  string: string | null;
  int: number;
  long: Long;
  decimal: Decimal;
  double: number;
  bool: boolean;
  guid: Guid;
  dateTime: DateTime;
  enum: string | number;
  object: object | null;
  list: readonly unknown[] | null;
  map: Readonly<Record<string, string>> | null;
}
export type FieldType = keyof FieldTypes;
/** Types whose values are one text in every format. */
export type ScalarType = Exclude<FieldType, 'object' | 'list' | 'map'>;

/** A table's row for every scalar type. */
export const everyScalar = <R>(row: R): Record<ScalarType, R> => ({
  string: row,
  int: row,
  long: row,
  decimal: row,
  double: row,
  bool: row,
  guid: row,
  dateTime: row,
  enum: row,
});
const IS_SCALAR: Record<FieldType, boolean> = { ...everyScalar(true), object: false, list: false, map: false };
export const isScalar = (type: FieldType): type is ScalarType => IS_SCALAR[type];

/** What .NET gives a member that nobody set. */
export const ZERO_GUID: Guid = '00000000-0000-0000-0000-000000000000';
export const FIRST_MOMENT: DateTime = '0001-01-01T00:00:00';

/** Where the documents say that a request member stands. */
export type Place = 'path' | 'query' | 'form' | 'body';

/** `readOnly` members may be read but not sent (LogiSense). */
export type Access = 'open' | 'readOnly';

export interface FieldFacts {
  readonly type: FieldType;
  readonly doc: string;
  /** .NET's `T?`; strings, objects, lists and maps can hold null without it. */
  readonly isNullable: boolean;
  readonly isReadOnly: boolean;
  /** "Required: Yes" of a table. Documentation only: ServiceStack does not enforce it (servicestack.md §2.4). */
  readonly isRequired: boolean;
  readonly place: Place | undefined;
  /** The table's word for the type where it differs from the sample's (servicestack.md §11). */
  readonly documentedType: string | undefined;
  /** The documented sample value, where it is not the type's placeholder. */
  readonly sampleValue: unknown;
  /** Says nothing of a person: kept when real answers are recorded (`proxy --record`). */
  readonly isImpersonal: boolean;
  /** A get-only property: never stored, written by every format but XML (servicestack.md §3.1). */
  readonly compute: ((record: object) => unknown) | undefined;
  /** What an `object` holds. */
  readonly of: (() => Dto) | undefined;
  /** What a `list` holds. */
  readonly item: Field | undefined;
  /** What an `enum` can be, in numeric order from 0. */
  readonly enumeration: Enumeration | undefined;
}

export interface Enumeration {
  readonly name: string;
  readonly values: readonly string[];
}

/** A member's description. `T` is the type of its value, `A` its access; both exist for the compiler only. */
export class Field<out T = unknown, out A extends Access = Access> {
  declare readonly type: T;
  declare readonly access: A;
  readonly facts: FieldFacts;

  constructor(facts: FieldFacts) {
    this.facts = Object.freeze(facts);
    Object.freeze(this);
  }

  #with<U = T, B extends Access = A>(facts: Partial<FieldFacts>): Field<U, B> {
    return new Field<U, B>({ ...this.facts, ...facts });
  }
  nullable(): Field<T | null, A> {
    return this.#with<T | null>({ isNullable: true });
  }
  readOnly(): Field<T, 'readOnly'> {
    return this.#with<T, 'readOnly'>({ isReadOnly: true });
  }
  required(): Field<T, A> {
    return this.#with({ isRequired: true });
  }
  in(place: Place): Field<T, A> {
    return this.#with({ place });
  }
  documentedAs(documentedType: string): Field<T, A> {
    return this.#with({ documentedType });
  }
  sample(sampleValue: T): Field<T, A> {
    return this.#with({ sampleValue });
  }
  /** Says nothing of a person; a member that is not marked is replaced when real answers are recorded. */
  impersonal(): Field<T, A> {
    return this.#with({ isImpersonal: true });
  }
  /** A get-only property: its value follows from the record's other members. */
  computed<R extends object>(compute: (record: R) => T): Field<T, A> {
    return this.#with({ compute: compute as FieldFacts['compute'] });
  }
}

const field = <T>(type: FieldType, doc: string, more: Partial<FieldFacts> = {}): Field<T, 'open'> =>
  new Field<T, 'open'>({
    type,
    doc,
    isNullable: false,
    isReadOnly: false,
    isRequired: false,
    isImpersonal: false,
    place: undefined,
    documentedType: undefined,
    sampleValue: undefined,
    compute: undefined,
    of: undefined,
    item: undefined,
    enumeration: undefined,
    ...more,
  });

export const string = (doc = '') => field<string | null>('string', doc);
export const int = (doc = '') => field<number>('int', doc);
export const long = (doc = '') => field<Long>('long', doc);
export const decimal = (doc = '') => field<Decimal>('decimal', doc);
export const double = (doc = '') => field<number>('double', doc);
export const bool = (doc = '') => field<boolean>('bool', doc);
export const guid = (doc = '') => field<Guid>('guid', doc);
export const dateTime = (doc = '') => field<DateTime>('dateTime', doc);
/** A dictionary from text to text. */
export const map = (doc = '') => field<FieldTypes['map']>('map', doc);
export const enumeration = <const V extends readonly string[]>(name: string, values: V, doc = '') =>
  field<V[number] | number>('enum', doc, { enumeration: { name, values } });
/** A nested DTO; the thunk lets DTOs refer to each other. */
export const object = <D extends Dto>(of: () => D, doc = '') => field<Infer<D> | null>('object', doc, { of });
export const list = <T>(item: Field<T>, doc = '') => field<readonly T[] | null>('list', doc, { item });
