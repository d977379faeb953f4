/**
 * All worlds in a file. A write is appended to a log beside it before its caller is answered, so that no acknowledged one is
 * lost when the process is killed; the log is folded into the file at start, at stop, and in turns when it has grown long.
 */
import type * as FileSystem from 'node:fs';
import { MockError } from '../mock-error.ts';
import type { Base } from '../store/base.ts';
import { inPieces, inTurns } from '../store/turns.ts';
import { atOnce, type Work } from '../work.ts';
import type { Change, Snapshot, World } from '../store/world.ts';
import { lockFile } from './file-lock.ts';
import { fileSystem, readJson, readText } from './files.ts';
import { jsonTexts } from './json-texts.ts';
import type { Aspect, WorldManager } from './manager.ts';
import { checkMembers } from './record-check.ts';
import { keyOf } from './records.ts';
import type { WorldSession } from './session.ts';
import { exporting, exportState, exportWorld, readState, type WorldState } from './state.ts';

/** The file's form; another number is refused. */
const FORM = 1;
const DEFAULT_LOCALE = 'en';
/** Bytes of the log beyond which it is folded in, unless the file itself is longer. */
const FOLD_AT = 4_000_000;
/** The first line of a log: a file that begins with another is somebody else's. */
const HEAD = `${JSON.stringify({ contactsMockLog: FORM })}\n`;

interface SavedWorld extends WorldState {
  /** What it started from, where its name does not say so. */
  readonly scenario?: string;
  readonly snapshots?: Readonly<Record<string, WorldState>>;
}
interface Saved {
  readonly form: number;
  readonly seed: string;
  /** Left out where it is English. */
  readonly locale?: string;
  readonly worlds: Readonly<Record<string, SavedWorld>>;
}

/** One line of the log. Each says how things are, not by how much they changed: playing one twice does no harm. */
interface Line {
  readonly world: string;
  /** With which it was made. */
  readonly scenario?: string;
  /** Whole records by table and key. */
  readonly records?: Readonly<Record<string, Readonly<Record<string, Change['entry']>>>>;
  readonly counters?: Readonly<Record<string, number>>;
  /** In place of everything. */
  readonly state?: WorldState;
  /** In place of these members of the state. */
  readonly part?: Omit<WorldState, 'records'>;
  /** A snapshot that was taken, or `null` for one that was deleted. */
  readonly snapshots?: Readonly<Record<string, WorldState | null>>;
  readonly isDropped?: true;
}

