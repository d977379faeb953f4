/** Whether a record that a person wrote is what the contract says: asked before it is laid over a world. */
import type { Key } from '../contract/entity.ts';
import { FIRST_MOMENT, ZERO_GUID } from '../contract/field.ts';
import { canBeNull, misfit } from '../derive/misfit.ts';
import { fieldOf, targetOf } from '../derive/stored-member.ts';
import { MockError, suggest } from '../mock-error.ts';
import type { BaseTable } from '../store/base.ts';
import type { World } from '../store/world.ts';
import { refersToNothing } from './integrity.ts';

type Members = Readonly<Record<string, unknown>>;

const refuse = (message: string, fix: string): never => {
  throw new MockError('bad-record', message, fix);
};

/** Refuses what is not a member, what is not of its type, another key than the record's own, and a new record without what it must have. */
export function checkMembers(table: BaseTable, key: Key, members: Members, isNew: boolean): void {
  const { entity } = table;
  for (const [member, value] of Object.entries(members)) {
    if (!Object.hasOwn(entity.members, member)) {
      const names = Object.keys(entity.members);
      refuse(`There is no member of ${table.id} "${member.slice(0, 80)}".`, suggest(member, names, `There are ${names.join(', ')}.`));
    }
    const wrong = misfit(fieldOf(table, member), value);
    if (wrong !== undefined) refuse(`${member} ${wrong}; ${shown(value)} was sent.`, 'Nothing was changed.');
    if (member === entity.key && value !== key)
      refuse(`${member} is ${shown(value)}, and the record stands under ${key}.`, 'Leave it out, or write the record under its own key.');
  }
  for (const member of isNew ? Object.keys(entity.members) : []) {
    const field = fieldOf(table, member);
    if (member !== entity.key && field.facts.isRequired && !canBeNull(field) && members[member] === undefined)
      refuse(`${member} of a new record of ${table.id} must have a value.`, 'Give it one.');
  }
}

/** Refuses a member that leads to a record which is not there. */
export function checkReferences(world: World, table: BaseTable, members: Members): void {
  for (const [member, value] of Object.entries(members)) {
    const target = targetOf(table, member);
    for (const key of target === undefined ? [] : [value].flat()) {
      if (!refersToNothing(key) && !world.has(table.base.table(target!), key as Key))
        refuse(`${member} leads to ${target}, which has no record ${String(key)}.`, 'Name one that is there.');
    }
  }
}

/** As JSON, without the end of a long text. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** What a record has where nothing is said and nothing is no value for it. */
const INITIAL: Readonly<Record<string, unknown>> = {
  int: 0,
  long: 0,
  double: 0,
  decimal: '0',
  bool: false,
  guid: ZERO_GUID,
  dateTime: FIRST_MOMENT,
  list: [],
};

/** The members of a new record of which nothing is said. */
export function blank(table: BaseTable): Record<string, unknown> {
  const members = Object.keys(table.entity.members).map((member) => {
    const field = fieldOf(table, member);
    const { type, enumeration } = field.facts;
    const initial = type === 'enum' ? enumeration!.values[0] : INITIAL[type];
    return [member, canBeNull(field) && type !== 'list' ? null : (initial ?? null)];
  });
  return Object.fromEntries(members);
}
