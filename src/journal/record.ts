/**
 * What the journal keeps of a call: few flat values, headers and bodies as one text each, cut to a size. Nothing of the
 * transport and nothing that was parsed is kept alive; what people read is made from it when somebody asks (`entry.ts`).
 */
import { isPacked, unpacked } from '../http/content-encoding.ts';
import type { Fault, Outcome } from '../http/outcome.ts';
import type { Explanation, Reply, ReplyBody, ServedBy } from '../http/message.ts';
import type { HeaderLines } from '../http/outbound.ts';
import type { Journal } from './journal.ts';
import { fromLatin1, toLatin1 } from '../wire/latin1.ts';

/** A call that has its answer, as the journal looks at it. */
export interface JournaledCall {
  readonly number: number;
  readonly inbound: {
    readonly method: string;
    readonly sentTarget: string;
    readonly path: string;
    readonly body: Uint8Array | undefined;
    readonly bodySize: number;
    rawHeaders(): readonly string[];
  };
  readonly operation: string | undefined;
  readonly caller: string | undefined;
  readonly bound: unknown;
  readonly explanations: readonly Explanation[] | undefined;
  readonly outcome: Outcome | undefined;
  readonly servedBy: ServedBy;
  readonly isPreflight: boolean;
  readonly reply: Reply | undefined;
  readonly headers: HeaderLines | undefined;
  readonly fault: Fault | undefined;
  /** Milliseconds since 1970: on the world's clock, and on the machine's when the call came in. */
  readonly at: number;
  readonly started: number;
  readonly ms: number;
}

/** What a body was, and what is kept of it. */
export interface KeptBody {
  /** A text as it was sent; bytes as one character each (Latin-1). */
  readonly text: string;
  readonly isBytes: boolean;
  /** Length of the whole, in characters of a text or in bytes. */
  readonly size: number;
}

/** Bytes of an entry besides its texts, roughly. */
const OVERHEAD = 512;
const MAX_EXPLANATIONS = 20;

export class CallRecord {
  readonly number: number;
  readonly method: string;
  readonly target: string;
  readonly operation: string | undefined;
  readonly caller: string | undefined;
  /** JSON; undefined where nothing was bound or it was too long to be kept. */
  readonly bound: string | undefined;
  readonly explanations: readonly Explanation[] | undefined;
  readonly outcome: Outcome | undefined;
  readonly servedBy: ServedBy;
  readonly isPreflight: boolean;
  readonly status: number | undefined;
  readonly reason: string | undefined;
  readonly fault: Fault | undefined;
  /** Names and values in turn, each ended by a line feed. */
  readonly requestHeaders: string;
  readonly responseHeaders: string;
  readonly requestBody: KeptBody | undefined;
  /** Of a streamed answer it is there once the answer has ended. */
  responseBody: KeptBody | undefined;
  readonly at: number;
  readonly started: number;
  readonly ms: number;
  /** What the entry weighs, in bytes. */
  readonly weight: number;
  /** The journal that holds the entry; undefined once it has let go of it. */
  keeper: Journal | undefined = undefined;

  /** `max` is the number of bytes kept of each body, of what was bound and of the headers of each side. */
  constructor(call: JournaledCall, max: number) {
    const { inbound, reply } = call;
    this.number = call.number;
    this.method = inbound.method;
    this.target = cut(inbound.sentTarget, max);
    this.operation = call.operation;
    this.caller = call.caller;
    this.bound = boundText(call, max);
    this.explanations = call.explanations === undefined ? undefined : cutExplanations(call.explanations, max);
    this.outcome = call.outcome;
    this.servedBy = call.servedBy;
    this.isPreflight = call.isPreflight;
    this.status = reply?.status;
    this.reason = reply?.reason;
    this.fault = call.fault;
    this.requestHeaders = cut(inbound.rawHeaders().join('\n'), Math.max(max, 1024));
    this.responseHeaders = cut(headerText(call.headers), Math.max(max, 1024));
    this.requestBody = inbound.body === undefined ? unread(inbound.bodySize) : keptBytes(inbound.body, max);
    this.responseBody = reply === undefined ? undefined : keptBody(reply.body, max);
    this.at = call.at;
    this.started = call.started;
    this.ms = call.ms;
    const texts = [this.target, this.bound, this.requestHeaders, this.responseHeaders, this.requestBody?.text, this.responseBody?.text];
    // A stream will have its beginning kept.
    const isStream = typeof reply?.body === 'object' && reply.body !== null && !(reply.body instanceof Uint8Array);
    let weight = OVERHEAD + (isStream ? max : 0);
    for (const text of texts) weight += text === undefined ? 0 : text.length;
    if (this.explanations !== undefined) weight += 512 * this.explanations.length;
    this.weight = weight;
  }
  /** Names and values as they were sent. */
  sentHeaders(): readonly (readonly [string, string])[] {
    return headerPairs(linesOf(this.requestHeaders));
  }
  /** Whether the journal kept the beginning of the request's body alone. */
  get isCut(): boolean {
    const { requestBody } = this;
    return requestBody !== undefined && requestBody.size > requestBody.text.length;
  }
  /** The body that was sent, as far as it was kept; undefined where there was none. */
  sentText(): string | undefined {
    const { requestBody } = this;
    if (requestBody === undefined) return undefined;
    const encoding = this.sentHeaders().find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
    return sentText(fromLatin1(requestBody.text), encoding, this.isCut);
  }
  /** Sets the body of an answer that was streamed: what was kept of it, and the size of the whole. */
  completeBody(chunks: readonly Uint8Array[], size: number): void {
    this.responseBody = size === 0 ? undefined : { text: chunks.map(toLatin1).join(''), isBytes: true, size };
  }
  get path(): string {
    const mark = this.target.indexOf('?');
    return mark < 0 ? this.target : this.target.slice(0, mark);
  }
}

