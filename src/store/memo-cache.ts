/** What was composed from records lately, by key, within bounds: what follows from unchanged records need be made only once. */

/** Values kept per API; the oldest goes first. */
const MAX_VALUES = 256;

/** Caches that hold anything at a time, of those that share a set of them: the one that was filled first is emptied. */
const MAX_FILLED = 200;

export class MemoCache {
  readonly api: string;
  /** Made when first needed: worlds are many. */
  #values: Map<string | number, unknown> | undefined;
  #filled: Set<MemoCache> | undefined;

  constructor(api: string) {
    this.api = api;
  }
  /** The value kept under a key; made, and kept, where there is none. `filled`: the caches of all worlds that hold anything. */
  getOrSet<T>(key: string | number, make: () => T, filled?: Set<MemoCache>): T {
    const known = this.#values?.get(key);
    if (known !== undefined) return known as T;
    const made = make();
    this.#values ??= this.#fill(filled);
    if (this.#values.size >= MAX_VALUES) this.#values.delete(this.#values.keys().next().value as string | number);
    this.#values.set(key, made);
    return made;
  }
  clear(): void {
    this.#values = undefined;
    this.#filled?.delete(this);
  }
  #fill(filled: Set<MemoCache> | undefined): Map<string | number, unknown> {
    this.#filled = filled?.add(this);
    if (filled !== undefined && filled.size > MAX_FILLED) filled.values().next().value?.clear();
    return new Map();
  }
}
