/** Records as a person writes them, in a state or a data file: checked whole against what exists, then laid over a world. */
import type { Key, StoredRecord } from '../contract/entity.ts';
import { MockError, suggest } from '../mock-error.ts';
import type { Base, BaseTable } from '../store/base.ts';
import { atOnce, type Work } from '../store/turns.ts';
import type { World } from '../store/world.ts';

/** Key as text → the members that differ, a whole record where the generated world has none, `null` for a deleted one. */
export type RecordsOfTable = Readonly<Record<string, StoredRecord | null>>;
export type Records = Readonly<Record<string, RecordsOfTable>>;

function refuse(message: string, fix: string): never {
  throw new MockError('bad-state', message, fix);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unknown = (what: string, name: string, known: Iterable<string>): never => {
  const all = [...known];
  return refuse(`There is no ${what} "${name}".`, suggest(name, all, `There are ${all.join(', ')}.`));
};

/** Lays records over a world; where they name what does not exist, nothing is written. */
export const applyRecords = (world: World, input: unknown): void => world.transact(() => atOnce(applyingRecords(world, input)));

/** The same in steps, for a world of its own, which is dropped where this throws. */
export function* applyingRecords(world: World, input: unknown): Work<void> {
  if (!isObject(input))
    refuse('Records are an object by entity.', 'Write {"api.entity":{"KEY":{"member":"value"}}}, as GET /__admin/state does.');
  for (const [id, given] of Object.entries(input as object)) {
    const table = world.base.tables.get(id) ?? unknown('entity', id, world.base.tables.keys());
    for (const [text, record] of entriesOf(table, given)) {
      layRecord(world, table, text, record);
      yield;
    }
  }
}

/** A list carries the keys in its records; an object names them. */
function entriesOf(table: BaseTable, given: unknown): [string, unknown][] {
  if (isObject(given)) return Object.entries(given);
  if (!Array.isArray(given))
    return refuse(`The records of ${table.id} are neither an object by key nor a list.`, 'Write {"KEY":{…}} or [{…}].');
  const { key } = table.entity;
  return given.map((record: unknown) => {
    const value = isObject(record) ? record[key] : undefined;
    if (typeof value === 'string' || typeof value === 'number') return [String(value), record];
    return refuse(`A record in the list of ${table.id} has no ${key}.`, `Give it one, or write {"KEY":{…}}.`);
  });
}

function layRecord(world: World, table: BaseTable, text: string, given: unknown): void {
  const key = keyOf(table, text);
  const target = world.table(table.id);
  if (given === null) {
    if (!target.has(key)) refuse(`${table.id} has no record ${text} that could be deleted.`, 'Leave the line out.');
    target.delete(key);
    return;
  }
  if (!isObject(given)) refuse(`The record ${text} of ${table.id} is no object.`, 'Write its members, or null for a deleted one.');
  for (const [member, value] of Object.entries(given)) checkMember(table, text, member, value);
  const under = target.get(key) ?? blank(table);
  target.put({ ...under, ...given, [table.entity.key]: key });
  if (typeof key === 'number') target.reserveIdentity(key);
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function keyOf(table: BaseTable, text: string): Key {
  const isNumber = table.entity.identity === 'number';
  if (isNumber ? !/^-?[1-9]\d{0,14}$/.test(text) : !GUID.test(text)) {
    refuse(
      `"${text}" is no key of ${table.id}.`,
      isNumber ? 'Its keys are whole numbers.' : 'Its keys are GUIDs with dashes in lower case.',
    );
  }
  return isNumber ? Number(text) : (text as Key);
}

const shape = (value: unknown): string => (Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : 'a single value');

function checkMember(table: BaseTable, key: string, member: string, value: unknown): void {
  const { members } = table.entity;
  if (!Object.hasOwn(members, member)) unknown(`member of ${table.id}`, member, Object.keys(members));
  const generated = table.member(1, member);
  if (value === null || generated === null || generated === undefined || shape(value) === shape(generated)) return;
  refuse(`${member} of the record ${key} of ${table.id} is ${shape(value)}.`, `It has to be ${shape(generated)}.`);
}

/** What a record that was not generated has where nothing is said: nothing. */
function blank(table: BaseTable): StoredRecord {
  return Object.fromEntries(
    Object.keys(table.entity.members).map((member) => {
      const generated = table.member(1, member);
      return [member, Array.isArray(generated) ? [] : typeof generated === 'boolean' ? false : null];
    }),
  );
}

/** The generated record with a key; `null` where there is none. */
export function generatedRecord(base: Base, table: string, key: Key): StoredRecord | null {
  const known = base.table(table);
  const number = known.numberOf(key);
  return number === undefined ? null : known.record(number);
}
