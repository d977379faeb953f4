/** How many bytes all journals of a mock hold: when there are too many, the oldest entries go, whichever journal has them. */

/** An entry, with its place in the order in which all came. */
export interface Evictable {
  /** About what it holds. */
  readonly bytes: number;
  older: Evictable | undefined;
  newer: Evictable | undefined;
  /** Told that it had to go. */
  evicted(): void;
}

export class JournalMemory {
  readonly #max: number;
  readonly #onEvicted: () => void;
  #oldest: Evictable | undefined;
  #newest: Evictable | undefined;
  #size = 0;

  /** `max` bytes; `onEvicted` is told each time that entries had to go for want of room. */
  constructor(max: number, onEvicted: () => void) {
    this.#max = max;
    this.#onEvicted = onEvicted;
  }
  add(entry: Evictable): void {
    this.#size += entry.bytes;
    entry.older = this.#newest;
    if (this.#newest === undefined) this.#oldest = entry;
    else this.#newest.newer = entry;
    this.#newest = entry;
    if (this.#size > this.#max) this.#makeRoom();
  }
  /** Does nothing where it is gone already. */
  remove(entry: Evictable): void {
    const { older, newer } = entry;
    if (older === undefined && this.#oldest !== entry) return;
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
    entry.older = entry.newer = undefined;
    this.#size -= entry.bytes;
  }
  #makeRoom(): void {
    while (this.#size > this.#max && this.#oldest !== this.#newest) {
      const oldest = this.#oldest!;
      this.remove(oldest);
      oldest.evicted();
    }
    this.#onEvicted();
  }
}
