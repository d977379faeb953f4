/** The worlds of a mock and what they share: baseline, settings, routes, ids of requests, log. */
import { isPreflight } from '../http/cors.ts';
import type { SentRequest } from '../http/sent-request.ts';
import { MockError } from '../mock-error.ts';
import type { WorldSettings } from '../options.ts';
import type { Api, Route } from '../protocols/protocol.ts';
import type { Base } from '../store/base.ts';
import { type ClockState, monotonic } from '../store/clock.ts';
import { fromGuid, type GuidKind, guidKind, toGuid } from '../store/ids.ts';
import { type Snapshot, World } from '../store/world.ts';
import { WorldSession } from './session.ts';
import type { JournalContext } from '../journal/entry.ts';
import { JournalMemory } from '../journal/memory.ts';
import { type Log, requestEvent } from '../journal/log.ts';
import { CallRecord, type JournaledCall } from '../journal/record.ts';
import type { Upstream } from '../http/upstream.ts';
import { SCENARIO_MARK, type Scenarios } from './scenarios/scenarios.ts';
import { Upstreams } from './upstreams.ts';
import { type DropReason, WorldSessions } from './sessions.ts';

/** What a change of a world was about, besides records written by calls. */
export type Aspect = 'all' | 'clock' | 'faults' | 'settings';

export interface WorldManagerOptions {
  readonly base: Base;
  readonly apis: readonly Api[];
  readonly settings: WorldSettings;
  readonly clock: ClockState;
  readonly worlds: { readonly isStrict: boolean; readonly most: number; readonly idle: number; readonly memory: number };
  /** Bytes that all journals may hold together. */
  readonly journalMemory: number;
  readonly trustsProxy: boolean;
  /** The real services behind the mock, by API. */
  readonly upstreams: ReadonlyMap<string, Upstream> | undefined;
  readonly scenarios: Scenarios;
  readonly log: Log | undefined;
}

export class WorldManager implements JournalContext {
  readonly base: Base;
  readonly apis: readonly Api[];
  readonly settings: WorldSettings;
  readonly worlds: WorldSessions;
  readonly log: Log | undefined;
  readonly clock: ClockState;
  readonly trustsProxy: boolean;
  readonly upstreams: Upstreams | undefined;
  readonly scenarios: Scenarios;
  /** What worlds start from that name no scenario. */
  #scenario: string | undefined;
  /** What every world starts from that has no scenario: the base alone, or records of `--data` laid over it. */
  #baseline: Snapshot | undefined;
  /** Told of everything that a state file has to hold besides records. */
  onWorldChanged: ((session: WorldSession, aspect: Aspect) => void) | undefined;
  onSnapshot: ((session: WorldSession, name: string, snapshot: Snapshot | undefined) => void) | undefined;
  onWorldDropped: ((name: string) => void) | undefined;
  onWorldMade: ((world: World, scenario: string | undefined) => void) | undefined;
  readonly #requestIds: GuidKind;
  readonly #memory: JournalMemory;
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
    this.trustsProxy = options.trustsProxy;
    this.scenarios = options.scenarios;
    this.upstreams = options.upstreams && new Upstreams(options.upstreams, options.apis, this.routes());
    this.#memory = new JournalMemory(options.journalMemory, () => this.#tellOnce());
    this.worlds = new WorldSessions({
      ...options.worlds,
      make: (name, scenario) => new WorldSession(this.#make(name, scenario), scenario),
      onDropped: (name, reason) => this.#dropped(name, reason),
    });
  }

