/** JSON as LogiSense writes it: dashed Guids, dates with milliseconds, null for a scalar without a value, no empty children. */
import type { AnswerFormat } from '../compare/answer-format.ts';
import { guidFormat, lexicalFormats, millisecondDate } from '../compare/lexical-format.ts';
import { readJson } from '../compare/read/json.ts';

export const json: AnswerFormat = {
  name: 'JSON',
  mediaType: 'application/json',
  isTyped: true,
  isOrdered: false,
  writesNulls: true,
  nullCarries: true,
  allowsNullChildren: false,
  lexicalFormats: lexicalFormats({ guid: () => guidFormat('D'), date: millisecondDate, bool: ['true', 'false'] }),
  members: (dto) => dto.members,
  mayLeaveOut: () => false,
  read: (text) => ({ name: '', value: readJson(text) }),
};
