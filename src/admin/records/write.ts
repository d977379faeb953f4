/** Writes single records as a person edits them: whole or not at all, and only what the contract lets stand there. */
import type { Key } from '../../contract/entity.ts';
import { canBeNull, misfit } from '../../derive/misfit.ts';
import { MockError } from '../../mock-error.ts';
import type { BaseTable } from '../../store/base.ts';
import type { World } from '../../store/world.ts';
import { applyRecords } from '../../worlds/records.ts';
import { fieldOf, targetOf } from './members.ts';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const refuse = (message: string, fix: string): never => {
  throw new MockError('bad-record', message, fix);
};

/** Changes the members that are sent, or makes the record where there is none. */
export function writeRecord(world: World, table: BaseTable, key: Key, members: unknown): void {
  if (!isObject(members)) refuse('A record is a JSON object of its members.', 'Send those that are to change.');
  const isNew = !world.has(table, key);
  const given = members as Readonly<Record<string, unknown>>;
  for (const [member, value] of Object.entries(given))
    if (Object.hasOwn(table.entity.members, member)) checkMember(world, table, member, value);
  for (const member of isNew ? Object.keys(table.entity.members) : []) {
    const field = fieldOf(table, member);
    if (member !== table.entity.key && field.facts.isRequired && !canBeNull(field) && given[member] === undefined)
      refuse(`${member} of a new record of ${table.id} must have a value.`, 'Give it one.');
  }
  // It refuses what is no member, with the nearest name.
  applyRecords(world, { [table.id]: { [String(key)]: isNew ? { ...blank(table), ...given } : given } });
}

function checkMember(world: World, table: BaseTable, member: string, value: unknown): void {
  const field = fieldOf(table, member);
  const wrong = misfit(field, value);
  if (wrong !== undefined) refuse(`${member} ${wrong}; ${JSON.stringify(value) ?? 'undefined'} was sent.`, 'Nothing was changed.');
  const target = targetOf(table, member);
  for (const key of target === undefined ? [] : [value].flat()) {
    if (key !== null && !world.has(table.base.table(target!), key as Key))
      refuse(`${member} leads to ${target}, which has no record ${String(key)}.`, 'Name one that is there.');
  }
}

/** What a record has where nothing is said and nothing is no value for it. */
const INITIAL: Readonly<Record<string, unknown>> = {
  int: 0,
  long: 0,
  double: 0,
  decimal: '0',
  bool: false,
  guid: '00000000-0000-0000-0000-000000000000',
  dateTime: '0001-01-01T00:00:00',
  list: [],
};
function blank(table: BaseTable): Record<string, unknown> {
  const members = Object.keys(table.entity.members).map((member) => {
    const field = fieldOf(table, member);
    const { type, enumeration } = field.facts;
    const initial = type === 'enum' ? enumeration!.values[0] : INITIAL[type];
    return [member, canBeNull(field) && type !== 'list' ? null : (initial ?? null)];
  });
  return Object.fromEntries(members);
}

/** The key of a new record: the next number, or the next GUID of this seed that is free. */
export function newKey(world: World, table: BaseTable): Key {
  if (table.entity.identity === 'number') return world.table(table.id).nextIdentity();
  for (let n = 1; ; n++) {
    const key = world.base.guid(`${table.id}:made`, n);
    if (!world.has(table, key)) return key;
  }
}
