/** A world that the mock holds, with what the test author keeps beside it: journal, snapshots, when it was last used. */
import type { WorldSettings } from '../options.ts';
import type { Layer } from '../store/layer.ts';
import type { World } from '../store/world.ts';
import { Journal } from '../journal/journal.ts';
import { Snapshots } from './snapshots.ts';

/** Where a world keeps settings of its own: reset, snapshot and restore take them along. */
const EXTRA = 'settings';

export const settingsOfWorld = ({ extras }: World): WorldSettings | undefined =>
  extras.size === 0 ? undefined : (extras.get(EXTRA) as WorldSettings | undefined);

export function setSettingsOfWorld(world: World, settings: WorldSettings | undefined): void {
  const extras = new Map(world.extras);
  if (settings === undefined) extras.delete(EXTRA);
  else extras.set(EXTRA, settings);
  world.extras = extras;
}

export class WorldSession {
  readonly world: World;
  readonly journal = new Journal();
  /** What it was told to start from, where its name does not say so. */
  readonly scenario: string | undefined;
  /** On the monotonic timer. */
  lastUsed = 0;
  /** Calls that are not answered yet. */
  underWay = 0;
  /** As it was weighed last. */
  weighed = 0;
  #snapshots: Snapshots | undefined;

  constructor(world: World, scenario?: string) {
    this.world = world;
    this.scenario = scenario;
  }
  get snapshots(): Snapshots {
    this.#snapshots ??= new Snapshots(() => this.#shared);
    return this.#snapshots;
  }
  /** About how many bytes of records it holds that no other world does. */
  get weight(): number {
    return this.weightWith(this.world.layers());
  }
  /** The same with other layers in place of the world's. */
  weightWith(layers: readonly Layer[]): number {
    const shared = this.world.start?.layers ?? [];
    let weight = this.#snapshots?.weight ?? 0;
    for (const layer of layers) if (!shared.includes(layer) && !this.#snapshots?.holds(layer)) weight += layer.weight;
    return weight;
  }
  /** What it started from, which other worlds hold too. */
  get #shared(): readonly unknown[] {
    const { start } = this.world;
    return start === undefined ? [] : [...start.layers, ...start.extras.values()];
  }
  /** Settings of this world's own; undefined where it follows the mock's. */
  get settings(): WorldSettings | undefined {
    return settingsOfWorld(this.world);
  }
  set settings(settings: WorldSettings | undefined) {
    setSettingsOfWorld(this.world, settings);
  }
}
