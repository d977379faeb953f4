/** Sessions: their ids in cookies, and in the world who signed in under an id (a reset forgets them). */
import { guidKind, toGuid } from '../../../store/ids.ts';
import type { World } from '../../../store/world.ts';
import { type Caller, callers } from '../../callers.ts';
import type { Call } from '../../protocol.ts';
import { endOf, hasEnded } from '../../tokens.ts';
import { cookieLine, cookieOf } from './cookies.ts';

const TWENTY_YEARS = 20 * 365 * 86_400_000;
/** What a host gives a session: two weeks, four where it is to be remembered. */
const LIFETIMES = { temp: 1_209_600, perm: 2_419_200 } as const;
export type SessionOption = keyof typeof LIFETIMES;

export interface Session {
  readonly id: string;
  readonly caller: Caller;
  /** The provider that signed it in. */
  readonly provider: string;
}

interface Stored {
  readonly caller: number;
  readonly provider: string;
  /** Seconds since 1970 on the world's clock. */
  readonly expires: number;
}

const EXTRA = 'servicestack.sessions';
/** What the sessions of one world weigh together, about: five hundred with ids of our own making. A caller's may be long. */
const MAX_BYTES = 60_000;
/** Of one, beside its id. */
const WEIGHT = 100;
/** Worlds of which the log was told. */
const full = new WeakSet<World>();
const storedIn = (world: World): Readonly<Record<string, Stored>> =>
  (world.extras.get(EXTRA) as Readonly<Record<string, Stored>> | undefined) ?? {};

function store(world: World, sessions: Readonly<Record<string, Stored>>): void {
  world.extras = new Map(world.extras).set(EXTRA, Object.freeze(sessions));
}

/** The session ids of one call: those that it brought, and those that were made for it. */
export class SessionIds {
  readonly #call: Call;
  readonly #made: { 'ss-id'?: string; 'ss-pid'?: string } = {};
  option: SessionOption;
  /** `Set-Cookie` lines. */
  readonly cookies: string[] = [];

  constructor(call: Call) {
    this.#call = call;
    this.option = this.#brought('ss-opt')?.split(',').includes('perm') ? 'perm' : 'temp';
  }

  /** Makes what the caller did not bring, as the session feature does for every request. */
  complete(): void {
    if (this.#id('ss-id') === undefined) this.#make('ss-id');
    if (this.#id('ss-pid') === undefined) this.#make('ss-pid');
  }
  /** Makes both where there is no session under the one that counts. */
  createWhereNone(): void {
    if (this.current !== undefined) return;
    this.#make('ss-pid');
    this.#make('ss-id');
  }
  /** New ones in any case: a sign-in gives up the old session. */
  renew(): void {
    if (this.current !== undefined) forget(this.#call.world, this.current);
    this.cookies.length = 0;
    this.#make('ss-id');
    this.#make('ss-pid');
    this.choose(this.option);
  }
  choose(option: SessionOption): void {
    this.option = option;
    this.cookies.push(cookieLine(this.#call.inbound, 'ss-opt', option, this.#inTwentyYears()));
  }
  /** The id that counts. */
  get current(): string | undefined {
    return this.#id(this.option === 'perm' ? 'ss-pid' : 'ss-id');
  }

  #id(name: 'ss-id' | 'ss-pid'): string | undefined {
    return this.#made[name] ?? this.#brought(name);
  }
  #brought(name: string): string | undefined {
    const { inbound } = this.#call;
    return inbound.header(`x-${name}`) ?? cookieOf(inbound, name);
  }
  #make(name: 'ss-id' | 'ss-pid'): void {
    const { inbound, world, number } = this.#call;
    let id: string;
    // Requests are counted anew by a process that loads its worlds: an id that is taken must not be given again.
    for (let attempt = 0; ; attempt++) {
      id = toGuid(guidKind(world.base.seed, `${name}:${world.name}:${attempt}`), number)
        .replaceAll('-', '')
        .slice(12);
      if (storedIn(world)[id] === undefined) break;
    }
    this.#made[name] = id;
    this.cookies.push(cookieLine(inbound, name, id, name === 'ss-id' ? undefined : this.#inTwentyYears()));
  }
  #inTwentyYears(): number {
    return this.#call.world.now() + TWENTY_YEARS;
  }
}

/** Who signed in under an id, where the session has not expired. */
export function sessionUnder(world: World, id: string | undefined): Session | undefined {
  const stored = id === undefined ? undefined : storedIn(world)[id];
  if (id === undefined || stored === undefined || hasEnded(world, stored.expires)) return undefined;
  const caller = callers.find((candidate) => candidate.id === stored.caller);
  return caller === undefined ? undefined : { id, caller, provider: stored.provider };
}

/** The latest sessions of a world are kept; of each world that has to forget one, the log is told once. */
export function remember(call: Pick<Call, 'world' | 'note'>, session: Session, lifetime: number | 'service', option: SessionOption): void {
  const { world } = call;
  const { [session.id]: _, ...others } = storedIn(world);
  let room = MAX_BYTES - weightOf(session.id);
  const known = Object.entries(others);
  const kept = known.slice(known.findLastIndex(([id]) => (room -= weightOf(id)) < 0) + 1);
  const expires = endOf(world, lifetime === 'service' ? LIFETIMES[option] : lifetime);
  store(world, { ...Object.fromEntries(kept), [session.id]: { caller: session.caller.id, provider: session.provider, expires } });
  if (kept.length === known.length || full.has(world)) return;
  full.add(world);
  call.note(`The world "${world.name}" holds as many sign-in sessions as it may: from now on the oldest are forgotten first.`);
}
const weightOf = (id: string): number => WEIGHT + id.length;

export function forget(world: World, id: string): void {
  const sessions = storedIn(world);
  if (sessions[id] === undefined) return;
  const { [id]: _, ...rest } = sessions;
  store(world, rest);
}
