/**
 * .NET's `DateTime.Parse` in the invariant culture: year first, month first, or with the month's name, then a clock and a
 * zone. Texts that lean on today's date (a clock alone, a day without year) are no dates here, for there is no today.
 */
import { dayNumber, type Moment, shifted, TICKS_PER_DAY, TICKS_PER_SECOND, type Zone } from './date.ts';
import { DecodeError } from '../error.ts';

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const NAME =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const DAY_NAME = 'sun(?:day)?|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?';
const WEEKDAY = `(?:(?<weekday>${DAY_NAME})\\s*[,\\s]\\s*)?`;
const SEPARATOR = '\\s*[-/.,]\\s*';
const GAP = '[\\s,/-]+';
const CLOCK =
  '(?<hour>\\d{1,2}):(?<minute>\\d{1,2})(?::(?<second>\\d{1,2})(?:[.,](?<fraction>\\d+))?)?(?:\\s*(?<half>[ap]m?)\\.?)?' +
  '(?:\\s*(?<zone>z|gmt|utc|[+-]\\d{1,2}(?::?\\d{2})?))?';
const pattern = (date: string): RegExp =>
  new RegExp(`^\\s*${WEEKDAY}${date}(?:(?:\\s*(?<t>t)\\s*|\\s+)${CLOCK}|(?<dateZone>z)?)\\s*\\0*$`, 'i');

/** No date is written longer. */
const LONGEST = 100;

const DATES = [
  pattern(`(?<year>\\d{3,4})(?:${SEPARATOR})(?<month>\\d{1,2})(?:${SEPARATOR})(?<day>\\d{1,2})`),
  pattern(`(?<year>\\d{4})(?:${SEPARATOR})(?<month>\\d{1,2})`),
  pattern(`(?<month>\\d{1,2})(?:${SEPARATOR})(?<day>\\d{1,2})(?:${SEPARATOR})(?<year>\\d{1,4})`),
  pattern(`(?<day>\\d{1,2})${GAP}(?<name>${NAME})\\.?${GAP}(?<year>\\d{1,4})`),
  pattern(`(?<name>${NAME})\\.?${GAP}(?<day>\\d{1,2})${GAP}(?<year>\\d{1,4})`),
  pattern(`(?<year>\\d{3,4})${GAP}(?<name>${NAME})\\.?${GAP}(?<day>\\d{1,2})`),
];
const WORD = new RegExp(`^(?:${NAME}|${DAY_NAME}|[ap]m|t|z|gmt|utc)$`, 'i');

/** Two digits mean the years 1950 to 2049. */
const fullYear = (text: string): number => {
  const year = Number(text);
  return text.length > 2 ? year : year + (year < 50 ? 2000 : 1900);
};

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** `zone` is what a text without one gets; a text with one becomes local. No date: why, in .NET's words. */
export function parseDate(text: string, zone: Zone): Moment | DecodeError {
  if (text.length > LONGEST) return notADate(text);
  for (const date of DATES) {
    const groups = date.exec(text)?.groups;
    if (groups !== undefined) return assembled(text, groups, zone);
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

function assembled(text: string, groups: Record<string, string | undefined>, unzoned: Zone): Moment | DecodeError {
  const month =
    groups['name'] === undefined ? Number(groups['month']) : MONTHS.findIndex((name) => name.startsWith(groups['name']!.toLowerCase())) + 1;
  const day = Number(groups['day'] ?? 1);
  const days = dayNumber(fullYear(groups['year']!), month, day);
  if (days === undefined) return month < 1 || month > 12 || day < 1 || day > 31 ? notADate(text) : unsupported(text);
  if (groups['weekday'] !== undefined && WEEKDAYS[days % 7] !== groups['weekday'].slice(0, 3).toLowerCase()) {
    return new DecodeError(`String '${text}' was not recognized as a valid DateTime because the day of week was incorrect.`);
  }
  const half = groups['half']?.charAt(0).toLowerCase();
  const clockHour = Number(groups['hour'] ?? 0);
  if (half !== undefined && (clockHour > 12 || groups['t'] !== undefined)) return notADate(text);
  const hour = half === undefined ? clockHour : (clockHour % 12) + (half === 'p' ? 12 : 0);
  const minute = Number(groups['minute'] ?? 0);
  const second = Number(groups['second'] ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return unsupported(text);
  const ticks =
    (hour * 3600 + minute * 60 + second) * TICKS_PER_SECOND + Math.round(Number(`0.${groups['fraction'] ?? '0'}`) * TICKS_PER_SECOND);
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

function offsetMinutes(zone: string): number | undefined {
  const match = /^([+-])(\d{1,2}):?(\d\d)?$/.exec(zone);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return minutes > 14 * 60 || Number(match[3] ?? 0) > 59 ? undefined : match[1] === '-' ? -minutes : minutes;
}
