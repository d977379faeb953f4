/**
 * What a world was asked and answered, the latest calls only. An entry is the call itself, with nothing formatted until
 * somebody reads it: what the journal costs a call is a few field writes.
 */
import type { ServedCall } from '../exchange/served-call.ts';

export type Listener = (call: ServedCall) => void;

export class Journal {
  /** A ring by the number of the call in its world, so that an id leads to its entry by arithmetic. */
  #ring: (ServedCall | undefined)[] = EMPTY;
  #capacity = 0;
  #listeners: Set<Listener> | undefined;

  record(call: ServedCall, capacity: number): void {
    if (capacity !== this.#capacity) this.#resize(capacity);
    if (capacity > 0) {
      const at = call.number % capacity;
      const there = this.#ring[at];
      // A call that took long may end after the ring has gone past it.
      if (there === undefined || there.number < call.number) this.#ring[at] = call;
    }
    if (this.#listeners !== undefined) for (const listen of this.#listeners) listen(call);
  }
  /** The call with this number; undefined where it was never made, is not answered yet or has been forgotten. */
  entry(number: number): ServedCall | undefined {
    const there = this.#capacity === 0 ? undefined : this.#ring[number % this.#capacity];
    return there?.number === number ? there : undefined;
  }
  /** Newest first. */
  entries(): ServedCall[] {
    return this.#ring.filter((entry) => entry !== undefined).sort((left, right) => right.number - left.number);
  }
  clear(): void {
    this.#ring = [];
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

  #resize(capacity: number): void {
    const kept = this.entries().slice(0, capacity);
    this.#ring = [];
    this.#capacity = capacity;
    for (const entry of kept) this.#ring[entry.number % capacity] = entry;
  }
}

const EMPTY: (ServedCall | undefined)[] = [];
