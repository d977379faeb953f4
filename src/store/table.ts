/** One entity of one world: reads walk the layers down to the base, writes go to the top. */
import type { Key, StoredRecord } from '../contract/entity.ts';
import type { BaseTable } from './base.ts';
import type { Entry } from './layer.ts';
import type { World } from './world.ts';

/** Which keys differ from the base's 1 … size: kept sorted, so that a page is arithmetic whatever the scale. */
interface Membership {
  /** Numbers of generated records that are gone, ascending. */
  readonly gone: number[];
  /** Keys that the base does not have, ascending. */
  readonly added: Key[];
}

export class Table<R extends StoredRecord = StoredRecord> {
  readonly #world: World;
  readonly base: BaseTable;
  #membership: Membership | undefined;
  /** Member → value → keys of the written records that hold it; made when first asked for. */
  #holders: Map<string, Map<unknown, Set<Key>>> | undefined;

  constructor(world: World, base: BaseTable) {
    this.#world = world;
    this.base = base;
  }

  get(key: Key): R | undefined {
    const written = this.#world.written(this.base.id, key);
    if (written !== undefined) return (written ?? undefined) as R | undefined;
    const number = this.base.numberOf(key);
    return number === undefined ? undefined : (this.base.record(number) as R);
  }
  has(key: Key): boolean {
    return this.#world.has(this.base, key);
  }
  /** One member of an existing record, without making the rest of it. */
  member<M extends keyof R & string>(key: Key, member: M): R[M] {
    const written = this.#world.written(this.base.id, key);
    if (written) return (written as R)[member];
    const number = this.base.numberOf(key);
    return (number === undefined ? undefined : this.base.member(number, member)) as R[M];
  }
  /** Writes a whole record under its key. */
  put(record: R): void {
    this.#world.write(this.base, record[this.base.entity.key] as Key, record);
  }
  /** Writes some members of an existing record; answers the new record. */
  change(key: Key, members: Partial<R>): R {
    const record = { ...(this.get(key) as R), ...members };
    this.put(record);
    return this.get(key) as R;
  }
  delete(key: Key): void {
    this.#world.write(this.base, key, null);
  }
  nextIdentity(): number {
    return this.#world.nextIdentity(this.base);
  }
  reserveIdentity(identity: number): void {
    this.#world.reserveIdentity(this.base, identity);
  }

  /** How many records there are. Of a sparse entity (`has`) it has to ask every number. */
  count(): number {
    const { gone, added } = this.#members();
    if (this.base.isDense) return this.base.size - gone.length + added.length;
    let count = 0;
    for (const _ of this.keys()) count++;
    return count;
  }
  /** The keys from the `offset`-th on, at most `limit`: numbers of the base first, then added keys, ascending. */
  page(offset: number, limit: number): Key[] {
    const keys: Key[] = [];
    if (limit <= 0) return keys;
    for (const key of this.keys(offset)) {
      keys.push(key);
      if (keys.length >= limit) break;
    }
    return keys;
  }
  /** Every key from the `offset`-th on; on a dense entity the way to the offset costs nothing. */
  *keys(offset = 0): Generator<Key> {
    const { gone, added } = this.#members();
    let skip = offset;
    let n = 1;
    if (this.base.isDense) {
      const left = this.base.size - gone.length;
      n = skip < left ? this.#numberAt(skip) : this.base.size + 1;
      skip = Math.max(0, skip - left);
    }
    // Added numbers may lie below the base's end only where the base has no record there (sparse entities).
    let next = 0;
    for (; n <= this.base.size; n++) {
      while (!this.base.isDense && next < added.length && (added[next] as number) < n) {
        if (skip > 0) skip--;
        else yield added[next]!;
        next++;
      }
      if (isIn(gone, n) || !this.base.has(n)) continue;
      if (!this.base.isDense && skip > 0) skip--;
      else yield this.base.keyOf(n);
    }
    for (let i = next + skip; i < added.length; i++) yield added[i]!;
  }

