/** The operators of a search (logisense.md §3). Texts are compared case aside, as the vendor's database does (logisense.md §15). */

export type Value = string | number | boolean | null;
/** Whether a comparable value meets a condition. */
type Test = (value: Value) => boolean;

/** One condition on a member. */
export interface Condition {
  readonly member: string;
  readonly operator: string;
  readonly values: readonly Value[];
  /** How it joins the conditions before it. */
  readonly join: 'and' | 'or';
}

/** A value as it is compared. */
export const comparable = (value: Value): Value => (typeof value === 'string' ? value.toLowerCase() : value);

/** Nulls first, texts by code units: the same under every locale. */
export const compare = (left: Value, right: Value): number => {
  if (left === right) return 0;
  if (left === null || right === null) return left === null ? -1 : 1;
  return left < right ? -1 : 1;
};

const among = (values: readonly Value[]): Test => {
  const wanted = new Set(values);
  return (value) => wanted.has(value);
};
const not =
  (test: (values: readonly Value[]) => Test) =>
  (values: readonly Value[]): Test => {
    const isMet = test(values);
    return (value) => !isMet(value);
  };
/** Nothing is less or greater than null, and nothing is part of it. */
const against =
  (isMet: (value: string | number | boolean, wanted: string | number | boolean) => boolean) =>
  ([wanted = null]: readonly Value[]): Test =>
  (value) =>
    value !== null && wanted !== null && isMet(value, wanted);
const part = (isMet: (text: string, wanted: string) => boolean) => against((value, wanted) => isMet(String(value), String(wanted)));

/** The vendor lists the first seven and "etc."; `startsWith` stands in its metadata sample; the rest are ours. */
const TESTS: Readonly<Record<string, (values: readonly Value[]) => Test>> = {
  eq: among,
  notEq: not(among),
  lt: against((value, wanted) => compare(value, wanted) < 0),
  ltEq: against((value, wanted) => compare(value, wanted) <= 0),
  gt: against((value, wanted) => compare(value, wanted) > 0),
  gtEq: against((value, wanted) => compare(value, wanted) >= 0),
  contains: part((text, wanted) => text.includes(wanted)),
  startsWith: part((text, wanted) => text.startsWith(wanted)),
  endsWith: part((text, wanted) => text.endsWith(wanted)),
  in: among,
  notIn: not(among),
};
export const OPERATORS: readonly string[] = Object.keys(TESTS);
const BY_LOWER_CASE: ReadonlyMap<string, string> = new Map(OPERATORS.map((name) => [name.toLowerCase(), name]));

/** The operator with this name, whatever its case. */
export const operatorNamed = (sent: string): string | undefined => BY_LOWER_CASE.get(sent.toLowerCase());
/** Operators that look into a value's text, whatever its type. */
export const isOfText = (operator: string): boolean => operator === 'contains' || operator === 'startsWith' || operator === 'endsWith';
/** Operators whose value is a list even where the member is a text. */
export const isOfList = (operator: string): boolean => operator === 'in' || operator === 'notIn';
/** Operators that any of several values can meet. */
export const isOfSeveral = (operator: string): boolean => TESTS[operator] === among || operator === 'notEq' || operator === 'notIn';

export const testOf = ({ operator, values }: Condition): Test => TESTS[operator]!(values.map(comparable));
