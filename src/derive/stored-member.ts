/** What the members of stored records are: as the contract says, or as the generated values look. */
import { bool, double, type Field, int, list, map, string } from '../contract/field.ts';
import type { BaseTable } from '../store/base.ts';

/** The field of a member; one of its own is made where the contract has none. */
export function fieldOf(table: BaseTable, member: string): Field {
  const declared = table.entity.fields?.[member] as Field | undefined;
  return declared ?? fieldFrom(table.member(1, member));
}

function fieldFrom(value: unknown): Field {
  if (Array.isArray(value)) return list(fieldFrom(value[0]));
  if (typeof value === 'object' && value !== null) return map();
  if (typeof value === 'number') return (Number.isInteger(value) ? int() : double()).nullable();
  return typeof value === 'boolean' ? bool().nullable() : string();
}

/** The entity that a member leads to, as `api.entity`. */
export function targetOf(table: BaseTable, member: string): string | undefined {
  const target = table.entity.references?.[member] as string | undefined;
  return target === undefined ? undefined : `${table.api}.${target}`;
}
