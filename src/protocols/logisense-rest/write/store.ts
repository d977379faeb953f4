/** Makes and changes the records of a table. */
import type { StoredRecord } from '../../../contract/entity.ts';
import { isoTime } from '../../../store/clock.ts';
import type { World } from '../../../store/world.ts';
import type { Members } from './bind.ts';
import type { ModelTable } from '../model/model-table.ts';

/** A new record under the next identity; members that nobody gave have no value. */
export function create(world: World, table: ModelTable, members: Members): StoredRecord {
  const rows = table.of(world);
  const record: Record<string, unknown> = {};
  for (const member in rows.base.entity.members) record[member] = members[member] ?? null;
  for (const member in table.model.initial) record[member] = table.model.initial[member];
  for (const member of table.model.stamped) record[member] = isoTime(world.now());
  record['identity'] = rows.nextIdentity();
  rows.put(record);
  return record;
}

export function change(world: World, table: ModelTable, identity: number, members: Members): StoredRecord {
  const changed: Record<string, unknown> = { ...members };
  for (const member of table.model.stamped) changed[member] = isoTime(world.now());
  return table.of(world).change(identity, changed);
}
