/**
 * One isolated state: layers of what was written over the shared untouched base, counters, a clock. Reset, snapshot and
 * restore cost the same whatever the size, and a new world costs next to nothing.
 */
import { MockError } from '../mock-error.ts';
import type { Key, StoredRecord } from '../contract/entity.ts';
import type { Base, BaseTable } from './base.ts';
import { type ClockState, frozenAt, now, START_OF_TIME } from './clock.ts';
import { type Entry, equal, Layer, merge, stack } from './layer.ts';
import { MemoCache } from './memo-cache.ts';
import { Table } from './table.ts';

/** One written entry, with what stood there before in the same layer (`undefined`: nothing). */
export interface Change {
  readonly table: string;
  readonly key: Key;
  readonly entry: Entry;
}

export interface Snapshot {
  readonly layers: readonly Layer[];
  readonly counters: ReadonlyMap<string, number>;
  readonly clock: ClockState;
  /** What is kept with a world's records: fault rules, settings, sign-in sessions. */
  readonly extras: ReadonlyMap<string, unknown>;
}

export class World {
  readonly name: string;
  readonly base: Base;
  clock: ClockState;
  /** What is reset and restored with the records (fault rules, settings, sign-in sessions): frozen values by name. */
  extras: ReadonlyMap<string, unknown> = NOTHING;
  /** Counts resets, restores and the drop of this world: work that began in an earlier epoch does not land in a later one. */
  epoch = 0;
  /** Set when the world is dropped; writes are refused from then on. */
  isDropped = false;
  /** How many requests this world has seen; part of neither state nor hash. */
  requests = 0;
  /** Told of every write before it is committed; what it throws undoes the write. */
  onWritten: (() => void) | undefined;
  /** Told after every committed write, before its caller is (a state file hangs on it). */
  onCommit: ((changes: readonly Change[], world: World) => void) | undefined;

  readonly #initialClock: ClockState;
  #below: readonly Layer[] = NONE;
  #top: Layer | undefined;
  #counters: Map<string, number> | undefined;
  // Worlds are many: what a world has few of stands in a list as long as it is, a fifth of a map's weight.
  #tables: readonly Table[] = NO_TABLES;
  /** By API, of those that this world wrote; of the others the base's are as good. */
  #caches: readonly MemoCache[] = NO_CACHES;
  /** Counts the writes. */
  #revision = 0;
  /** Whether it lives as long as somebody holds it, and not for one piece of work. */
  #isHeld = true;
  #forked: { readonly revision: number; readonly epoch: number; readonly changes: readonly Change[] } | undefined;
  #undo: (() => void)[] | undefined;
  #changes: Change[] | undefined;

  /** Where a reset leads; undefined: to the base alone. */
  start: Snapshot | undefined;

  constructor(name: string, base: Base, clock: ClockState = frozenAt(START_OF_TIME), start?: Snapshot) {
    this.name = name;
    this.base = base;
    this.clock = this.#initialClock = clock;
    this.start = start;
    if (start !== undefined) this.#install(start);
  }

  now(): number {
    return now(this.clock);
  }

  table<R extends StoredRecord = StoredRecord>(id: string): Table<R> {
    let table = this.#known(id);
    if (table === undefined) {
      table = new Table(this, this.base.table(id));
      this.#tables = this.#tables.concat(table);
    }
    return table as unknown as Table<R>;
  }
  /** The table, if it was asked for before. */
  #known(id: string): Table | undefined {
    for (const table of this.#tables) if (table.base.id === id) return table;
    return undefined;
  }

