/** Reads scalars as ServiceStack.Text does: one row a type, with the messages that callers can see (servicestack.md §2.3). */
import type { Field, ScalarType } from '../../contract/field.ts';
import type { Reading } from '../reading.ts';
import { readDate } from './date-reader.ts';
import { DecodeError } from '../error.ts';
import { readEnum } from './enum-reader.ts';
import { charAt, isNothing, skipBlanks, textOf, wrongNumber } from './span.ts';

const BAD_FORMAT = 'Input string was not in a correct format.';
/** One for all: a body may hold a million such values. */
const theBadFormat = new DecodeError(BAD_FORMAT);
const badFormat = (): DecodeError => theBadFormat;

const LIMITS = { int: [-2147483648n, 2147483647n], long: [-9223372036854775808n, 9223372036854775807n] } as const;
const OVERFLOW = {
  int: 'Value was either too large or too small for an Int32.',
  long: 'Arithmetic operation resulted in an overflow.',
} as const;
/** Zeros, then digits; or a minus and digits without leading zeros; and what follows. */
const WHOLE = /^(?:0+(\d*)|(-?)([1-9]\d*)|-(0))(.*)$/s;

/** Digits, a minus, blanks around; no plus; after a minus no leading zero. Digits are counted before what follows is looked at. */
function whole(type: 'int' | 'long'): (span: string) => number | `${bigint}` {
  const [least, most] = LIMITS[type];
  return (span) => {
    const cursor = { at: 0 };
    skipBlanks(span, cursor);
    const match = WHOLE.exec(span.slice(cursor.at));
    if (match === null) throw badFormat();
    const [, padded, sign = '', plain, , rest = ''] = match;
    const digits = (padded || plain || '0').replace(/^0+(?=.)/, '');
    if (digits.length > LONGEST) throw new DecodeError(OVERFLOW[type]);
    const size = BigInt(digits);
    if (-size < least) throw new DecodeError(OVERFLOW[type]);
    cursor.at = 0;
    skipBlanks(rest, cursor);
    if (cursor.at < rest.length) throw badFormat();
    const value = sign === '-' ? -size : size;
    if (value > most) throw new DecodeError(OVERFLOW[type]);
    return neutralLong(value);
  };
}

/** Beyond 2^53 the digits. */
export const neutralLong = (value: bigint): number | `${bigint}` =>
  value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : `${value}`;

const DECIMAL = /^[\t-\r ]*([+-])?(?:(\d[\d,]*)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?)(\d+))?[\t-\r ]*\0*$/;
const MAX_DECIMAL = 79228162514264337593543950335n;
const MAX_SCALE = 28;
/** No number that is read has more digits before its point, and none shows more of them at all. */
const LONGEST = 29;
const SIGNIFICANT = 80;

