/** JSON lines as ServiceStack.Text reads them: every line is a message, the first one counts (servicestack.md §12 E4). */
import type { Dto } from '../../contract/dto.ts';
import { CompactReader } from '../compact-reader.ts';
import type { Message, Reading } from '../reading.ts';
import { Pace } from '../pace.ts';
import type { Work } from '../../work.ts';
import { JSON_SYNTAX } from './reader.ts';

/** What follows the last line break is no line if it is empty. */
function* lines(text: string): Generator<string> {
  let start = 0;
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) {
    yield text.slice(start, index);
    start = index + end.length;
  }
  if (start < text.length) yield text.slice(start);
}

/** All lines, each a message; a line without text is none. */
export function* readJsonlRows(text: string, dto: Dto, reading: Reading): Work<(Message | null)[]> {
  const reader = new CompactReader(JSON_SYNTAX, reading);
  const messages: (Message | null)[] = [];
  const pace = new Pace();
  for (const line of lines(text)) {
    reading.count();
    messages.push(yield* reader.message(line, dto));
    if (pace.isOver(line.length)) yield;
  }
  return messages;
}

/** The first line's message; the others are read all the same, and may be wrong. */
export function* readJsonl(text: string, dto: Dto, reading: Reading): Work<Message | null> {
  let first: Message | null | undefined;
  let reader = new CompactReader(JSON_SYNTAX, reading);
  const pace = new Pace();
  for (const line of lines(text)) {
    const message = line === '' ? null : yield* reader.message(line, dto);
    if (pace.isOver(line.length)) yield;
    if (first !== undefined) continue;
    first = message;
    reader = new CompactReader(JSON_SYNTAX, reading.forgetful());
  }
  return first ?? null;
}