  /** What was written under a key: a record, `null` for a deleted one, `undefined` where the base speaks. */
  written(table: string, key: Key): Entry | undefined {
    const top = this.#top?.get(table, key);
    if (top !== undefined) return top;
    for (let i = this.#below.length - 1; i >= 0; i--) {
      const entry = this.#below[i]!.get(table, key);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  /** Everything that was written, the latest of each key: the cost follows what was written. */
  writes(): Layer {
    return this.#below.length === 0 ? (this.#top ?? new Layer()) : merge(this.layers());
  }
  /** The same in its layers: those above win. */
  layers(): readonly Layer[] {
    return this.#top === undefined ? this.#below : [...this.#below, this.#top];
  }

  /** What was written to one table, the latest of each key. */
  entriesOf(table: string): ReadonlyMap<Key, Entry> {
    const laid = this.#below.flatMap((layer) => layer.tables.get(table) ?? []);
    const top = this.#top?.tables.get(table);
    if (laid.length === 0) return top ?? NO_ENTRIES;
    const merged = new Map<Key, Entry>();
    for (const entries of top === undefined ? laid : [...laid, top]) for (const [key, entry] of entries) merged.set(key, entry);
    return merged;
  }

  /** Keeps what follows from the records of one API alone (no clock, no settings), until one of them is written. */
  memoize<T extends object>(api: string, key: string | number, make: () => T): T {
    const own = this.#cacheOf(api);
    const cache = own ?? this.base.caches.get(api);
    if (cache === undefined) return make();
    return cache.getOrSet(key, make, this.#isHeld && cache === own ? this.base.filledCaches : undefined);
  }
  #cacheOf(api: string): MemoCache | undefined {
    for (const cache of this.#caches) if (cache.api === api) return cache;
    return undefined;
  }
  #forgetDerived(): void {
    for (const cache of this.#caches) cache.clear();
    this.#caches = NO_CACHES;
  }
  #clearCache(api: string): void {
    const known = this.#cacheOf(api);
    if (known === undefined) this.#caches = this.#caches.concat(new MemoCache(api));
    else known.clear();
  }

  /** Lays an entry over the base; an entry equal to the base is no entry. */
  write(table: BaseTable, key: Key, entry: Entry): void {
    if (this.#undo === undefined) {
      this.transact(() => this.write(table, key, entry));
      return;
    }
    this.#revision++;
    const id = table.id;
    const number = table.numberOf(key);
    const generated = number === undefined ? null : table.record(number);
    const next = equal(entry, generated) ? generated : Object.freeze(entry);
    this.#top ??= new Layer();
    const top = this.#top;
    const before = top.get(id, key);
    const existed = before === undefined ? this.has(table, key) : before !== null;
    const shown = this.#known(id)?.isOrdered ? this.written(id, key) : undefined;
    if (next === generated && !this.#below.some((layer) => layer.get(id, key) !== undefined)) top.drop(id, key);
    else top.set(id, key, next);
    this.#undo.push(() => {
      const known = this.#known(id);
      const exists = this.has(table, key);
      const laid = known?.isOrdered ? this.written(id, key) : undefined;
      if (before === undefined) top.drop(id, key);
      else top.set(id, key, before);
      this.#clearCache(table.api);
      known?.noteMembership(key, number, exists, existed);
      if (known?.isOrdered) known.noteEntry(key, laid, this.written(id, key));
    });
    this.#clearCache(table.api);
    const known = this.#known(id);
    known?.noteMembership(key, number, existed, next !== null);
    if (known?.isOrdered) known.noteEntry(key, shown, this.written(id, key));
    this.#changes!.push({ table: id, key, entry: next });
  }

  has(table: BaseTable, key: Key): boolean {
    const written = this.written(table.id, key);
    return written === undefined ? table.numberOf(key) !== undefined : written !== null;
  }

  /** The next free identity of a table. */
  nextIdentity(table: BaseTable): number {
    let next = this.#counters?.get(table.id) ?? table.size + 1;
    while (this.has(table, next)) next++;
    this.setCounter(table.id, next + 1);
    return next;
  }
  /** Sees to it that identities given out later lie above one that a caller chose. */
  reserveIdentity(table: BaseTable, identity: number): void {
    if (identity >= (this.#counters?.get(table.id) ?? table.size + 1)) this.setCounter(table.id, identity + 1);
  }
  setCounter(table: string, next: number): void {
    const before = this.#counters?.get(table);
    this.#counters ??= new Map();
    this.#counters.set(table, next);
    this.#undo?.push(() => {
      if (before === undefined) this.#counters?.delete(table);
      else this.#counters?.set(table, before);
    });
  }
  get counters(): ReadonlyMap<string, number> {
    return this.#counters ?? NOTHING_COUNTED;
  }

  #refuseIfDropped(): void {
    if (this.isDropped) throw new MockError('world-gone', `The world "${this.name}" was dropped.`, 'Call again: a new one is made.');
  }

  /** Throws where the world was reset since an epoch. */
  refuseIfReset(epoch: number): void {
    if (epoch !== this.epoch) throw new MockError('world-gone', 'The world was reset meanwhile.', 'Nothing was written; call again.');
  }