/** Digits and scale as .NET keeps them; null beyond its range. */
export function decimalText(negative: boolean, written: string, scale: number): string | null {
  const digits = written.replace(/^0+/, '') || '0';
  if (digits.length - scale > LONGEST && digits !== '0') return null;
  // What cannot be seen in the result only tells a half from more than a half.
  const surplus = Math.max(0, digits.length - SIGNIFICANT);
  const rest = digits.slice(SIGNIFICANT);
  let value = BigInt(surplus === 0 ? digits : digits.slice(0, SIGNIFICANT) + (/[1-9]/.test(rest) ? '1' : '0'));
  let places = surplus === 0 ? scale : scale - surplus + 1;
  if (places < 0) {
    if (value !== 0n && -places > 40) return null;
    value = value === 0n ? 0n : value * 10n ** BigInt(-places);
    places = 0;
  }
  const drop = (count: number): void => {
    const unit = 10n ** BigInt(count);
    const rest = value % unit;
    value /= unit;
    places -= count;
    // Half to even, as decimal.Parse rounds.
    if (rest * 2n > unit || (rest * 2n === unit && value % 2n === 1n)) value += 1n;
  };
  if (places > MAX_SCALE) {
    const surplus = places - MAX_SCALE;
    if (surplus > 60) {
      const kept = String(value).length - surplus;
      if (kept < -1) value = 0n;
      else drop(surplus);
      places = MAX_SCALE;
    } else drop(surplus);
  }
  while (value > MAX_DECIMAL && places > 0) {
    const length = String(value).length - 29;
    const count = Math.min(places, Math.max(1, length));
    // The digits are looked at once only, so that rounding is not done twice.
    const before = value;
    const scaleBefore = places;
    drop(count);
    if (value > MAX_DECIMAL && places > 0) {
      value = before;
      places = scaleBefore;
      drop(count + 1);
    }
  }
  if (value > MAX_DECIMAL) return null;
  const text = String(value).padStart(places + 1, '0');
  const sign = negative && value !== 0n ? '-' : '';
  return sign + (places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`);
}

function decimal(span: string): string {
  const match = DECIMAL.exec(span);
  if (match === null) throw wrongNumber(span);
  const [, sign, integer = '', fraction = '', bare = '', exponentSign, exponent = '0'] = match;
  const digits = integer.replaceAll(',', '') + fraction + bare;
  const power = Math.min(Number(exponent), 100_000) * (exponentSign === '-' ? -1 : 1);
  const text = decimalText(sign === '-', digits, fraction.length + bare.length - power);
  if (text === null) throw new DecodeError('Value was either too large or too small for a Decimal.');
  return text;
}

const NAMED: ReadonlyMap<string, number> = new Map([
  ['infinity', Infinity],
  ['-infinity', -Infinity],
  ['+infinity', Infinity],
  ['nan', Number.NaN],
]);
function double(span: string): number {
  const text = span.trim();
  if (/^[+-]?(\d[\d,]*\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return Number(text.replaceAll(',', ''));
  const named = NAMED.get(text.toLowerCase());
  if (named === undefined) throw wrongNumber(span);
  return named;
}

const TRUE = new Set(['1', 't', 'T', 'y', 'Y', 'on']);
const FALSE = new Set(['', '0', 'f', 'F', 'n', 'N']);
const BOOLEAN = /^[\s\0]*(?:(true)|false)[\s\0]*$/i;

function bool(span: string): boolean {
  if (TRUE.has(span)) return true;
  // "off" is meant; the framework looks at two of its letters only.
  if (FALSE.has(span) || (span.length === 3 && span.startsWith('of'))) return false;
  const match = BOOLEAN.exec(span);
  if (match === null) throw new DecodeError(`String '${span}' was not recognized as a valid Boolean.`);
  return match[1] !== undefined;
}

const HEX = /^[0-9a-f]{32}$/i;
const DASHES = [8, 13, 18, 23] as const;

/** 32 digits, with dashes, or with dashes in braces or parentheses; blanks around. */
function guid(span: string): string {
  const cursor = { at: 0 };
  skipBlanks(span, cursor);
  const rest = span.slice(cursor.at);
  if (rest.length < 32) throw badFormat();
  const opening = rest.charAt(0);
  const isWrapped = opening === '{' || opening === '(';
  const from = isWrapped ? 1 : 0;
  const isDashed = charAt(rest, from + 8) === '-';
  if ((isWrapped && !isDashed) || (isDashed && DASHES.some((at) => charAt(rest, from + at) !== '-'))) throw badFormat();
  const length = 32 + (isWrapped ? 2 : 0) + (isDashed ? 4 : 0);
  if (rest.length < length) throw badFormat();
  if (isWrapped && rest.charAt(length - 1) !== (opening === '{' ? '}' : ')')) throw badFormat();
  const body = rest.slice(from, from + length - 2 * from);
  const digits = isDashed ? body.slice(0, 8) + body.slice(9, 13) + body.slice(14, 18) + body.slice(19, 23) + body.slice(24) : body;
  cursor.at = length;
  skipBlanks(rest, cursor);
  if (!HEX.test(digits) || cursor.at < rest.length) throw badFormat();
  return dashed(digits.toLowerCase());
}

/** 32 digits in the usual groups. */
export const dashed = (digits: string): string =>
  `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;

/** A value, or undefined where the framework's setter gets null for a type that has none and fails. */
type Read = (span: string, field: Field, reading: Reading) => unknown;

const READ: Record<ScalarType, Read> = {
  string: textOf,
  int: whole('int'),
  long: whole('long'),
  decimal,
  double,
  bool,
  guid,
  dateTime: (span, _, { now }) => readDate(span, now),
  enum: (span, field) => {
    const text = textOf(span);
    return text === null ? undefined : readEnum(text, field.facts.enumeration!);
  },
};

/** Reads a scalar from its text without quotes; nullable ones are null where there is no text. */
export function readScalar(field: Field, span: string, reading: Reading): unknown {
  const { type, isNullable } = field.facts;
  if (isNullable && type !== 'string' && isNothing(span)) return null;
  return READ[type as ScalarType](span, field, reading);
}
