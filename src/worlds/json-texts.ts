/** JSON for people, in pieces: what takes long to write is written in turns. */
import { isJsonObject } from '../json-object.ts';

/** `JSON.stringify(value, null, 2)` and a line break; an object that holds no other one, a record, is a text of its own. */
export function* jsonTexts(value: unknown): Generator<string> {
  yield* textsOf(value, '\n');
  yield '\n';
}

function* textsOf(value: unknown, line: string): Generator<string> {
  if (!isJsonObject(value) || !holdsObject(value)) {
    yield JSON.stringify(value, null, 2).replaceAll('\n', line);
    return;
  }
  let separator = '{';
  for (const name of Object.keys(value)) {
    yield `${separator}${line}  ${JSON.stringify(name)}: `;
    yield* textsOf(value[name], `${line}  `);
    separator = ',';
  }
  yield `${line}}`;
}

function holdsObject(value: Readonly<Record<string, unknown>>): boolean {
  for (const name in value) if (isJsonObject(value[name])) return true;
  return false;
}