/** Loads the worlds of a file and keeps it true from then on. Gives the function that folds the log in and lets go. */
export function keepState(manager: WorldManager, path: string): () => void {
  const unlock = lockFile(path);
  try {
    const file = new StateFile(manager, path);
    return () => {
      try {
        file.close();
      } finally {
        unlock();
      }
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

class StateFile {
  readonly #fs: typeof FileSystem = fileSystem();
  readonly #manager: WorldManager;
  /** As it was given, for messages. */
  readonly #path: string;
  /** The file itself, where the path is a symbolic link. */
  readonly #target: string;
  readonly #log: string;
  #descriptor: number;
  /** Bytes in the log, and beyond how many it is folded in. */
  #logged = 0;
  #foldAt = FOLD_AT;
  /** The folding that is under way; undefined where there is none, or where it came to nothing since the log began anew. */
  #folding: object | undefined;

  constructor(manager: WorldManager, path: string) {
    this.#manager = manager;
    this.#path = path;
    this.#target = this.#fs.existsSync(path) ? this.#fs.realpathSync(path) : path;
    this.#log = `${path}.log`;
    this.#load();
    try {
      this.#save();
      this.#descriptor = this.#openLog();
    } catch (error) {
      throw unwritable(
        `The state file ${path} cannot be written: ${(error as Error).message}.`,
        'Make room on the disk, or give a path that this user may write.',
      );
    }
    this.#follow();
  }

  close(): void {
    const manager = this.#manager;
    manager.onWorldMade = manager.onWorldChanged = manager.onWorldDropped = manager.onSnapshot = undefined;
    for (const { world } of manager.worlds.all()) world.onCommit = undefined;
    this.#folding = undefined;
    this.#fs.closeSync(this.#descriptor);
    try {
      this.#save();
    } catch (error) {
      throw unwritable(
        `${this.#path} could not be written at the end (${(error as Error).message}); nothing is lost, ${this.#log} has it.`,
        'Make room on the disk; the next start folds the log in.',
      );
    }
    this.#fs.rmSync(this.#log, { force: true });
  }

  #follow(): void {
    const manager = this.#manager;
    const follow = (world: World): void => {
      world.onCommit = (changes) => this.#append(commit(world, changes));
    };
    for (const session of manager.worlds.all()) follow(session.world);
    manager.onWorldMade = (world, scenario) => {
      this.#append({ world: world.name, records: {}, ...(scenario !== undefined && { scenario }) });
      follow(world);
    };
    manager.onWorldChanged = (session, aspect) => this.#append(changed(manager, session, aspect));
    manager.onWorldDropped = (world) => this.#append({ world, isDropped: true });
    manager.onSnapshot = (session, name, snapshot) =>
      this.#append({
        world: session.world.name,
        snapshots: { [name]: snapshot === undefined ? null : exportWorld(manager, copyOf(session.world, snapshot)) },
      });
  }

  /** The worlds as they are when the work begins, whatever is written later. */
  *#saving(): Work<Saved> {
    const manager = this.#manager;
    const copies = [...manager.worlds.all()].map(({ world, scenario, snapshots }) => ({
      name: world.name,
      scenario,
      world: copyOf(world, world.snapshot()),
      snapshots: [...snapshots].map(([name, snapshot]) => [name, copyOf(world, snapshot)] as const),
    }));
    const worlds: [string, SavedWorld][] = [];
    for (const { name, scenario, world, snapshots } of copies) {
      const kept: [string, WorldState][] = [];
      for (const [snapshot, copy] of snapshots) kept.push([snapshot, yield* exporting(manager, copy)]);
      const saved = { ...(yield* exporting(manager, world)), ...(scenario !== undefined && { scenario }) };
      worlds.push([name, kept.length === 0 ? saved : { ...saved, snapshots: Object.fromEntries(kept) }]);
    }
    const { seed, language } = manager.base;
    const locale = language.name === DEFAULT_LOCALE ? {} : { locale: language.name };
    return { form: FORM, seed, ...locale, worlds: Object.fromEntries(worlds) };
  }
  /** Written beside the file first, so that a killed process leaves the old one or the new one. */
  #save(): void {
    const text = `${JSON.stringify(atOnce(this.#saving()), null, 2)}\n`;
    const beside = `${this.#target}.${process.pid}.new`;
    try {
      this.#fs.writeFileSync(beside, text, { mode: this.#mode });
      this.#replaceBy(beside);
    } catch (error) {
      this.#fs.rmSync(beside, { force: true });
      throw error;
    }
  }
  get #mode(): number | undefined {
    const mode = this.#fs.statSync(this.#target, { throwIfNoEntry: false })?.mode;
    return mode === undefined ? undefined : mode & 0o777;
  }
  #replaceBy(beside: string): void {
    const mode = this.#mode;
    if (mode !== undefined) this.#fs.chmodSync(beside, mode);
    this.#foldAt = Math.max(FOLD_AT, this.#fs.statSync(beside).size);
    this.#fs.renameSync(beside, this.#target);
  }
  /** An empty log. */
  #openLog(): number {
    const descriptor = this.#fs.openSync(this.#log, 'w+');
    this.#logged = this.#fs.writeSync(descriptor, HEAD);
    this.#folding = undefined;
    return descriptor;
  }

  #append(line: Line): void {
    const fs = this.#fs;
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    try {
      if (fs.fstatSync(this.#descriptor).nlink === 0 || !fs.existsSync(this.#target)) this.#remake();
      for (let at = 0; at < bytes.length; ) at += fs.writeSync(this.#descriptor, bytes, at);
      this.#logged += bytes.length;
    } catch (error) {
      // Half a line would spoil those after it.
      fs.ftruncateSync(this.#descriptor, this.#logged);
      throw unwritable(`The write was not made: ${this.#log} does not take it (${(error as Error).message}).`, 'Make room on the disk.');
    }
    if (this.#logged > this.#foldAt && this.#folding === undefined) this.#fold();
  }
  /** Somebody deleted the file or its log: both are made again, as the worlds are. */
  #remake(): void {
    this.#save();
    this.#fs.closeSync(this.#descriptor);
    this.#descriptor = this.#openLog();
    this.#manager.log?.({ event: 'note', message: `${this.#path} or its log was deleted; both have been written again.` });
  }
  #fold(): void {
    const folding = {};
    this.#folding = folding;
    // After the write that made the log long has been made: the file is to hold it.
    queueMicrotask(async () => {
      try {
        await this.#foldInTurns(() => this.#folding === folding);
      } catch (error) {
        this.#foldAt = 2 * this.#logged;
        this.#manager.log?.({
          event: 'mistake',
          message: `${this.#path} could not be written (${(error as Error).message}); its log grows on.`,
        });
      } finally {
        if (this.#folding === folding) this.#folding = undefined;
      }
    });
  }
  /** What is written meanwhile goes on into the log, and is all that stays there. To play the whole of it again does no harm. */
  async #foldInTurns(isWanted: () => boolean): Promise<void> {
    const fs = this.#fs;
    const folded = this.#logged;
    const saved = await inTurns(this.#saving());
    if (!isWanted()) return;
    const beside = `${this.#target}.${process.pid}.folded`;
    try {
      const descriptor = fs.openSync(beside, 'w', this.#mode);
      try {
        for await (const piece of inPieces(jsonTexts(saved))) {
          if (!isWanted()) return;
          fs.writeFileSync(descriptor, piece);
        }
      } finally {
        fs.closeSync(descriptor);
      }
      if (!isWanted()) return;
      this.#replaceBy(beside);
      const rest = Buffer.alloc(this.#logged - folded);
      fs.readSync(this.#descriptor, rest, 0, rest.length, folded);
      fs.writeFileSync(beside, Buffer.concat([Buffer.from(HEAD), rest]));
      fs.closeSync(this.#descriptor);
      try {
        fs.renameSync(beside, this.#log);
      } finally {
        this.#descriptor = fs.openSync(this.#log, 'a+');
        this.#logged = fs.fstatSync(this.#descriptor).size;
      }
    } finally {
      fs.rmSync(beside, { force: true });
    }
  }

  #load(): void {
    const manager = this.#manager;
    const text = readText(this.#path);
    if (text !== undefined && text !== '') {
      const saved = readJson(this.#path, text);
      assertSaved(saved, this.#path, manager.base);
      for (const [name, { snapshots = {}, scenario, ...state }] of Object.entries(saved.worlds)) {
        const session = this.#undamaged(() => manager.sessionFrom(name, scenario));
        this.#undamaged(() => session.world.restore(readState(manager, state, session.world.untouched()).snapshot()));
        for (const [snapshot, content] of Object.entries(snapshots))
          this.#undamaged(() => session.snapshots.set(snapshot, readState(manager, content, session.world.untouched()).snapshot()));
      }
    }
    // What was being written when the process was killed was never acknowledged: the last piece ends without a line break.
    const lines = (readText(this.#log) ?? '').split('\n').slice(0, -1);
    const [head, ...rest] = lines;
    if (head === undefined) return;
    if (`${head}\n` !== HEAD)
      throw new MockError('bad-state-file', `${this.#log} is not a log of contacts-mock.`, 'Move it away, or give another path.');
    for (const line of rest) this.#undamaged(() => play(manager, readJson(this.#log, line) as Line));
  }
  /** Every damage is one line that names the file. */
  #undamaged<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof MockError && error.message.includes(this.#path)) throw error;
      throw new MockError('bad-state-file', `${this.#path} is damaged: ${(error as Error).message}`, 'Correct it, or give another path.');
    }
  }
}

function assertSaved(value: unknown, path: string, { seed, language }: Base): asserts value is Saved {
  const saved = (typeof value === 'object' && value !== null ? value : {}) as Partial<Record<keyof Saved | 'records', unknown>>;
  if (saved.form === undefined && saved.records !== undefined) {
    throw new MockError(
      'bad-state-file',
      `${path} is the state of one world, not a state file.`,
      'Lay it over the generated records with --data.',
    );
  }
  if (saved.form !== FORM || typeof saved.worlds !== 'object' || saved.worlds === null)
    throw new MockError('bad-state-file', `${path} is not a state file of this version.`, 'Give another path.');
  const broken = Object.entries(saved.worlds).find(([, world]) => typeof world !== 'object' || world === null || Array.isArray(world));
  if (broken !== undefined)
    throw new MockError(
      'bad-state-file',
      `${path} is damaged: the world "${broken[0]}" is not an object.`,
      'Correct it, or give another path.',
    );
  // The worlds hold what differs from the generated records: under others it would be something else.
  const { seed: savedSeed, locale: savedLocale = DEFAULT_LOCALE } = saved;
  for (const [name, there, asked] of [
    ['seed', savedSeed, seed],
    ['locale', savedLocale, language.name],
  ] as const) {
    if (there === asked) continue;
    throw new MockError(
      'bad-state-file',
      `${path} was made with the ${name} "${String(there)}", not "${asked}".`,
      `Start with --${name} ${String(there)}, or give another path.`,
    );
  }
}

const unwritable = (message: string, fix: string): MockError => new MockError('unwritable-file', message, fix);

function copyOf(world: World, snapshot: Snapshot): World {
  const copy = world.untouched();
  copy.restore(snapshot);
  return copy;
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

function play(manager: WorldManager, line: Line): void {
  if (line.isDropped) {
    manager.worlds.drop(line.world);
    return;
  }
  const session = manager.sessionFrom(line.world, line.scenario);
  const { world } = session;
  if (line.state !== undefined) world.restore(readState(manager, line.state, world.untouched()).snapshot());
  if (line.part !== undefined) {
    const { records } = exportState(manager, session);
    world.restore(
      readState(manager, { ...line.part, records, counters: Object.fromEntries(world.counters) }, world.untouched()).snapshot(),
    );
  }
  for (const [name, state] of Object.entries(line.snapshots ?? {})) {
    session.snapshots.delete(name);
    if (state !== null) session.snapshots.set(name, readState(manager, state, session.world.untouched()).snapshot());
  }
  world.transact(() => {
    for (const [table, entries] of Object.entries(line.records ?? {})) {
      const known = world.base.tables.get(table);
      if (known === undefined)
        throw new MockError('bad-state-file', `The state file has records of ${table}, which is not served.`, 'Serve its API as well.');
      for (const [text, entry] of Object.entries(entries)) {
        const key = keyOf(known, text);
        if (entry !== null) checkMembers(known, key, entry, true);
        world.write(known, key, entry);
      }
    }
  });
  for (const [table, next] of Object.entries(line.counters ?? {})) world.setCounter(table, next);
}
