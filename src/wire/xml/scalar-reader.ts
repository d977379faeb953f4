/** Scalars by XML Schema's rules, as .NET's XmlConvert reads them; each says in its own words what it is not. */
import type { Dto } from '../../contract/dto.ts';
import { type Field, FIRST_MOMENT, type ScalarType } from '../../contract/field.ts';
import { clrEnumName } from '../values/clr.ts';
import { calendarDate, dayNumber, type Moment, neutral, shifted, TICKS_PER_SECOND } from '../values/date.ts';
import { DecodeError } from '../error.ts';
import type { Reading } from '../reading.ts';
import { dashed, decimalText, neutralLong } from '../values/scalar-reader.ts';
import { trim } from '../values/span.ts';
import { XmlError } from './tree.ts';

const unreadable = (text: string, type: string): XmlError => new XmlError(`The value '${text}' cannot be parsed as the type '${type}'.`);

const BLANKS = '[\\t-\\r ]*';
const WHOLE = new RegExp(`^${BLANKS}([+-]?)(\\d+)${BLANKS}\\0*$`);
const DECIMAL = new RegExp(`^${BLANKS}([+-]?)(?:(\\d+)(?:\\.(\\d*))?|\\.(\\d+))${BLANKS}\\0*$`);

/** No whole number that is read has more digits. */
const LONGEST = 19;

function whole(text: string, type: string, least: bigint, most: bigint): number | `${bigint}` {
  const match = WHOLE.exec(text);
  const digits = match?.[2]?.replace(/^0+(?=.)/, '') ?? '';
  if (match === null || digits.length > LONGEST) throw unreadable(text, type);
  const value = BigInt(digits) * (match[1] === '-' ? -1n : 1n);
  if (value < least || value > most) throw unreadable(text, type);
  return neutralLong(value);
}

function decimal(text: string): string {
  const match = DECIMAL.exec(text);
  const [, sign, integer = '', fraction = '', bare = ''] = match ?? [];
  const value = match === null ? null : decimalText(sign === '-', integer + fraction + bare, fraction.length + bare.length);
  if (value === null) throw unreadable(text, 'decimal');
  return value;
}

const DOUBLES: Readonly<Record<string, number>> = { INF: Infinity, '-INF': -Infinity, NaN: Number.NaN };
function double(text: string): number {
  const trimmed = text.trim();
  if (Object.hasOwn(DOUBLES, trimmed)) return DOUBLES[trimmed]!;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed)) throw unreadable(text, 'double');
  return Number(trimmed);
}

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, 1: true, false: false, 0: false };
function bool(text: string): boolean {
  const trimmed = text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
  if (!Object.hasOwn(BOOLEANS, trimmed)) throw unreadable(text, 'Boolean');
  return BOOLEANS[trimmed]!;
}

const GUID =
  /^(?:([0-9a-f]{32})|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|\{([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}|\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\))$/i;
const HEX = '0x([0-9a-f]{1,8})';
const GUID_HEX = new RegExp(`^\\{${HEX},${HEX},${HEX},\\{${Array(8).fill(HEX).join(',')}\\}\\}$`, 'i');
const HEX_WIDTHS = [8, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2] as const;

/** All five forms that .NET knows. */
function guid(text: string): string {
  const trimmed = trim(text);
  const match = GUID.exec(trimmed);
  const digits =
    match
      ?.slice(1)
      .find((part) => part !== undefined)
      ?.replaceAll('-', '') ?? hexGuid(trimmed);
  if (digits === undefined) throw unreadable(text, 'Guid');
  return dashed(digits.toLowerCase());
}

function hexGuid(text: string): string | undefined {
  const parts = GUID_HEX.exec(text.replace(/\s+/g, ''))?.slice(1);
  const padded = parts?.map((part, index) => part.replace(/^0+/, '').padStart(HEX_WIDTHS[index]!, '0'));
  return padded?.every((part, index) => part.length === HEX_WIDTHS[index]) ? padded.join('') : undefined;
}

const YEAR = '(?<year>\\d{4})';
const ZONE = '(?<zone>[Zz]|[+-]\\d\\d:\\d\\d)?';
const TIME = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)(?:\\.(?<fraction>\\d+))?';
const DATES = [
  `${YEAR}-(?<month>\\d\\d)-(?<day>\\d\\d)(?:T${TIME})?`,
  TIME,
  `${YEAR}(?:-(?<month>\\d\\d))?`,
  '--(?<month>\\d\\d)-(?<day>\\d\\d)',
  '---(?<day>\\d\\d)',
  '--(?<month>\\d\\d)(?:--)?',
].map((form) => new RegExp(`^\\s*${form}${ZONE}\\s*$`));
/** The year of a day that is one of every year, so that it may be the 29th of February. */
const LEAP_YEAR = 1904;

