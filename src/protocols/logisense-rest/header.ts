/** Request headers whose value is a JSON object (logisense.md §3). */
import type { Call } from '../protocol.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';
import { malformed, Refusal } from './problem.ts';

/** The header's object; undefined where none was sent. Anything else is refused. */
export function jsonHeader(call: Call, name: string): JsonObject | undefined {
  const value = call.inbound.header(name.toLowerCase());
  if (value === undefined || value.trim() === '') return undefined;
  let parsed: unknown;
  try {
    parsed = parseJson(value);
  } catch {
    parsed = undefined;
  }
  if (isObject(parsed)) return parsed;
  throw badHeader(name, value, 'a JSON object');
}

export const badHeader = (name: string, value: unknown, wanted: string): Refusal =>
  new Refusal(400, [
    malformed(`The '${name}' header MUST hold ${wanted}.`, {
      message: `Send ${name} as ${wanted}, as in ${EXAMPLES[name] ?? '{}'}.`,
      member: name,
      rule: 'header',
      value,
      contract: name,
    }),
  ]);

const EXAMPLES: Readonly<Record<string, string>> = {
  Pagination: '{"pageNumber":1,"pageSize":20}',
  OutputFormat: '{"format":"result"}',
  UpdateRequest: '{"filters":["name"]}',
  SearchRequest: '{"filters":[{"name":"identity","operator":"gt","value":5}]}',
};
