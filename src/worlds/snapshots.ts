/** The snapshots of a world by name, the latest last; many hold the same layers, fault rules, settings and sessions. */
import { Layer } from '../store/layer.ts';
import { weightOf } from '../store/weight.ts';
import type { Snapshot } from '../store/world.ts';

/** Bytes of a snapshot beside what it holds: its name, its counters, its place. */
const OWN = 1000;

export class Snapshots extends Map<string, Snapshot> {
  /** How many snapshots hold a layer or an extra. */
  readonly #holders = new Map<unknown, number>();
  readonly #shared: () => readonly unknown[];
  /** About how many bytes all hold together, but for what the worlds share. */
  weight = 0;

  constructor(shared: () => readonly unknown[]) {
    super();
    this.#shared = shared;
  }

  holds(layer: Layer): boolean {
    return this.#holders.has(layer);
  }
  /** What a snapshot of the world as it is would weigh, beside the records that the world holds. */
  ownWeight({ extras }: Pick<Snapshot, 'extras'>): number {
    const shared = this.#shared();
    const added = [...extras.values()].filter((extra) => !this.#holders.has(extra) && !shared.includes(extra));
    return added.reduce((sum: number, extra) => sum + partWeight(extra), OWN);
  }
  override set(name: string, snapshot: Snapshot): this {
    this.#letGo(name);
    const shared = this.#shared();
    this.weight += OWN;
    for (const part of partsOf(snapshot)) {
      if (shared.includes(part)) continue;
      const holders = this.#holders.get(part) ?? 0;
      if (holders === 0) this.weight += partWeight(part);
      this.#holders.set(part, holders + 1);
    }
    return super.set(name, snapshot);
  }
  override delete(name: string): boolean {
    this.#letGo(name);
    return super.delete(name);
  }
  #letGo(name: string): void {
    const snapshot = this.get(name);
    if (snapshot === undefined) return;
    this.weight -= OWN;
    for (const part of partsOf(snapshot)) {
      const holders = (this.#holders.get(part) ?? 0) - 1;
      if (holders > 0) this.#holders.set(part, holders);
      else if (holders === 0) {
        this.#holders.delete(part);
        this.weight -= partWeight(part);
      }
    }
  }
}

const partsOf = ({ layers, extras }: Snapshot): readonly unknown[] => [...layers, ...extras.values()];
const partWeight = (part: unknown): number => (part instanceof Layer ? part.weight : weightOf(part as object));