/** Where there is no year, a month or a day of the month gets this year, and a clock today (servicestack.md §13 F8). */
function dateTime(text: string, now: Moment): string {
  const groups = DATES.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
  if (groups === undefined) throw unreadable(text, 'DateTime');
  const { hour = '0', minute = '0', second = '0', fraction = '', zone } = groups;
  const today = calendarDate(now.days);
  const isClock = groups['year'] === undefined && groups['month'] === undefined && groups['day'] === undefined;
  const isOfEveryYear = groups['month'] !== undefined && groups['day'] !== undefined;
  const year = groups['year'] === undefined ? (isOfEveryYear ? LEAP_YEAR : today.year) : Number(groups['year']);
  const days = isClock ? now.days : dayNumber(year, Number(groups['month'] ?? 1), Number(groups['day'] ?? 1));
  if (days === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) throw unreadable(text, 'DateTime');
  const ticks = fractionTicks(fraction) + (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * TICKS_PER_SECOND;
  const isUtc = zone?.toUpperCase() === 'Z';
  const kind = zone === undefined ? '' : isUtc ? 'Z' : '+00:00';
  const offset =
    zone === undefined || isUtc ? 0 : (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) * (zone.startsWith('-') ? -1 : 1);
  // Beyond the ends of time an offset leads to the end itself.
  const moment = shifted({ days, ticks: 0, zone: kind }, ticks - offset * 60 * TICKS_PER_SECOND, kind);
  if (moment === undefined && offset === 0) throw unreadable(text, 'DateTime');
  return moment === undefined ? `${offset > 0 ? FIRST_MOMENT : '9999-12-31T23:59:59.9999999'}+00:00` : neutral(moment);
}

/** Seven digits; of what follows half a tick goes to the even one. */
function fractionTicks(digits: string): number {
  const ticks = Number(digits.slice(0, 7).padEnd(7, '0'));
  const [half, more] = [digits.charAt(7), /[1-9]/.test(digits.slice(8))];
  return half > '5' || (half === '5' && (more || ticks % 2 === 1)) ? ticks + 1 : ticks;
}

type Read = (text: string, field: Field, owner: Dto, reading: Reading) => unknown;

const int = (text: string): unknown => whole(text, 'Int32', -2147483648n, 2147483647n);
const READ: Record<ScalarType, Read> = {
  string: (text) => text,
  int,
  long: (text) => whole(text, 'Int64', -9223372036854775808n, 9223372036854775807n),
  decimal,
  double,
  bool,
  guid,
  dateTime: (text, _, __, { now }) => dateTime(text, now),
  enum: (text, field, owner) => {
    if (field.facts.enumeration?.values.includes(text)) return text;
    throw new DecodeError(
      `Invalid enum value '${text}' cannot be deserialized into type '${clrEnumName(field, owner)}'. Ensure that the necessary enum values are present and are marked with EnumMemberAttribute attribute if the type has DataContractAttribute attribute.`,
    );
  },
};

export const readXmlScalar = (text: string, field: Field, owner: Dto, reading: Reading): unknown =>
  READ[field.facts.type as ScalarType](text, field, owner, reading);
export { bool as readXmlBoolean, int as readXmlInt };
