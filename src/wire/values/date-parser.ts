/**
 * .NET's `DateTime.Parse` in the invariant culture: year first, month first, or with the month's name, then a clock and a
 * zone. What is not there is taken from today: the year, or with a clock alone the whole day (servicestack.md §13 F8).
 */
import { calendarDate, dayNumber, type Moment, shifted, TICKS_PER_DAY, TICKS_PER_SECOND, type Zone } from './date.ts';
import { DecodeError } from '../error.ts';

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const NAME =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const DAY_NAME = 'sun(?:day)?|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?';
const WEEKDAY = `(?:(?<weekday>${DAY_NAME})\\s*[,\\s]\\s*)?`;
const SEPARATOR = '\\s*[-/.,]\\s*';
const GAP = '[\\s,/.-]+';
const OFFSET = '[+-]\\d{1,2}(?::?\\d{2})?';
const ZONE = `z|gmt|${OFFSET}`;
const CLOCK =
  '(?=\\d{1,2}(?::|\\s*[ap]m))(?<hour>\\d{1,2})(?::(?<minute>\\d{1,2})(?::(?<second>\\d{1,2})(?:[.,](?<fraction>\\d+))?)?)?' +
  `(?:\\s*(?<half>[ap]m)\\.?)?(?:\\s*(?<zone>${ZONE}))?`;
/** What follows a T is ISO 8601. */
const ISO_CLOCK = `(?<hour>\\d\\d)\\s*:\\s*(?<minute>\\d\\d)\\s*(?::\\s*(?<second>\\d\\d)(?:\\.(?<fraction>\\d+))?)?\\s*(?<zone>z|${OFFSET})?`;
const whole = (pattern: string): RegExp => new RegExp(`^\\s*${pattern}\\s*\\0*$`, 'i');
const dated = (date: string): RegExp => whole(`${WEEKDAY}${date}(?:\\s+${CLOCK}|\\s*(?<dateZone>${ZONE})?)`);
/** A clock would be taken for a part of the date. */
const clockless = (date: string): RegExp => whole(`${WEEKDAY}${date}\\s*(?<zone>${OFFSET})?`);

/** No date is written longer. */
const LONGEST = 100;

const YEAR_FIRST = `(?<year>\\d{3,4})${SEPARATOR}(?<month>\\d{1,2})${SEPARATOR}(?<day>\\d{1,2})`;
const DATES = [
  whole(`${YEAR_FIRST}\\s*(?<iso>t)\\s*${ISO_CLOCK}`),
  dated(YEAR_FIRST),
  dated(`(?<month>\\d{1,2})${SEPARATOR}(?<day>\\d{1,2})${SEPARATOR}(?<year>\\d{1,4})`),
  dated(`(?<day>\\d{1,2})${GAP}(?<name>${NAME})${GAP}(?<year>\\d{1,4})`),
  dated(`(?<name>${NAME})${GAP}(?<day>\\d{1,2})${GAP}(?<year>\\d{1,4})`),
  dated(`(?<year>\\d{3,4})${GAP}(?<name>${NAME})${GAP}(?<day>\\d{1,2})`),
  clockless(`(?<year>\\d{4})${SEPARATOR}(?<month>\\d{1,2})`),
  clockless(`(?<name>${NAME})${GAP}(?<year>\\d{3,4})`),
  // Also "6 May", which is May 2006: the culture writes a day behind its month.
  clockless(`(?<year>\\d{1,4})${GAP}(?<name>${NAME})\\.?`),
  clockless(`(?<name>${NAME})${GAP}(?<day>\\d{1,2})`),
  clockless(`(?<month>\\d{1,2})${SEPARATOR}(?<day>\\d{1,2})(?:\\s+(?<hour>\\d{1,2})\\s*(?<half>[ap]m))?`),
  whole(CLOCK),
];
const WORD = new RegExp(`^(?:${NAME}|${DAY_NAME}|[ap]m|t|z|gmt|utc)$`, 'i');