  /**
   * The keys of the records whose foreign key `member` is `value`, without looking at the others: generated ones by the
   * entity's own arithmetic (`referrers`), then written ones.
   */
  *referring(member: keyof R & string, value: Key): Generator<Key> {
    const inverse = this.base.entity.referrers?.[member];
    if (inverse === undefined) throw new TypeError(`${this.base.id} does not say who refers by ${member}`);
    for (const n of inverse(value, this.base)) {
      if (!this.base.has(n)) continue;
      const key = this.base.keyOf(n);
      if (this.#world.written(this.base.id, key) === undefined) yield key;
    }
    yield* [...(this.#holdersOf(member).get(value) ?? [])];
  }

  /** Whether `noteEntry` has anything to keep up with. */
  get isIndexed(): boolean {
    return this.#holders !== undefined;
  }
  /** Told by the world after a write: what was laid over the base under a key before, and what is now. */
  noteEntry(key: Key, before: Entry | undefined, after: Entry | undefined): void {
    for (const [member, holders] of this.#holders ?? []) {
      if (before) holders.get(before[member])?.delete(key);
      if (after) hold(holders, after[member], key);
    }
  }
  #holdersOf(member: string): ReadonlyMap<unknown, Set<Key>> {
    const known = this.#holders?.get(member);
    if (known !== undefined) return known;
    const entries = this.#world.entriesOf(this.base.id);
    // Deleting looks at every table that refers, and most of them were never written: those need no index.
    if (entries.size === 0) return NO_HOLDERS;
    const holders = new Map<unknown, Set<Key>>();
    for (const [key, entry] of entries) if (entry) hold(holders, entry[member], key);
    this.#holders ??= new Map();
    this.#holders.set(member, holders);
    return holders;
  }

  /** Told by the world when other layers take the place of those that the indexes were made from. */
  forget(): void {
    this.#membership = undefined;
    this.#holders = undefined;
  }
  /** Told by the world after a write, so that a page never has to look at everything written. */
  noteMembership(key: Key, number: number | undefined, before: boolean, after: boolean): void {
    if (this.#membership === undefined || before === after) return;
    const { gone, added } = this.#membership;
    if (number !== undefined) after ? remove(gone, number) : insert(gone, number);
    else after ? insert(added, key) : remove(added, key);
  }

  #members(): Membership {
    if (this.#membership !== undefined) return this.#membership;
    const gone: number[] = [];
    const added: Key[] = [];
    for (const [key, entry] of this.#world.entriesOf(this.base.id)) {
      const number = this.base.numberOf(key);
      if (entry === null && number !== undefined) gone.push(number);
      if (entry !== null && number === undefined) added.push(key);
    }
    gone.sort((left, right) => left - right);
    added.sort((left, right) => (left < right ? -1 : 1));
    this.#membership = { gone, added };
    return this.#membership;
  }
  /** The number of the `offset`-th generated record that is left (offset from 0). */
  #numberAt(offset: number): number {
    const { gone } = this.#members();
    let low = 0;
    let high = gone.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (gone[middle]! - middle <= offset + 1) low = middle + 1;
      else high = middle;
    }
    return offset + 1 + low;
  }
}

const NO_HOLDERS: ReadonlyMap<unknown, Set<Key>> = new Map();

const hold = (holders: Map<unknown, Set<Key>>, value: unknown, key: Key): void => {
  const keys = holders.get(value);
  if (keys === undefined) holders.set(value, new Set([key]));
  else keys.add(key);
};
const place = <K extends Key>(sorted: readonly K[], key: K): number => {
  let low = 0;
  let high = sorted.length;
  if (high > 0 && sorted[high - 1]! < key) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
};
const isIn = <K extends Key>(sorted: readonly K[], key: K): boolean => sorted.length > 0 && sorted[place(sorted, key)] === key;
const insert = <K extends Key>(sorted: K[], key: K): void => {
  const at = place(sorted, key);
  if (sorted[at] !== key) sorted.splice(at, 0, key);
};
const remove = <K extends Key>(sorted: K[], key: K): void => {
  const at = place(sorted, key);
  if (sorted[at] === key) sorted.splice(at, 1);
};
