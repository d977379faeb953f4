/** The scenarios that every mock has: `empty`, `single` and `edges`. Their worlds share a base and a layer. */
import type { Entity, Key, StoredRecord } from '../../contract/entity.ts';
import type { Base, BaseTable } from '../../store/base.ts';
import type { ClockState } from '../../store/clock.ts';
import { World } from '../../store/world.ts';
import { EDGE_TEXTS, edgesOf } from './edge-values.ts';
import type { Start } from './scenarios.ts';

/** One more, under the highest id, makes a last page of one row for pages of 10, 20, 25, 50 and 100. */
const EDGE_SIZE = 600;
const CONNECTIONS = 500;
const HIGHEST: Readonly<Record<Entity['identity'], Key>> = { number: 2_147_483_647, guid: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/**
 * By name, each made when it is asked for first.
 *
 * - `empty`: no record of an entity that a scale sizes, and nothing that hangs on one; look-ups are whole.
 * - `single`: one of each, with its children.
 * - `edges`: number 1 as generated; from 2 on a record for each of `EDGE_TEXTS`, its other members at their limits, and so are
 *   its children; then one with 500 connections or children more, one without any; the last has the highest id.
 */
export const builtInScenarios = (base: Base, clock: ClockState): Readonly<Record<string, () => Start>> => ({
  empty: () => ({ base: base.resized(0), snapshot: undefined }),
  single: () => ({ base: base.resized(1), snapshot: undefined }),
  edges: () => edges(base.resized(EDGE_SIZE), clock),
});

function edges(base: Base, clock: ClockState): Start {
  const world = new World('', base, clock);
  world.transact(() => {
    for (const table of base.tables.values()) if (typeof table.entity.size === 'object') layEdges(world, table);
  });
  return { base, snapshot: world.snapshot() };
}

function layEdges(world: World, table: BaseTable): void {
  const crowded = EDGE_TEXTS.length + 2;
  EDGE_TEXTS.forEach((_, i) => {
    const key = table.keyOf(i + 2);
    for (const [child, childKey] of childrenOf(world, table, key)) layEdge(world, child, childKey, i);
    layEdge(world, table, key, i);
  });
  for (const [entity, record] of table.crowd(crowded, CONNECTIONS)) world.table(`${table.api}.${entity}`).put(record);
  isolate(world, table, table.keyOf(crowded + 1));
  const spare = { ...table.record(2), ...Object.fromEntries(ownedBy(world, table, table.keyOf(2)).map(([member]) => [member, null])) };
  world.table(table.id).put({ ...spare, [table.entity.key]: HIGHEST[table.entity.identity] });
}

/** Puts the members of a record at their limits; keys and what leads to other records stay. */
function layEdge(world: World, table: BaseTable, key: Key, turn: number): void {
  const { entity } = table;
  const record = world.table(table.id).get(key)!;
  const members = Object.keys(record).map((member, i): [string, unknown] => {
    const field = entity.fields?.[member];
    if (field === undefined || member === entity.key || entity.references?.[member] !== undefined) return [member, record[member]];
    if (field.facts.type === 'string') {
      const { text } = EDGE_TEXTS[turn]!;
      return [member, text === null && field.facts.isRequired ? record[member] : text];
    }
    const values = edgesOf(field, String(table.member(1, member)).endsWith('Z') ? 'Z' : '');
    return [member, values.length === 0 ? record[member] : values[(turn + i) % values.length]];
  });
  world.table(table.id).put(Object.fromEntries(members));
}

type Child = readonly [table: BaseTable, key: Key];

/** What hangs on a record alone: records that refer to it and not to number 1, which stays as it was generated, and what it owns. */
function childrenOf(world: World, table: BaseTable, key: Key): Child[] {
  const first = table.keyOf(1);
  const named = [...referringTo(world, table, key)].filter(([child, childKey, member]) => {
    const record = world.table(child.id).get(childKey)!;
    const leadsToFirst = Object.entries(child.entity.references ?? {}).some(
      ([one, target]) => target === table.entity.name && record[one] === first,
    );
    return record[member] === key && member !== child.entity.key && !leadsToFirst;
  });
  return [
    ...named.map(([child, childKey]): Child => [child, childKey]),
    ...ownedBy(world, table, key).flatMap(([, owned, ownedKey]): Child[] => (ownedKey === null ? [] : [[owned, ownedKey]])),
  ];
}

function* referringTo(world: World, table: BaseTable, key: Key): Generator<readonly [child: BaseTable, key: Key, member: string]> {
  for (const child of world.base.tables.values()) {
    if (child.api !== table.api) continue;
    for (const [member, target] of Object.entries(child.entity.references ?? {})) {
      if (target !== table.entity.name || child.entity.referrers?.[member] === undefined) continue;
      for (const childKey of [...world.table(child.id).referring(member, key)]) yield [child, childKey, member];
    }
  }
}

/** Members that lead to a record of one's own: of an entity that has as many as there are of these. */
function ownedBy(world: World, table: BaseTable, key: Key): (readonly [member: string, owned: BaseTable, key: Key | null])[] {
  const record = world.table(table.id).get(key) as StoredRecord;
  return Object.entries(table.entity.references ?? {})
    .map(([member, target]) => [member, world.base.table(`${table.api}.${target}`), record[member] as Key | null] as const)
    .filter(([, owned]) => typeof owned.entity.size === 'function');
}

/** Takes away everything that hangs on a record. */
function isolate(world: World, table: BaseTable, key: Key): void {
  for (const [child, childKey, member] of [...referringTo(world, table, key)]) {
    const records = world.table(child.id);
    const record = records.get(childKey);
    if (record === undefined) continue;
    if (Array.isArray(record[member])) records.change(childKey, { [member]: record[member].filter((one: Key) => one !== key) });
    else records.delete(childKey);
  }
  for (const [member, owned, ownedKey] of ownedBy(world, table, key)) {
    world.table(table.id).change(key, { [member]: null });
    if (ownedKey !== null) world.table(owned.id).delete(ownedKey);
  }
}
