/** The only source of time: the world's clock, and a monotonic timer for idle time, delays and durations. */
import type { DateTime } from '../contract/field.ts';

/** What an untouched world shows; generated data never depends on it. */
export const START_OF_TIME = Date.UTC(2026, 0, 1);

/** Milliseconds that only grow; says nothing about the date. */
export const monotonic = (): number => performance.now();

/** The machine's time in milliseconds since 1970: for people who read a log, never for what a world answers. */
export const machineTime = (): number => Date.now();

/** `frozen`: stands at `at`. `real`: the machine's time moved by `at` milliseconds. */
export type ClockState = { readonly mode: 'frozen' | 'real'; readonly at: number };

export const frozenAt = (at: number): ClockState => ({ mode: 'frozen', at });
export const REAL: ClockState = { mode: 'real', at: 0 };

/** Milliseconds since 1970 on a world's clock. */
export const now = (clock: ClockState): number => (clock.mode === 'frozen' ? clock.at : Date.now() + clock.at);

export const advance = (clock: ClockState, milliseconds: number): ClockState => ({ mode: clock.mode, at: clock.at + milliseconds });

let isoMoment = Number.NaN;
let isoText = '';
/** `2026-01-01T00:00:00.000Z`; a world's clock stands still more often than not, so that the last one is kept. */
export function isoTime(time: number): string {
  if (time !== isoMoment) {
    isoText = new Date(time).toISOString();
    isoMoment = time;
  }
  return isoText;
}

let neutralMoment = Number.NaN;
let neutralZone = '';
let neutralText = '';
/** The same as neutral JSON has it: the fraction trimmed, and no zone where none is known. Records of a moment share its text. */
export function neutralTime(time: number, zone: 'Z' | '' = 'Z'): DateTime {
  if (time !== neutralMoment || zone !== neutralZone) {
    neutralText = isoTime(time).replace(/(?:\.?0+)?Z$/, zone);
    neutralMoment = time;
    neutralZone = zone;
  }
  return neutralText as DateTime;
}

/** A point in time from ISO 8601 text (no zone means UTC), years 1 to 9999; undefined where it is none. */
export function parseTime(text: string): number | undefined {
  const day = /^(?!0000)(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text)?.[1];
  // `Date.parse` takes the 30th of February for the 2nd of March.
  if (day === undefined || Number.isNaN(Date.parse(day)) || !isoTime(Date.parse(day)).startsWith(day)) return undefined;
  const zoned = /T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) || !text.includes('T') ? text : `${text}Z`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? undefined : time;
}

let httpSecond = Number.NaN;
let httpText = '';
/** The `Date` header's form. */
export function httpTime(time: number): string {
  const second = Math.floor(time / 1000);
  if (second !== httpSecond) {
    httpSecond = second;
    httpText = new Date(second * 1000).toUTCString();
  }
  return httpText;
}
