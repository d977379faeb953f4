/** Scenarios of one's own: `NAME.json` in a folder, read at the start and, where it is watched, again when it changes. */
import { isJsonObject } from '../../json-object.ts';
import { MockError } from '../../mock-error.ts';
import { atOnce, type Work } from '../../work.ts';
import type { World } from '../../store/world.ts';
import { changedClock } from '../clock.ts';
import { fileSystem, readJson, readText } from '../files.ts';
import type { WorldManager } from '../manager.ts';
import { readingState } from '../state.ts';

const MEMBERS = ['records', 'faults', 'settings', 'clock'];
/** How often a watched folder is looked at, in milliseconds. */
const WATCH_INTERVAL = 250;

/** A world in the state that a scenario's JSON says: `records`, `faults` and `settings` as in a state, `clock` as its PUT takes it. */
export function* readingScenario(manager: WorldManager, input: unknown): Work<World> {
  if (!isJsonObject(input)) throw new MockError('bad-scenario', 'A scenario is a JSON object.', `It may have ${MEMBERS.join(', ')}.`);
  const { clock, ...state } = input as Record<string, unknown>;
  for (const member of Object.keys(state)) {
    if (!MEMBERS.includes(member))
      throw new MockError('bad-scenario', `A scenario has no member "${member.slice(0, 80)}".`, `It may have ${MEMBERS.join(', ')}.`);
  }
  const world = yield* readingState(manager, { records: {}, ...state }, manager.untouched());
  if (clock !== undefined) world.clock = changedClock(world.clock, clock);
  return world;
}

export function loadScenarios(manager: WorldManager, folders: readonly string[]): void {
  for (const folder of folders) for (const name of namesIn(folder)) load(manager, folder, name);
}

/** Reads files again when they change, and new ones; a file with a mistake in it changes nothing and is told. */
export function watchScenarios(manager: WorldManager, folders: readonly string[]): void {
  for (const folder of folders) {
    const known = new Map(namesIn(folder).map((name) => [name, stamp(folder, name)]));
    const timer = setInterval(() => {
      for (const name of namesIn(folder)) {
        const now = stamp(folder, name);
        if (known.get(name) === now) continue;
        known.set(name, now);
        try {
          load(manager, folder, name);
          manager.log?.({ event: 'note', message: `The scenario ${name} was read again.` });
        } catch (error) {
          manager.log?.({ event: 'mistake', message: `The scenario ${name} changed and was not taken: ${(error as Error).message}` });
        }
      }
    }, WATCH_INTERVAL);
    timer.unref();
    manager.onClose(() => clearInterval(timer));
  }
}

const pathOf = (folder: string, name: string): string => `${folder.replace(/[/\\]+$/, '')}/${name}.json`;

function namesIn(folder: string): string[] {
  try {
    return fileSystem()
      .readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
      .sort();
  } catch (error) {
    throw new MockError('unreadable-file', `The folder ${folder} cannot be read: ${(error as Error).message}.`, 'Give one that is there.');
  }
}

function load(manager: WorldManager, folder: string, name: string): void {
  const path = pathOf(folder, name);
  const input = readJson(path, readText(path) ?? '');
  try {
    const world = atOnce(readingScenario(manager, input));
    manager.scenarios.fromFile(name, { base: world.base, snapshot: world.snapshot() });
  } catch (error) {
    if (error instanceof MockError) throw new MockError(error.code, `In ${path}: ${error.message}`, '');
    throw error;
  }
}

/** Another text when the file has changed. */
function stamp(folder: string, name: string): string {
  const stats = fileSystem().statSync(pathOf(folder, name), { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
}
