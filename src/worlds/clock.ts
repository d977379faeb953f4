/** A world's clock as the test author sees and moves it. */
import { isJsonObject } from '../json-object.ts';
import { MockError, suggest } from '../mock-error.ts';
import { advance, type ClockState, frozenAt, isoTime, now, parseTime, REAL } from '../store/clock.ts';

export interface ClockView {
  /** `2026-01-01T00:00:00.000Z` */
  readonly now: string;
  readonly mode: 'frozen' | 'real';
}

export interface ClockChange {
  /** ISO 8601, or `real` for the machine's time. */
  readonly now?: string;
  /** Seconds. */
  readonly advance?: number;
  /** `frozen`: stands still from now on. `real`: runs on. */
  readonly mode?: 'frozen' | 'real';
}

/** What the services' dates can hold: year 1 to 9999. */
const EARLIEST = Date.parse('0001-01-01T00:00:00.000Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

export const clockView = (clock: ClockState): ClockView => ({ now: isoTime(now(clock)), mode: clock.mode });

const refuse = (message: string): never => {
  throw new MockError(
    'bad-clock',
    message,
    'Send {"now":"2026-01-01T00:00:00Z"}, {"now":"real"}, {"advance":3600} (seconds) or {"mode":"frozen"}.',
  );
};

export function changedClock(clock: ClockState, input: unknown): ClockState {
  if (!isJsonObject(input) || Object.keys(input).length === 0) return refuse('A clock is changed by a JSON object.');
  const known = ['now', 'advance', 'mode'];
  for (const name of Object.keys(input))
    if (!known.includes(name)) refuse(`A clock has no "${name}". ${suggest(name, known, `It has ${known.join(', ')}.`)}`);
  const { now: to, advance: seconds, mode } = input as Record<string, unknown>;
  let changed = clock;
  if (mode === 'frozen') changed = frozenAt(now(clock));
  else if (mode === 'real') changed = REAL;
  else if (mode !== undefined) refuse(`A clock is frozen or real, not ${JSON.stringify(mode)}.`);
  if (to === 'real') changed = REAL;
  else if (to !== undefined) {
    const time = typeof to === 'string' ? parseTime(to) : undefined;
    if (time === undefined) return refuse(`${JSON.stringify(to)} is not a valid time.`);
    changed = changed.mode === 'frozen' ? frozenAt(time) : advance(REAL, time - now(REAL));
  }
  if (seconds !== undefined) {
    if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return refuse(`${JSON.stringify(seconds)} is not a number of seconds.`);
    changed = advance(changed, Math.round(seconds * 1000));
  }
  const time = now(changed);
  return time >= EARLIEST && time <= LATEST
    ? changed
    : refuse('That time is not between the years 1 and 9999, which is what the services can write.');
}
