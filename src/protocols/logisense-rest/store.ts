/** Makes and changes the records of a kind. */
import type { StoredRecord } from '../../contract/entity.ts';
import { isoTime } from '../../store/clock.ts';
import type { World } from '../../store/world.ts';
import type { Members } from './bind.ts';
import type { Kind } from './kind.ts';

const stamps = (world: World, kind: Kind): Members =>
  Object.fromEntries(kind.model.stamped.map((member) => [member, isoTime(world.now())]));

/** A new record under the next identity; members that nobody gave have no value. */
export function create(world: World, kind: Kind, members: Members): StoredRecord {
  const table = kind.of(world);
  const identity = table.nextIdentity();
  const given: Members = { ...members, ...kind.model.initial, ...stamps(world, kind), identity };
  const record: Record<string, unknown> = {};
  for (const member in table.base.entity.members) record[member] = given[member] ?? null;
  table.put(record);
  return table.get(identity) as StoredRecord;
}

export function change(world: World, kind: Kind, identity: number, members: Members): StoredRecord {
  return kind.of(world).change(identity, { ...members, ...stamps(world, kind) });
}
