/** One call from its request to its answer: what protocols see of it, and what the journal keeps. */
import type { HeaderLines } from '../http/outbound.ts';
import type { SentRequest } from '../http/sent-request.ts';
import { isPreflight } from '../http/cors.ts';
import type { Explanation, Reply, ServedBy } from '../http/message.ts';
import type { Fault, Outcome } from '../http/outcome.ts';
import type { Log } from '../journal/log.ts';
import { type CallRecord, headerPairs, type JournaledCall, sentText } from '../journal/record.ts';
import type { MatchableCall } from '../journal/request-pattern.ts';
import type { WorldSettings } from '../options.ts';
import type { Call, Settings } from '../protocols/protocol.ts';
import { machineTime, monotonic } from '../store/clock.ts';
import type { World } from '../store/world.ts';
import type { WorldSession } from '../worlds/session.ts';

export class ServedCall implements Call, JournaledCall, MatchableCall {
  readonly inbound: SentRequest;
  readonly session: WorldSession;
  readonly world: World;
  readonly settings: WorldSettings;
  readonly number: number;
  readonly isPreflight: boolean;
  nulls: Settings['nulls'];
  isExample: boolean;
  operation: string | undefined = undefined;
  caller: string | undefined = undefined;
  bound: unknown = undefined;
  boundIn: ((body: Uint8Array) => unknown) | undefined = undefined;
  explanations: Explanation[] | undefined = undefined;
  /** What `Preference-Applied` says. */
  applied = '';
  /** What was made to happen, by a preference or a rule. */
  outcome: Outcome | undefined = undefined;
  servedBy: ServedBy = 'mock';
  // Written when the answer stands:
  reply: Reply | undefined = undefined;
  answeredHeaders: HeaderLines | undefined = undefined;
  fault: Fault | undefined = undefined;
  at = 0;
  ms = 0;
  /** The journal's entry, once there is one. */
  record: CallRecord | undefined = undefined;
  readonly started = machineTime();
  readonly #log: Log | undefined;
  readonly #begun: number;
  #segments: readonly string[] | undefined;
  #isFinished = false;

  /** `begun`: on the monotonic clock. */
  constructor(inbound: SentRequest, session: WorldSession, settings: WorldSettings, log: Log | undefined, begun = monotonic()) {
    this.#log = log;
    this.#begun = begun;
    this.inbound = inbound;
    this.session = session;
    this.world = session.world;
    this.settings = settings;
    this.number = ++session.world.requests;
    session.underWay++;
    this.isPreflight = isPreflight(inbound);
    this.nulls = settings.nulls;
    this.isExample = settings.examples;
  }
  get segments(): readonly string[] {
    this.#segments ??= segmentsOf(this.inbound.path);
    return this.#segments;
  }
  get method(): string {
    return this.inbound.method;
  }
  get path(): string {
    return this.inbound.path;
  }
  get target(): string {
    return this.inbound.sentTarget;
  }
  get status(): number | undefined {
    return this.reply?.status;
  }
  sentHeaders(): readonly (readonly [string, string])[] {
    return headerPairs(this.inbound.rawHeaders());
  }
  sentText(): string | undefined {
    const { body } = this.inbound;
    return body === undefined ? undefined : sentText(body, this.inbound.header('content-encoding'));
  }
  note(message: string): void {
    this.#log?.({ event: 'note', message });
  }
  explain(explanation: Explanation): void {
    this.explanations ??= [];
    this.explanations.push(explanation);
  }
  /** Stops the clocks: the answer stands. */
  finish(): void {
    if (!this.#isFinished) this.session.underWay--;
    this.#isFinished = true;
    this.at = this.world.now();
    this.ms = monotonic() - this.#begun;
  }
}

function segmentsOf(path: string): readonly string[] {
  const segments: string[] = [];
  for (let start = 1; start < path.length; ) {
    const end = path.indexOf('/', start);
    if (end !== start) segments.push(end < 0 ? path.slice(start) : path.slice(start, end));
    if (end < 0) break;
    start = end + 1;
  }
  return segments;
}
