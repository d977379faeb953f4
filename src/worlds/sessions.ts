/** The worlds that are held: made on first use, dropped by call, by idle time, and by caps that take the longest unused first. */
import { MockError } from '../mock-error.ts';
import { monotonic } from '../store/clock.ts';
import { SCENARIO_MARK, Scenarios } from './scenarios/scenarios.ts';
import type { WorldSession } from './session.ts';

export interface WorldSessionsOptions {
  readonly make: (name: string, scenario?: string) => WorldSession;
  /** A world must be made before it is used, and every request must name one. */
  readonly isStrict: boolean;
  readonly most: number;
  /** Milliseconds unused after which a world is dropped. */
  readonly idle: number;
  /** Bytes of written records that all may hold together, about. */
  readonly memory: number;
  readonly onDropped: (name: string, reason: DropReason) => void;
}
export type DropReason = 'asked' | 'idle' | 'cap' | 'memory';

const NAME = /^[A-Za-z0-9._-]{1,64}$/;

/** Looking for idle worlds more often than this would find little. */
const LEAST_SWEEP = 1000;

export class WorldSessions {
  readonly #options: WorldSessionsOptions;
  /** The one that a request without a name gets; it is never dropped. */
  #unnamed: WorldSession;
  /** Least recently used first. */
  readonly #sessions = new Map<string, WorldSession>();
  #latest: WorldSession | undefined;
  /** What all weigh together. */
  #weight = 0;
  #sweep: ReturnType<typeof setTimeout> | undefined;

  constructor(options: WorldSessionsOptions) {
    this.#options = options;
    this.#unnamed = this.#weighing(options.make(''));
  }

  get isStrict(): boolean {
    return this.#options.isStrict;
  }
  /** The world that a request names, made where that is allowed. `undefined` and `''` are the unnamed one. */
  use(name: string | undefined, now: number): WorldSession {
    if (name === undefined) {
      if (!this.#options.isStrict) return this.#unnamed;
      throw new MockError('no-world', 'This request names no world, and every request must (--worlds strict).', HOW_TO_NAME);
    }
    const session = this.#fresh(name, now);
    if (session === undefined) {
      WorldSessions.check(name);
      if (!this.#options.isStrict) return this.#make(name, now);
      throw new MockError('unknown-world', `There is no world "${name}" (--worlds strict).`, `Make it first: PUT /__admin/worlds/${name}.`);
    }
    session.lastUsed = now;
    if (session !== this.#latest) {
      this.#sessions.delete(name);
      this.#sessions.set(name, session);
      this.#latest = session;
    }
    return session;
  }
  /** The world with a name, made if it is not there (from a scenario), whatever the mode. */
  get(name: string, scenario?: string): WorldSession {
    if (name === '') return this.#unnamed;
    WorldSessions.check(name);
    const now = monotonic();
    return this.#fresh(name, now) ?? this.#make(name, now, scenario);
  }
  find(name: string): WorldSession | undefined {
    return name === '' ? this.#unnamed : this.#fresh(name, monotonic());
  }
  replaceUnnamed(session: WorldSession): void {
    this.#unnamed = this.#weighing(session);
  }
  drop(name: string): boolean {
    return this.#drop(name, 'asked');
  }
  /** Sees to it that there is room for what a world holds, or is about to hold; what makes it larger is refused where there is none. */
  makeRoom(session: WorldSession, weight = session.weight): void {
    if (!this.#hasRoom(session, weight) && weight > session.weighed) throw worldsFull();
    this.#note(session, weight);
  }
  /** Takes note of what a world holds now. */
  weigh(session: WorldSession): void {
    const { weight } = session;
    this.#hasRoom(session, weight);
    this.#note(session, weight);
  }
  #note(session: WorldSession, weight: number): void {
    if (session.world.isDropped) return;
    this.#weight += weight - session.weighed;
    session.weighed = weight;
  }
  /** Drops others that nobody uses as long as there is no room. */
  #hasRoom(session: WorldSession, weight: number): boolean {
    const isRoom = (): boolean => this.#weight - session.weighed + weight <= this.#options.memory;
    if (isRoom()) return true;
    for (const [name, other] of this.#sessions) {
      if (other === session || other.underWay > 0 || other.weighed === 0) continue;
      this.#drop(name, 'memory');
      if (isRoom()) return true;
    }
    return false;
  }
  /** The named ones. */
  names(): string[] {
    const now = monotonic();
    return [...this.#sessions.keys()].filter((name) => this.#fresh(name, now) !== undefined).sort();
  }
  /** The unnamed one and all others. */
  *all(): Generator<WorldSession> {
    yield this.#unnamed;
    yield* this.#sessions.values();
  }
  close(): void {
    clearTimeout(this.#sweep);
    this.#sweep = undefined;
  }
  static check(name: string): void {
    const [own = '', scenario, ...rest] = name.split(SCENARIO_MARK);
    const isValid = NAME.test(own) && !/^\.+$/.test(own) && rest.length === 0;
    if (!isValid) {
      throw new MockError(
        'bad-world-name',
        `"${name.slice(0, 80)}" is not a valid name of a world.`,
        'Use 1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-", and after "~" the name of a scenario.',
      );
    }
    if (scenario !== undefined) Scenarios.check(scenario);
  }

  /** A held world that has not been idle for too long: one that has is gone, even if no sweep came by. */
  #fresh(name: string, now: number): WorldSession | undefined {
    const session = this.#sessions.get(name);
    if (session === undefined || now - session.lastUsed <= this.#options.idle) return session;
    this.#drop(name, 'idle');
    return undefined;
  }
  #make(name: string, now: number, scenario?: string): WorldSession {
    const session = this.#weighing(this.#options.make(name, scenario));
    session.lastUsed = now;
    this.#sessions.set(name, session);
    this.#latest = session;
    if (this.#sessions.size > this.#options.most) this.#drop(this.#sessions.keys().next().value as string, 'cap');
    this.#planSweep();
    return session;
  }
  #drop(name: string, reason: DropReason): boolean {
    const session = this.#sessions.get(name);
    if (session === undefined) return false;
    this.#options.onDropped(name, reason);
    this.#sessions.delete(name);
    if (this.#latest === session) this.#latest = undefined;
    session.world.drop();
    session.journal.clear();
    this.#weight -= session.weighed;
    return true;
  }
  #weighing(session: WorldSession): WorldSession {
    session.world.onWritten = () => this.makeRoom(session);
    return session;
  }
  #planSweep(): void {
    if (this.#sweep !== undefined || this.#options.idle === Number.POSITIVE_INFINITY) return;
    const wait = Math.min(Math.max(this.#options.idle / 2, LEAST_SWEEP), 2 ** 31 - 1);
    this.#sweep = setTimeout(() => {
      this.#sweep = undefined;
      const now = monotonic();
      for (const [name, { lastUsed }] of this.#sessions) {
        if (now - lastUsed <= this.#options.idle) break;
        this.#drop(name, 'idle');
      }
      if (this.#sessions.size > 0) this.#planSweep();
    }, wait);
    // A process that is otherwise done must not wait for it (a browser's timer is a number).
    (this.#sweep as { unref?: () => void }).unref?.();
  }
}

const worldsFull = (): MockError =>
  new MockError(
    'worlds-full',
    'The worlds hold as many bytes of written records as they may (--world-memory), and none can be dropped. Nothing was written.',
    'Reset or drop worlds, delete snapshots, or allow more.',
  );
const HOW_TO_NAME = 'Send X-Mock-World, use the base URL …/__worlds/NAME, or put @NAME behind the bearer token.';
