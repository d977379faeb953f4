/** Reads dates as ServiceStack.Text does: the length of the text decides the form (servicestack.md §12 E15). */
import { FIRST_MOMENT } from '../../contract/field.ts';
import { dayNumber, fromUnixMilliseconds, type Moment, neutral, shifted, TICKS_PER_SECOND, type Zone } from './date.ts';
import { notADate, parseDate, unsupported } from './date-parser.ts';
import { DecodeError } from '../error.ts';
import { wrongNumber } from './span.ts';

const unrepresentable = (): DecodeError => new DecodeError('Year, Month, and Day parameters describe an un-representable DateTime.');

/** `dd/MM/yyyy HH:mm:ss`, and the same with milliseconds: of that length, a text without zone keeps none. */
const PLAIN = 19;
const PLAIN_FRACTION = 23;
const UTC_SECONDS = 20;
const UTC_FRACTIONS = [24, 28] as const;

const WCF = /^\\?\/Date\(/;

export const readDate = (text: string, now: Moment): string => (text === '' ? FIRST_MOMENT : neutral(read(text, now)));

function read(text: string, now: Moment): Moment {
  if (WCF.test(text)) return readWcf(text);
  if (text.length === PLAIN) return parsed(text, '', now);
  const isUtc = text.endsWith('Z');
  if (!isUtc && text.length === PLAIN_FRACTION) return parsed(text, '', now);
  // SQLite's blank in place of the T.
  const repaired = isUtc && text.length > 10 && text.charAt(10) === ' ' ? `${text.slice(0, 10)}T${text.slice(11)}` : text;
  if (repaired.length === UTC_SECONDS || (isUtc && repaired.length >= UTC_FRACTIONS[0] && repaired.length <= UTC_FRACTIONS[1])) {
    return local(exact(repaired));
  }
  if (repaired.length === 8 && !/[-/]/.test(repaired)) {
    if (!/^\d{8}$/.test(repaired)) throw notADate(text);
    const days = dayNumber(Number(repaired.slice(0, 4)), Number(repaired.slice(4, 6)), Number(repaired.slice(6)));
    if (days === undefined) throw unsupported(text);
    return { days, ticks: 0, zone: '' };
  }
  if (repaired.length === 10) {
    try {
      return manual(repaired) ?? fail(notADate(text));
    } catch {
      // Falls through to the general form, as the framework does.
    }
  }
  const moment = parseDate(repaired, '+00:00', now);
  return moment instanceof DecodeError ? (manual(repaired) ?? fail(moment)) : moment;
}

const fail = (error: DecodeError): never => {
  throw error;
};
const local = (moment: Moment): Moment => ({ ...moment, zone: '+00:00' });
function parsed(text: string, zone: Zone, now: Moment): Moment {
  const moment = parseDate(text, zone, now);
  return moment instanceof DecodeError ? fail(moment) : moment;
}

const EXACT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?Z$/i;
function exact(text: string): Moment {
  const match = EXACT.exec(text);
  if (match === null) throw notADate(text);
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  return (
    at(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second), Number(fraction.padEnd(7, '0'))) ??
    fail(unsupported(text))
  );
}

/** A local moment; undefined where calendar or clock do not have it. */
function at(year: number, month: number, day: number, hour: number, minute: number, second: number, fraction: number): Moment | undefined {
  const days = dayNumber(year, month, day);
  if (days === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  return { days, ticks: (hour * 3600 + minute * 60 + second) * TICKS_PER_SECOND + fraction, zone: '+00:00' };
}

/** `/Date(milliseconds)/`: without offset UTC; with one, local. */
function readWcf(text: string): Moment {
  const body = text.startsWith('\\') ? text.slice(1) : text;
  const end = body.indexOf(')');
  if (end < 0) throw new DecodeError("length ('-7') must be a non-negative value. (Parameter 'length')\nActual value was -7.");
  const inner = body.slice('/Date('.length, end);
  const sign = Math.max(inner.lastIndexOf('+'), inner.lastIndexOf('-'));
  const zone = sign <= 0 ? '' : inner.slice(sign);
  const digits = inner.slice(0, inner.length - zone.length);
  if (!/^\s*[+-]?\d+\s*$/.test(digits)) throw wrongNumber(digits);
  const milliseconds = Number(digits);
  if (zone === '') return fromUnixMilliseconds(milliseconds, 'Z') ?? fail(unrepresentable());
  const match = /^[+-](\d\d):?(\d\d)$/.exec(zone);
  if (match === null) throw wrongNumber(zone);
  const minutes = (Number(match[1]) * 60 + Number(match[2])) * (zone.startsWith('-') ? -1 : 1);
  return fromUnixMilliseconds(milliseconds + minutes * 60_000, '+00:00') ?? fail(unrepresentable());
}

const number = (text: string | undefined): number => {
  if (text === undefined) throw new DecodeError('Index was outside the bounds of the array.');
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw wrongNumber(text);
  return Number(text);
};
const numberOrZero = (text: string | undefined): number => (text !== undefined && /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : 0);

/** The framework's own last resort: split at dashes, slashes and colons; `dd/MM/yyyy` is read day first. */
function manual(text: string): Moment | undefined {
  if (text.length < 10) return undefined;
  const bare = text.endsWith('Z') ? text.slice(0, -1) : text;
  let parts = bare.split('T');
  if (parts.length === 1) {
    const blank = bare.indexOf(' ');
    parts = blank < 0 ? [bare] : [bare.slice(0, blank), bare.slice(blank + 1)];
  }
  const date = parts[0]!.split(/[-/]/);
  if (parts.length === 1) {
    return date.length === 3 && date[2]!.length === 4
      ? (at(number(date[2]), number(date[1]), number(date[0]), 0, 0, 0, 0) ?? fail(unrepresentable()))
      : (at(number(date[0]), number(date[1]), number(date[2]), 0, 0, 0, 0) ?? fail(unrepresentable()));
  }
  if (parts.length !== 2) return undefined;
  let [clock, offset, direction] = splitOnce(parts[1]!, '+', -1);
  if (offset === undefined) [clock, offset, direction] = splitOnce(parts[1]!, '-', 1);
  const time = clock.split(':');
  let [hour, minute, second, fraction] = [0, 0, 0, 0];
  if (time.length === 3) {
    hour = numberOrZero(time[0]);
    minute = numberOrZero(time[1]);
    const seconds = time[2]!.split('.');
    second = numberOrZero(seconds[0]);
    if (seconds.length === 2) {
      const places = seconds[1]!.padEnd(3, '0');
      fraction =
        number(places.slice(0, 3)) * 10_000 +
        (places.length > 3 ? Math.trunc((number(places.slice(3)) / 10 ** (places.length - 3)) * 10_000) : 0);
    }
  }
  const moment = at(number(date[0]), number(date[1]), number(date[2]), hour, minute, second, fraction) ?? fail(unrepresentable());
  if (offset === undefined) return moment;
  const zone = offset.split(':');
  const minutes = zone.length === 2 ? number(zone[0]) * 60 + number(zone[1]) : number(offset.slice(0, 2)) * 60 + number(offset.slice(2));
  return (
    shifted(moment, direction * minutes * 60 * TICKS_PER_SECOND, '+00:00') ??
    fail(new DecodeError("The added or subtracted value results in an un-representable DateTime. (Parameter 'value')"))
  );
}

function splitOnce(text: string, separator: string, direction: number): [string, string | undefined, number] {
  const parts = text.split(separator);
  return parts.length === 2 ? [parts[0]!, parts[1], direction] : [text, undefined, 0];
}
