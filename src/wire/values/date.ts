/**
 * Moments without a `Date`: days since 0001-01-01, ticks of 100 ns within the day, and .NET's kind. The local zone is UTC
 * whatever TZ says (servicestack.md §12 E15), so a local moment always carries `+00:00`.
 */
import type { DateTime } from '../../contract/field.ts';
import { EncodeError } from '../error.ts';

export type Zone = 'Z' | '+00:00' | '';

export interface Moment {
  readonly days: number;
  readonly ticks: number;
  readonly zone: Zone;
}

export const TICKS_PER_SECOND = 10_000_000;
export const TICKS_PER_DAY = 86_400 * TICKS_PER_SECOND;
const TICKS_PER_MILLISECOND = 10_000;
const MILLISECONDS_PER_DAY = 86_400_000;
/** 9999-12-31 */
const LAST_DAY = 3_652_058;
const UNIX_DAY = 719_162;

const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365] as const;

export const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Days since 0001-01-01; undefined for a day that the calendar does not have. */
export function dayNumber(year: number, month: number, day: number): number | undefined {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return undefined;
  const leap = isLeap(year) ? 1 : 0;
  const before = DAYS_BEFORE[month - 1]! + (month > 2 ? leap : 0);
  if (day > DAYS_BEFORE[month]! - DAYS_BEFORE[month - 1]! + (month === 2 ? leap : 0)) return undefined;
  const past = year - 1;
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) + before + day - 1;
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

function dateText(days: number): string {
  const { year, month, day } = calendarDate(days);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** `HH:mm:ss` and, where there is a fraction, its seven digits. */
function timeText(ticks: number): readonly [string, string] {
  const seconds = Math.floor(ticks / TICKS_PER_SECOND);
  const rest = ticks - seconds * TICKS_PER_SECOND;
  const clock = `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`;
  return [clock, rest === 0 ? '' : pad(rest, 7)];
}

/** The neutral form: fraction trimmed, left out where zero. */
export function neutral({ days, ticks, zone }: Moment): DateTime {
  const [clock, fraction] = timeText(ticks);
  return `${dateText(days)}T${clock}${fraction && `.${fraction.replace(/0+$/, '')}`}${zone}`;
}

/** Moves a moment by ticks; undefined beyond the years 1 to 9999. */
export function shifted(moment: Moment, ticks: number, zone: Zone): Moment | undefined {
  const total = moment.ticks + ticks;
  const carry = Math.floor(total / TICKS_PER_DAY);
  const days = moment.days + carry;
  return days < 0 || days > LAST_DAY ? undefined : { days, ticks: total - carry * TICKS_PER_DAY, zone };
}

/** Day by day, for the ticks since 1970 do not fit a double. */
export function fromUnixMilliseconds(milliseconds: number, zone: Zone): Moment | undefined {
  const days = Math.floor(milliseconds / MILLISECONDS_PER_DAY);
  return shifted({ days: UNIX_DAY + days, ticks: 0, zone }, (milliseconds - days * MILLISECONDS_PER_DAY) * TICKS_PER_MILLISECOND, zone);
}

/** Calendar date of a day. */
export function calendarDate(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  // Year by estimate; the loop corrects it by at most one.
  let year = Math.floor(days / 365.2425) + 1;
  while (dayNumber(year + 1, 1, 1) !== undefined && dayNumber(year + 1, 1, 1)! <= days) year++;
  while (dayNumber(year, 1, 1)! > days) year--;
  let month = 12;
  while (dayNumber(year, month, 1)! > days) month--;
  return { year, month, day: days - dayNumber(year, month, 1)! + 1 };
}

const NEUTRAL = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?(Z|[+-]\d\d:\d\d)?$/;

/** Reads the neutral form; an offset other than zero is turned into local time. */
export function moment(text: string): Moment | undefined {
  const match = NEUTRAL.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone = ''] = match;
  const days = dayNumber(Number(year), Number(month), Number(day));
  if (days === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const ticks = (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * TICKS_PER_SECOND + Number(fraction.padEnd(7, '0'));
  if (zone === 'Z' || zone === '') return { days, ticks, zone };
  const offset = (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) * 60 * TICKS_PER_SECOND;
  const at = { days, ticks, zone: '+00:00' as const };
  // At the very ends of time .NET keeps the clock as it is.
  return shifted(at, zone.startsWith('-') ? offset : -offset, '+00:00') ?? at;
}

const parsed = (text: string): Moment => {
  const at = moment(text);
  if (at === undefined) throw new EncodeError(`'${text}' is not a valid date: write 2024-05-06T07:08:09, with Z for UTC`);
  return at;
};

const isPlain = (text: string): boolean => text.length === 19;
const isPlainUtc = (text: string): boolean => text.length === 20 && text.charCodeAt(19) === 90;

/** ISO 8601 with seven digits, as JSON of a service with the ISO handler has it (servicestack.md §3.1). */
export function roundTripText(text: string): string {
  if (isPlain(text)) return `${text}.0000000`;
  if (isPlainUtc(text)) return `${text.slice(0, 19)}.0000000Z`;
  const { days, ticks, zone } = parsed(text);
  const [clock, fraction] = timeText(ticks);
  return `${dateText(days)}T${clock}.${fraction || '0000000'}${zone}`;
}

/** `/Date(milliseconds)/`, slashes escaped; `-0000` marks a moment without zone, `+0000` a local one (recordings encode/canvara/item-from-*). */
export function wcfText(text: string): string {
  const { days, ticks, zone } = parsed(text);
  // .NET divides ticks as a double and cuts the fraction off: at the far end of time that rounds.
  const sinceUnix = BigInt(days - UNIX_DAY) * BigInt(TICKS_PER_DAY) + BigInt(ticks);
  const milliseconds = Math.trunc(Number(sinceUnix) / TICKS_PER_MILLISECOND);
  return `\\/Date(${milliseconds}${zone === 'Z' ? '' : zone === '' ? '-0000' : '+0000'})\\/`;
}

/** JSV's shortest form: the date alone at midnight, else with zone; no zone counts as local (servicestack.md §3.2). */
export function shortestText(text: string): string {
  if (text.endsWith('T00:00:00') || text.endsWith('T00:00:00Z')) return text.slice(0, 10);
  if (isPlain(text)) return `${text}+00:00`;
  if (isPlainUtc(text)) return text;
  const { days, ticks, zone } = parsed(text);
  if (ticks === 0) return dateText(days);
  const [clock, fraction] = timeText(ticks);
  return `${dateText(days)}T${clock}${fraction && `.${fraction}`}${zone || '+00:00'}`;
}

/** XML Schema's form: fraction trimmed, zone as it is. */
export function xsdText(text: string): string {
  return isPlain(text) || isPlainUtc(text) ? text : neutral(parsed(text));
}
