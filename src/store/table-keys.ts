/** The keys of a table, ascending: by what they differ from the base's 1 … size, so that a page is arithmetic whatever the scale. */
import type { Key } from '../contract/entity.ts';
import type { BaseTable } from './base.ts';
import type { Entry } from './layer.ts';

export class TableKeys {
  readonly #base: BaseTable;
  /** Numbers of generated records that are gone, ascending. */
  readonly #gone: number[];
  /** Keys that the base does not have, ascending. */
  readonly #added: Key[];

  constructor(base: BaseTable, gone: number[], added: Key[]) {
    this.#base = base;
    this.#gone = gone;
    this.#added = added;
  }
  /** `entries`: all that was written to the table. */
  static of(base: BaseTable, entries: ReadonlyMap<Key, Entry>): TableKeys {
    const gone: number[] = [];
    const added: Key[] = [];
    for (const [key, entry] of entries) {
      const number = base.numberOf(key);
      if (entry === null && number !== undefined) gone.push(number);
      if (entry !== null && number === undefined) added.push(key);
    }
    gone.sort((left, right) => left - right);
    added.sort((left, right) => (left < right ? -1 : 1));
    return new TableKeys(base, gone, added);
  }
  copy(): TableKeys {
    return new TableKeys(this.#base, this.#gone.slice(), this.#added.slice());
  }
  /** Takes note of a key that has come or gone. */
  note(key: Key, number: number | undefined, isThere: boolean): void {
    if (number !== undefined) isThere ? remove(this.#gone, number) : insert(this.#gone, number);
    else isThere ? insert(this.#added, key) : remove(this.#added, key);
  }

  /** Of a sparse entity every number is asked. */
  count(): number {
    if (this.#base.isDense) return this.#generatedLeft() + this.#added.length;
    let count = 0;
    for (const _ of this.ascending(0)) count++;
    return count;
  }
  *ascending(offset: number): Generator<Key> {
    const added = this.#added;
    const below = this.#addedBelow();
    for (let i = offset; i < below; i++) yield added[i]!;
    if (!this.#base.isDense) {
      yield* this.#sparseKeys(Math.max(0, offset - below), below);
      return;
    }
    const left = this.#generatedLeft();
    const skip = Math.max(0, offset - below);
    if (skip < left) for (const n of this.#numbersFrom(skip)) yield this.#base.keyOf(n);
    for (let i = below + Math.max(0, skip - left); i < added.length; i++) yield added[i]!;
  }
  *descending(offset: number): Generator<Key> {
    if (!this.#base.isDense) {
      yield* [...this.ascending(0)].reverse().slice(offset);
      return;
    }
    const [gone, added] = [this.#gone, this.#added];
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
        else yield this.#base.keyOf(n);
      }
    }
    for (let i = below - 1 - Math.max(0, skip - left); i >= 0; i--) yield added[i]!;
  }
  /** Generated numbers of a dense entity that are left, from the `offset`-th on. */
  *#numbersFrom(offset: number): Generator<number> {
    const gone = this.#gone;
    let n = this.#numberAt(offset);
    let next = place(gone, n);
    for (; n <= this.#base.size; n++) {
      if (gone[next] === n) next++;
      else yield n;
    }
  }
  /** Of a sparse entity every number is asked, and added keys may lie between those that exist. */
  *#sparseKeys(offset: number, firstAdded: number): Generator<Key> {
    const [gone, added] = [this.#gone, this.#added];
    let skip = offset;
    let next = firstAdded;
    for (let n = 1; n <= this.#base.size; n++) {
      while (next < added.length && (added[next] as number) < n) {
        if (skip > 0) skip--;
        else yield added[next]!;
        next++;
      }
      if (isIn(gone, n) || !this.#base.has(n)) continue;
      if (skip > 0) skip--;
      else yield this.#base.keyOf(n);
    }
    for (let i = next + skip; i < added.length; i++) yield added[i]!;
  }
  #generatedLeft(): number {
    return this.#base.size - this.#gone.length;
  }
  /** How many added keys lie below the first generated one: negative numbers that a data file chose. */
  #addedBelow(): number {
    const added = this.#added;
    return this.#base.entity.identity === 'number' ? place(added, 1) : 0;
  }
  /** The number of the `offset`-th generated record that is left (offset from 0). */
  #numberAt(offset: number): number {
    const gone = this.#gone;
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
