/**
 * All worlds in a file. A write is appended to a log beside it before its caller is answered, so that no acknowledged one is
 * lost when the process is killed; the log is folded into the file at start and at stop.
 */
import { MockError } from '../mock-error.ts';
import type { Change, World } from '../store/world.ts';
import type { WorldManager, Aspect } from './manager.ts';
import { fileSystem, readJson, readText } from './files.ts';
import type { WorldSession } from './session.ts';
import { keyOf } from './records.ts';
import { exportState, readState, type WorldState } from './state.ts';

/** The file's form; another number is refused. */
const FORM = 1;

interface Saved {
  readonly form: number;
  readonly seed: string;
  readonly worlds: Readonly<Record<string, WorldState>>;
}

/** One line of the log. Each says how things are, not by how much they changed: playing one twice does no harm. */
interface Line {
  readonly world: string;
  /** Whole records by table and key. */
  readonly records?: Readonly<Record<string, Readonly<Record<string, Change['entry']>>>>;
  readonly counters?: Readonly<Record<string, number>>;
  /** In place of everything. */
  readonly state?: WorldState;
  /** In place of these members of the state. */
  readonly part?: Omit<WorldState, 'records'>;
  readonly isDropped?: true;
}

/** Loads the worlds of a file and keeps it true from then on. Gives the function that folds the log in and lets go. */
export function keepState(manager: WorldManager, path: string): () => void {
  const fs = fileSystem();
  const log = `${path}.log`;
  load(manager, path, log);
  const save = (): void => {
    const worlds = [...manager.worlds.all()].map((session): [string, WorldState] => [session.world.name, exportState(manager, session)]);
    const saved: Saved = { form: FORM, seed: manager.base.seed, worlds: Object.fromEntries(worlds) };
    fs.writeFileSync(`${path}.new`, `${JSON.stringify(saved, null, 2)}\n`);
    fs.renameSync(`${path}.new`, path);
    fs.writeFileSync(log, '');
  };
  let file: number;
  try {
    save();
    file = fs.openSync(log, 'a');
  } catch (error) {
    throw new MockError(
      'unwritable-file',
      `The state file ${path} cannot be written: ${(error as Error).message}.`,
      'Give a path that this user may write.',
    );
  }

  let size = 0;
  const append = (line: Line): void => {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    try {
      for (let at = 0; at < bytes.length; ) at += fs.writeSync(file, bytes, at);
      size += bytes.length;
    } catch (error) {
      // Half a line would spoil those after it.
      fs.ftruncateSync(file, size);
      throw new MockError(
        'unwritable-file',
        `The write was not made: ${log} does not take it (${(error as Error).message}).`,
        'Make room on the disk.',
      );
    }
  };
  const follow = (world: World): void => {
    world.onCommit = (changes) => append(commit(world, changes));
  };
  for (const session of manager.worlds.all()) follow(session.world);
  manager.onWorldMade = (world) => {
    append({ world: world.name, records: {} });
    follow(world);
  };
  manager.onWorldChanged = (session, aspect) => append(changed(manager, session, aspect));
  manager.onWorldDropped = (world) => append({ world, isDropped: true });

  return () => {
    manager.onWorldMade = manager.onWorldChanged = manager.onWorldDropped = undefined;
    for (const { world } of manager.worlds.all()) world.onCommit = undefined;
    fs.closeSync(file);
    save();
    fs.rmSync(log);
  };
}

function commit(world: World, changes: readonly Change[]): Line {
  const records: Record<string, Record<string, Change['entry']>> = {};
  for (const { table, key, entry } of changes) {
    records[table] ??= {};
    records[table][key] = entry;
  }
  return { world: world.name, records, counters: Object.fromEntries(world.counters) };
}

function changed(manager: WorldManager, session: WorldSession, aspect: Aspect): Line {
  const state = aspect === 'all' ? exportState(manager, session) : undefined;
  if (state !== undefined) return { world: session.world.name, state };
  const { records: _, counters: __, ...part } = exportState(manager, session, false);
  return { world: session.world.name, part };
}

function load(manager: WorldManager, path: string, log: string): void {
  const text = readText(path);
  if (text !== undefined && text !== '') {
    const { form, seed, worlds } = readJson(path, text) as Saved;
    if (form !== FORM || typeof worlds !== 'object')
      throw new MockError('bad-state-file', `${path} is no state file of this version.`, 'Give another path.');
    if (seed !== manager.base.seed) {
      throw new MockError(
        'bad-state-file',
        `${path} was made with the seed "${seed}", not "${manager.base.seed}".`,
        `Start with --seed ${seed}, or give another path.`,
      );
    }
    for (const [name, state] of Object.entries(worlds)) manager.worlds.get(name).world.restore(readState(manager, state).snapshot());
  }
  // What was being written when the process was killed was never acknowledged: the last piece ends without a line break.
  const lines = (readText(log) ?? '').split('\n').slice(0, -1);
  for (const line of lines) play(manager, readJson(log, line) as Line);
}

function play(manager: WorldManager, line: Line): void {
  if (line.isDropped) {
    manager.worlds.drop(line.world);
    return;
  }
  const session = manager.worlds.get(line.world);
  const { world } = session;
  if (line.state !== undefined) world.restore(readState(manager, line.state).snapshot());
  if (line.part !== undefined) {
    const { records } = exportState(manager, session);
    world.restore(readState(manager, { ...line.part, records, counters: Object.fromEntries(world.counters) }).snapshot());
  }
  world.transact(() => {
    for (const [table, entries] of Object.entries(line.records ?? {})) {
      const known = world.base.tables.get(table);
      if (known === undefined)
        throw new MockError('bad-state-file', `The state file has records of ${table}, which is not served.`, 'Serve its API as well.');
      for (const [key, entry] of Object.entries(entries)) world.write(known, keyOf(known, key), entry);
    }
  });
  for (const [table, next] of Object.entries(line.counters ?? {})) world.setCounter(table, next);
}
