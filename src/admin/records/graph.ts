/**
 * Who is connected to whom, around one record: records of the same entity joined by connections (a list of keys, or a record
 * with two ends), as far as there is room. An entity without connections shows what its record leads to and what leads to it.
 */
import type { Key } from '../../contract/entity.ts';
import type { BaseTable } from '../../store/base.ts';
import type { World } from '../../store/world.ts';
import { linkTo, type RecordLink } from './label.ts';
import { fieldOf, targetOf } from '../../derive/stored-member.ts';
import { canBeAsked, first, referencesOf, referring, referringTables } from './relations.ts';

export interface GraphNode extends RecordLink {
  /** Steps from the record in the middle. */
  readonly distance: number;
}
export interface GraphEdge {
  /** Places in `nodes`. */
  readonly from: number;
  readonly to: number;
  readonly label: string;
}
export interface RecordGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** There was no room for all. */
  readonly isCut: boolean;
}

interface Neighbour {
  readonly table: BaseTable;
  readonly key: Key;
  readonly label: string;
  readonly isOutgoing: boolean;
}

/** Steps from the middle up to which connections are followed. */
const MAX_DISTANCE = 2;

export function recordGraph(world: World, table: BaseTable, key: Key, limit: number): RecordGraph {
  const connections = connectionsOf(table);
  const follow = connections.length > 0;
  const nodes: GraphNode[] = [{ ...linkTo(world, table, key), distance: 0 }];
  const places = new Map([[`${table.id}/${key}`, 0]]);
  const edges = new Map<string, GraphEdge>();
  let isCut = false;
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    if (node.distance >= (follow ? MAX_DISTANCE : 1)) continue;
    const around = follow
      ? connections.flatMap((connection) => connected(world, table, connection, node.key, limit))
      : relatives(world, table, node.key, limit);
    for (const { table: other, key: end, label, isOutgoing } of around) {
      const id = `${other.id}/${end}`;
      let place = places.get(id);
      if (place === undefined) {
        if (nodes.length >= limit) {
          isCut = true;
          continue;
        }
        place = nodes.push({ ...linkTo(world, other, end), distance: node.distance + 1 }) - 1;
        places.set(id, place);
      }
      const pair = `${Math.min(at, place)}-${Math.max(at, place)}`;
      if (!edges.has(pair)) edges.set(pair, isOutgoing ? { from: at, to: place, label } : { from: place, to: at, label });
    }
  }
  return { nodes, edges: [...edges.values()], isCut };
}

/** A table that connects records of an entity: by a list under a key, or by two members. */
interface Connection {
  readonly table: BaseTable;
  readonly from: string;
  readonly to: string;
  readonly isList: boolean;
}

function connectionsOf(table: BaseTable): Connection[] {
  const found = new Map<BaseTable, string[]>();
  for (const { table: other, member } of referringTables(table)) {
    if (other !== table && canBeAsked(other, member)) found.set(other, [...(found.get(other) ?? []), member]);
  }
  return [...found].flatMap(([other, [from, to]]) =>
    from === undefined || to === undefined ? [] : [{ table: other, from, to, isList: fieldOf(other, to).facts.type === 'list' }],
  );
}

function connected(world: World, table: BaseTable, { table: by, from, to, isList }: Connection, key: Key, limit: number): Neighbour[] {
  const there = world.table(by.id);
  const ends = (here: string, other: string, isOutgoing: boolean): Neighbour[] =>
    first(referring(world, by, here, key), limit).flatMap((connection) => {
      const others = [there.member(connection, other)].flat() as Key[];
      return others.map((end) => ({ table, key: end, label: isList ? '' : kindOf(world, by, connection), isOutgoing }));
    });
  return isList ? ends(from, to, true) : [...ends(from, to, true), ...ends(to, from, false)];
}

/** What sort of connection it is: the look-ups that it leads to, by name. */
function kindOf(world: World, by: BaseTable, connection: Key): string {
  const record = world.table(by.id).get(connection)!;
  const lookups = referencesOf(world, by, record).filter(
    ({ member }) => typeof by.base.table(targetOf(by, member)!).entity.size === 'number',
  );
  return lookups.flatMap(({ links }) => links.map(({ label }) => label)).join(', ');
}

function relatives(world: World, table: BaseTable, key: Key, limit: number): Neighbour[] {
  const record = world.table(table.id).get(key);
  const outgoing = record === undefined ? [] : referencesOf(world, table, record);
  return [
    ...outgoing.flatMap(({ member, links }) =>
      links.map((link) => ({ table: table.base.table(link.entity), key: link.key, label: member, isOutgoing: true })),
    ),
    ...[...referringTables(table)].flatMap(({ table: other, member }) =>
      canBeAsked(other, member)
        ? first(referring(world, other, member, key), limit).map((end) => ({ table: other, key: end, label: member, isOutgoing: false }))
        : [],
    ),
  ];
}
