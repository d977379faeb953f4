/** A record as the contract reads it: what comparisons of several records look at. */

/** The answer does not have the member at all, as against one that is null. */
export const ABSENT = Symbol('absent');

/** Scalars as their text; undefined where a value could not be read as what it should be. */
export type Value = string | null | undefined | typeof ABSENT | RecordValue | readonly Value[];
export interface RecordValue {
  readonly [member: string]: Value;
}

export const isRecord = (value: Value): value is RecordValue => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isNothing = (value: Value): value is null | typeof ABSENT => value === null || value === ABSENT;

const MAX_CHARACTERS = 60;
/** A value in a few words, for findings. */
export function showValue(value: Value): string {
  if (value === ABSENT || value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value !== 'string') return Array.isArray(value) ? 'a list' : 'a record';
  return JSON.stringify(value.length > MAX_CHARACTERS ? `${value.slice(0, MAX_CHARACTERS)}…` : value);
}

/** The value at a path: `results.items`. */
export function valueAt(record: RecordValue | undefined, ...path: readonly string[]): Value {
  let value: Value = record;
  for (const name of path) value = isRecord(value) ? value[name] : undefined;
  return value;
}

/** The records at a path; none where there is no list. */
export function recordsAt(record: RecordValue | undefined, ...path: readonly string[]): readonly RecordValue[] {
  const value = valueAt(record, ...path);
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
