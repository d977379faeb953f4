/** What was written, laid over the untouched world; layers below the top are frozen and may be shared by snapshots. */
import type { Key, StoredRecord } from '../contract/entity.ts';
import { atOnce, type Work } from '../work.ts';
import { weightOf } from './weight.ts';

/** A record, or `null` where one was deleted. */
export type Entry = StoredRecord | null;

/** Value of a member → the keys of the records that hold it; most values have one holder, which needs no set. */
type Holders = Map<unknown, Key | Set<Key>>;

export class Layer {
  readonly tables = new Map<string, Map<Key, Entry>>();
  /** Table → member → holders; made when first asked for. All who share the layer share them. */
  #holders: Map<string, Map<string, Holders>> | undefined;
  /** What the entries weigh, about: bytes. */
  weight = 0;

  get isEmpty(): boolean {
    return this.tables.size === 0;
  }
  get size(): number {
    let size = 0;
    for (const entries of this.tables.values()) size += entries.size;
    return size;
  }
  get(table: string, key: Key): Entry | undefined {
    return this.tables.get(table)?.get(key);
  }
  set(table: string, key: Key, entry: Entry): void {
    this.weight += weightOf(entry);
    this.#lay(table, key, entry);
  }
  drop(table: string, key: Key): void {
    const entries = this.tables.get(table);
    const before = entries?.get(key);
    if (entries === undefined || before === undefined) return;
    this.weight -= weightOf(before);
    if (this.#holders !== undefined) this.#move(table, key, before, undefined);
    entries.delete(key);
    if (entries.size === 0) this.tables.delete(table);
  }
  #lay(table: string, key: Key, entry: Entry): void {
    let entries = this.tables.get(table);
    if (entries === undefined) this.tables.set(table, (entries = new Map()));
    const before = entries.get(key);
    if (before !== undefined) this.weight -= weightOf(before);
    if (this.#holders !== undefined) this.#move(table, key, before, entry);
    entries.set(key, entry);
  }
  /** Several layers as one; later ones win. What was weighed before is not weighed again. */
  static *merging(layers: readonly Layer[]): Work<Layer> {
    const merged = new Layer();
    let copied = 0;
    for (const layer of layers) {
      merged.weight += layer.weight;
      for (const [table, entries] of layer.tables) {
        for (const [key, entry] of entries) {
          merged.#lay(table, key, entry);
          if (++copied % 1000 === 0) yield;
        }
      }
    }
    return merged;
  }

  /** Keys of the records here whose member has this value. */
  holding(table: string, member: string, value: unknown): Iterable<Key> {
    const entries = this.tables.get(table);
    if (entries === undefined) return NO_KEYS;
    this.#holders ??= new Map();
    let members = this.#holders.get(table);
    if (members === undefined) this.#holders.set(table, (members = new Map()));
    let holders = members.get(member);
    if (holders === undefined) {
      members.set(member, (holders = new Map()));
      for (const [key, entry] of entries) if (entry) hold(holders, entry[member], key);
    }
    const keys = holders.get(value) ?? NO_KEYS;
    return typeof keys === 'object' ? keys : [keys];
  }
  #move(table: string, key: Key, before: Entry | undefined, after: Entry | undefined): void {
    for (const [member, holders] of this.#holders!.get(table) ?? []) {
      if (before) release(holders, before[member], key);
      if (after) hold(holders, after[member], key);
    }
  }
}

const NO_KEYS: ReadonlySet<Key> = new Set();

function hold(holders: Holders, value: unknown, key: Key): void {
  const keys = holders.get(value);
  if (keys === undefined || keys === key) holders.set(value, key);
  else if (typeof keys === 'object') keys.add(key);
  else holders.set(value, new Set([keys, key]));
}
function release(holders: Holders, value: unknown, key: Key): void {
  const keys = holders.get(value);
  if (typeof keys === 'object') keys.delete(key);
  else holders.delete(value);
}

export const merging = (layers: readonly Layer[]): Work<Layer> => Layer.merging(layers);
export const merge = (layers: readonly Layer[]): Layer => atOnce(merging(layers));

/** Entries that are copied together at most: more would hold up every other caller. */
const MAX_MERGED = 50_000;

/**
 * A layer laid on others. Each stays more than twice as large as the next, so that a read passes few of them however many
 * snapshots were taken, and a large one is not copied for the sake of a small one. Those in the `ground`, which worlds share,
 * stay as they are.
 */
export function stack(layers: readonly Layer[], top: Layer, ground: readonly Layer[] = []): readonly Layer[] {
  const stacked = [...layers];
  let last = top;
  for (let below = stacked.at(-1); below !== undefined && !ground.includes(below) && below.size <= 2 * last.size; below = stacked.at(-1)) {
    if (below.size + last.size > MAX_MERGED) break;
    stacked.pop();
    last = merge([below, last]);
  }
  stacked.push(last);
  return stacked;
}

/** Equality of neutral JSON. */
export function equal(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => Object.hasOwn(right, name) && equal((left as StoredRecord)[name], (right as StoredRecord)[name]));
}
