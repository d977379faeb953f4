/** Request headers whose value is a JSON object (logisense.md §3). */
import { isJsonObject, type JsonObject } from '../../json-object.ts';
import { KnownNames, parseJson } from './json.ts';
import { excerpt, malformed, Refusal } from './problem.ts';
import type { RestRequest } from './rest-request.ts';

/** Members of each header that are read here. */
export const HEADERS = {
  Pagination: new KnownNames(['pageNumber', 'pageSize', 'excludeTotalCount']),
  SearchRequest: new KnownNames(['filters', 'search', 'groups', 'orderBy', 'condition']),
  UpdateRequest: new KnownNames(['filters']),
  OutputFormat: new KnownNames(['format']),
} as const;
export type JsonHeader = keyof typeof HEADERS;
export const JSON_HEADERS = (Object.keys(HEADERS) as JsonHeader[]).map((name) => ({ name, field: name.toLowerCase() }));

const EXAMPLES: Readonly<Record<JsonHeader, string>> = {
  Pagination: '{"pageNumber":1,"pageSize":20}',
  SearchRequest: '{"filters":[{"name":"identity","operator":"gt","value":5}]}',
  UpdateRequest: '{"filters":["name"]}',
  OutputFormat: '{"format":"result"}',
};

/** The header's object, its members' names as they are written; undefined where none was sent. Anything else is refused. */
export function jsonHeader(request: RestRequest, name: JsonHeader): JsonObject | undefined {
  const value = request.call.inbound.header(name.toLowerCase());
  if (value === undefined || value.trim() === '') return undefined;
  let parsed: unknown;
  try {
    parsed = parseJson(value);
  } catch {
    parsed = undefined;
  }
  if (!isJsonObject(parsed)) throw badHeader(name, value, 'a JSON object');
  const object = HEADERS[name].restore(parsed);
  noticeUnknown(request, HEADERS[name], object, name);
  return object;
}

/** Notes the members of an object that nobody reads. */
export function noticeUnknown(request: RestRequest, known: KnownNames, object: JsonObject, where: string): void {
  for (const member of Object.keys(object)) {
    if (known.find(member) === member) continue;
    request.notice(() => ({
      message: `\`${excerpt(member)}\` in \`${where}\` is not read here; it has ${known.names.join(', ')}.`,
      member: `${where}.${excerpt(member)}`,
      rule: 'known member',
      value: object[member],
    }));
  }
}

export const badHeader = (name: JsonHeader, value: unknown, wanted: string): Refusal =>
  new Refusal(400, [
    malformed(`The '${name}' header MUST hold ${wanted}.`, () => ({
      message: `Send ${name} as ${wanted}, as in ${EXAMPLES[name]}.`,
      member: name,
      rule: 'header',
      value,
      contract: name,
    })),
  ]);
