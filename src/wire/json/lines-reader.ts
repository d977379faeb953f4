/** JSON lines as ServiceStack.Text reads them: every line is a message, the first one counts (servicestack.md §12 E4). */
import type { Dto } from '../../contract/dto.ts';
import { readJson } from './reader.ts';

/** All lines, each a message; a line without text is none. */
export function readJsonlRows(text: string, dto: Dto): (Record<string, unknown> | null)[] {
  if (text === '') return [];
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => readJson(line, dto));
}

/** The first line's message; the others are read all the same, and may be wrong. */
export const readJsonl = (text: string, dto: Dto): Record<string, unknown> | null => readJsonlRows(text, dto)[0] ?? null;
