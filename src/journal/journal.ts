/** What a world was asked and answered, the latest calls only, within bounds of number and of bytes. */
import type { CallRecord } from './record.ts';

export type Listener = (record: CallRecord) => void;

export class Journal {
  /** A ring by the number of the call in its world, so that an id leads to its entry by arithmetic. */
  #ring: (CallRecord | undefined)[] = EMPTY;
  #capacity = 0;
  #listeners: Set<Listener> | undefined;
  readonly #memory: JournalMemory;

  constructor(memory: JournalMemory) {
    this.#memory = memory;
  }

  record(record: CallRecord, capacity: number): void {
    if (capacity !== this.#capacity) this.#resize(capacity);
    if (capacity > 0) {
      const at = record.number % capacity;
      const there = this.#ring[at];
      // A call that took long may end after the ring has gone past it.
      if (there === undefined || there.number < record.number) {
        if (there !== undefined) this.#memory.free(there);
        this.#ring[at] = record;
        this.#memory.take(this, record);
      }
    }
    if (this.#listeners !== undefined) for (const listen of this.#listeners) listen(record);
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
    for (const entry of this.#ring) if (entry !== undefined) this.#memory.free(entry);
    this.#ring = [];
  }
  /** Forgets one entry, which its memory no longer has room for. */
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

  #resize(capacity: number): void {
    const entries = this.entries();
    for (const dropped of entries.slice(capacity)) this.#memory.free(dropped);
    this.#ring = [];
    this.#capacity = capacity;
    for (const entry of entries.slice(0, capacity)) this.#ring[entry.number % capacity] = entry;
  }
}

const EMPTY: (CallRecord | undefined)[] = [];

/** The bytes that all journals of a mock hold together; the oldest entry goes first, whichever world it is of. */
export class JournalMemory {
  readonly #max: number;
  readonly #onDropped: () => void;
  #weight = 0;
  #held = 0;
  /** Oldest first from `#first` on; entries that their journal has let go of stay until they are passed. */
  #queue: (CallRecord | undefined)[] = [];
  #first = 0;

  /** `onDropped` is told each time that an entry had to go for want of room. */
  constructor(max: number, onDropped: () => void) {
    this.#max = max;
    this.#onDropped = onDropped;
  }
  get weight(): number {
    return this.#weight;
  }
  take(journal: Journal, record: CallRecord): void {
    record.keeper = journal;
    this.#weight += record.weight;
    this.#held++;
    this.#queue.push(record);
    while (this.#weight > this.#max && this.#first < this.#queue.length) {
      const oldest = this.#queue[this.#first]!;
      oldest.keeper!.forget(oldest);
      this.free(oldest);
      this.#onDropped();
    }
  }
  free(record: CallRecord): void {
    if (record.keeper === undefined) return;
    record.keeper = undefined;
    this.#weight -= record.weight;
    this.#held--;
    for (; this.#first < this.#queue.length && this.#queue[this.#first]!.keeper === undefined; this.#first++)
      this.#queue[this.#first] = undefined;
    if (this.#queue.length > 64 && this.#queue.length > 2 * this.#held) {
      this.#queue = this.#queue.filter((entry) => entry?.keeper !== undefined);
      this.#first = 0;
    }
  }
}
