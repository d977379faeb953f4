/** One entity of one world: reads walk the layers down to the base, writes go to the top. */
import type { Key, StoredRecord } from '../contract/entity.ts';
import type { BaseTable } from './base.ts';
import { KeyOrder } from './key-order.ts';
import type { Entry, Layer } from './layer.ts';
import { TableKeys } from './table-keys.ts';
import { atOnce, type Work } from '../work.ts';

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
  /** Found when first asked for. */
  #keys: TableKeys | undefined;
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
    return this.#allKeys().count();
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
  keys(offset = 0): Generator<Key> {
    return this.#allKeys().ascending(offset);
  }
  /** The same from the last key to the first. */
  keysDescending(offset = 0): Generator<Key> {
    return this.#allKeys().descending(offset);
  }
  #allKeys(): TableKeys {
    this.#keys ??= TableKeys.of(this.base, this.#world.entriesOf(this.base.id));
    return this.#keys;
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
    this.#keys = undefined;
    this.#orders = undefined;
  }
  /** The table as it is now for another world with the same records: what was found out about them need not be found again. */
  copyTo(world: Layers): Table<R> {
    const copy = new Table<R>(world, this.base);
    copy.#keys = this.#keys?.copy();
    if (this.#orders !== undefined) copy.#orders = new Map([...this.#orders].map(([member, order]) => [member, order.copy()]));
    return copy;
  }
  /** Told by the world after a write, so that a page never has to look at everything written. */
  noteMembership(key: Key, number: number | undefined, before: boolean, after: boolean): void {
    if (before !== after) this.#keys?.note(key, number, after);
  }
}
