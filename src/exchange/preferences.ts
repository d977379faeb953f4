/** What a caller prefers for its own call: `Prefer: code=503, delay=250`, or the same in the query as `__prefer` (RFC 7240). */
import { nearest, suggest } from '../mock-error.ts';
import type { SentRequest } from '../http/sent-request.ts';
import type { Explanation } from '../http/message.ts';
import { delayRange, FAULTS, isFault, type Outcome } from '../http/outcome.ts';
import type { Settings } from '../protocols/protocol.ts';

export interface Preferences {
  readonly outcome: Outcome | undefined;
  readonly isExample: boolean;
  readonly nulls: Settings['nulls'] | undefined;
  /** What `Preference-Applied` says; empty where nothing was. */
  readonly applied: string;
  /** Preferences that were not applied, each with the reason. */
  readonly ignored: readonly Explanation[];
}

/** Where callers that cannot set headers put their preferences. */
const QUERY_NAME = '__prefer';

type Draft = { -readonly [K in keyof Outcome]: Outcome[K] } & { isExample?: boolean; nulls?: Settings['nulls'] };

/** Reads one preference's value into the draft; answers what was wrong with it, or nothing. */
const readers: Readonly<Record<string, (value: string, draft: Draft) => string | undefined>> = {
  code(value, draft) {
    if (!/^[2-5]\d\d$/.test(value)) return 'takes a status from 200 to 599';
    draft.code = Number(value);
    return undefined;
  },
  'retry-after'(value, draft) {
    if (!/^\d{1,7}$/.test(value)) return 'takes a number of seconds';
    draft.headers = { 'Retry-After': value };
    return undefined;
  },
  delay(value, draft) {
    const delay = /^\d+$/.test(value) ? Number(value) : (value as `${number}..${number}`);
    if (delayRange(delay) === undefined) return 'takes a number of milliseconds, or a range as in 200..800';
    draft.delay = delay;
    return undefined;
  },
  fault(value, draft) {
    if (!isFault(value)) return `is one of ${FAULTS.join(', ')}`;
    draft.fault = value;
    return undefined;
  },
  example(value, draft) {
    if (value !== '' && value !== 'true') return 'takes no value';
    draft.isExample = true;
    return undefined;
  },
  nulls(value, draft) {
    if (value !== 'wire' && value !== 'placeholder') return 'is wire or placeholder';
    draft.nulls = value;
    return undefined;
  },
};
const NAMES = Object.keys(readers);

/** How many preferences of one call are looked at; no caller of good will has more. */
const MAX_PREFERENCES = 50;

/** The preferences of a request; undefined where it has none. Cuts them out of the query, which no protocol is to see. */
export function readPreferences(inbound: SentRequest): Preferences | undefined {
  const header = inbound.header('prefer');
  const isInQuery = inbound.query.includes(QUERY_NAME);
  if (header === undefined && !isInQuery) return undefined;
  const texts = isInQuery ? [...inbound.takeQuery(QUERY_NAME)] : [];
  if (header !== undefined) texts.push(header);
  return read(texts.join(','));
}

/** What is left of a `Prefer` header for a real service: without the preferences that are the mock's own. */
export function withoutOwnPreferences(header: string | undefined): string | undefined {
  const others = header?.split(',').filter((preference) => !Object.hasOwn(readers, preference.split(/[=;]/, 1)[0]!.trim().toLowerCase()));
  return others?.map((preference) => preference.trim()).join(', ') || undefined;
}

function read(text: string): Preferences {
  const draft: Draft = {};
  const seen = new Set<string>();
  const applied: string[] = [];
  const ignored: Explanation[] = [];
  for (const preference of text.split(/[,;]/, MAX_PREFERENCES)) {
    const [typed = '', value = ''] = preference.split('=', 2).map((part) => part.trim().replace(/^"(.*)"$/, '$1'));
    if (typed === '') continue;
    const name = typed.toLowerCase();
    const problem = seen.has(name) ? 'was sent before, and the first one counts' : problemWith(name, value, draft);
    seen.add(name);
    if (problem === undefined) applied.push(value === '' ? name : `${name}=${value}`);
    else ignored.push(notApplied(typed, preference.trim(), value, problem));
  }
  const { isExample = false, nulls, ...outcome } = draft;
  return {
    outcome: Object.keys(outcome).length === 0 ? undefined : outcome,
    isExample,
    nulls,
    applied: applied.join(', '),
    ignored,
  };
}

const problemWith = (name: string, value: string, draft: Draft): string | undefined =>
  Object.hasOwn(readers, name) ? readers[name]!(value, draft) : UNKNOWN;
const UNKNOWN = 'unknown';

function notApplied(typed: string, preference: string, value: string, problem: string): Explanation {
  const name = typed.toLowerCase();
  const shown = preference.length > 80 ? `${preference.slice(0, 80)}…` : preference;
  if (problem !== UNKNOWN)
    return { message: `The preference "${shown}" was not applied: ${name} ${problem}.`, rule: 'prefer', member: name, value };
  return {
    message: `The preference "${shown}" was not applied. ${suggest(name.slice(0, 80), NAMES, `Known are ${NAMES.join(', ')}.`)}`,
    rule: 'prefer',
    member: typed,
    nearest: nearest(name.slice(0, 80), NAMES),
  };
}
