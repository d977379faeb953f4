/**
 * What the journal keeps of a call: a few numbers and texts, each cut to a size, and what was bound. Nothing of the transport
 * is kept alive; what people read is made from it when somebody asks (`entry.ts`).
 */
import { isPacked, unpacked } from '../http/content-encoding.ts';
import type { Explanation, Reply, ReplyBody, ServedBy } from '../http/message.ts';
import type { Fault, Outcome } from '../http/outcome.ts';
import type { HeaderLines } from '../http/outbound.ts';
import { machineTime, START_OF_TIME } from '../store/clock.ts';
import { fromLatin1, toLatin1 } from '../wire/latin1.ts';
import type { JournalMemory, Evictable } from './memory.ts';

/** A call that has its answer, as the journal looks at it. */
export interface JournaledCall {
  readonly number: number;
  readonly inbound: {
    readonly method: string;
    readonly sentTarget: string;
    readonly body: Uint8Array | undefined;
    readonly bodySize: number;
    rawHeaders(): readonly string[];
  };
  readonly operation: string | undefined;
  readonly caller: string | undefined;
  readonly bound: unknown;
  /** Reads what was bound in the body; undefined where `bound` is it. */
  readonly boundIn: ((body: Uint8Array) => unknown) | undefined;
  readonly explanations: readonly Explanation[] | undefined;
  readonly outcome: Outcome | undefined;
  readonly servedBy: ServedBy;
  readonly isPreflight: boolean;
  readonly reply: Reply | undefined;
  readonly answeredHeaders: HeaderLines | undefined;
  readonly fault: Fault | undefined;
  /** Milliseconds since 1970: on the world's clock, and on the machine's when the call came in. */
  readonly at: number;
  readonly started: number;
  readonly ms: number;
}

/** Whoever holds a record, told when there is no room for its text any more. */
interface Keeper {
  forget(record: CallRecord): void;
}

/** What is kept of a body. */
export interface KeptBody {
  /** A text as it was sent; bytes as one character each (Latin-1). */
  readonly text: string;
  readonly isBytes: boolean;
  /** Length of the whole, in characters of a text or in bytes. */
  readonly size: number;
}

const MAX_EXPLANATIONS = 20;
/** What an entry takes besides its texts, headers and explanations in the usual number among it: about this many bytes. */
const OWN = 1500;
/** Times are kept from here on: days, not decades. */
const LOADED = machineTime();
/** Headers are kept up to this many characters even where bodies are not. */
const LEAST = 1024;

export class CallRecord implements Evictable {
  readonly number: number;
  readonly method: string;
  readonly operation: string | undefined;
  readonly caller: string | undefined;
  explanations: readonly Explanation[] | undefined;
  readonly outcome: Outcome | undefined;
  readonly servedBy: ServedBy;
  readonly isPreflight: boolean;
  readonly status: number | undefined;
  readonly reason: string | undefined;
  readonly fault: Fault | undefined;
  // Most of what a journal costs is that the garbage collector copies each object that an entry consists of: texts are one
  // text, and numbers are small whole ones, which are no objects.
  /** Milliseconds since START_OF_TIME, where an untouched world stands, and since LOADED. */
  readonly #at: number;
  readonly #started: number;
  readonly #thousandths: number;
  /** The target, names and values of the request's headers in turn and of the answer's, each on a line, and the request's body. */
  readonly #text: string;
  /** Lines of the request's headers. */
  readonly #sentLines: number;
  readonly #bodyAt: number;
  readonly #requestSize: number;
  readonly #responseBody: string;
  readonly #responseSize: number;
  readonly #isText: boolean;
  readonly #bound: unknown;
  readonly #boundIn: JournaledCall['boundIn'];
  /** The answer's body where it was streamed, once it has ended. */
  #streamed: KeptBody | undefined;
  /** The journal that holds the entry; undefined once it has let go of it. */
  keeper: Keeper | undefined = undefined;
  // As JournalMemory has them.
  readonly bytes: number;
  older: Evictable | undefined = undefined;
  newer: Evictable | undefined = undefined;
  readonly #memory: JournalMemory;

