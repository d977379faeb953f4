/** Records as a person writes them, in a state or a data file: checked whole against what exists, then laid over a world. */
import { isJsonObject, type JsonObject } from '../json-object.ts';
import type { Key, StoredRecord } from '../contract/entity.ts';
import { MockError, suggest } from '../mock-error.ts';
import type { Base, BaseTable } from '../store/base.ts';
import { atOnce, type Work } from '../work.ts';
import type { World } from '../store/world.ts';
import { blank, checkMembers, checkReferences } from './record-check.ts';

/** Key as text → the members that differ, a whole record where the generated world has none, `null` for a deleted one. */
export type RecordsOfTable = Readonly<Record<string, StoredRecord | null>>;
export type Records = Readonly<Record<string, RecordsOfTable>>;

function refuse(message: string, fix: string): never {
  throw new MockError('bad-state', message, fix);
}

const unknown = (what: string, name: string, known: Iterable<string>): never => {
  const all = [...known];
  return refuse(`There is no ${what} "${name}".`, suggest(name, all, `There are ${all.join(', ')}.`));
};

/** Lays records over a world; where they name what does not exist, nothing is written. */
export const applyRecords = (world: World, input: unknown): void => world.transact(() => atOnce(applyingRecords(world, input)));

/** The same in steps, for a world of its own, which is dropped where this throws. */
export function* applyingRecords(world: World, input: unknown): Work<void> {
  if (!isJsonObject(input))
    refuse('Records are an object by entity.', 'Write {"api.entity":{"KEY":{"member":"value"}}}, as GET /__admin/state does.');
  const written: Written[] = [];
  for (const [id, records] of Object.entries(input)) {
    const table = world.base.tables.get(id) ?? unknown('entity', id, world.base.tables.keys());
    for (const [text, record] of entriesOf(table, records)) {
      const key = keyOf(table, text);
      if (record === null) deleteRecord(world, table, key);
      else {
        const members = isJsonObject(record)
          ? record
          : refuse(`The record ${text} of ${id} is not an object.`, 'Write its members, or null for a deleted one.');
        inRecord(table, key, () => layRecord(world, table, key, members));
        written.push({ table, key, members });
      }
      yield;
    }
  }
  // A record may lead to one that stands further down.
  for (const { table, key, members } of written) {
    inRecord(table, key, () => checkReferences(world, table, members));
    yield;
  }
}

interface Written {
  readonly table: BaseTable;
  readonly key: Key;
  readonly members: JsonObject;
}

/** Says of a mistake in a record in which one it is. */
function inRecord(table: BaseTable, key: Key, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof MockError && error.code === 'bad-record') refuse(`${table.id} ${key}: ${error.message}`, '');
    throw error;
  }
}

/** A list carries the keys in its records; an object names them. */
function entriesOf(table: BaseTable, records: unknown): [string, unknown][] {
  if (isJsonObject(records)) return Object.entries(records);
  if (!Array.isArray(records))
    return refuse(`The records of ${table.id} are neither an object by key nor a list.`, 'Write {"KEY":{…}} or [{…}].');
  const { key } = table.entity;
  return records.map((record: unknown) => {
    const value = isJsonObject(record) ? record[key] : undefined;
    if (typeof value === 'string' || typeof value === 'number') return [String(value), record];
    return refuse(`A record in the list of ${table.id} has no ${key}.`, `Give it one, or write {"KEY":{…}}.`);
  });
}

function deleteRecord(world: World, table: BaseTable, key: Key): void {
  // A number that another seed has a record for may have none under this one.
  const isInRange = typeof key === 'number' && key >= 1 && key <= table.size;
  if (!world.table(table.id).has(key) && isInRange) return;
  if (!world.table(table.id).has(key)) refuse(`${table.id} has no record ${key} that could be deleted.`, 'Leave the line out.');
  world.table(table.id).delete(key);
}

/** Changes members of a record, or makes it where there is none; refused where they are not what the contract says. */
export function layRecord(world: World, table: BaseTable, key: Key, members: JsonObject): void {
  const target = world.table(table.id);
  const there = target.get(key);
  checkMembers(table, key, members, there === undefined);
  target.put({ ...(there ?? blank(table)), ...members, [table.entity.key]: key });
  if (typeof key === 'number') target.reserveIdentity(key);
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The key that a text is; undefined where it cannot be one of the table's. */
export function keyIn({ entity }: BaseTable, text: string): Key | undefined {
  if (entity.identity === 'number') return /^-?[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
  return GUID.test(text) ? (text as Key) : undefined;
}

export function keyOf(table: BaseTable, text: string): Key {
  const fix = table.entity.identity === 'number' ? 'Its keys are whole numbers.' : 'Its keys are GUIDs with dashes in lower case.';
  return keyIn(table, text) ?? refuse(`"${text}" is not a valid key of ${table.id}.`, fix);
}

/** The generated record with a key; `null` where there is none. */
export function generatedRecord(base: Base, table: string, key: Key): StoredRecord | null {
  const known = base.table(table);
  const number = known.numberOf(key);
  return number === undefined ? null : known.record(number);
}
