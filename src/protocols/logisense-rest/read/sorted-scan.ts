/**
 * What a search found, in an order that no table keeps. A sort keeps the page that is asked for and some records behind it, not
 * the list: a later page comes from there, or goes on behind the last record of it.
 */
import type { Key } from '../../../contract/entity.ts';
import { sorted, type Work } from '../../../store/turns.ts';
import { compare, type Value } from './condition.ts';
import type { Order } from './search.ts';
import type { Selection } from './scan.ts';

interface Row {
  readonly key: number;
  /** What it is sorted by. */
  readonly values: readonly Value[];
}
/** A stretch of the sorted list. */
interface Stretch {
  readonly start: number;
  readonly rows: readonly Row[];
  /** No record follows. */
  readonly isLast: boolean;
}

/** Rows of one stretch, at least and at most. */
const MIN_STRETCH = 1000;
const MAX_STRETCH = 500_000;

export class SortedScan implements Selection {
  readonly #scan: Selection;
  readonly #valuesOf: (key: number) => readonly Value[];
  readonly #compare: (left: Row, right: Row) => number;
  /** Of the last page that was asked for. */
  #stretch: Stretch | undefined;

  constructor(scan: Selection, order: readonly Order[], valuesOf: (key: number) => readonly Value[]) {
    this.#scan = scan;
    this.#valuesOf = valuesOf;
    this.#compare = (left, right) => {
      for (let i = 0; i < order.length; i++) {
        const difference = compare(left.values[i]!, right.values[i]!);
        if (difference !== 0) return order[i]!.isDescending ? -difference : difference;
      }
      return left.key - right.key;
    };
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
      if (stretch === undefined || at < stretch.start) stretch = yield* this.#after(undefined, end);
      while (!stretch.isLast && stretch.start + stretch.rows.length <= at) stretch = yield* this.#after(stretch, end);
      this.#stretch = stretch;
      const rows = stretch.rows.slice(at - stretch.start, end - stretch.start);
      if (rows.length === 0) return;
      for (const { key } of rows) yield key;
      at += rows.length;
    }
  }

  /** The stretch behind another one, long enough to reach `end` where that is not too far. */
  *#after(before: Stretch | undefined, end: number): Work<Stretch> {
    const start = before === undefined ? 0 : before.start + before.rows.length;
    const least = before?.rows.at(-1);
    const length = Math.min(MAX_STRETCH, Math.max(MIN_STRETCH, end - start));
    let rows: Row[] = [];
    let greatest: Row | undefined;
    for (const key of this.#scan.keys(0, Number.POSITIVE_INFINITY)) {
      yield;
      if (key === undefined) continue;
      const row: Row = { key: key as number, values: this.#valuesOf(key as number) };
      if (least !== undefined && this.#compare(row, least) <= 0) continue;
      if (greatest !== undefined && this.#compare(row, greatest) > 0) continue;
      rows.push(row);
      if (rows.length < 2 * length) continue;
      rows = (yield* sorted(rows, this.#compare)).slice(0, length);
      greatest = rows.at(-1);
    }
    rows = yield* sorted(rows, this.#compare);
    // What was found is all there is, unless something had to go.
    return { start, rows: rows.slice(0, length), isLast: greatest === undefined && rows.length <= length };
  }
}
