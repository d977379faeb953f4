/** A journal entry as people read it: made from the record when somebody asks, secrets shortened. */
import type { Explanation, ServedBy } from '../http/message.ts';
import type { Outcome } from '../http/outcome.ts';
import type { Route } from '../protocols/protocol.ts';
import { isoTime } from '../store/clock.ts';
import { fromLatin1 } from '../wire/latin1.ts';
import { explanationOf } from './explanation.ts';
import { type NearOperation, nearOperations } from './nearest-operations.ts';
import type { CallRecord, KeptBody } from './record.ts';
import { shortenHeader, shortenText, shortenValue } from './redaction.ts';

/** What entries need to know of the mock that made them. */
export interface JournalContext {
  /** The `X-Mock-Request-Id` of the call with a number. */
  requestId(number: number): string;
  routes(): readonly Route[];
}

type HeaderView = Readonly<Record<string, string | readonly string[]>>;

interface Content {
  /** Left out where there is none, or where it was a stream. */
  readonly body?: string;
  /** In place of `body` where the bytes are no text. */
  readonly bodyAsBase64?: string;
  /** Length of the whole (of an answer's text: in characters), where only the beginning was kept. */
  readonly bodySize?: number;
}

/** One call and its answer. Passwords, tokens, cookies and keys are shortened; times are ISO 8601 in UTC. */
export interface JournalEntry {
  /** The answer's `X-Mock-Request-Id`. */
  readonly id: string;
  /** The world's time. */
  readonly at: string;
  /** The machine's time when the call came in. */
  readonly started: string;
  readonly method: string;
  /** Without the query, a world prefix cut off. */
  readonly path: string;
  /** `api.Operation`; null where the call reached none. */
  readonly operation: string | null;
  readonly caller: string | null;
  /** What the operation received, in neutral JSON; null where it received nothing, or more than the journal keeps. */
  readonly bound: unknown;
  readonly request: Content & { readonly method: string; readonly url: string; readonly headers: HeaderView };
  readonly response:
    | (Content & { readonly status: number; readonly reason?: string; readonly headers: HeaderView })
    | { readonly fault: string };
  /** Milliseconds that it took, with at most three decimals. */
  readonly ms: number;
  readonly servedBy: ServedBy;
  /** A browser's question before a call from another origin. */
  readonly preflight?: true;
  /** What was made to happen, by a preference or a rule. */
  readonly outcome?: Outcome;
  /** Why it failed, and what to do; also what was sent and not read. Several reasons: the others in `more`. */
  readonly explanation?: Explanation & { readonly more?: readonly Explanation[] };
}

export interface UnmatchedEntry extends JournalEntry {
  /** The operations that come closest, and what differs. */
  readonly nearest: readonly NearOperation[];
}

export function journalEntry(context: JournalContext, record: CallRecord): JournalEntry {
  const { method, operation = null, caller = null, bound, outcome } = record;
  const explanation = explanationOf(context, record);
  return {
    id: context.requestId(record.number),
    at: isoTime(record.at),
    started: isoTime(record.started),
    method,
    path: record.path,
    operation,
    caller,
    bound: bound === undefined ? null : shortenValue(bound),
    request: {
      method,
      url: shortenText(record.target),
      headers: requestHeaders(record),
      ...content(record.requestBody),
    },
    response: record.status === undefined ? { fault: record.fault ?? '' } : response(record, record.status),
    ms: milliseconds(record.ms),
    servedBy: record.servedBy,
    ...(record.isPreflight && { preflight: true }),
    ...(outcome !== undefined && { outcome }),
    ...(explanation !== undefined && { explanation }),
  };
}

/** At most three decimals. */
export const milliseconds = (ms: number): number => Math.round(ms * 1000) / 1000;

function response(record: CallRecord, status: number): Exclude<JournalEntry['response'], { fault: string }> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of record.answeredHeaders()) {
    if (name === 'Set-Cookie') headers[name] = [...((headers[name] as string[] | undefined) ?? []), shortenHeader('set-cookie', value)];
    else headers[name] = Object.hasOwn(headers, name) ? ([headers[name], value].flat() as string[]) : value;
  }
  return { status, ...(record.reason !== undefined && { reason: record.reason }), headers, ...content(record.responseBody) };
}

/** Names as they were sent; a name that was sent twice has a list. */
function requestHeaders(record: CallRecord): HeaderView {
  const headers: Record<string, string | string[]> = {};
  for (const [name, sent] of record.sentHeaders()) {
    const value = shortenHeader(name, sent);
    const before = Object.hasOwn(headers, name) ? headers[name] : undefined;
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  return headers;
}

const strict = new TextDecoder('utf-8', { fatal: true });

function content(body: KeptBody | undefined): Content {
  if (body === undefined) return {};
  const { text, size } = body;
  const isCut = size > text.length;
  const whole = isCut ? { bodySize: size } : {};
  if (!body.isBytes) return { body: shortenText(text), ...whole };
  const bytes = fromLatin1(text);
  // Where a body was cut, up to three bytes of a character may stand at its end.
  for (let end = bytes.length; end >= bytes.length - (isCut ? 3 : 0); end--) {
    try {
      return { body: shortenText(strict.decode(bytes.subarray(0, end))), ...whole };
    } catch {
      // One byte less, then.
    }
  }
  return { bodyAsBase64: btoa(text), ...whole };
}

export const unmatchedEntry = (context: JournalContext, record: CallRecord): UnmatchedEntry => ({
  ...journalEntry(context, record),
  nearest: nearOperations(context.routes(), record.method, record.path),
});
