/** One entity of one world: reads walk the layers down to the base, writes go to the top. */
import type { Key, StoredRecord } from '../contract/entity.ts';
import type { BaseTable } from './base.ts';
import { KeyOrder } from './key-order.ts';
import type { Entry, Layer } from './layer.ts';
import { atOnce, type Work } from './turns.ts';

/** Which keys differ from the base's 1 … size: kept sorted, so that a page is arithmetic whatever the scale. */
interface Membership {
  /** Numbers of generated records that are gone, ascending. */
  readonly gone: number[];
  /** Keys that the base does not have, ascending. */
  readonly added: Key[];
}

/** The layers of a world, as a table reads and writes them. */
interface Layers {
  has(table: BaseTable, key: Key): boolean;
  written(table: string, key: Key): Entry | undefined;
  entriesOf(table: string): ReadonlyMap<Key, Entry>;
  layers(): readonly Layer[];
  write(table: BaseTable, key: Key, entry: Entry): void;
  nextIdentity(table: BaseTable): number;
  reserveIdentity(table: BaseTable, identity: number): void;
}

export class Table<R extends StoredRecord = StoredRecord> {
  readonly #world: Layers;
  readonly base: BaseTable;
  #membership: Membership | undefined;
  /** By text member; made when first asked for, where anything was written. */
  #orders: Map<string, KeyOrder> | undefined;

  constructor(world: Layers, base: BaseTable) {
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
    const { added } = this.#members();
    if (this.base.isDense) return this.#generatedLeft() + added.length;
    let count = 0;
    for (const _ of this.keys()) count++;
    return count;
  }
  /** The keys from the `offset`-th on, at most `limit`, in the order of lists. */
  page(offset: number, limit: number): Key[] {
    const keys: Key[] = [];
    if (limit <= 0) return keys;
    for (const key of this.listed(offset)) {
      keys.push(key);
      if (keys.length >= limit) break;
    }
    return keys;
  }
  /** Every key from the `offset`-th on in the order of lists: the entity's own `order`, or ascending. */
  listed(offset = 0): Iterable<Key> {
    const { order } = this.base.entity;
    return order === undefined ? this.keys(offset) : this.#orderBy(order).keys.slice(offset);
  }
  /** The first key whose text member has this text, case aside. Only of an entity of a fixed size. */
  keyNamed(member: string, text: string): Key | undefined {
    return this.#orderBy(member).find(text);
  }

