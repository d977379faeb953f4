/** What was composed from records lately, by key, within bounds: what follows from unchanged records need be made only once. */

/** Values kept per API; the oldest goes first. */
const MAX_VALUES = 256;

export class MemoCache {
  readonly api: string;
  /** Made when first needed: worlds are many. */
  #values: Map<string | number, unknown> | undefined;

  constructor(api: string) {
    this.api = api;
  }
  /** The value kept under a key; made, and kept, where there is none. */
  getOrSet<T>(key: string | number, make: () => T): T {
    const known = this.#values?.get(key);
    if (known !== undefined) return known as T;
    const made = make();
    this.#values ??= new Map();
    if (this.#values.size >= MAX_VALUES) this.#values.delete(this.#values.keys().next().value as string | number);
    this.#values.set(key, made);
    return made;
  }
  clear(): void {
    this.#values = undefined;
  }
}
