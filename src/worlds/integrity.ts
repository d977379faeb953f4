/** Foreign keys that lead nowhere. Looks at what was written alone: generated records refer to each other by construction. */
import { ZERO_GUID } from '../contract/field.ts';
import type { Key, StoredRecord } from '../contract/entity.ts';
import type { BaseTable } from '../store/base.ts';
import { merging } from '../store/layer.ts';
import { atOnce, type Work } from '../work.ts';
import type { World } from '../store/world.ts';

export interface Orphan {
  /** `api.entity` */
  readonly entity: string;
  readonly key: Key;
  readonly member: string;
  /** What the member holds. */
  readonly value: unknown;
  /** The entity that has no record with this key. */
  readonly refersTo: string;
}

export interface Integrity {
  readonly ok: boolean;
  /** References looked at. */
  readonly checked: number;
  readonly orphans: readonly Orphan[];
}

export const refersToNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === 0 || value === '' || value === ZERO_GUID;

/** More than these are not listed: one deleted record can leave many behind. */
const MAX_LISTED = 1000;

export const integrity = (world: World): Integrity => atOnce(checkingIntegrity(world));

/** The same in steps, for a world that is not written to meanwhile. */
export function* checkingIntegrity(world: World): Work<Integrity> {
  const orphans: Orphan[] = [];
  let checked = 0;
  for (const [id, entries] of (yield* merging(world.layers())).tables) {
    for (const [key, record] of entries) {
      for (const orphan of record === null ? leftBehind(world, id, key) : danglingOf(world, id, key, record)) {
        checked++;
        if (orphan !== undefined && orphans.push(orphan) >= MAX_LISTED) return { ok: false, checked, orphans };
        yield;
      }
    }
  }
  return { ok: orphans.length === 0, checked, orphans };
}

const referencesOf = (table: BaseTable): [string, string][] => Object.entries(table.entity.references ?? {}) as [string, string][];

/** One item for each reference of a written record: the orphan that it is, or undefined. */
function* danglingOf(world: World, id: string, key: Key, record: StoredRecord): Generator<Orphan | undefined> {
  const table = world.base.table(id);
  for (const [member, target] of referencesOf(table)) {
    const refersTo = `${table.api}.${target}`;
    for (const value of [record[member]].flat()) {
      if (refersToNothing(value)) continue;
      yield world.table(refersTo).has(value as Key) ? undefined : { entity: id, key, member, value, refersTo };
    }
  }
}

/** Generated records that still refer to a deleted one (written ones are looked at by themselves). */
function* leftBehind(world: World, id: string, key: Key): Generator<Orphan | undefined> {
  const deleted = world.base.table(id);
  yield undefined;
  for (const table of world.base.tables.values()) {
    if (table.api !== deleted.api) continue;
    for (const [member, target] of referencesOf(table)) {
      const inverse = target === deleted.entity.name ? table.entity.referrers?.[member] : undefined;
      if (inverse === undefined) continue;
      for (const n of inverse(key, table)) {
        const referrer = table.has(n) ? table.keyOf(n) : undefined;
        if (referrer === undefined || world.written(table.id, referrer) !== undefined) continue;
        yield { entity: table.id, key: referrer, member, value: key, refersTo: id };
      }
    }
  }
}
