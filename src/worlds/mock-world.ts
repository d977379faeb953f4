/** One isolated state in the hands of a test: what `/__admin` offers over HTTP, as functions. */
import type { ServedCall } from '../exchange/served-call.ts';
import { MockError, nearest } from '../mock-error.ts';
import type { WorldSettings } from '../options.ts';
import { isoTime } from '../store/clock.ts';
import type { WorldManager } from './manager.ts';
import { type FaultRule, type FaultRuleInput, faultRules, readFaultRules, setFaultRules } from './faults.ts';
import type { WorldSession } from './session.ts';
import { type Integrity, integrity } from './integrity.ts';
import { isUnmatched, type JournalEntry, journalEntry, type UnmatchedEntry, unmatchedEntry } from '../journal/entry.ts';
import { type RequestPattern, requestTest } from '../journal/request-pattern.ts';
import { readSettings } from './settings.ts';
import { exportState, importState, stateHash, type WorldState } from './state.ts';
import { changedClock, type ClockChange, type ClockView, clockView } from './clock.ts';

export interface MockWorld {
  /** `''` for the unnamed one. */
  readonly name: string;
  /** Answers a request without a port, with the same bytes as the server. A path alone will do: `world.fetch('/Contact/1')`. */
  fetch(request: Request | string | URL, init?: RequestInit): Promise<Response>;
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
export function mockWorld(control: WorldManager, name: string, fetch: Fetch): MockWorld {
  const held = (): WorldSession => control.worlds.get(name);
  const drop = (): void => {
    control.worlds.drop(name);
  };
  return {
    name,
    fetch,
    reset: () => control.reset(held()),
    snapshot: (given) => takeSnapshot(held(), given),
    restore: (given) => restoreSnapshot(control, held(), given),
    snapshots: { names: () => [...held().snapshots.keys()], delete: (given) => held().snapshots.delete(given) },
    requests: requestsOf(control, held),
    clock: clockOf(control, held),
    faults: {
      get: () => faultRules(held().world),
      set(rules) {
        const there = held();
        setFaultRules(there.world, readFaultRules(rules, control.operations));
        control.onWorldChanged?.(there, 'faults');
        return faultRules(there.world);
      },
      clear() {
        const there = held();
        setFaultRules(there.world, []);
        control.onWorldChanged?.(there, 'faults');
      },
    },
    state: {
      get: () => exportState(control, held()),
      set: (state) => importState(control, held(), state),
      hash: () => stateHash(held().world),
    },
    settings: {
      get: () => held().settings ?? control.settings,
      set(settings) {
        const there = held();
        there.settings = readSettings(settings, there.settings ?? control.settings);
        control.onWorldChanged?.(there, 'settings');
        return there.settings;
      },
    },
    integrity: () => integrity(held().world),
    drop,
    [Symbol.dispose]: drop,
  };
}

const SNAPSHOT_NAME = /^[A-Za-z0-9._-]{1,64}$/;

function takeSnapshot(held: WorldSession, given: string | undefined): string {
  let name = given;
  for (let i = held.snapshots.size + 1; name === undefined; i++) if (!held.snapshots.has(`snapshot-${i}`)) name = `snapshot-${i}`;
  if (!SNAPSHOT_NAME.test(name)) {
    throw new MockError(
      'bad-snapshot-name',
      `"${name.slice(0, 80)}" is no name of a snapshot.`,
      'Use 1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-".',
    );
  }
  // The latest stands last.
  held.snapshots.delete(name);
  held.snapshots.set(name, held.world.snapshot());
  return name;
}

function restoreSnapshot(control: WorldManager, held: WorldSession, given: string | undefined): void {
  const name = given ?? [...held.snapshots.keys()].at(-1);
  const snapshot = name === undefined ? undefined : held.snapshots.get(name);
  if (snapshot === undefined) {
    const near = name === undefined ? undefined : nearest(name, held.snapshots.keys());
    const what = name === undefined ? 'This world has no snapshot.' : `There is no snapshot "${name}".`;
    throw new MockError(
      'unknown-snapshot',
      what,
      near === undefined ? 'Take it first: PUT /__admin/snapshots/NAME.' : `Did you mean "${near}"?`,
    );
  }
  held.world.restore(snapshot);
  control.onWorldChanged?.(held, 'all');
}

function clockOf(control: WorldManager, held: () => WorldSession): WorldClock {
  const change = (input: unknown): ClockView => {
    const there = held();
    there.world.clock = changedClock(there.world.clock, input);
    control.onWorldChanged?.(there, 'clock');
    return clockView(there.world.clock);
  };
  return {
    get: () => clockView(held().world.clock),
    set: (to) => change(to instanceof Date ? { now: isoTime(to.getTime()) } : typeof to === 'string' ? { now: to } : to),
    advance: (seconds) => change({ advance: seconds }),
    freeze: () => change({ mode: 'frozen' }),
    real: () => change({ mode: 'real' }),
  };
}

function requestsOf(control: WorldManager, held: () => WorldSession): Requests {
  const view = (exchange: ServedCall): JournalEntry => journalEntry(control, exchange);
  const find = (pattern: RequestPattern = {}): ServedCall[] => held().journal.entries().filter(requestTest(pattern));
  return Object.assign((pattern?: RequestPattern) => find(pattern).map(view), {
    count: (pattern?: RequestPattern) => find(pattern).length,
    get(id: string) {
      const exchange = control.findRequest(held(), id);
      return exchange === undefined ? undefined : view(exchange);
    },
    unmatched: () =>
      held()
        .journal.entries()
        .filter(isUnmatched)
        .map((exchange) => unmatchedEntry(control, exchange)),
    clear: () => held().journal.clear(),
    listen: (listener: (entry: JournalEntry) => void) => held().journal.listen((exchange) => listener(view(exchange))),
  });
}
