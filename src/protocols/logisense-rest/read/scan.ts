/** The records that meet a search's conditions, found by looking at one after another, in turns. */
import type { Key } from '../../../contract/entity.ts';
import type { Work } from '../../../work.ts';

export interface Selection {
  /** How many records there are on all pages. */
  count(): Work<number>;
  /** Keys from the `offset`-th on, at most `limit`; undefined wherever the work may be interrupted. */
  keys(offset: number, limit: number): Generator<Key | undefined>;
  /** How many records have been looked at, one after another, to find these. */
  readonly looked: number;
}

/** Keys in their order from a position on; undefined wherever the work may be interrupted. */
export type Source = (position: number) => Iterable<Key | undefined>;

/** Keys of matches kept for further pages; those behind are looked for again from where the last kept one stood. */
const MAX_KEPT = 1_000_000;

/** Callers that ask for the same search share the looking. */
export class Scan implements Selection {
  readonly #source: Source;
  readonly #matches: (key: number) => boolean;
  readonly #candidates: Iterator<Key | undefined>;
  readonly #kept: Key[] = [];
  #keptTo = 0;
  #looked = 0;
  #found = 0;
  #isDone = false;

  constructor(source: Source, matches: (key: number) => boolean) {
    this.#source = source;
    this.#matches = matches;
    this.#candidates = source(0)[Symbol.iterator]();
  }
  get looked(): number {
    return this.#looked;
  }
  *count(): Work<number> {
    yield* this.#find(Number.POSITIVE_INFINITY);
    return this.#found;
  }
  *keys(offset: number, limit: number): Generator<Key | undefined> {
    yield* this.#find(offset + limit);
    yield* this.#kept.slice(offset, offset + limit);
    if (this.#found > this.#kept.length && offset + limit > this.#kept.length) {
      yield* this.#behind(Math.max(0, offset - this.#kept.length), limit - Math.max(0, this.#kept.length - offset));
    }
  }
  *#find(wanted: number): Work<void> {
    while (!this.#isDone && this.#found < wanted) {
      const { done, value } = this.#candidates.next();
      if (done) {
        this.#isDone = true;
        return;
      }
      if (value === undefined) {
        yield;
        continue;
      }
      this.#looked++;
      if (this.#matches(value as number)) {
        this.#found++;
        if (this.#kept.length < MAX_KEPT) {
          this.#kept.push(value);
          this.#keptTo = this.#looked;
        }
      }
      yield;
    }
  }
  /** Matches that were not kept. */
  *#behind(offset: number, limit: number): Generator<Key | undefined> {
    let at = 0;
    for (const key of this.#source(this.#keptTo)) {
      if (key === undefined || !this.#matches(key as number)) yield undefined;
      else if (at++ >= offset) {
        if (at > offset + limit) return;
        yield key;
      }
    }
  }
}
