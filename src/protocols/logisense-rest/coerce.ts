/** What a caller sends as a value of a type (logisense.md §6). */
import type { FieldType } from '../../contract/field.ts';

/** What messages call the types. */
export const TYPE_NAMES: { readonly [K in FieldType]?: string } = {
  int: 'Number',
  double: 'Number',
  bool: 'Boolean',
  string: 'String',
  dateTime: 'Date',
};

const MIN_INT32 = -2_147_483_648;
const MAX_INT32 = 2_147_483_647;

/** The value converted to a type as Json.NET converts it; null for none, undefined where it cannot be one. */
export function coerce(type: FieldType, value: unknown): unknown {
  if (value === null) return null;
  switch (type) {
    case 'int': {
      if (value === '') return null;
      const number = typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : value;
      return typeof number === 'number' && Number.isInteger(number) && number >= MIN_INT32 && number <= MAX_INT32 ? number + 0 : undefined;
    }
    case 'double': {
      if (value === '') return null;
      const number = typeof value === 'string' && /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(value) ? Number(value) : value;
      return typeof number === 'number' && Number.isFinite(number) ? number + 0 : undefined;
    }
    case 'bool':
      if (typeof value === 'boolean') return value;
      if (typeof value === 'number') return value !== 0;
      if (value === '') return null;
      return typeof value === 'string' && /^\s*(true|false)\s*$/i.test(value) ? value.trim().toLowerCase() === 'true' : undefined;
    case 'string':
      if (typeof value === 'string') return value;
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
    default:
      return typeof value === 'string' ? value : undefined;
  }
}
