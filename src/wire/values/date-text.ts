/** Dates as ServiceStack.Text writes them, by its settings (servicestack.md §3.1, §3.2, §13 F7). */
import type { DateHandler, WireProfile } from '../profile.ts';
import { moment, neutral, roundTripText, shortestText, wcfText } from './date.ts';

type Text = (value: string) => string;

/** As .NET divides: towards zero. */
const unixMilliseconds: Text = (value) => /-?\d+/.exec(wcfText(value))![0];
const unixSeconds: Text = (value) => String(Math.trunc(Number(unixMilliseconds(value)) / 1000));
const quoted =
  (text: Text): Text =>
  (value) =>
    `"${text(value)}"`;
/** The neutral form, whatever its offset. */
const plain: Text = (value) => neutral(moment(value)!);
const zoneOf = (value: string): string =>
  plain(value)
    .slice(19)
    .replace(/^\.\d+/, '');
/** Without a zone a moment is UTC (`AssumeUtc`). */
const asUtc: Text = (value) => (zoneOf(value) === '' ? `${value}Z` : value);
/** Written with `offset` where `isMeant` says so. */
const withOffset =
  (offset: string, isMeant: (zone: string) => boolean): Text =>
  (value) =>
    isMeant(zoneOf(value)) ? `\\/Date(${unixMilliseconds(value)}${offset})\\/` : wcfText(value);

const JSON_DATES: Record<DateHandler, (profile: WireProfile) => Text> = {
  iso: () => quoted(roundTripText),
  wcf: ({ isUtcOffsetWritten }) => quoted(isUtcOffsetWritten === true ? withOffset('+0000', (zone) => zone === 'Z') : wcfText),
  wcfLocal: () => quoted(withOffset('+0000', (zone) => zone !== 'Z')),
  isoDate: () => quoted((value) => plain(value).slice(0, 10)),
  isoDateTime: () => quoted((value) => plain(value).slice(0, 19).replace('T', ' ')),
  rfc1123: () => quoted((value) => new Date(`${plain(value).slice(0, 19)}Z`).toUTCString()),
  unix: () => unixSeconds,
  unixMs: () => unixMilliseconds,
};

const assuming = ({ isUtcAssumed }: WireProfile, text: Text): Text => (isUtcAssumed === true ? (value) => text(asUtc(value)) : text);

export const jsonDate = (profile: WireProfile): Text => assuming(profile, JSON_DATES[profile.dateHandler ?? profile.date](profile));

/** JSV has its own shortest form, and no other but numbers. */
export function jsvDate(profile: WireProfile): Text {
  const { dateHandler, isDateKept } = profile;
  if (dateHandler === 'unix') return unixSeconds;
  if (dateHandler === 'unixMs') return unixMilliseconds;
  return assuming(profile, isDateKept === true ? keptDate : shortestText);
}

/** Midnight is no date alone, and without a zone there is none (`SkipDateTimeConversion`). */
function keptDate(value: string): string {
  const [clock = '', fraction] = roundTripText(value)
    .replace(/(Z|\+00:00)$/, '')
    .split('.');
  return clock + (fraction === '0000000' ? '' : `.${fraction}`) + zoneOf(value);
}
