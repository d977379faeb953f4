/** Whether a value in neutral JSON is what a member's field says: for those who write records themselves. */
import { isJsonObject } from '../json-object.ts';
import type { Field, FieldType } from '../contract/field.ts';
import { parseTime } from '../store/clock.ts';
import { isReference } from './metadata.ts';

type Misfit = (value: unknown, field: Field) => string | undefined;

const fits =
  (isFit: (value: unknown) => boolean, otherwise: string): Misfit =>
  (value) =>
    isFit(value) ? undefined : otherwise;

const isInt32 = (value: unknown): boolean => Number.isInteger(value) && (value as number) === ((value as number) | 0);
const isInt64 = (value: unknown): boolean =>
  Number.isSafeInteger(value) ||
  (typeof value === 'string' && /^-?\d{1,19}$/.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value));
const isMoment = (value: unknown): boolean => {
  const parts = typeof value === 'string' ? /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?$/.exec(value) : null;
  // A day that the month does not have would roll over into the next.
  const time = parts === null ? undefined : parseTime(`${parts[1]}Z`);
  return time !== undefined && new Date(time).toISOString().startsWith(parts![1]!);
};

/** What is wrong with a value, as the end of a sentence that begins with the member's name; undefined where nothing is. */
const MISFITS: Record<FieldType, Misfit> = {
  string: fits((value) => typeof value === 'string', 'has to be text'),
  int: fits(isInt32, 'has to be a whole number of 32 bits'),
  long: fits(isInt64, 'has to be a whole number of 64 bits'),
  decimal: fits((value) => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value), 'has to be a decimal as text, such as "1.50"'),
  double: fits(Number.isFinite, 'has to be a number'),
  bool: fits((value) => typeof value === 'boolean', 'has to be true or false'),
  guid: fits(
    (value) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
    'has to be a GUID with dashes in lower case',
  ),
  dateTime: fits(isMoment, 'has to be a time such as 2026-01-01T00:00:00Z'),
  enum: (value, { facts }) => {
    const { values } = facts.enumeration!;
    return values.includes(value as string) || isInt32(value) ? undefined : `has to be one of ${values.join(', ')}`;
  },
  object: fits(isJsonObject, 'has to be an object'),
  list: (value, { facts }) => {
    if (!Array.isArray(value)) return 'has to be a list';
    const wrong = value.map((item) => misfit(facts.item!, item)).find((found) => found !== undefined);
    return wrong && `has an item that ${wrong}`;
  },
  map: fits(
    (value) => isJsonObject(value) && Object.values(value).every((text) => typeof text === 'string'),
    'has to be an object whose values are texts',
  ),
};

/** Whether a stored member may hold null. */
export const canBeNull = ({ facts }: Field): boolean => !facts.isRequired && (facts.isNullable || isReference(facts.type));

/**
 * What is wrong with a value for a field; undefined where nothing is.
 *
 * @example
 * misfit(int(), 'seven');   // 'has to be a whole number of 32 bits'
 */
export function misfit(field: Field, value: unknown): string | undefined {
  if (value === null) return canBeNull(field) ? undefined : 'must have a value';
  return MISFITS[field.facts.type](value, field);
}
