/** JSON as LogiSense writes it: dashed Guids, dates with milliseconds, null for a scalar without a value, no empty children. */
import type { Dialect } from '../dialect.ts';
import { formsOf, guidForm, millisecondDate } from '../forms.ts';
import { readJson } from '../read/json.ts';

export const json: Dialect = {
  name: 'JSON',
  mediaType: 'application/json',
  isTyped: true,
  isOrdered: false,
  writesNulls: true,
  nullCarries: true,
  allowsNullChildren: false,
  forms: formsOf({ guid: () => guidForm('D'), date: millisecondDate, bool: ['true', 'false'] }),
  members: (dto) => dto.members,
  isContent: ({ name }) => name !== 'pagination',
  mayLeaveOut: () => false,
  read: (text) => ({ name: '', value: readJson(text) }),
};
