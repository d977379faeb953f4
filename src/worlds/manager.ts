/** What the test author's plane does to every call: chooses its world, gives it its id, records it. */
import type { ServedCall } from '../exchange/served-call.ts';
import type { Incoming } from '../http/inbound.ts';
import { MockError } from '../mock-error.ts';
import type { WorldSettings } from '../options.ts';
import type { Reply } from '../http/message.ts';
import type { Api, Route } from '../protocols/protocol.ts';
import type { Base } from '../store/base.ts';
import { type ClockState, monotonic } from '../store/clock.ts';
import { fromGuid, type GuidKind, guidKind, toGuid } from '../store/ids.ts';
import { type Snapshot, World } from '../store/world.ts';
import type { WorldSession } from './session.ts';
import { explanationOf } from '../journal/entry.ts';
import type { Log } from '../journal/log.ts';
import { shortenText } from '../journal/redaction.ts';
import { WorldSessions } from './sessions.ts';

/** What a change of a world was about, besides records written by calls. */
export type Aspect = 'all' | 'clock' | 'faults' | 'settings';

export interface WorldManagerOptions {
  readonly base: Base;
  readonly apis: readonly Api[];
  readonly settings: WorldSettings;
  readonly clock: ClockState;
  readonly worlds: { readonly isStrict: boolean; readonly most: number; readonly idle: number };
  readonly log: Log | undefined;
}

export class WorldManager {
  readonly base: Base;
  readonly apis: readonly Api[];
  readonly settings: WorldSettings;
  readonly worlds: WorldSessions;
  readonly log: Log | undefined;
  readonly clock: ClockState;
  /** What every world starts from and goes back to: the base alone, or records of `--data` laid over it. */
  #ground: Snapshot | undefined;
  /** Told of everything that a state file has to hold besides records. */
  onWorldChanged: ((session: WorldSession, aspect: Aspect) => void) | undefined;
  onWorldDropped: ((name: string) => void) | undefined;
  onWorldMade: ((world: World) => void) | undefined;
  readonly #requestIds: GuidKind;
  readonly #closing = new Set<() => void>();
  #operations: ReadonlySet<string> | undefined;
  #routes: readonly Route[] | undefined;

  constructor(options: WorldManagerOptions) {
    this.base = options.base;
    this.#requestIds = guidKind(options.base.seed, 'request');
    this.apis = options.apis;
    this.settings = options.settings;
    this.clock = options.clock;
    this.log = options.log;
    this.worlds = new WorldSessions({
      ...options.worlds,
      make: (name) => this.#make(name),
      onDropped: (name, reason) => this.#dropped(name, reason),
    });
  }

