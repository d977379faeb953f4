/** Writes single records as a person edits them: whole or not at all, and only what the contract lets stand there. */
import { isJsonObject } from '../../json-object.ts';
import type { Key } from '../../contract/entity.ts';
import { MockError } from '../../mock-error.ts';
import type { BaseTable } from '../../store/base.ts';
import type { World } from '../../store/world.ts';
import { checkReferences } from '../../worlds/record-check.ts';
import { layRecord } from '../../worlds/records.ts';

/** Changes the members that are sent, or makes the record where there is none. */
export function writeRecord(world: World, table: BaseTable, key: Key, members: unknown): void {
  if (!isJsonObject(members))
    throw new MockError('bad-record', 'A record is a JSON object of its members.', 'Send those that are to change.');
  world.transact(() => {
    layRecord(world, table, key, members);
    checkReferences(world, table, members);
  });
}

/** The key of a new record: the next number, or the next GUID of this seed that is free. */
export function newKey(world: World, table: BaseTable): Key {
  if (table.entity.identity === 'number') return world.table(table.id).nextIdentity();
  for (let n = 1; ; n++) {
    const key = world.base.guid(`${table.id}:made`, n);
    if (!world.has(table, key)) return key;
  }
}
