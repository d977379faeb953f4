/** What changed from one state of a world to another, record by record and member by member; the cost follows what was written. */
import type { Key, StoredRecord } from '../../contract/entity.ts';
import { equal, type Layer, merging } from '../../store/layer.ts';
import type { Work } from '../../work.ts';
import type { World } from '../../store/world.ts';
import { clockView } from '../../worlds/clock.ts';
import { linkTo, type RecordLink } from './label.ts';

export interface RecordDifference extends RecordLink {
  readonly change: 'made' | 'changed' | 'deleted';
  /** Of a changed record: the members that differ, before and after. */
  readonly members: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
}
export interface WorldDifference {
  readonly records: readonly RecordDifference[];
  /** How many records differ, the ones beyond the listed included. */
  readonly total: number;
  /** What differs besides records (`clock`, `faults`, `settings`): before and after. */
  readonly world: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
}

const MAX_LISTED = 500;

export function* worldDifference(before: World, after: World): Work<WorldDifference> {
  const records: RecordDifference[] = [];
  let total = 0;
  for (const [id, key] of writtenIn(yield* merging(before.layers()), yield* merging(after.layers()))) {
    yield;
    const [left, right] = [before.table(id).get(key), after.table(id).get(key)];
    if (equal(left, right)) continue;
    total++;
    if (records.length >= MAX_LISTED) continue;
    const change = left === undefined ? 'made' : right === undefined ? 'deleted' : 'changed';
    const members = left !== undefined && right !== undefined ? membersThatDiffer(left, right) : {};
    records.push({ ...linkTo(right === undefined ? before : after, after.base.table(id), key), change, members });
  }
  const aspects = { clock: clockView(before.clock), ...Object.fromEntries(before.extras) };
  const later = { clock: clockView(after.clock), ...Object.fromEntries(after.extras) };
  return { records, total, world: membersThatDiffer(aspects, later, ['clock', 'faults', 'settings']) };
}

function* writtenIn(before: Layer, after: Layer): Generator<readonly [string, Key]> {
  for (const layer of [before, after]) {
    for (const [id, entries] of layer.tables) {
      for (const key of entries.keys()) if (layer === before || before.get(id, key) === undefined) yield [id, key];
    }
  }
}

function membersThatDiffer(left: StoredRecord, right: StoredRecord, names = Object.keys({ ...left, ...right })) {
  const differing = names.filter((name) => !equal(left[name], right[name]));
  return Object.fromEntries(differing.map((name) => [name, [left[name] ?? null, right[name] ?? null] as const]));
}
