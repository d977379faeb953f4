/** A journal entry as people read it: made from the call when somebody asks, secrets shortened. */
import type { ServedCall } from '../exchange/served-call.ts';
import type { Outcome } from '../http/outcome.ts';
import type { Explanation, Reply } from '../http/message.ts';
import { isoTime } from '../store/clock.ts';
import type { WorldManager } from '../worlds/manager.ts';
import { type NearOperation, nearOperations } from './nearest-operations.ts';
import { shortenHeader, shortenText, shortenValue } from './redaction.ts';

type HeaderView = Readonly<Record<string, string | readonly string[]>>;

interface Content {
  /** Left out where there is none, or where it was a stream. */
  readonly body?: string;
  /** In place of `body` where the bytes are no text. */
  readonly bodyAsBase64?: string;
  /** Length of the whole (of an answer's text: in characters), where only the beginning was kept. */
  readonly bodySize?: number;
}

export interface JournalEntry {
  /** The answer's `X-Mock-Request-Id`. */
  readonly id: string;
  /** The world's time. */
  readonly at: string;
  readonly method: string;
  /** Without the query, a world prefix cut off. */
  readonly path: string;
  /** `api.Operation`; null where the call reached none. */
  readonly operation: string | null;
  readonly caller: string | null;
  /** What the operation received, in neutral JSON; null where it received nothing. */
  readonly bound: unknown;
  readonly request: Content & { readonly method: string; readonly url: string; readonly headers: HeaderView };
  readonly response:
    | (Content & { readonly status: number; readonly reason?: string; readonly headers: HeaderView })
    | { readonly fault: string };
  /** How long it took. */
  readonly ms: number;
  /** What was made to happen, by a wish or a rule. */
  readonly outcome?: Outcome;
  /** Why it failed, and what to do; also wishes that were not granted. Several reasons: the others in `more`. */
  readonly explanation?: Explanation & { readonly more?: readonly Explanation[] };
}

export interface UnmatchedEntry extends JournalEntry {
  /** The operations that come closest, and what differs. */
  readonly nearest: readonly NearOperation[];
}

export function journalEntry(manager: WorldManager, call: ServedCall): JournalEntry {
  const { inbound, operation = null, caller = null, bound = null, reply, outcome } = call;
  const { method, path, sentTarget } = inbound;
  const explanation = explanationOf(manager, call);
  return {
    id: manager.requestId(call),
    at: isoTime(call.at),
    method,
    path,
    operation,
    caller,
    bound: shortenValue(bound),
    request: {
      method,
      url: shortenText(sentTarget),
      headers: requestHeaders(call),
      ...content(inbound.body ?? null, inbound.bodySize),
    },
    response: reply === undefined ? { fault: call.fault ?? '' } : response(call, reply),
    ms: Math.round(call.ms * 1000) / 1000,
    ...(outcome !== undefined && { outcome }),
    ...(explanation !== undefined && { explanation }),
  };
}

function response(call: ServedCall, reply: Reply): Exclude<JournalEntry['response'], { fault: string }> {
  const { 'Set-Cookie': cookies, ...headers } = call.headers ?? {};
  const lines = cookies === undefined ? [] : [cookies].flat();
  return {
    status: reply.status,
    ...(reply.reason !== undefined && { reason: reply.reason }),
    headers: cookies === undefined ? headers : { ...headers, 'Set-Cookie': lines.map((line) => shortenHeader('set-cookie', line)) },
    ...content(reply.body as string | Uint8Array | null, call.bodySize),
  };
}

/** Names as they were sent; a name that was sent twice has a list. */
function requestHeaders(call: ServedCall): HeaderView {
  const headers: Record<string, string | string[]> = {};
  for (const [name, sent] of call.inbound.headerPairs()) {
    const value = shortenHeader(name, sent);
    const before = Object.hasOwn(headers, name) ? headers[name] : undefined;
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  return headers;
}

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder();

/** A body's text, as far as it is one. */
export const textOf = (body: string | Uint8Array | null | undefined): string =>
  typeof body === 'string' ? body : body == null ? '' : lenient.decode(body);

/** `size` is that of the whole. */
function content(body: string | Uint8Array | null, size: number): Content {
  if (body === null) return {};
  if (typeof body === 'string') return { body: shortenText(body) };
  const isCut = size > body.length;
  const whole = isCut ? { bodySize: size } : {};
  // Where a body was cut, up to three bytes of a character may stand at its end.
  for (let end = body.length; end >= body.length - (isCut ? 3 : 0); end--) {
    try {
      return { body: shortenText(strict.decode(body.subarray(0, end))), ...whole };
    } catch {
      // One byte less, then.
    }
  }
  return { bodyAsBase64: btoa(Array.from(body, (byte) => String.fromCharCode(byte)).join('')), ...whole };
}

/** Reasons that the protocol gave, or the best that can be said without it. */
export function explanationOf(manager: WorldManager, call: ServedCall): JournalEntry['explanation'] {
  const [first, ...more] = call.explanations ?? [];
  const status = call.reply?.status ?? 0;
  if (first !== undefined) return more.length === 0 ? first : { ...first, more };
  if (call.outcome?.code !== undefined) return { message: `The status ${status} was asked for by a wish or a fault rule.`, rule: 'forced' };
  if (call.fault !== undefined) return { message: `The connection was broken on purpose: ${call.fault}.`, rule: 'forced' };
  if (status < 400) return undefined;
  if (isUnmatched(call)) return noOperation(manager, call);
  return { message: `The service answered ${status}; the reason stands in the body.` };
}

function noOperation(manager: WorldManager, { inbound: { method, path } }: ServedCall): Explanation {
  const message = `No operation has ${method} ${path}.`;
  const [near] = nearOperations(manager.routes(), method, path);
  if (near === undefined) return { message, rule: 'route' };
  return {
    message: `${message} The nearest is ${near.operation}, ${near.method} ${near.path}: ${near.differs.join(', ')}.`,
    rule: 'route',
    value: path,
    nearest: near.path,
    contract: near.operation,
  };
}

/** True for a call that reached no operation. */
export const isUnmatched = ({ operation, reply }: ServedCall): boolean =>
  operation === undefined && (reply?.status === 404 || reply?.status === 405);

export const unmatchedEntry = (manager: WorldManager, call: ServedCall): UnmatchedEntry => ({
  ...journalEntry(manager, call),
  nearest: nearOperations(manager.routes(), call.inbound.method, call.inbound.path),
});
