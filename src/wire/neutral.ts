/** Whether a value that a person wrote is neutral JSON of a type; the writers take what they are given. */
import { isJsonObject } from '../json-object.ts';
import type { Dto } from '../contract/dto.ts';
import type { Field, FieldType } from '../contract/field.ts';
import { suggest } from '../mock-error.ts';
import { EncodeError } from './error.ts';
import { moment } from './values/date.ts';
import { MAX_DEPTH } from './writer.ts';

type Check = (value: unknown, field: Field) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isWhole = (value: unknown, bits: number): boolean => {
  if (typeof value === 'string' ? !/^-?\d{1,19}$/.test(value) : !Number.isInteger(value)) return false;
  const whole = BigInt(value as string | number);
  return BigInt.asIntN(bits, whole) === whole;
};

/** What a value of each type is, and how it is written. */
const TYPES: Record<FieldType, readonly [is: Check, written: (field: Field) => string]> = {
  string: [isText, () => 'text'],
  int: [(value) => typeof value === 'number' && isWhole(value, 32), () => 'a whole number of 32 bits'],
  long: [(value) => isWhole(value, 64), () => 'a whole number of 64 bits, beyond 2^53 as text'],
  decimal: [
    (value) => (typeof value === 'string' ? /^-?\d+(\.\d+)?$/.test(value) : Number.isFinite(value)),
    () => 'a number as text with its scale, such as "1.50"',
  ],
  double: [(value) => typeof value === 'number', () => 'a number'],
  bool: [(value) => typeof value === 'boolean', () => 'true or false'],
  guid: [(value) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value), () => 'a Guid with dashes'],
  dateTime: [
    (value) => typeof value === 'string' && moment(value) !== undefined,
    () => 'a date such as "2024-05-06T07:08:09", with Z for UTC',
  ],
  enum: [
    (value, { facts }) => Number.isInteger(value) || facts.enumeration!.values.includes(value as string),
    ({ facts }) => `one of ${facts.enumeration!.values.join(', ')}, or a whole number`,
  ],
  object: [isJsonObject, ({ facts }) => `an object, a ${facts.of!().name}`],
  list: [Array.isArray, () => 'a list'],
  map: [
    (value) => isJsonObject(value) && Object.values(value).every((held) => held === null || typeof held === 'string'),
    () => 'an object of texts',
  ],
};

const MAX_SHOWN = 60;
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function assertField(value: unknown, field: Field, path: string, depth: number): void {
  // What is not there gets its type's default.
  if (value === null || value === undefined) return;
  const { type, of, item } = field.facts;
  const [is, written] = TYPES[type];
  if (!is(value, field)) throw new EncodeError(`${path}: ${shown(value)} is not a valid value; write ${written(field)}.`);
  if (type === 'object') assertMembers(of!(), value as object, path, depth + 1);
  if (type === 'list') for (const [index, held] of (value as unknown[]).entries()) assertField(held, item!, `${path}[${index}]`, depth);
}

function assertMembers(dto: Dto, value: object, path: string, depth: number): void {
  if (depth > MAX_DEPTH) throw new EncodeError(`${path} is nested more than ${MAX_DEPTH} deep.`);
  for (const [name, held] of Object.entries(value)) {
    if (!Object.hasOwn(dto.member, name)) {
      const names = dto.members.map((member) => member.name);
      throw new EncodeError(`${path} has no member ${shown(name)}. ${suggest(name, names, `It has ${names.join(', ')}.`)}`);
    }
    assertField(held, dto.member[name]!.field, `${path}.${name}`, depth);
  }
}

/** @throws EncodeError that names the member and says what it takes. */
export function assertNeutral(dto: Dto, value: unknown): asserts value is object {
  if (!isJsonObject(value)) throw new EncodeError(`${shown(value)} is not a ${dto.name}; write an object.`);
  assertMembers(dto, value, dto.name, 0);
}