  /** The world that a request names by one of the three carriers, or the one whose `fetch` was called; undefined where it names none. */
  nameIn(inbound: SentRequest, fetcher: string | undefined): string | undefined {
    const header = inbound.header('x-mock-world');
    const token = inbound.takeTokenWorld();
    const { prefixWorld } = inbound;
    const ownWorld = fetcher === '' ? undefined : fetcher;
    if (prefixWorld === undefined && header === undefined && token === undefined) return ownWorld;
    const name = prefixWorld ?? header ?? token ?? ownWorld;
    const isOther = (other: string | undefined): boolean => other !== undefined && other !== name;
    if (!isOther(header) && !isOther(token) && !isOther(ownWorld)) return name;
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
  /** `now`: on the monotonic clock. */
  sessionFor(inbound: SentRequest, fetcher: string | undefined, now = monotonic()): WorldSession {
    // A browser's preflight has neither header nor token to name a world with, and touches none.
    if (this.worlds.isStrict && isPreflight(inbound)) {
      return this.worlds.find(inbound.prefixWorld ?? fetcher ?? '') ?? this.worlds.get('');
    }
    return this.worlds.use(this.nameIn(inbound, fetcher), now);
  }
  requestId(number: number): string {
    return toGuid(this.#requestIds, number);
  }
  /** Journals an answered call and tells the log of it. */
  record(call: JournaledCall & { readonly session: WorldSession; readonly settings: WorldSettings }): CallRecord | undefined {
    const { session, settings } = call;
    const log = this.log?.skipsRequests === true ? undefined : this.log;
    if (settings.journal === 0 && log === undefined && !session.journal.isHeard) return undefined;
    const record = new CallRecord(call, settings.journalBody, this.#memory);
    log?.(requestEvent(this, session.world.name, record));
    session.journal.record(record, settings.journal);
    return record;
  }
  findRequest(session: WorldSession, id: string): CallRecord | undefined {
    const number = fromGuid(this.#requestIds, id.toLowerCase());
    return number === undefined ? undefined : session.journal.entry(number);
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
  /** Changes what a world holds besides the records of calls; where that cannot be kept, the change has not happened. */
  change<T>(session: WorldSession, aspect: Aspect, work: () => T): T {
    if (this.onWorldChanged === undefined) return work();
    const { world } = session;
    const before = world.snapshot();
    try {
      const result = work();
      this.onWorldChanged(session, aspect);
      return result;
    } catch (error) {
      world.restore(before);
      throw error;
    }
  }
  /**
   * Back to the untouched world: records, counters, clock, faults, settings, and unless they are kept the journal and the
   * count of requests. Snapshots stay.
   */
  reset(session: WorldSession, { keepsRequests = false } = {}): void {
    const { world } = session;
    this.change(session, 'all', () => world.reset());
    this.worlds.weigh(session);
    if (keepsRequests) return;
    world.requests = 0;
    session.journal.clear();
  }

  get baseline(): Snapshot | undefined {
    return this.#baseline;
  }
  setBaseline(baseline: Snapshot): void {
    this.#baseline = baseline;
    this.#routes = undefined;
  }
  /** A world of nobody's, as every world starts that has no scenario. */
  untouched(name = ''): World {
    return new World(name, this.base, this.clock, this.#baseline);
  }
  /** What worlds start from from now on that name no scenario, the unnamed one among them; refused where there is none. */
  startFrom(scenario: string): void {
    const start = this.scenarios.start(scenario);
    this.#scenario = scenario;
    this.worlds.replaceUnnamed(new WorldSession(new World('', start.base, this.clock, start.snapshot)));
  }
  /** The session of a world, made from a scenario where it is not there. */
  sessionFrom(name: string, scenario: string | undefined): WorldSession {
    return this.worlds.get(name, scenario);
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

  #hasToldOfMemory = false;
  #tellOnce(): void {
    if (this.#hasToldOfMemory) return;
    this.#hasToldOfMemory = true;
    this.log?.({
      event: 'note',
      message: 'The journals hold as many bytes as they may (--journal-memory): from now on the oldest entries go first.',
    });
  }
  #make(name: string, wanted: string | undefined): World {
    const named = name.includes(SCENARIO_MARK) ? name.slice(name.indexOf(SCENARIO_MARK) + 1) : undefined;
    const scenario = wanted ?? named ?? this.#scenario;
    const start = scenario === undefined ? undefined : this.scenarios.start(scenario);
    const world = start === undefined ? this.untouched(name) : new World(name, start.base, this.clock, start.snapshot);
    this.onWorldMade?.(world, wanted);
    return world;
  }
  #dropped(name: string, reason: DropReason): void {
    this.onWorldDropped?.(name);
    if (reason === 'asked') return;
    const why = WHY_DROPPED[reason];
    this.log?.({ event: 'world-dropped', world: name, reason, message: `The world "${name}" was dropped: ${why}.` });
  }
}

const WHY_DROPPED = {
  idle: 'unused for too long (--world-idle)',
  cap: 'the least recently used of too many (--max-worlds)',
  memory: 'the least recently used of worlds that hold too many bytes (--world-memory)',
} as const satisfies Record<Exclude<DropReason, 'asked'>, string>;
