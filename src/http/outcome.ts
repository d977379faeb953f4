/** What can be made to happen to a call: a status, headers, an answer of one's own, a wait, a broken connection. */
import type { Reply } from './message.ts';

/** WireMock's names. */
export const FAULTS = ['EMPTY_RESPONSE', 'MALFORMED_RESPONSE_CHUNK', 'RANDOM_DATA_THEN_CLOSE', 'CONNECTION_RESET_BY_PEER'] as const;
export type Fault = (typeof FAULTS)[number];
export const isFault = (name: unknown): name is Fault => FAULTS.includes(name as Fault);

export type OutcomeHeaders = Readonly<Record<string, string | readonly string[]>>;

export interface Outcome {
  /** A status from 200 to 599, with the body that the service would send with it. */
  readonly code?: number;
  /** Laid over the answer's own. */
  readonly headers?: OutcomeHeaders;
  /** In place of the service's answer; a body that is no text is sent as JSON. */
  readonly answer?: { readonly status: number; readonly headers?: OutcomeHeaders; readonly body?: unknown };
  /** Milliseconds to wait first, or a range of them from which each call draws. */
  readonly delay?: number | `${number}..${number}`;
  readonly fault?: Fault;
  /** Nothing happens, and it is counted. */
  readonly pass?: true;
}

/** The longest wait, in milliseconds. */
export const MAX_DELAY = 9_999_999;
const RANGE = /^(\d{1,7})\.\.(\d{1,7})$/;

/** A delay's least and most; undefined where it is not a valid one. */
export function delayRange(delay: unknown): readonly [number, number] | undefined {
  if (typeof delay === 'number') return Number.isSafeInteger(delay) && delay >= 0 && delay <= MAX_DELAY ? [delay, delay] : undefined;
  const [, from, to] = (typeof delay === 'string' && RANGE.exec(delay)) || [];
  return from === undefined || Number(from) > Number(to) ? undefined : [Number(from), Number(to)];
}

/** A reply with headers laid over it, whatever the case of their names. */
export function withHeaders(reply: Reply, headers: OutcomeHeaders | undefined): Reply {
  if (headers === undefined) return reply;
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const kept = Object.entries(reply.headers).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...reply, headers: { ...Object.fromEntries(kept), ...headers } };
}

export function ownAnswer({ status, headers, body }: NonNullable<Outcome['answer']>): Reply {
  const isText = typeof body === 'string' || body === undefined;
  const type = { 'Content-Type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8' };
  return withHeaders({ status, headers: body === undefined ? {} : type, body: isText ? (body ?? null) : JSON.stringify(body) }, headers);
}
