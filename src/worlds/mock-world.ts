/** One isolated state in the hands of a test: what `/__admin` offers over HTTP, as functions. */
import { MockError, suggest } from '../mock-error.ts';
import type { WorldSettings } from '../options.ts';
import { isoTime } from '../store/clock.ts';
import type { WorldManager } from './manager.ts';
import { type FaultRule, type FaultRuleInput, faultRules, readFaultRules, setFaultRules } from './faults.ts';
import type { WorldSession } from './session.ts';
import { type Integrity, integrity } from './integrity.ts';
import { type JournalEntry, journalEntry, type UnmatchedEntry, unmatchedEntry } from '../journal/entry.ts';
import { isUnmatched } from '../journal/explanation.ts';
import type { CallRecord } from '../journal/record.ts';
import { type RequestPattern, requestTest } from '../journal/request-pattern.ts';
import { readSettings } from './settings.ts';
import { exportState, importState, stateHash, type WorldState } from './state.ts';
import { changedClock, type ClockChange, type ClockView, clockView } from './clock.ts';

/** What `fetch` takes, and what stands beside a request in process. */
export interface FetchInit extends RequestInit {
  /** A path before the API's own in the request's address, `/billing`; links and redirects of the answer have it too. */
  readonly mount?: string;
  /** Sent as `Cookie`, which a browser lets no program set. */
  readonly cookie?: string;
}

/**
 * An isolated state with its own records, clock, faults, settings and journal. Whatever is refused throws a MockError, whose
 * message says what to do, and changes nothing.
 *
 * @example
 * using world = createMock().world('checkout');
 * world.faults.set([{ operation: 'logisense.Contact.get', outcomes: [{ code: 503 }] }]);
 * const { status } = await world.fetch('/Contact/1'); // 503
 * const { explanation } = world.requests()[0]; // why
 */
export interface MockWorld {
  /** `''` for the unnamed one. */
  readonly name: string;
  /** Answers a request without a port, with the same bytes as the server. A path alone will do: `world.fetch('/Contact/1')`. */
  fetch(request: Request | string | URL, init?: FetchInit): Promise<Response>;
  /** Back to the untouched world, in constant time. Snapshots stay. */
  reset(): void;
  /** Remembers the whole world: records, counters, clock, faults. Gives the name, which is made up where none is given. */
  snapshot(name?: string): string;
  /** Goes back to a snapshot; to the latest where no name is given. */
  restore(name?: string): void;
  readonly snapshots: Snapshots;
  readonly requests: Requests;
  readonly clock: WorldClock;
  readonly faults: Faults;
  readonly state: State;
  readonly settings: SettingsOfWorld;
  /** Foreign keys that lead nowhere. */
  integrity(): Integrity;
  /** Forgets the world and everything in it; the next use of its name gets an untouched one. */
  drop(): void;
  [Symbol.dispose](): void;
}

export interface Snapshots {
  names(): readonly string[];
  delete(name: string): boolean;
}

export interface Requests {
  /** The journal, newest first; of the calls that a pattern means. */
  (pattern?: RequestPattern): readonly JournalEntry[];
  count(pattern?: RequestPattern): number;
  /** The entry of one call, by its `X-Mock-Request-Id`. */
  get(id: string): JournalEntry | undefined;
  /** Calls that reached no operation, each with the nearest ones. */
  unmatched(): readonly UnmatchedEntry[];
  clear(): void;
  /** Told of every call from now on, until the given function is called. */
  listen(listener: (entry: JournalEntry) => void): () => void;
}

export interface WorldClock {
  get(): ClockView;
  /** `{ now: '2031-05-06T00:00:00Z' }`, `{ now: 'real' }`, `{ advance: 3600 }`, `{ mode: 'frozen' }`; or a point in time alone. */
  set(change: ClockChange | string | Date): ClockView;
  /** Seconds. */
  advance(seconds: number): ClockView;
  /** Stands still from now on. */
  freeze(): ClockView;
  /** Runs as the machine's clock does. */
  real(): ClockView;
}

export interface Faults {
  get(): readonly FaultRule[];
  /** In place of the rules that were there. */
  set(rules: readonly FaultRuleInput[]): readonly FaultRule[];
  clear(): void;
}

export interface State {
  /** What differs from the untouched world. */
  get(): WorldState;
  /** In place of everything that was there. Refused whole where it names what does not exist. */
  set(state: Partial<WorldState>): void;
  /** Equal exactly when the records are equal. */
  hash(): string;
}

export interface SettingsOfWorld {
  get(): WorldSettings;
  set(settings: Partial<WorldSettings>): WorldSettings;
}

type Fetch = MockWorld['fetch'];

