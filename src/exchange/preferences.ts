/** What a caller wishes for its own call: `Prefer: code=503, delay=250`, or the same in the query as `__prefer` (RFC 7240). */
import { nearest, suggest } from '../mock-error.ts';
import type { Explanation } from '../http/message.ts';
import type { Settings } from '../protocols/protocol.ts';
import type { SentRequest } from '../http/inbound.ts';
import { FAULTS, type Outcome, isFault } from '../http/outcome.ts';

export interface Preferences {
  readonly outcome: Outcome | undefined;
  readonly isExample: boolean;
  readonly nulls: Settings['nulls'] | undefined;
  /** What `Preference-Applied` says; empty where nothing was. */
  readonly applied: string;
  /** Wishes that nobody grants, each with the reason. */
  readonly ignored: readonly Explanation[];
}

/** Where callers that cannot set headers put their wishes. */
const QUERY_NAME = '__prefer';

type Draft = { -readonly [K in keyof Outcome]: Outcome[K] } & { isExample?: boolean; nulls?: Settings['nulls'] };

/** Reads one wish's value into the draft; answers what was wrong with it, or nothing. */
const readers: Readonly<Record<string, (value: string, draft: Draft) => string | undefined>> = {
  code(value, draft) {
    draft.code = Number(value);
    return /^[2-5]\d\d$/.test(value) ? undefined : 'takes a status from 200 to 599';
  },
  delay(value, draft) {
    draft.delay = Number(value);
    return /^\d{1,7}$/.test(value) ? undefined : 'takes a number of milliseconds';
  },
  fault(value, draft) {
    if (!isFault(value)) return `is one of ${FAULTS.join(', ')}`;
    draft.fault = value;
    return undefined;
  },
  example(value, draft) {
    draft.isExample = true;
    return value === '' || value === 'true' ? undefined : 'takes no value';
  },
  nulls(value, draft) {
    if (value !== 'wire' && value !== 'placeholder') return 'is wire or placeholder';
    draft.nulls = value;
    return undefined;
  },
};

/** The wishes of a request; undefined where it has none. Cuts them out of the query, which no protocol is to see. */
export function readPreferences(inbound: SentRequest): Preferences | undefined {
  const header = inbound.header('prefer');
  const isInQuery = inbound.query !== '' && inbound.query.includes(QUERY_NAME);
  if (header === undefined && !isInQuery) return undefined;
  const texts = isInQuery ? [...inbound.takeQuery(QUERY_NAME)] : [];
  if (header !== undefined) texts.push(header);
  return texts.length === 0 ? undefined : read(texts.join(','));
}

function read(text: string): Preferences {
  const draft: Draft = {};
  const applied = new Map<string, string>();
  const ignored: Explanation[] = [];
  for (const wish of text.split(/[,;]/)) {
    const [name = '', value = ''] = wish.split('=', 2).map((part) => part.trim().replace(/^"(.*)"$/, '$1'));
    if (name === '') continue;
    const known = name.toLowerCase();
    const reader = Object.hasOwn(readers, known) ? readers[known] : undefined;
    if (reader === undefined) {
      const names = Object.keys(readers);
      ignored.push({
        message: `The wish "${name}" in Prefer was ignored. ${suggest(known, names, `Known are ${names.join(', ')}.`)}`,
        rule: 'prefer',
        member: name,
        nearest: nearest(known, names),
      });
      continue;
    }
    const wrong = reader(value, draft);
    if (wrong === undefined) applied.set(known, value === '' ? known : `${known}=${value}`);
    else {
      delete draft[known as keyof Draft];
      ignored.push({
        message: `The wish "${wish.trim()}" in Prefer was ignored: ${known} ${wrong}.`,
        rule: 'prefer',
        member: known,
        value,
      });
    }
  }
  const { isExample = false, nulls, ...outcome } = draft;
  return {
    outcome: Object.keys(outcome).length === 0 ? undefined : outcome,
    isExample,
    nulls,
    applied: [...applied.values()].join(', '),
    ignored,
  };
}
