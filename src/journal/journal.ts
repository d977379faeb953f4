/** What a world was asked and answered, the latest calls only, within bounds of number and of bytes. */
import type { CallRecord } from './record.ts';

export type Listener = (record: CallRecord) => void;

export class Journal {
  /** A ring by the number of the call in its world, so that an id leads to its entry by arithmetic. */
  #ring: (CallRecord | undefined)[] = EMPTY;
  #capacity = 0;
  #listeners: Set<Listener> | undefined;

  record(record: CallRecord, capacity: number): void {
    if (capacity !== this.#capacity) this.#resize(capacity);
    if (capacity > 0) {
      const at = record.number % capacity;
      const there = this.#ring[at];
      // A call that took long may end after the ring has gone past it.
      if (there === undefined || there.number < record.number) {
        if (there !== undefined) this.#drop(there);
        this.#ring[at] = record;
        record.keeper = this;
      }
    }
    if (this.#listeners !== undefined) for (const listen of this.#listeners) listen(record);
    if (record.keeper === undefined) record.free();
  }
  /** Whether somebody listens. */
  get isHeard(): boolean {
    return this.#listeners !== undefined;
  }
  /** The call with this number; undefined where it was never made, is not answered yet or has been forgotten. */
  entry(number: number): CallRecord | undefined {
    const there = this.#capacity === 0 ? undefined : this.#ring[number % this.#capacity];
    return there?.number === number ? there : undefined;
  }
  /** Newest first. */
  entries(): CallRecord[] {
    return this.#ring.filter((entry) => entry !== undefined).sort((left, right) => right.number - left.number);
  }
  clear(): void {
    for (const entry of this.#ring) if (entry !== undefined) this.#drop(entry);
    this.#ring = [];
  }
  /** Forgets one entry, for whose text there is no room any more. */
  forget(record: CallRecord): void {
    const at = record.number % this.#capacity;
    if (this.#ring[at] === record) this.#ring[at] = undefined;
  }
  /** Calls `listener` for every call from now on, until the given function is called. */
  listen(listener: Listener): () => void {
    this.#listeners ??= new Set();
    const listeners = this.#listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners = undefined;
    };
  }

  #drop(record: CallRecord): void {
    record.keeper = undefined;
    record.free();
  }
  #resize(capacity: number): void {
    const entries = this.entries();
    for (const dropped of entries.slice(capacity)) this.#drop(dropped);
    this.#ring = [];
    this.#capacity = capacity;
    for (const entry of entries.slice(0, capacity)) this.#ring[entry.number % capacity] = entry;
  }
}

const EMPTY: (CallRecord | undefined)[] = [];
