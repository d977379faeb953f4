/** The snapshots of a world by name, the latest last; many hold the same layers. */
import type { Layer } from '../store/layer.ts';
import type { Snapshot } from '../store/world.ts';

export class Snapshots extends Map<string, Snapshot> {
  /** How many snapshots hold a layer. */
  readonly #holders = new Map<Layer, number>();
  readonly #shared: () => readonly Layer[];
  /** About how many bytes all layers together hold, but those that the worlds share. */
  weight = 0;

  constructor(shared: () => readonly Layer[]) {
    super();
    this.#shared = shared;
  }

  holds(layer: Layer): boolean {
    return this.#holders.has(layer);
  }
  override set(name: string, snapshot: Snapshot): this {
    this.#letGo(name);
    const shared = this.#shared();
    for (const layer of snapshot.layers) {
      if (shared.includes(layer)) continue;
      const holders = this.#holders.get(layer) ?? 0;
      if (holders === 0) this.weight += layer.weight;
      this.#holders.set(layer, holders + 1);
    }
    return super.set(name, snapshot);
  }
  override delete(name: string): boolean {
    this.#letGo(name);
    return super.delete(name);
  }
  #letGo(name: string): void {
    for (const layer of this.get(name)?.layers ?? []) {
      const holders = (this.#holders.get(layer) ?? 0) - 1;
      if (holders > 0) this.#holders.set(layer, holders);
      else if (holders === 0) {
        this.#holders.delete(layer);
        this.weight -= layer.weight;
      }
    }
  }
}
