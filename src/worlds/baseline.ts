/** What every world starts from: the generated records, with those of data files or values laid over them. */
import type { DataRecords } from '../options.ts';
import { MockError } from '../mock-error.ts';
import { Layer, merge } from '../store/layer.ts';
import { type Snapshot, World } from '../store/world.ts';
import type { WorldManager } from './manager.ts';
import { fileSystem, readJson, readText } from './files.ts';
import { applyRecords } from './records.ts';

/** How often a watched file is looked at, in milliseconds. */
const WATCH_INTERVAL = 250;

/** Lays the data under all worlds; later ones win. Throws, and changes nothing, where they name what does not exist. */
export function applyBaseline(manager: WorldManager, data: readonly (string | DataRecords)[]): void {
  const world = new World('', manager.base, manager.clock);
  for (const one of data) {
    const where = typeof one === 'string' ? one : 'the data';
    try {
      applyRecords(world, recordsOf(typeof one === 'string' ? readFile(one) : one));
    } catch (error) {
      if (error instanceof MockError && error.code === 'bad-state') throw new MockError('bad-data', `In ${where}: ${error.message}`, '');
      throw error;
    }
  }
  moveTo(manager, world.snapshot());
}

function readFile(path: string): unknown {
  const text = readText(path);
  if (text === undefined) throw new MockError('unreadable-file', `There is no file ${path}.`, 'Give one that is there.');
  return readJson(path, text);
}

/** The records alone, or a whole state as `GET /__admin/state` gives it. */
function recordsOf(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  if ('form' in data && 'worlds' in data) throw new MockError('bad-state', 'This is a state file with all worlds.', 'Give it to --state.');
  return 'records' in data ? data.records : data;
}

/** Puts a new baseline under worlds and snapshots; what was written in them stays. */
function moveTo(manager: WorldManager, baseline: Snapshot): void {
  const before = manager.baseline;
  manager.setBaseline(baseline);
  for (const session of manager.worlds.all()) {
    // A world of a scenario has another start.
    if (session.world.start !== before) continue;
    session.world.start = baseline;
    session.world.restore(moved(session.world.snapshot(), before, baseline));
    for (const [name, snapshot] of session.snapshots) session.snapshots.set(name, moved(snapshot, before, baseline));
  }
}

function moved(snapshot: Snapshot, before: Snapshot | undefined, baseline: Snapshot): Snapshot {
  const written = new Layer();
  const old = merge(before?.layers ?? []);
  for (const [table, entries] of merge(snapshot.layers).tables) {
    for (const [key, entry] of entries) if (old.get(table, key) !== entry) written.set(table, key, entry);
  }
  const counters = new Map(snapshot.counters);
  for (const [table, next] of baseline.counters) counters.set(table, Math.max(next, counters.get(table) ?? 0));
  return { ...snapshot, layers: [...baseline.layers, written].filter((layer) => !layer.isEmpty), counters };
}

/** Reads the files again when they change; a file with a mistake in it changes nothing and is reported. */
export function watchBaseline(manager: WorldManager, data: readonly (string | DataRecords)[]): void {
  const again = (path: string): void => {
    try {
      applyBaseline(manager, data);
      manager.log?.({ event: 'note', message: `${path} was read again.` });
    } catch (error) {
      manager.log?.({ event: 'mistake', message: `${path} changed and was not taken: ${(error as Error).message}` });
    }
  };
  for (const path of data.filter((one) => typeof one === 'string')) {
    let known = stamp(path);
    const timer = setInterval(() => {
      const now = stamp(path);
      if (now === known) return;
      known = now;
      again(path);
    }, WATCH_INTERVAL);
    timer.unref();
    manager.onClose(() => clearInterval(timer));
  }
}

/** Another text when the file has changed; looked at from time to time, since an editor replaces the file that a watch hangs on. */
function stamp(path: string): string {
  const stats = fileSystem().statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
}
