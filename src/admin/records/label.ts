/** What a person calls a record: its name where it has one, else the first text that says something. */
import type { Key } from '../../contract/entity.ts';
import type { BaseTable } from '../../store/base.ts';
import type { World } from '../../store/world.ts';
import { targetOf } from '../../derive/stored-member.ts';

export interface RecordLink {
  /** `api.entity` */
  readonly entity: string;
  readonly key: Key;
  readonly label: string;
}

const WHOLE_NAME = /^(full|display)?name$|fullname$/i;
const PART_OF_NAME = /^(first|given|last|family)name$/i;
const ANY_NAME = /name$/i;
const IS_DATA = /^([0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d.*)$/;

/** Which members name a record of an entity; looked up once. */
const naming = new WeakMap<BaseTable, readonly string[]>();

function namingMembers(table: BaseTable): readonly string[] {
  const known = naming.get(table);
  if (known !== undefined) return known;
  const texts = Object.keys(table.entity.members).filter((member) => {
    const value = member === table.entity.key ? undefined : table.member(1, member);
    return typeof value === 'string' && !IS_DATA.test(value);
  });
  const whole = texts.find((member) => WHOLE_NAME.test(member));
  const parts = texts.filter((member) => PART_OF_NAME.test(member));
  const one = whole ?? (parts.length > 0 ? undefined : (texts.find((member) => ANY_NAME.test(member)) ?? texts[0]));
  const found = one === undefined ? parts : [one];
  naming.set(table, found);
  return found;
}

export const linkTo = (world: World, table: BaseTable, key: Key): RecordLink => ({
  entity: table.id,
  key,
  label: nameOf(world, table, key) || endsOf(world, table, key) || String(key),
});

function nameOf(world: World, table: BaseTable, key: Key): string {
  const there = world.table(table.id);
  if (!there.has(key)) return '';
  return namingMembers(table)
    .map((member) => there.member(key, member) as string | null)
    .filter(Boolean)
    .join(' ');
}

/** What has no name of its own is called by what it leads to: a connection by its ends. */
function endsOf(world: World, table: BaseTable, key: Key): string {
  const there = world.table(table.id);
  if (!there.has(key)) return '';
  const names = Object.keys(table.entity.references ?? {}).flatMap((member) => {
    const value = there.member(key, member) as unknown;
    const isKey = typeof value === 'string' || typeof value === 'number';
    return isKey ? nameOf(world, table.base.table(targetOf(table, member)!), value as Key) : [];
  });
  return [...new Set(names.filter(Boolean))].slice(0, 3).join(' – ');
}