/** Bytes that a compressed body may unpack to when it is looked at. */
const MAX_UNPACKED = 30_000_000;

/** A body as text, unpacked; one that cannot be is taken as it stands. */
export function sentText(body: Uint8Array, encoding: string | undefined, isCut = false): string {
  if (encoding === undefined || !isPacked(encoding)) return decoder.decode(body);
  try {
    return decoder.decode(unpacked(body, encoding, MAX_UNPACKED, isCut));
  } catch {
    return decoder.decode(body);
  }
}

export const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.split('\n'));

/** Pairs of names and values that stand in turn. */
export function headerPairs(lines: readonly string[]): (readonly [string, string])[] {
  return Array.from({ length: Math.ceil(lines.length / 2) }, (_, i) => [lines[2 * i]!, lines[2 * i + 1] ?? ''] as const);
}

const unread = (size: number): KeptBody | undefined => (size === 0 ? undefined : { text: '', isBytes: true, size });

// A part of a text would keep the whole alive: the bytes are copied.
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const cut = (text: string, max: number): string => (text.length <= max ? text : decoder.decode(encoder.encode(text.slice(0, max))));

const keptBytes = (bytes: Uint8Array, max: number): KeptBody => ({
  text: toLatin1(bytes.length > max ? bytes.subarray(0, max) : bytes),
  isBytes: true,
  size: bytes.length,
});

function keptBody(body: ReplyBody, max: number): KeptBody | undefined {
  if (typeof body === 'string') {
    if (body.length <= max) return body === '' ? undefined : { text: body, isBytes: false, size: body.length };
    return { ...keptBytes(encoder.encode(body.slice(0, max)), max), size: body.length };
  }
  // A stream is its receiver's alone.
  return body instanceof Uint8Array ? keptBytes(body, max) : undefined;
}

/** What was bound follows from the request; where that was too long to be kept, so is this. */
function boundText({ bound, inbound }: JournaledCall, max: number): string | undefined {
  if (bound === undefined || bound === null || inbound.bodySize > max) return undefined;
  const text = JSON.stringify(bound) as string | undefined;
  return text === undefined || text.length > 4 * Math.max(max, 1024) ? undefined : text;
}

function headerText(headers: HeaderLines | undefined): string {
  const lines: string[] = [];
  for (const name in headers) {
    const value = headers[name] as string | readonly string[];
    if (typeof value === 'string') lines.push(name, value);
    else for (const line of value) lines.push(name, line);
  }
  return lines.join('\n');
}

const cutExplanations = (explanations: readonly Explanation[], max: number): readonly Explanation[] =>
  explanations.slice(0, MAX_EXPLANATIONS).map((explanation) => {
    const size = Math.max(max, 1024);
    const value = typeof explanation.value === 'object' ? JSON.stringify(explanation.value) : explanation.value;
    const isLong = typeof value === 'string' && value.length > size;
    if (!isLong && explanation.message.length <= size && (explanation.member?.length ?? 0) <= size) return explanation;
    return {
      ...explanation,
      message: cut(explanation.message, size),
      ...(explanation.member !== undefined && { member: cut(explanation.member, size) }),
      ...(isLong && { value: cut(value, size) }),
    };
  });
