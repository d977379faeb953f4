/** Kinds of options: what a value may be, how a text becomes one, and what stands for it in the help. */
import { isJsonObject } from './json-object.ts';
import { MockError, suggest } from './mock-error.ts';
import { parseTime } from './store/clock.ts';

export interface OptionType {
  /** What stands for the value in the help: `N`, `a|b|c`; a switch has none. */
  readonly value?: string;
  /** Whether the command line may say it several times; all of them make one value. */
  readonly isRepeatable?: boolean;
  /** Goes on from the option's name: `takes a whole number from 0`. */
  readonly expected: string;
  accepts(value: unknown): boolean;
  /** The value of what was said on the command line; undefined where the text means nothing. */
  parse(texts: readonly string[]): unknown;
  /** Never shown. */
  readonly isSecret?: boolean;
  /** What to do about a value that is not accepted. */
  fix?(value: unknown): string;
}

/** Refuses a value that its option does not take; `said` is how the user wrote it. */
export function checkValue(type: OptionType, name: string, value: unknown, said?: string): void {
  if (type.accepts(value)) return;
  throw new MockError('bad-option', refusal(type, name, said ?? value), type.fix?.(said ?? value) ?? 'Nothing was started.');
}

export const refusal = ({ expected, isSecret }: OptionType, name: string, value: unknown): string =>
  isSecret ? `${name} ${expected}.` : `${name} ${expected}, not ${shownValue(value)}.`;

function shownValue(value: unknown): string {
  const text = typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** `10,000,000`; the locale's own way would load ICU, a tenth of a start. */
const grouped = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',');

const single = (read: (text: string) => unknown) => (texts: readonly string[]) => read(texts.at(-1) as string);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

export const choice = (...words: readonly string[]): OptionType => ({
  value: words.join('|'),
  expected: `is one of ${words.join(', ')}`,
  accepts: (value) => words.includes(value as string),
  parse: single((text) => text),
  fix: (value) => suggest(String(value), words, `Choose from ${words.join(', ')}.`),
});

export const wholeNumber = (from: number, to = Number.MAX_SAFE_INTEGER): OptionType => ({
  value: 'N',
  expected: `takes a whole number from ${from}${to === Number.MAX_SAFE_INTEGER ? '' : ` to ${grouped(to)}`}`,
  accepts: (value) => Number.isSafeInteger(value) && (value as number) >= from && (value as number) <= to,
  parse: single((text) => (/^\d+$/.test(text) ? Number(text) : undefined)),
});

/** In code milliseconds. */
export const duration = (from: number): OptionType => ({
  value: 'DURATION',
  expected: `takes a time from ${from} ms`,
  // A timer of Node holds no more.
  accepts: (value) => typeof value === 'number' && value >= from && value < 2 ** 31,
  parse: single(durationOf),
  fix: () => 'Write 500ms, 30s, 5m or 1h; in code milliseconds.',
});

/** `500ms`, `30s`, `5m`, `1h`, or plain milliseconds; undefined where it is none. */
export function durationOf(text: string): number | undefined {
  const [, number, unit = 'ms'] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * ({ ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit] as number);
}

export const bytes: OptionType = {
  ...wholeNumber(0),
  value: 'BYTES',
  expected: 'takes a number of bytes',
  parse: single((text) => {
    const [, number, unit = ''] = /^(\d+)([km]?)$/i.exec(text) ?? [];
    return number === undefined ? undefined : Number(number) * ({ k: 1024, m: 1_048_576 }[unit.toLowerCase()] ?? 1);
  }),
  fix: () => 'Write 16384, 16k or 1m.',
};

export const onOff: OptionType = { expected: 'is true or false', accepts: (value) => typeof value === 'boolean', parse: () => true };

export const text = (value: string): OptionType => ({ value, expected: 'takes a text', accepts: isText, parse: single((said) => said) });

export const texts = (value: string, expected: string): OptionType => ({
  value,
  isRepeatable: true,
  expected,
  accepts: isTexts,
  parse: (said) => said,
});

/** A text that a header can carry. */
export const token: OptionType = {
  ...text('T'),
  isSecret: true,
  expected: 'takes a token of visible ASCII characters',
  accepts: (value) => isText(value) && /^[\x21-\x7e]+$/.test(value),
  fix: () => 'Leave out blanks, line breaks and letters with accents.',
};

export const seed: OptionType = {
  ...text('S'),
  expected: 'takes a text or a number',
  accepts: (value) => isText(value) || Number.isFinite(value),
};

export const time: OptionType = {
  ...text('T|real'),
  expected: 'takes a time in ISO 8601, as in 2026-01-01T00:00:00Z, or "real"',
  accepts: (value) => value === 'real' || (isText(value) && parseTime(value) !== undefined),
};

export const seconds: OptionType = {
  value: 'SECONDS|service',
  expected: 'takes seconds or "service"',
  accepts: (value) => value === 'service' || (Number.isSafeInteger(value) && (value as number) >= 0),
  parse: single((said) => (said === 'service' ? said : /^\d+$/.test(said) ? Number(said) : undefined)),
  fix: () => 'Write 1800, as in --token-lifetime 1800.',
};

/** `logisense.contacts=1000`; which names there are is known to the APIs that are served. */
export const sizes = (to: number): OptionType => ({
  value: 'NAME=N',
  isRepeatable: true,
  expected: `takes NAME=N with N from 0 to ${grouped(to)}`,
  accepts: (value) => isJsonObject(value) && Object.values(value).every((size) => wholeNumber(0, to).accepts(size)),
  parse: (said) => pairs(said, (count) => wholeNumber(0, to).parse([count.replaceAll('_', '')])),
  fix: () => 'Write it as in --scale logisense.contacts=1000.',
});

/** `logisense=https://…`, or an address alone where one API is served. */
export const addresses: OptionType = {
  value: 'API=URL',
  isRepeatable: true,
  expected: 'takes API=URL, or a URL where one API is served',
  accepts: (value) => isText(value) || (isJsonObject(value) && Object.values(value).every(isText)),
  parse: (said) => (said.length === 1 && URL.canParse(said[0] as string) ? said[0] : pairs(said, (url) => url)),
};

/** `NAME=…` several times; undefined where one of them has no name or no value. */
function pairs(said: readonly string[], read: (text: string) => unknown): object | undefined {
  const entries = said.map((pair) => {
    const [, name, value] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    return [name, value === undefined ? undefined : read(value)] as const;
  });
  return entries.some(([name, value]) => name === undefined || value === undefined) ? undefined : Object.fromEntries(entries);
}

/** What code alone can give. */
export const inCode = (expected: string, accepts: (value: unknown) => boolean): OptionType => ({
  expected,
  accepts,
  parse: () => undefined,
});

/** A name on the command line, whose definitions are loaded; in code the definitions. */
export const locale: OptionType = { ...text('NAME'), expected: "takes faker's definitions of a locale", accepts: isJsonObject };

/** Files on the command line; in code records as well. */
export const records: OptionType = {
  ...texts('FILE', 'takes a list of files and records'),
  accepts: (value) => Array.isArray(value) && value.every((one) => isText(one) || isJsonObject(one)),
};
