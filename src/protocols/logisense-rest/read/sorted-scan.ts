/**
 * What a search found, in an order that no table keeps. A sort keeps the page that is asked for and some records behind it, not
 * the list: a later page comes from there, or goes on behind the last record of it.
 */
import type { Key } from '../../../contract/entity.ts';
import { sorted } from '../../../store/turns.ts';
import type { Work } from '../../../work.ts';
import { compare, type Value } from './condition.ts';
import type { Selection } from './scan.ts';
import type { Order } from './search.ts';

/** What a record is sorted by. */
interface Row {
  readonly key: number;
  readonly values: readonly Value[];
}
/** A stretch of the sorted list. */
interface Stretch {
  readonly start: number;
  readonly keys: readonly number[];
  readonly last: Row | undefined;
  /** No record follows. */
  readonly isEnd: boolean;
}

/** Keys of one stretch, at least and at most. */
const MIN_STRETCH = 1000;
const MAX_STRETCH = 500_000;

export class SortedScan implements Selection {
  readonly #scan: Selection;
  readonly #order: readonly Order[];
  readonly #read: (key: number, member: string) => Value;
  /** Of the last page that was asked for. */
  #stretch: Stretch | undefined;

  constructor(scan: Selection, order: readonly Order[], read: (key: number, member: string) => Value) {
    this.#scan = scan;
    this.#order = order;
    this.#read = read;
  }

  get looked(): number {
    return this.#scan.looked;
  }
  count(): Work<number> {
    return this.#scan.count();
  }

  *keys(offset: number, limit: number): Generator<Key | undefined> {
    const end = offset + limit;
    let at = offset;
    let stretch = this.#stretch;
    while (at < end) {
      if (stretch === undefined || at < stretch.start) stretch = yield* this.#behind(undefined, end);
      while (!stretch.isEnd && stretch.start + stretch.keys.length <= at) stretch = yield* this.#behind(stretch, end);
      this.#stretch = stretch;
      const keys = stretch.keys.slice(at - stretch.start, end - stretch.start);
      if (keys.length === 0) return;
      yield* keys;
      at += keys.length;
    }
  }

  /** The stretch behind another one, long enough to reach `end` where that is not too far. */
  *#behind(before: Stretch | undefined, end: number): Work<Stretch> {
    const start = before === undefined ? 0 : before.start + before.keys.length;
    const length = Math.min(MAX_STRETCH, Math.max(MIN_STRETCH, end - start));
    const rows = new Rows(this.#order);
    /** The last of those that are kept, once some had to go. */
    let limit: Row | undefined;
    for (const key of this.#scan.keys(0, Number.POSITIVE_INFINITY)) {
      yield;
      if (key === undefined) continue;
      const row = { key: key as number, values: this.#order.map(({ member }) => this.#read(key as number, member)) };
      if (before?.last !== undefined && rows.compare(row, before.last) <= 0) continue;
      if (limit !== undefined && rows.compare(row, limit) > 0) continue;
      if (rows.push(row) < 2 * length) continue;
      yield* rows.keepFirst(length);
      limit = rows.last;
    }
    const found = rows.length;
    yield* rows.keepFirst(length);
    return { start, keys: rows.keys, last: rows.last, isEnd: limit === undefined && found <= length };
  }
}

/** Rows in columns: a million objects would hold the process up whenever its memory is tidied. */
class Rows {
  readonly #order: readonly Order[];
  keys: number[] = [];
  #columns: Value[][];

  constructor(order: readonly Order[]) {
    this.#order = order;
    this.#columns = order.map(() => []);
  }
  get length(): number {
    return this.keys.length;
  }
  get last(): Row | undefined {
    const key = this.keys.at(-1);
    return key === undefined ? undefined : { key, values: this.#columns.map((column) => column.at(-1)!) };
  }
  /** Answers how many there are now. */
  push({ key, values }: Row): number {
    for (let i = 0; i < values.length; i++) this.#columns[i]!.push(values[i]!);
    return this.keys.push(key);
  }
  /** Sorts the rows and forgets those behind the first `length`. */
  *keepFirst(length: number): Work<void> {
    const { keys } = this;
    const columns = this.#columns;
    const places = yield* sorted([...keys.keys()], (left, right) => {
      for (let i = 0; i < columns.length; i++) {
        const difference = compare(columns[i]![left]!, columns[i]![right]!);
        if (difference !== 0) return this.#order[i]!.isDescending ? -difference : difference;
      }
      return keys[left]! - keys[right]!;
    });
    places.length = Math.min(length, places.length);
    this.keys = places.map((place) => keys[place]!);
    this.#columns = columns.map((column) => places.map((place) => column[place]!));
  }
  compare(left: Row, right: Row): number {
    for (let i = 0; i < this.#order.length; i++) {
      const difference = compare(left.values[i]!, right.values[i]!);
      if (difference !== 0) return this.#order[i]!.isDescending ? -difference : difference;
    }
    return left.key - right.key;
  }
}
