/**
 * Takes what is personal out of a record: a value stays only where the contract marks its member as impersonal, or where it is
 * a key; any other, of a member added tomorrow too, is what the mock's own generators give that record.
 */
import type { Key, StoredRecord } from '../contract/entity.ts';
import type { BaseTable } from '../store/base.ts';
import { hash } from '../store/random.ts';

/** Of what a scale sizes, as many records lend their values; of anything else there are as many as its table has. */
const MAX_NUMBER = 1_000_000;

/** The number of the generated record that lends a key its values. */
export function numberFor({ entity, size }: BaseTable, key: Key): number {
  const count = typeof entity.size === 'number' ? size : MAX_NUMBER;
  return typeof key === 'number' ? ((Math.abs(key) - 1) % count) + 1 : (hash(key) % count) + 1;
}

export function impersonal(table: BaseTable, key: Key, members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  let generated: StoredRecord | undefined;
  const kept = Object.entries(members).map(([member, value]) => {
    if (isImpersonal(table, member) || value === null) return [member, value];
    generated ??= table.record(numberFor(table, key));
    return [member, generated[member]];
  });
  return { ...Object.fromEntries(kept), [table.entity.key]: key };
}

function isImpersonal({ entity }: BaseTable, member: string): boolean {
  const isKey = member === entity.key || Object.hasOwn(entity.references ?? {}, member);
  return isKey || entity.fields?.[member]?.facts.isImpersonal === true;
}
