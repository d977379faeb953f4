/** What was composed from records lately, by key, within bounds: what follows from unchanged records need be made only once. */
/** Answers kept per API; the oldest goes first. */
const MOST = 256;

export class MemoCache {
  readonly api: string;
  /** Made when first needed: worlds are many. */
  #known: Map<string | number, object> | undefined;

  constructor(api: string) {
    this.api = api;
  }
  recall<T extends object>(key: string | number, make: () => T): T {
    const known = this.#known?.get(key);
    if (known !== undefined) return known as T;
    const made = make();
    this.#known ??= new Map();
    if (this.#known.size >= MOST) this.#known.delete(this.#known.keys().next().value as string | number);
    this.#known.set(key, made);
    return made;
  }
  forget(): void {
    this.#known = undefined;
  }
}