  /** Every key from the `offset`-th on, ascending; on a dense entity the way to the offset costs nothing. */
  *keys(offset = 0): Generator<Key> {
    const { added } = this.#members();
    const below = this.#addedBelow();
    for (let i = offset; i < below; i++) yield added[i]!;
    if (!this.base.isDense) {
      yield* this.#sparseKeys(Math.max(0, offset - below), below);
      return;
    }
    const left = this.#generatedLeft();
    const skip = Math.max(0, offset - below);
    if (skip < left) for (const n of this.#numbersFrom(skip)) yield this.base.keyOf(n);
    for (let i = below + Math.max(0, skip - left); i < added.length; i++) yield added[i]!;
  }
  /** The same from the last key to the first. */
  *keysDescending(offset = 0): Generator<Key> {
    if (!this.base.isDense) {
      yield* [...this.keys()].reverse().slice(offset);
      return;
    }
    const { gone, added } = this.#members();
    const below = this.#addedBelow();
    const above = added.length - below;
    for (let i = added.length - 1 - offset; i >= below; i--) yield added[i]!;
    const left = this.#generatedLeft();
    const skip = Math.max(0, offset - above);
    if (skip < left) {
      let next = gone.length - 1;
      let n = this.#numberAt(left - 1 - skip);
      while (next >= 0 && gone[next]! > n) next--;
      for (; n >= 1; n--) {
        if (gone[next] === n) next--;
        else yield this.base.keyOf(n);
      }
    }
    for (let i = below - 1 - Math.max(0, skip - left); i >= 0; i--) yield added[i]!;
  }
  /** Generated numbers of a dense entity that are left, from the `offset`-th on. */
  *#numbersFrom(offset: number): Generator<number> {
    const { gone } = this.#members();
    let n = this.#numberAt(offset);
    let next = place(gone, n);
    for (; n <= this.base.size; n++) {
      if (gone[next] === n) next++;
      else yield n;
    }
  }
  /** Of a sparse entity every number is asked, and added keys may lie between those that exist. */
  *#sparseKeys(offset: number, firstAdded: number): Generator<Key> {
    const { gone, added } = this.#members();
    let skip = offset;
    let next = firstAdded;
    for (let n = 1; n <= this.base.size; n++) {
      while (next < added.length && (added[next] as number) < n) {
        if (skip > 0) skip--;
        else yield added[next]!;
        next++;
      }
      if (isIn(gone, n) || !this.base.has(n)) continue;
      if (skip > 0) skip--;
      else yield this.base.keyOf(n);
    }
    for (let i = next + skip; i < added.length; i++) yield added[i]!;
  }
  #generatedLeft(): number {
    return this.base.size - this.#members().gone.length;
  }
  /** How many added keys lie below the first generated one: negative numbers that a data file chose. */
  #addedBelow(): number {
    const { added } = this.#members();
    return this.base.entity.identity === 'number' ? place(added, 1) : 0;
  }

  /**
   * The keys of the records whose foreign key `member` is `value`, without looking at the others: generated ones by the
   * entity's own arithmetic (`referrers`), and written ones. Numbers come in ascending order.
   */
  referring(member: keyof R & string, value: Key): Generator<Key> {
    return this.#withGenerated(member, value, atOnce(this.#writtenBy(member, value)));
  }
  /** The same as a list, in steps, for a world that is not written to meanwhile: those written may be very many, in many layers. */
  *collecting(member: keyof R & string, value: Key): Work<Key[]> {
    return [...this.#withGenerated(member, value, yield* this.#writtenBy(member, value))];
  }
  *#writtenBy(member: string, value: Key): Work<Key[]> {
    const written: Key[] = [];
    for (const key of this.#writtenReferring(member, value)) if (written.push(key) % 1000 === 0) yield;
    if (this.base.entity.identity === 'number') (written as number[]).sort((left, right) => left - right);
    return written;
  }
  *#withGenerated(member: string, value: Key, written: readonly Key[]): Generator<Key> {
    const areNumbers = this.base.entity.identity === 'number';
    let next = 0;
    for (const key of this.#generatedReferring(member, value)) {
      while (areNumbers && next < written.length && written[next]! < key) yield written[next++]!;
      yield key;
    }
    while (next < written.length) yield written[next++]!;
  }
  /** Whether there is any such record. */
  isReferring(member: keyof R & string, value: Key): boolean {
    return !this.#writtenReferring(member, value).next().done || !this.#generatedReferring(member, value).next().done;
  }
  *#writtenReferring(member: string, value: Key): Generator<Key> {
    const { id } = this.base;
    const layers = this.#world.layers();
    for (const [i, layer] of layers.entries()) {
      for (const key of layer.holding(id, member, value)) {
        let above = i + 1;
        while (above < layers.length && layers[above]!.get(id, key) === undefined) above++;
        if (above === layers.length) yield key;
      }
    }
  }
  *#generatedReferring(member: string, value: Key): Generator<Key> {
    const inverse = this.base.entity.referrers?.[member];
    if (inverse === undefined) throw new TypeError(`${this.base.id} does not say who refers by ${member}`);
    for (const n of inverse(value, this.base)) {
      if (!this.base.has(n)) continue;
      const key = this.base.keyOf(n);
      if (this.#world.written(this.base.id, key) === undefined) yield key;
    }
  }

  /** Whether `noteEntry` has anything to keep up with. */
  get isOrdered(): boolean {
    return this.#orders !== undefined;
  }
  /** Told by the world after a write: what was laid over the base under a key before, and what is now. */
  noteEntry(key: Key, before: Entry | undefined, after: Entry | undefined): void {
    for (const order of this.#orders?.values() ?? []) order.move(key, this.#laid(key, before), this.#laid(key, after));
  }
  /** The record that an entry leaves to be seen. */
  #laid(key: Key, entry: Entry | undefined): StoredRecord | undefined {
    if (entry !== undefined) return entry ?? undefined;
    const number = this.base.numberOf(key);
    return number === undefined ? undefined : this.base.record(number);
  }
  #orderBy(member: string): KeyOrder {
    const known = this.#orders?.get(member);
    if (known !== undefined) return known;
    const entries = this.#world.entriesOf(this.base.id);
    if (entries.size === 0) return this.base.orderBy(member);
    const keys = function* (table: Table): Generator<[Key, StoredRecord]> {
      for (const key of table.keys()) yield [key, table.get(key) as StoredRecord];
    };
    const order = KeyOrder.of(member, keys(this as unknown as Table));
    this.#orders ??= new Map();
    this.#orders.set(member, order);
    return order;
  }
  /** Told by the world when other layers take the place of those that the indexes were made from. */
  forget(): void {
    this.#membership = undefined;
    this.#orders = undefined;
  }
  /** The table as it is now for another world with the same records: what was found out about them need not be found again. */
  copyTo(world: Layers): Table<R> {
    const copy = new Table<R>(world, this.base);
    if (this.#membership !== undefined) copy.#membership = { gone: this.#membership.gone.slice(), added: this.#membership.added.slice() };
    if (this.#orders !== undefined) copy.#orders = new Map([...this.#orders].map(([member, order]) => [member, order.copy()]));
    return copy;
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
const isIn = <K extends Key>(sorted: readonly K[], key: K): boolean => sorted[place(sorted, key)] === key;
const insert = <K extends Key>(sorted: K[], key: K): void => void sorted.splice(place(sorted, key), 0, key);
const remove = <K extends Key>(sorted: K[], key: K): void => void sorted.splice(place(sorted, key), 1);
