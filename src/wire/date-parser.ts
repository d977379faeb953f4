/**
 * .NET's `DateTime.Parse` in the invariant culture: year first, month first, or with the month's name, then a clock and a
 * zone. Texts that lean on today's date (a clock alone, a day without year) are no dates here, for there is no today.
 */
import { dayNumber, type Moment, shifted, TICKS_PER_DAY, TICKS_PER_SECOND, type Zone } from './date.ts';

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const NAME = 'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const WEEKDAY = '(?:(?<weekday>sun(?:day)?|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?)[,\\s]\\s*)?';
const SEPARATOR = '\\s*[-/.,]\\s*';
const GAP = '[\\s,/-]+';
const CLOCK =
  '(?<hour>\\d{1,2}):(?<minute>\\d{1,2})(?::(?<second>\\d{1,2})(?:[.,](?<fraction>\\d+))?)?(?:\\s*(?<half>[ap]m?)\\.?)?' +
  '(?:\\s*(?<zone>z|gmt|utc|[+-]\\d{1,2}(?::?\\d{2})?))?';
const pattern = (date: string): RegExp => new RegExp(`^\\s*${WEEKDAY}${date}(?:(?:\\s*t\\s*|\\s+)${CLOCK}|(?<dateZone>z)?)\\s*\\0*$`, 'i');

const DATES = [
  pattern(`(?<year>\\d{3,4})(?:${SEPARATOR})(?<month>\\d{1,2})(?:${SEPARATOR})(?<day>\\d{1,2})`),
  pattern(`(?<month>\\d{1,2})(?:${SEPARATOR})(?<day>\\d{1,2})(?:${SEPARATOR})(?<year>\\d{1,4})`),
  pattern(`(?<day>\\d{1,2})${GAP}(?<name>${NAME})\\.?${GAP}(?<year>\\d{1,4})`),
  pattern(`(?<name>${NAME})\\.?${GAP}(?<day>\\d{1,2})${GAP}(?<year>\\d{1,4})`),
  pattern(`(?<year>\\d{3,4})${GAP}(?<name>${NAME})\\.?${GAP}(?<day>\\d{1,2})`),
];

/** Two digits mean the years 1950 to 2049. */
const fullYear = (text: string): number => {
  const year = Number(text);
  return text.length > 2 ? year : year + (year < 50 ? 2000 : 1900);
};

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** `zone` is what a text without one gets; a text with one becomes local. Undefined: no date. */
export function parseDate(text: string, zone: Zone): Moment | undefined {
  for (const date of DATES) {
    const groups = date.exec(text)?.groups;
    if (groups !== undefined) return assembled(groups, zone);
  }
  return undefined;
}

function assembled(groups: Record<string, string | undefined>, unzoned: Zone): Moment | undefined {
  const month = groups['name'] === undefined ? Number(groups['month']) : MONTHS.findIndex((name) => name.startsWith(groups['name']!.toLowerCase())) + 1;
  const days = dayNumber(fullYear(groups['year']!), month, Number(groups['day']));
  if (days === undefined) return undefined;
  if (groups['weekday'] !== undefined && WEEKDAYS[days % 7] !== groups['weekday'].slice(0, 3).toLowerCase()) return undefined;
  const half = groups['half']?.charAt(0).toLowerCase();
  const clockHour = Number(groups['hour'] ?? 0);
  if (half !== undefined && clockHour > 12) return undefined;
  const hour = half === undefined ? clockHour : (clockHour % 12) + (half === 'p' ? 12 : 0);
  const minute = Number(groups['minute'] ?? 0);
  const second = Number(groups['second'] ?? 0);
  // 24:00 is the next midnight.
  const isNextMidnight = hour === 24 && minute === 0 && second === 0 && Number(groups['fraction'] ?? 0) === 0;
  if ((hour > 23 && !isNextMidnight) || minute > 59 || second > 59) return undefined;
  const ticks = (hour * 3600 + minute * 60 + second) * TICKS_PER_SECOND + Math.round(Number(`0.${groups['fraction'] ?? '0'}`) * TICKS_PER_SECOND);
  const moment = shifted({ days, ticks: 0, zone: unzoned }, ticks, unzoned);
  const zone = groups['zone'] ?? groups['dateZone'];
  if (moment === undefined || zone === undefined) return moment;
  const offset = offsetMinutes(zone);
  if (offset === undefined) return undefined;
  const away = -offset * 60 * TICKS_PER_SECOND;
  return shifted(moment, away, '+00:00') ?? clamped(moment, away);
}

function offsetMinutes(zone: string): number | undefined {
  const match = /^([+-])(\d{1,2}):?(\d\d)?$/.exec(zone);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return minutes > 14 * 60 || Number(match[3] ?? 0) > 59 ? undefined : match[1] === '-' ? -minutes : minutes;
}

/** Beyond the first or last day .NET stays at it when the clock alone is off by less than a day. */
const clamped = (moment: Moment, away: number): Moment | undefined =>
  moment.days === 0 || away > 0 ? { days: moment.days, ticks: away > 0 ? TICKS_PER_DAY - 1 : 0, zone: '+00:00' } : undefined;
