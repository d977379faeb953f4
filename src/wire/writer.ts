/** What all writers share: their settings, their cache, and the memory of texts that were written before. */
import type { Dto, Member } from '../contract/dto.ts';
import { type Field, FIRST_MOMENT, isScalar } from '../contract/field.ts';
import { initialValue, placeholder } from './values/clr.ts';
import { flattened } from './bytes.ts';
import { EncodeError } from './error.ts';
import { isLeavingOut } from './long-lists.ts';
import type { Nulls, WireProfile } from './profile.ts';

export interface WriterSettings {
  readonly profile: WireProfile;
  readonly nulls: Nulls;
  /** Frozen records keep their text: for records that are frozen all the way down and are written often. */
  readonly isMemoized: boolean;
}

/** The text of a value that is there. */
export type Write = (value: never) => string;

/** ServiceStack.Text gives up at this depth; so do we, in every format. */
export const MAX_DEPTH = 50;

export function assertDepth(depth: number, dto: Dto): void {
  if (depth > MAX_DEPTH) throw new EncodeError(`${dto.name} is nested more than ${MAX_DEPTH} deep`);
}

/** Reads a member off a record: what it holds, what follows from the others, or the default that nobody changed. */
export function memberReader({ name, field }: Member): (record: object) => unknown {
  const { compute } = field.facts;
  if (compute !== undefined) return compute;
  const initial = initialValue(field);
  return (record) => {
    const value = (record as Readonly<Record<string, unknown>>)[name];
    return value === undefined ? initial : value;
  };
}

/** What is written for a scalar without a value; undefined where the serializer decides. */
export function fallbackValue(field: Field, nulls: Nulls): unknown {
  const { type } = field.facts;
  if (!isScalar(type)) return undefined;
  if (nulls === 'placeholder') return placeholder(field, type);
  // A null where .NET knows none: the default.
  return field.facts.isNullable ? undefined : (initialValue(field) ?? undefined);
}

/** ServiceStack's own types are always written as on the wire (`--nulls`). */
export const settingsFor = (dto: Dto, settings: WriterSettings): WriterSettings =>
  dto.isDataContract && settings.nulls !== 'wire' ? { ...settings, nulls: 'wire' } : settings;

/** Which list's items are the rows of a message in CSV and JSON Lines: the first one of ServiceStack's own types, none of others. */
export const listOfRows = (dto: Dto): Member | undefined =>
  dto.isDataContract ? dto.members.find(({ name, field }) => name !== 'ResponseStatus' && field.facts.type === 'list') : undefined;

/**
 * Lets a writer of records remember the text of frozen ones that are written again. Not at their first time: what a test
 * writes is mostly read once, and thousands of worlds hold such records.
 */
export function memoized(write: (record: object) => string, settings: WriterSettings): (record: object) => string {
  if (!settings.isMemoized) return write;
  const known = new WeakMap<object, string>();
  return (record) => {
    if (isLeavingOut()) return write(record);
    const before = known.get(record);
    if (before !== undefined && before !== WRITTEN_ONCE) return before;
    const text = write(record);
    if (before === WRITTEN_ONCE) known.set(record, flattened(text));
    else if (Object.isFrozen(record)) known.set(record, WRITTEN_ONCE);
    return text;
  };
}

const WRITTEN_ONCE = '';

/** Compiles a writer once for each DTO and setting. */
export function compiled<W>(compile: (dto: Dto, settings: WriterSettings) => W): (dto: Dto, settings: WriterSettings) => W {
  const cache = new WeakMap<Dto, WeakMap<WireProfile, Map<string, W>>>();
  return (dto, settings) => {
    let byProfile = cache.get(dto);
    if (byProfile === undefined) cache.set(dto, (byProfile = new WeakMap()));
    let byVariant = byProfile.get(settings.profile);
    if (byVariant === undefined) byProfile.set(settings.profile, (byVariant = new Map()));
    const variant = `${settings.nulls} ${settings.isMemoized}`;
    let writer = byVariant.get(variant);
    if (writer === undefined) byVariant.set(variant, (writer = compile(dto, settings)));
    return writer;
  };
}

/** Own members first, then the base class's: the order of JSON, JSV and CSV (servicestack.md §3.1). */
export const derivedFirst = (dto: Dto): readonly Member[] => [
  ...dto.members.filter(({ owner }) => owner === (dto as unknown)),
  ...(dto.base === undefined ? [] : derivedFirst(dto.base)),
];

/** .NET's camel case: a run of capitals loses all but its last, which starts the next word. */
export function camelCase(name: string): string {
  const start = /^[A-Z]+(?![a-z])|^[A-Z]/.exec(name)?.[0];
  return start === undefined ? name : start.toLowerCase() + name.slice(start.length);
}

/** .NET's own: camel case first, then a line before each capital that is left (`DistrictID` is `district_i_d`). */
const snakeCase = (name: string): string => camelCase(name).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A member's name as a caller asked for it. */
export const casedName = (name: string, { textCase }: WireProfile): string =>
  textCase === undefined ? name : textCase === 'camel' ? camelCase(name) : snakeCase(name);

/** Whether a value is the default of its member's type. */
export function isDefault(field: Field): (value: unknown) => boolean {
  const { type, isNullable } = field.facts;
  const initial = initialValue(field);
  const isInitial = { decimal: (value: unknown) => Number(value) === 0, dateTime: isFirstMoment }[type as string];
  return isInitial === undefined || isNullable
    ? (value) => value === null || value === initial
    : (value) => value === null || isInitial(value);
}

/** Whatever its zone: .NET compares the clock. */
const isFirstMoment = (value: unknown): boolean => (value as string).startsWith(FIRST_MOMENT) && !(value as string).includes('.');