  /** Runs writes that hold together: when `work` throws, none of them ever was. May be nested. */
  transact<T>(work: () => T): T {
    this.#refuseIfDropped();
    const isOutermost = this.#undo === undefined;
    const undo = this.#undo ?? [];
    const changes = this.#changes ?? [];
    const [undone, changed] = [undo.length, changes.length];
    this.#undo = undo;
    this.#changes = changes;
    try {
      const result = work();
      if (isOutermost && changes.length > 0) {
        this.onWritten?.();
        this.onCommit?.(changes, this);
      }
      return result;
    } catch (error) {
      while (undo.length > undone) undo.pop()!();
      changes.length = changed;
      throw error;
    } finally {
      if (isOutermost) this.#undo = this.#changes = undefined;
    }
  }

  /** The records of one API as they are now, in a world of their own that no later write reaches; made once until one is written. */
  version(api: string): World {
    return this.memoize(api, VERSION, () => {
      const version = new World(this.name, this.base, this.clock);
      version.#isHeld = false;
      if (this.#cacheOf(api) === undefined) return version;
      version.restore(this.snapshot());
      version.#tables = this.#tables.filter((table) => table.base.api === api).map((table) => table.copyTo(version));
      return version;
    });
  }

  /** A copy to write to: the world takes it over whole by `merge`, or it is forgotten. */
  fork(): World {
    const fork = this.untouched();
    fork.restore(this.snapshot());
    const changes: Change[] = [];
    fork.#forked = { revision: this.#revision, epoch: this.epoch, changes };
    fork.onCommit = (written) => void changes.push(...written);
    return fork;
  }
  /** Takes over what was written to a fork, in one step; false, and nothing happens, where this world was written since. */
  merge(fork: World): boolean {
    const { revision, epoch, changes } = fork.#forked!;
    this.#refuseIfDropped();
    this.refuseIfReset(epoch);
    if (revision !== this.#revision) return false;
    if (changes.length === 0) return true;
    const before = this.snapshot();
    this.#lay(fork.snapshot().layers, fork.counters);
    try {
      this.onWritten?.();
      this.onCommit?.(changes, this);
    } catch (error) {
      this.#lay(before.layers, before.counters);
      throw error;
    }
    return true;
  }

  /** Back to where it started: records, counters, clock, extras. Snapshots are kept by their owner. */
  reset(): void {
    this.#refuseIfDropped();
    this.#install(this.start ?? { layers: NONE, counters: NOTHING_COUNTED, clock: this.#initialClock, extras: NOTHING });
  }
  /** No longer held by anybody: what is under way on it does not land. */
  drop(): void {
    this.epoch++;
    this.isDropped = true;
    this.#forgetDerived();
  }
  /** A world of nobody's, as this one started. */
  untouched(): World {
    const world = new World(this.name, this.base, this.#initialClock, this.start);
    world.#isHeld = false;
    return world;
  }
  snapshot(): Snapshot {
    if (this.#top !== undefined && !this.#top.isEmpty) {
      this.#below = stack(this.#below, this.#top, this.start?.layers);
      this.#top = undefined;
    }
    return { layers: this.#below, counters: new Map(this.#counters), clock: this.clock, extras: this.extras };
  }
  restore(snapshot: Snapshot): void {
    this.#refuseIfDropped();
    this.#install(snapshot);
  }

  #install({ layers, counters, clock, extras }: Snapshot): void {
    this.epoch++;
    this.#lay(layers, counters);
    this.clock = clock;
    this.extras = extras;
  }
  #lay(layers: readonly Layer[], counters: ReadonlyMap<string, number>): void {
    this.#revision++;
    this.#below = layers;
    this.#top = undefined;
    this.#counters = counters.size === 0 ? undefined : new Map(counters);
    for (const table of this.#tables) table.forget();
    this.#forgetDerived();
    for (const layer of layers) for (const table of layer.tables.keys()) this.#clearCache(this.base.table(table).api);
  }
}

const VERSION = 'version';
const NONE: readonly Layer[] = Object.freeze([]);
const NO_TABLES: readonly Table[] = Object.freeze([]);
const NO_CACHES: readonly MemoCache[] = Object.freeze([]);
const NOTHING: ReadonlyMap<string, unknown> = new Map();
const NO_ENTRIES: ReadonlyMap<Key, Entry> = new Map();
const NOTHING_COUNTED: ReadonlyMap<string, number> = new Map();
