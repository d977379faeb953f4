/** Who refers to whom: what a record leads to, and what leads to it. */
import type { Key, StoredRecord } from '../../contract/entity.ts';
import type { BaseTable } from '../../store/base.ts';
import type { World } from '../../store/world.ts';
import { refersToNothing } from '../../worlds/integrity.ts';
import { linkTo, type RecordLink } from './label.ts';
import { targetOf } from '../../derive/stored-member.ts';

export interface Reference {
  readonly member: string;
  readonly links: readonly RecordLink[];
}
export interface Referrers {
  /** `api.entity` that refers. */
  readonly entity: string;
  readonly member: string;
  /** The first of them. */
  readonly links: readonly RecordLink[];
  /** There are more than these. */
  readonly hasMore: boolean;
}

/** A table without an inverse of its foreign key is read whole up to this size, else not at all. */
const MAX_READ = 10_000;
const MAX_LINKS = 20;

/** The tables of the same API that have a member which leads to this one. */
export function* referringTables(table: BaseTable): Generator<{ readonly table: BaseTable; readonly member: string }> {
  for (const other of table.base.tables.values()) {
    if (other.api !== table.api) continue;
    for (const member of Object.keys(other.entity.references ?? {}))
      if (targetOf(other, member) === table.id) yield { table: other, member };
  }
}

/** Whether "who refers by this member?" can be answered without reading millions of records. */
export const canBeAsked = ({ entity, size }: BaseTable, member: string): boolean =>
  entity.referrers?.[member] !== undefined || size <= MAX_READ;

/** The keys of the records of a table whose member holds a key. */
export function* referring(world: World, table: BaseTable, member: string, key: Key): Generator<Key> {
  const there = world.table(table.id);
  if (table.entity.referrers?.[member] !== undefined) yield* there.referring(member as keyof StoredRecord & string, key);
  else for (const one of there.keys()) if ([there.member(one, member)].flat().includes(key)) yield one;
}

/** At most so many of what there may be millions of. */
export function first<T>(items: Iterable<T>, most: number): T[] {
  const taken: T[] = [];
  for (const item of items) if (taken.push(item) >= most) break;
  return taken;
}

export function referencesOf(world: World, table: BaseTable, record: StoredRecord): Reference[] {
  return Object.keys(table.entity.references ?? {}).map((member) => {
    const target = table.base.table(targetOf(table, member)!);
    const keys = [record[member]].flat().filter((value) => !refersToNothing(value)) as Key[];
    return { member, links: keys.map((key) => linkTo(world, target, key)) };
  });
}

export function referrersOf(world: World, table: BaseTable, key: Key): Referrers[] {
  return [...referringTables(table)].flatMap(({ table: other, member }) => {
    if (!canBeAsked(other, member)) return [];
    const keys = first(referring(world, other, member, key), MAX_LINKS + 1);
    const links = keys.slice(0, MAX_LINKS).map((one) => linkTo(world, other, one));
    return [{ entity: other.id, member, links, hasMore: keys.length > MAX_LINKS }];
  });
}
