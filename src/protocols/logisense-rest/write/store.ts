/** Makes and changes the records of a kind. */
import type { StoredRecord } from '../../../contract/entity.ts';
import { isoTime } from '../../../store/clock.ts';
import type { World } from '../../../store/world.ts';
import type { Members } from './bind.ts';
import type { ModelTable } from '../model/model-table.ts';

/** A new record under the next identity; members that nobody gave have no value. */
export function create(world: World, kind: ModelTable, members: Members): StoredRecord {
  const table = kind.of(world);
  const record: Record<string, unknown> = {};
  for (const member in table.base.entity.members) record[member] = members[member] ?? null;
  for (const member in kind.model.initial) record[member] = kind.model.initial[member];
  for (const member of kind.model.stamped) record[member] = isoTime(world.now());
  record['identity'] = table.nextIdentity();
  table.put(record);
  return record;
}

export function change(world: World, kind: ModelTable, identity: number, members: Members): StoredRecord {
  const changed: Record<string, unknown> = { ...members };
  for (const member of kind.model.stamped) changed[member] = isoTime(world.now());
  return kind.of(world).change(identity, changed);
}
