/** How many bytes all journals of a mock hold: when there are too many, the oldest entries go, whichever journal has them. */

/** An entry, with its place in the order in which all came. */
export interface Tenant {
  /** About what it holds. */
  readonly bytes: number;
  older: Tenant | undefined;
  newer: Tenant | undefined;
  /** Told that it had to go. */
  evicted(): void;
}

export class JournalMemory {
  readonly #max: number;
  readonly #onEvicted: () => void;
  #oldest: Tenant | undefined;
  #newest: Tenant | undefined;
  #size = 0;

  /** `max` bytes; `onEvicted` is told each time that entries had to go for want of room. */
  constructor(max: number, onEvicted: () => void) {
    this.#max = max;
    this.#onEvicted = onEvicted;
  }
  add(tenant: Tenant): void {
    this.#size += tenant.bytes;
    tenant.older = this.#newest;
    if (this.#newest === undefined) this.#oldest = tenant;
    else this.#newest.newer = tenant;
    this.#newest = tenant;
    if (this.#size > this.#max) this.#makeRoom();
  }
  /** Does nothing where it is gone already. */
  remove(tenant: Tenant): void {
    const { older, newer } = tenant;
    if (older === undefined && this.#oldest !== tenant) return;
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
    tenant.older = tenant.newer = undefined;
    this.#size -= tenant.bytes;
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
