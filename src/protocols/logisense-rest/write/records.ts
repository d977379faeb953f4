/** Creates and changes the records of a table. */
import type { StoredRecord } from '../../../contract/entity.ts';
import type { DateTime } from '../../../contract/field.ts';
import { neutralTime } from '../../../store/clock.ts';
import { equal } from '../../../store/layer.ts';
import type { World } from '../../../store/world.ts';
import type { Members } from './bind.ts';
import type { ModelTable } from '../model/model-table.ts';

/** A new record under the next identity; members that nobody sent have no value. */
export function create(world: World, table: ModelTable, members: Members): StoredRecord {
  const rows = table.of(world);
  const record: Record<string, unknown> = {};
  for (const member in rows.base.entity.members) record[member] = members[member] ?? null;
  for (const member in table.model.initial) record[member] = table.model.initial[member];
  for (const member of table.model.stamped) record[member] = databaseTime(world);
  record['identity'] = rows.nextIdentity();
  rows.put(record);
  return record;
}

/** The record with these members. One that changes takes the world's time; one that is back to its generated values is that one. */
export function change(world: World, table: ModelTable, identity: number, members: Members): StoredRecord {
  const rows = table.of(world);
  const before = rows.get(identity) as StoredRecord;
  const after: Record<string, unknown> = { ...before, ...members };
  if (equal(after, before)) return before;
  const number = rows.base.numberOf(identity);
  const generated = number === undefined ? undefined : rows.base.record(number);
  for (const member of table.model.stamped) after[member] = generated?.[member];
  if (!equal(after, generated)) for (const member of table.model.stamped) after[member] = databaseTime(world);
  rows.put(after);
  return after;
}

/** The world's time as the vendor's database keeps it: in steps of a three-hundredth of a second (logisense.md §15). */
const databaseTime = (world: World): DateTime => neutralTime(Math.round((Math.round((world.now() * 3) / 10) * 10) / 3));