/** The functions of a world. The world is looked up at each call: one that was dropped meanwhile is a new one. */
export function mockWorld(manager: WorldManager, name: string, fetch: Fetch): MockWorld {
  const session = (): WorldSession => manager.worlds.get(name);
  const drop = (): void => {
    manager.worlds.drop(name);
  };
  return {
    name,
    fetch,
    reset: () => manager.reset(session()),
    snapshot: (as) => takeSnapshot(manager, session(), as),
    restore: (from) => restoreSnapshot(manager, session(), from),
    snapshots: { names: () => [...session().snapshots.keys()], delete: (one) => deleteSnapshot(manager, session(), one) },
    requests: requestsOf(manager, session),
    clock: clockOf(manager, session),
    faults: {
      get: () => faultRules(session().world),
      set(rules) {
        const there = session();
        const read = readFaultRules(rules, manager.operations);
        manager.change(there, 'faults', () => setFaultRules(there.world, read));
        return faultRules(there.world);
      },
      clear() {
        const there = session();
        manager.change(there, 'faults', () => setFaultRules(there.world, []));
      },
    },
    state: {
      get: () => exportState(manager, session()),
      set: (state) => importState(manager, session(), state),
      hash: () => stateHash(session().world),
    },
    settings: {
      get: () => session().settings ?? manager.settings,
      set(settings) {
        const there = session();
        const read = readSettings(settings, there.settings ?? manager.settings, () => manager.operations);
        manager.change(there, 'settings', () => {
          there.settings = read;
        });
        return read;
      },
    },
    integrity: () => integrity(session().world),
    drop,
    [Symbol.dispose]: drop,
  };
}

const SNAPSHOT_NAME = /^[A-Za-z0-9._-]{1,64}$/;

function takeSnapshot(manager: WorldManager, session: WorldSession, given: string | undefined): string {
  let name = given;
  for (let i = session.snapshots.size + 1; name === undefined; i++) if (!session.snapshots.has(`snapshot-${i}`)) name = `snapshot-${i}`;
  if (!SNAPSHOT_NAME.test(name)) {
    throw new MockError(
      'bad-snapshot-name',
      `"${name.slice(0, 80)}" is not a valid name of a snapshot.`,
      'Use 1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-".',
    );
  }
  manager.worlds.makeRoom(session, session.weight + session.snapshots.ownWeight(session.world));
  const snapshot = session.world.snapshot();
  manager.onSnapshot?.(session, name, snapshot);
  // The latest stands last.
  session.snapshots.delete(name);
  session.snapshots.set(name, snapshot);
  manager.worlds.weigh(session);
  return name;
}

function deleteSnapshot(manager: WorldManager, session: WorldSession, name: string): boolean {
  if (!session.snapshots.has(name)) return false;
  manager.onSnapshot?.(session, name, undefined);
  session.snapshots.delete(name);
  manager.worlds.weigh(session);
  return true;
}

function restoreSnapshot(manager: WorldManager, session: WorldSession, given: string | undefined): void {
  const name = given ?? [...session.snapshots.keys()].at(-1);
  const snapshot = name === undefined ? undefined : session.snapshots.get(name);
  if (snapshot === undefined) {
    const what = name === undefined ? 'This world has no snapshot.' : `There is no snapshot "${name}".`;
    const fix = suggest(name, session.snapshots.keys(), 'Take it first: PUT /__admin/snapshots/NAME.');
    throw new MockError('unknown-snapshot', what, fix);
  }
  manager.change(session, 'all', () => session.world.restore(snapshot));
  manager.worlds.weigh(session);
}

function clockOf(manager: WorldManager, session: () => WorldSession): WorldClock {
  const change = (input: unknown): ClockView => {
    const there = session();
    const { world } = there;
    const clock = changedClock(world.clock, input);
    manager.change(there, 'clock', () => {
      world.clock = clock;
    });
    return clockView(there.world.clock);
  };
  return {
    get: () => clockView(session().world.clock),
    set: (to) => change(to instanceof Date ? { now: isoTime(to.getTime()) } : typeof to === 'string' ? { now: to } : to),
    advance: (seconds) => change({ advance: seconds }),
    freeze: () => change({ mode: 'frozen' }),
    real: () => change({ mode: 'real' }),
  };
}

function requestsOf(manager: WorldManager, session: () => WorldSession): Requests {
  const view = (record: CallRecord): JournalEntry => journalEntry(manager, record);
  const find = (pattern: RequestPattern = {}): CallRecord[] => session().journal.entries().filter(requestTest(pattern));
  return Object.assign((pattern?: RequestPattern) => find(pattern).map(view), {
    count: (pattern?: RequestPattern) => find(pattern).length,
    get(id: string) {
      const record = manager.findRequest(session(), id);
      return record === undefined ? undefined : view(record);
    },
    unmatched: () =>
      session()
        .journal.entries()
        .filter(isUnmatched)
        .map((record) => unmatchedEntry(manager, record)),
    clear: () => session().journal.clear(),
    listen: (listener: (entry: JournalEntry) => void) => session().journal.listen((record) => listener(view(record))),
  });
}