  /** The world that a request names by one of the three carriers; undefined where it names none. */
  nameIn(inbound: Incoming): string | undefined {
    const header = inbound.header('x-mock-world');
    const token = inbound.takeTokenWorld();
    const { prefixWorld, ownWorld } = inbound;
    const name = prefixWorld ?? header ?? token ?? ownWorld;
    const isTorn = (other: string | undefined): boolean => other !== undefined && other !== name;
    if (!isTorn(header) && !isTorn(token) && !isTorn(ownWorld)) return name;
    const carriers = {
      'the URL': prefixWorld,
      'X-Mock-World': header,
      'the bearer token': token,
      'the name of the world that fetches': ownWorld,
    };
    const named = Object.entries(carriers).filter(([, world]) => world !== undefined);
    const list = named.map(([carrier, world]) => `"${world}" in ${carrier}`).join(', ');
    throw new MockError('two-worlds', `One request names several worlds: ${list}.`, 'Name one.');
  }
  sessionFor(inbound: Incoming, now: number): WorldSession {
    // A browser's preflight has neither header nor token to name a world with, and touches none.
    if (inbound.method === 'OPTIONS' && this.worlds.isStrict && inbound.header('access-control-request-method') !== undefined) {
      return this.worlds.find(inbound.prefixWorld ?? inbound.ownWorld ?? '') ?? this.worlds.get('');
    }
    return this.worlds.use(this.nameIn(inbound), now);
  }
  requestId(call: ServedCall): string {
    return toGuid(this.#requestIds, call.number);
  }
  /** Journals the answered call, its bodies cut, and lets go of what belongs to the transport. */
  record(call: ServedCall): void {
    const { inbound, session, settings } = call;
    call.ms = monotonic() - call.started;
    if (this.log !== undefined) this.#tell(call);
    if (inbound.body !== undefined) inbound.keepBody(settings.journalBody);
    inbound.release();
    const reply = call.reply as Reply | undefined;
    const body = reply?.body;
    if (body !== null && body !== undefined && !isKept(body, settings.journalBody)) {
      call.reply = { ...(reply as Reply), body: cut(body, settings.journalBody) };
      if (typeof body === 'string' || body instanceof Uint8Array) call.bodySize = body.length;
    }
    session.journal.record(call, settings.journal);
  }
  findRequest(session: WorldSession, id: string): ServedCall | undefined {
    const number = fromGuid(this.#requestIds, id.toLowerCase());
    return number === undefined ? undefined : session.journal.entry(number);
  }
  now(): number {
    return monotonic();
  }
  /** Calls `work` when the mock closes, unless the given function is called before. */
  onClose(work: () => void): () => void {
    this.#closing.add(work);
    return () => this.#closing.delete(work);
  }
  close(): void {
    this.worlds.close();
    for (const work of this.#closing) work();
  }
  /** Bytes for a broken answer: no HTTP, and the same for the same call. */
  noise(call: ServedCall): Uint8Array {
    const bytes = new Uint8Array(64);
    for (let i = 0; i < 4; i++) {
      const digits = this.base.guid(`noise${i}`, call.number).replaceAll('-', '');
      for (let at = 0; at < 16; at++) bytes[16 * i + at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
    }
    return bytes;
  }
  /** Back to the untouched world: records, counters, clock, faults, settings, journal, the count of requests. Snapshots stay. */
  reset(session: WorldSession): void {
    if (this.#ground === undefined) session.world.reset();
    else session.world.restore(this.#ground);
    session.world.requests = 0;
    session.journal.clear();
    this.onWorldChanged?.(session, 'all');
  }

  get baseline(): Snapshot | undefined {
    return this.#ground;
  }
  setBaseline(ground: Snapshot): void {
    this.#ground = ground;
    this.#routes = undefined;
  }
  /** A world of nobody's, as every world starts. */
  untouched(name = ''): World {
    const world = new World(name, this.base, this.clock);
    if (this.#ground !== undefined) world.restore(this.#ground);
    return world;
  }
  /** Every `api.Operation`. */
  get operations(): ReadonlySet<string> {
    this.#operations ??= new Set(this.routes().map(({ operation }) => operation));
    return this.#operations;
  }
  /** One entry for each operation and verb, with a call that works in an untouched world. */
  routes(): readonly Route[] {
    this.#routes ??= this.apis.flatMap((api) => api.routes(this.untouched(), this.settings));
    return this.#routes;
  }

  #make(name: string): World {
    const world = this.untouched(name);
    this.onWorldMade?.(world);
    return world;
  }
  #dropped(name: string, reason: 'asked' | 'idle' | 'cap'): void {
    this.onWorldDropped?.(name);
    if (reason === 'asked') return;
    const why = reason === 'idle' ? 'unused for too long (--world-idle)' : 'the least recently used of too many (--max-worlds)';
    this.log?.({ event: 'world-dropped', world: name, reason, message: `The world "${name}" was dropped: ${why}.` });
  }
  #tell(call: ServedCall): void {
    const { reply, operation } = call;
    const explanation = explanationOf(this, call);
    this.log?.({
      event: 'request',
      id: this.requestId(call),
      world: call.world.name,
      method: call.inbound.method,
      target: shortenText(call.inbound.sentTarget),
      ms: call.ms,
      ...(reply && { status: reply.status }),
      ...(operation !== undefined && { operation }),
      ...(explanation !== undefined && { explanation }),
    });
  }
}

const isKept = (body: NonNullable<Reply['body']>, most: number): boolean =>
  (typeof body === 'string' || body instanceof Uint8Array) && body.length <= most;

const encoder = new TextEncoder();
/** A part of a text would keep the whole alive, so what is kept is bytes; a stream is its receiver's alone. */
function cut(body: NonNullable<Reply['body']>, most: number): Uint8Array | null {
  if (typeof body === 'string') return encoder.encode(body.slice(0, most)).slice(0, most);
  return body instanceof Uint8Array ? Uint8Array.prototype.slice.call(body, 0, most) : null;
}