/** Two digits mean the years 1950 to 2049. */
const fullYear = (text: string): number => {
  const year = Number(text);
  return text.length > 2 ? year : year + (year < 50 ? 2000 : 1900);
};

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** `zone` is what a text without one gets; a text with one becomes local. No date: why, in .NET's words. */
export function parseDate(text: string, zone: Zone, now: Moment): Moment | DecodeError {
  if (text.length > LONGEST) return notADate(text);
  for (const date of DATES) {
    const groups = date.exec(text)?.groups;
    if (groups !== undefined) return assembled(text, groups, zone, now);
  }
  for (const { 0: word, index } of text.matchAll(/\p{L}+/gu)) {
    if (!WORD.test(word))
      return new DecodeError(
        `The string '${text}' was not recognized as a valid DateTime. There is an unknown word starting at index '${index}'.`,
      );
  }
  return notADate(text);
}

export const notADate = (text: string): DecodeError => new DecodeError(`String '${text}' was not recognized as a valid DateTime.`);
export const unsupported = (text: string): DecodeError =>
  new DecodeError(
    `The DateTime represented by the string '${text}' is not supported in calendar 'System.Globalization.GregorianCalendar'.`,
  );

function assembled(text: string, groups: Record<string, string | undefined>, unzoned: Zone, now: Moment): Moment | DecodeError {
  const today = calendarDate(now.days);
  const named = groups['name'] === undefined ? undefined : MONTHS.findIndex((name) => name.startsWith(groups['name']!.toLowerCase())) + 1;
  const hasDate = named !== undefined || groups['month'] !== undefined;
  const month = named ?? Number(groups['month'] ?? today.month);
  const day = Number(groups['day'] ?? (hasDate ? 1 : today.day));
  const days = dayNumber(groups['year'] === undefined ? today.year : fullYear(groups['year']), month, day);
  if (days === undefined) return groups['iso'] === undefined ? notADate(text) : unsupported(text);
  if (groups['weekday'] !== undefined && WEEKDAYS[days % 7] !== groups['weekday'].slice(0, 3).toLowerCase()) {
    return new DecodeError(`String '${text}' was not recognized as a valid DateTime because the day of week was incorrect.`);
  }
  const half = groups['half']?.charAt(0).toLowerCase();
  const clockHour = Number(groups['hour'] ?? 0);
  if (half === 'a' && clockHour > 12) return notADate(text);
  const hour = half === 'a' ? clockHour % 12 : half === 'p' && clockHour < 12 ? clockHour + 12 : clockHour;
  const minute = Number(groups['minute'] ?? 0);
  const second = Number(groups['second'] ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return unsupported(text);
  const ticks = (hour * 3600 + minute * 60 + second) * TICKS_PER_SECOND + fractionTicks(groups['fraction'] ?? '');
  const moment = shifted({ days, ticks: 0, zone: unzoned }, ticks, unzoned);
  const zone = groups['zone'] ?? groups['dateZone'];
  if (moment === undefined) return unsupported(text);
  if (zone === undefined) return moment;
  const offset = offsetMinutes(zone);
  if (offset === undefined) return notADate(text);
  const away = -offset * 60 * TICKS_PER_SECOND;
  // Before the first day .NET stays within it; after the last it gives up.
  return (
    shifted(moment, away, '+00:00') ??
    (moment.days === 0 ? { days: 0, ticks: moment.ticks + away + TICKS_PER_DAY, zone: '+00:00' } : notADate(text))
  );
}

/** Digits are added up as doubles, and half a tick goes to the even one. */
function fractionTicks(digits: string): number {
  let sum = 0;
  let unit = 0.1;
  for (const digit of digits) {
    sum += Number(digit) * unit;
    unit *= 0.1;
  }
  const ticks = sum * TICKS_PER_SECOND;
  const rounded = Math.round(ticks);
  return rounded - ticks === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}

function offsetMinutes(zone: string): number | undefined {
  const match = /^([+-])(\d{1,2}):?(\d\d)?$/.exec(zone);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return minutes > 14 * 60 || Number(match[3] ?? 0) > 59 ? undefined : match[1] === '-' ? -minutes : minutes;
}
