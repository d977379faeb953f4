/** A world as JSON that a person can read and edit: what differs from the untouched one, and nothing else. */
import { isJsonObject } from '../json-object.ts';
import type { Key, StoredRecord } from '../contract/entity.ts';
import { MockError, suggest } from '../mock-error.ts';
import type { WorldSettings } from '../options.ts';
import { type ClockState, isoTime, parseTime } from '../store/clock.ts';
import { type Entry, equal, merging } from '../store/layer.ts';
import { sorted } from '../store/turns.ts';
import { atOnce, type Work } from '../work.ts';
import type { World } from '../store/world.ts';
import type { WorldManager } from './manager.ts';
import { SetDigest } from './digest.ts';
import { type FaultRule, faultRules, readFaultRules, setFaultRules } from './faults.ts';
import { setSettingsOfWorld, settingsOfWorld, type WorldSession } from './session.ts';
import { applyingRecords, generatedRecord, type Records } from './records.ts';
import { readSettings, settingsThatDiffer } from './settings.ts';

export interface WorldState {
  /** Left out where the clock was not touched. `offset`: seconds ahead of the machine's clock. */
  readonly clock?: { readonly now: string } | { readonly mode: 'real'; readonly offset: number };
  /** The next identity of each entity that gave one out. */
  readonly counters?: Readonly<Record<string, number>>;
  readonly faults?: readonly FaultRule[];
  readonly settings?: Partial<WorldSettings>;
  readonly records: Records;
}

/** The state of a session's world, at once; without records where they are not asked for: then the cost is constant. */
export const exportState = (manager: WorldManager, { world }: WorldSession, withRecords = true): WorldState =>
  exportWorld(manager, world, withRecords);
export const exportWorld = (manager: WorldManager, world: World, withRecords = true): WorldState =>
  atOnce(exporting(manager, world, withRecords));

/** The same in steps, for a world that is not written to meanwhile. */
export function* exporting(manager: WorldManager, world: World, withRecords = true): Work<WorldState> {
  const untouched = world.untouched();
  const faults = faultRules(world);
  const settings = settingsThatDiffer(settingsOfWorld(world), settingsOfWorld(untouched) ?? manager.settings);
  const sameFaults = equal(faults, faultRules(untouched));
  const counters = [...world.counters].filter(([table, next]) => untouched.counters.get(table) !== next);
  return {
    ...(!equal(world.clock, untouched.clock) && { clock: clockText(world.clock) }),
    ...(counters.length > 0 && { counters: Object.fromEntries(counters.sort(byName)) }),
    ...(!sameFaults && { faults }),
    ...(settings !== undefined && { settings }),
    records: withRecords ? yield* differences(world, untouched) : {},
  };
}

const byName = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number => (left < right ? -1 : 1);

const clockText = (clock: ClockState): NonNullable<WorldState['clock']> =>
  clock.mode === 'frozen' ? { now: isoTime(clock.at) } : { mode: 'real', offset: clock.at / 1000 };

function* differences(world: World, untouched: World): Work<Records> {
  const records: Record<string, Record<string, StoredRecord | null>> = {};
  for (const [table, entries] of [...(yield* merging(world.layers())).tables].sort(byName)) {
    const before = untouched.table(table);
    const differing: [string, StoredRecord | null][] = [];
    for (const [key, entry] of entries) {
      const there = before.get(key) ?? null;
      if (!equal(entry, there)) differing.push([String(key), entry === null || there === null ? entry : difference(entry, there)]);
      yield;
    }
    if (differing.length > 0) records[table] = Object.fromEntries(yield* sorted(differing, byName));
  }
  return records;
}

const difference = (entry: StoredRecord, there: StoredRecord): StoredRecord =>
  Object.fromEntries(Object.entries(entry).filter(([member, value]) => !equal(value, there[member])));

const MEMBERS = ['clock', 'counters', 'faults', 'settings', 'records'] as const satisfies readonly (keyof WorldState)[];

/** Makes a world what the state says; refused whole where it names what does not exist. */
export const importState = (manager: WorldManager, session: WorldSession, input: unknown): void =>
  installState(manager, session, readState(manager, input, session.world.untouched()));
export function installState(manager: WorldManager, session: WorldSession, read: World): void {
  const { world } = session;
  const snapshot = read.snapshot();
  manager.worlds.makeRoom(session, session.weightWith(snapshot.layers));
  manager.change(session, 'all', () => world.restore(snapshot));
}

/** A world of its own with the state in it: `world`, as it started, and what differs from that. */
export const readState = (manager: WorldManager, input: unknown, world: World): World => atOnce(readingState(manager, input, world));
export function* readingState(manager: WorldManager, input: unknown, world: World): Work<World> {
  if (!isJsonObject(input)) {
    throw new MockError('bad-state', 'A state is a JSON object.', 'Send what GET /__admin/state gives, edited.');
  }
  const state = input as Partial<Record<keyof WorldState, unknown>>;
  for (const member of Object.keys(state)) {
    if ((MEMBERS as readonly string[]).includes(member)) continue;
    throw new MockError('bad-state', `A state has no member "${member}".`, suggest(member, MEMBERS, `It has ${MEMBERS.join(', ')}.`));
  }
  if (state.records !== undefined) yield* applyingRecords(world, state.records);
  for (const [table, next] of Object.entries((state.counters ?? {}) as object)) setCounter(world, table, next);
  if (state.clock !== undefined) world.clock = readClock(state.clock);
  if (state.faults !== undefined) setFaultRules(world, readFaultRules(state.faults, manager.operations));
  if (state.settings !== undefined) {
    const before = settingsOfWorld(world) ?? manager.settings;
    setSettingsOfWorld(
      world,
      readSettings(state.settings, before, () => manager.operations),
    );
  }
  return world;
}

function setCounter(world: World, table: string, next: unknown): void {
  if (!world.base.tables.has(table)) {
    const fix = suggest(table, world.base.tables.keys(), 'Leave it out.');
    throw new MockError('bad-state', `counters: there is no entity "${table}".`, fix);
  }
  if (!Number.isSafeInteger(next) || (next as number) < 1) {
    throw new MockError(
      'bad-state',
      `counters: the next identity of ${table} is not a whole number from 1.`,
      'Leave it out, or give a number.',
    );
  }
  world.setCounter(table, next as number);
}

function readClock(input: unknown): ClockState {
  const { now, mode, offset = 0 } = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
  if (mode === 'real' && typeof offset === 'number' && Number.isFinite(offset)) return { mode: 'real', at: offset * 1000 };
  const at = typeof now === 'string' ? parseTime(now) : undefined;
  if (at === undefined)
    throw new MockError('bad-state', 'clock is not a valid time.', 'Write {"now":"2026-01-01T00:00:00Z"} or {"mode":"real","offset":0}.');
  return { mode: 'frozen', at };
}

/** Equal exactly when the records are equal: a record that was written back to its generated value counts as untouched. */
export const stateHash = (world: World): string => atOnce(hashing(world));

/** The same in steps, for a world that is not written to meanwhile. */
export function* hashing(world: World): Work<string> {
  const digest = new SetDigest();
  for (const [table, entries] of (yield* merging(world.layers())).tables) {
    for (const [key, entry] of entries) {
      if (!equal(entry, generatedRecord(world.base, table, key))) digest.add(line(table, key, entry));
      yield;
    }
  }
  return digest.toString();
}

const line = (table: string, key: Key, entry: Entry): string => `${table} ${key} ${canonical(entry)}`;

/** JSON with the members in one order, whatever the order of writing. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).sort(byName);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join()}}`;
}