  /** `max` is the number of bytes kept of each body, of what was bound and of the headers of each side. */
  constructor(call: JournaledCall, max: number, memory: JournalMemory) {
    const { inbound, reply } = call;
    const most = Math.max(max, LEAST);
    this.number = call.number;
    this.method = inbound.method;
    this.operation = call.operation;
    this.caller = call.caller;
    this.explanations = call.explanations === undefined ? undefined : cutExplanations(call.explanations, most);
    this.outcome = call.outcome;
    this.servedBy = call.servedBy;
    this.isPreflight = call.isPreflight;
    this.status = reply?.status;
    this.reason = reply?.reason;
    this.fault = call.fault;
    this.#at = call.at - START_OF_TIME;
    this.#started = call.started - LOADED;
    this.#thousandths = Math.round(call.ms * 1000);
    const sentBody = inbound.body === undefined ? '' : keptText(inbound.body, max);
    const sent = bounded(inbound.rawHeaders(), most);
    this.#sentLines = sent.length;
    this.#text = [flat(inbound.sentTarget, most), ...sent, ...bounded(call.answeredHeaders ?? [], most), sentBody].join('\n');
    this.#bodyAt = this.#text.length - sentBody.length;
    this.#requestSize = inbound.body?.length ?? inbound.bodySize;
    const body = reply === undefined ? null : reply.body;
    this.#isText = typeof body === 'string';
    this.#responseSize = typeof body === 'string' || body instanceof Uint8Array ? body.length : 0;
    this.#responseBody = keptText(body, max);
    // It follows from the request; where that was too long to be kept, so is this.
    this.#bound = inbound.bodySize > max ? undefined : call.bound;
    this.#boundIn = inbound.bodySize > max ? undefined : call.boundIn;
    this.#memory = memory;
    // A character of an answer takes two bytes where one is beyond Latin-1; what was parsed, about thrice the body.
    this.bytes = OWN + this.#text.length + 2 * this.#responseBody.length + (this.#bound === undefined ? 0 : 3 * inbound.bodySize);
    memory.add(this);
  }
  /** Lets go of its room. */
  free(): void {
    this.#memory.remove(this);
  }
  evicted(): void {
    this.keeper?.forget(this);
    this.keeper = undefined;
  }
  get at(): number {
    return this.#at + START_OF_TIME;
  }
  get started(): number {
    return this.#started + LOADED;
  }
  /** Milliseconds, with three decimals. */
  get ms(): number {
    return this.#thousandths / 1000;
  }
  /** Path and query as sent. */
  get target(): string {
    return this.#text.slice(0, this.#text.indexOf('\n'));
  }
  get path(): string {
    const { target } = this;
    const mark = target.indexOf('?');
    return mark < 0 ? target : target.slice(0, mark);
  }
  /** What the operation received; undefined where it received nothing, or more than is kept. */
  get bound(): unknown {
    return this.#boundIn === undefined ? this.#bound : this.#boundIn(fromLatin1(this.#sentBody));
  }
  /** Names and values as they were sent. */
  sentHeaders(): readonly (readonly [string, string])[] {
    return headerPairs(this.#headers.slice(0, this.#sentLines));
  }
  answeredHeaders(): readonly (readonly [string, string])[] {
    return headerPairs(this.#headers.slice(this.#sentLines));
  }
  get #headers(): readonly string[] {
    return this.#text.slice(0, this.#bodyAt).split('\n').slice(1, -1);
  }
  get #sentBody(): string {
    return this.#text.slice(this.#bodyAt);
  }
  get requestBody(): KeptBody | undefined {
    return this.#requestSize === 0 ? undefined : { text: this.#sentBody, isBytes: true, size: this.#requestSize };
  }
  get responseBody(): KeptBody | undefined {
    if (this.#streamed !== undefined || this.#responseSize === 0) return this.#streamed;
    return { text: this.#responseBody, isBytes: !this.#isText, size: this.#responseSize };
  }
  /** Sets the body of an answer that was streamed: what was kept of it, and the size of the whole. */
  completeBody(chunks: readonly Uint8Array[], size: number): void {
    this.#streamed = size === 0 ? undefined : { text: chunks.map(toLatin1).join(''), isBytes: true, size };
  }
  /** Adds what was found out about the call after its answer. */
  explain(explanations: readonly Explanation[]): void {
    if (explanations.length > 0) this.explanations = [...(this.explanations ?? []), ...cutExplanations(explanations, LEAST)];
  }
  /** Whether the journal kept the beginning of the request's body alone. */
  get isCut(): boolean {
    return this.#requestSize > this.#text.length - this.#bodyAt;
  }
  /** The body that was sent, as far as it was kept; undefined where there was none. */
  sentText(): string | undefined {
    const { requestBody } = this;
    if (requestBody === undefined) return undefined;
    const encoding = this.sentHeaders().find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
    return sentText(fromLatin1(requestBody.text), encoding, this.isCut);
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

/** Pairs of names and values that stand in turn. */
export function headerPairs(lines: readonly string[]): (readonly [string, string])[] {
  return Array.from({ length: Math.ceil(lines.length / 2) }, (_, i) => [lines[2 * i]!, lines[2 * i + 1] ?? ''] as const);
}

const decoder = new TextDecoder();

/** The first bytes of a text, without a character that they would cut in two. */
const beginning = (text: string, bytes: number): string =>
  new TextDecoder().decode(encoder.encode(text.slice(0, bytes)).subarray(0, bytes), { stream: true });

/** A stream is its receiver's alone. */
function keptText(body: ReplyBody, max: number): string {
  if (typeof body === 'string') return body.length <= max ? body : beginning(body, max);
  return body instanceof Uint8Array ? toLatin1(body.length > max ? body.subarray(0, max) : body) : '';
}

function lengthOf(lines: readonly string[]): number {
  let length = 0;
  for (const line of lines) length += line.length;
  return length;
}

/** Lines that are no longer than `max` characters together, the last one cut where they would be. */
function bounded(lines: readonly string[], max: number): readonly string[] {
  if (lengthOf(lines) <= max) return lines;
  let left = max;
  const kept: string[] = [];
  for (const line of lines) {
    kept.push(flat(line, left));
    left -= line.length;
    if (left <= 0) break;
  }
  return kept;
}

const cutExplanations = (explanations: readonly Explanation[], max: number): readonly Explanation[] =>
  explanations.slice(0, MAX_EXPLANATIONS).map((explanation) => {
    const value = typeof explanation.value === 'object' ? JSON.stringify(explanation.value) : explanation.value;
    const isLong = typeof value === 'string' && value.length > max;
    if (!isLong && explanation.message.length <= max && (explanation.member?.length ?? 0) <= max) return explanation;
    return {
      ...explanation,
      message: flat(explanation.message, max),
      ...(explanation.member !== undefined && { member: flat(explanation.member, max) }),
      ...(isLong && { value: flat(value, max) }),
    };
  });

const encoder = new TextEncoder();
/** The beginning of a text by itself: a part would keep the whole alive. */
const flat = (text: string, max: number): string => (text.length <= max ? text : decoder.decode(encoder.encode(text.slice(0, max))));
