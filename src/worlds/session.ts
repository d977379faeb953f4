/** A world that the mock holds, with what the test author keeps beside it: journal, snapshots, when it was last used. */
import type { WorldSettings } from '../options.ts';
import type { Snapshot, World } from '../store/world.ts';
import { Journal } from '../journal/journal.ts';

/** Where a world keeps settings of its own: reset, snapshot and restore take them along. */
const EXTRA = 'settings';

export const settingsOfWorld = ({ extras }: World): WorldSettings | undefined =>
  extras.size === 0 ? undefined : (extras.get(EXTRA) as WorldSettings | undefined);

export class WorldSession {
  readonly world: World;
  readonly journal = new Journal();
  /** What it was told to start from, where its name does not say so. */
  readonly scenario: string | undefined;
  /** On the monotonic timer. */
  lastUsed = 0;
  #snapshots: Map<string, Snapshot> | undefined;

  constructor(world: World, scenario?: string) {
    this.world = world;
    this.scenario = scenario;
  }
  get snapshots(): Map<string, Snapshot> {
    this.#snapshots ??= new Map();
    return this.#snapshots;
  }
  /** Settings of this world's own; undefined where it follows the mock's. */
  get settings(): WorldSettings | undefined {
    return settingsOfWorld(this.world);
  }
  set settings(settings: WorldSettings | undefined) {
    const extras = new Map(this.world.extras);
    if (settings === undefined) extras.delete(EXTRA);
    else extras.set(EXTRA, settings);
    this.world.extras = extras;
  }
}
