/** `POST /Search`: what is searched for stands in the body (logisense.md §3a). */
import { inTurns } from '../../../store/turns.ts';
import type { Work } from '../../../work.ts';
import type { MaybePromise, Reply } from '../../../http/message.ts';
import { jsonBody } from '../body.ts';
import { listReply } from '../envelope.ts';
import { badHeader, HEADERS, noticeUnknown } from '../header.ts';
import { isJsonObject, type JsonObject } from '../../../json-object.ts';
import { KnownNames } from '../json.ts';
import type { ModelTable, View } from '../model/model-table.ts';
import { pageOf } from './paging.ts';
import { excerpt, malformed, type Problem, Refusal, refuseIfAny, unsupported, wrongType } from '../problem.ts';
import { answerPage, itemsOf, noteLongScan } from './read.ts';
import type { RestRequest } from '../rest-request.ts';
import { readSearch, searchedMember } from './search.ts';
import { select } from './selection.ts';

/** Records that are answered at most, and where it is not said how many. */
const MAX_TOP = 10_000;
const DEFAULT_TOP = 100;
const BODY = new KnownNames(['query']);
const QUERY = new KnownNames(['top', 'fields', 'search', 'orderBy', 'pagination', 'condition']);

export const readSearchBody = (request: RestRequest, table: ModelTable): MaybePromise<Reply> =>
  inTurns(answerSearch(request, table), request.call.inbound);

function* answerSearch(request: RestRequest, table: ModelTable): Work<Reply> {
  const query = yield* queryOf(request);
  const problems: Problem[] = [];
  for (const part in query) {
    if (QUERY.find(part) === undefined) problems.push(unknownPart(part, table));
    yield;
  }
  const top = topOf(query['top'], table, problems);
  const fields = yield* fieldsOf(query['fields'], table, problems);
  const search = yield* readSearch(request, table, query, 'query', problems);
  refuseIfAny(problems);
  const view = narrowView(table, fields);
  const pagination = query['pagination'];
  if (pagination !== undefined && pagination !== null) {
    if (!isJsonObject(pagination)) throw badHeader('Pagination', pagination, 'a JSON object');
    const sent = HEADERS.Pagination.restore(pagination);
    noticeUnknown(request, HEADERS.Pagination, sent, 'query.pagination');
    if (query['top'] !== undefined) request.notice(() => topBesidePagination(query['top']));
    return yield* answerPage(request, table, view, pageOf(sent, 'query.pagination'), search);
  }
  const selected = yield* select(request.world, table, search);
  const total = yield* selected.selection.count();
  noteLongScan(request, table, search, selected);
  return listReply(request.call, total, yield* itemsOf(selected, table, view, 0, Math.min(top, total)));
}

function* queryOf(request: RestRequest): Work<JsonObject> {
  const body = yield* BODY.restoring(jsonBody(request.call));
  const { query = {}, ...others } = body;
  if (!isJsonObject(query)) {
    const explanation = { message: 'Send {"query":{…}}.', member: 'query', rule: 'object', value: query };
    throw new Refusal(400, [malformed("'query' MUST be an object.", () => explanation)]);
  }
  for (const name in others) {
    request.notice(() => ({
      message: `\`${excerpt(name)}\` stands outside of \`query\` and is not read; send {"query":${excerpt({ [name]: others[name] })}}.`,
      member: name,
      rule: 'below query',
      value: others[name],
    }));
  }
  return yield* QUERY.restoring(query);
}

const unknownPart = (part: string, table: ModelTable): Problem =>
  unsupported(`'${part}' cannot be searched with a '${table.name}'.`, () => ({
    message: 'Only the object itself can be searched, not its children.',
    member: `query.${part}`,
    rule: 'search',
  }));

const topBesidePagination = (top: unknown) => ({
  message: '`top` is not read beside `pagination`, whose pageSize says how many; send one of them.',
  member: 'query.top',
  rule: 'top or pagination',
  value: top,
});

function topOf(value: unknown, table: ModelTable, problems: Problem[]): number {
  if (value === undefined || value === null) return DEFAULT_TOP;
  const top = typeof value === 'string' ? Number(value) : value;
  if (typeof top === 'number' && Number.isInteger(top) && top >= 1 && top <= MAX_TOP) return top;
  problems.push(wrongType({ member: 'top', path: 'query.top', dto: table.name }, value, `Number from 1 to ${MAX_TOP}`));
  return DEFAULT_TOP;
}

/** More names of members than this are not looked at. */
const MAX_FIELDS = 1000;

function* fieldsOf(value: unknown, table: ModelTable, problems: Problem[]): Work<ReadonlySet<string> | undefined> {
  if (value === undefined || value === null) return undefined;
  const names = Array.isArray(value) ? value : [value];
  if (names.length === 0) return undefined;
  if (names.length > MAX_FIELDS) {
    const explanation = { message: 'Name each member once.', member: 'query.fields', rule: 'fields' };
    problems.push(unsupported(`'query.fields' MUST NOT hold more than ${MAX_FIELDS} names.`, () => explanation));
    return undefined;
  }
  const fields = new Set<string>();
  for (const [i, name] of names.entries()) {
    const field = searchedMember(table, name, `query.fields[${i}]`, problems);
    if (field !== undefined) fields.add(field);
    yield;
  }
  return fields;
}

/** Records with some of their members. */
function narrowView(table: ModelTable, fields: ReadonlySet<string> | undefined): View {
  if (fields === undefined) return table.view;
  const narrow = (text: string): string =>
    JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as JsonObject).filter(([name]) => fields.has(name))));
  return {
    name: `${table.view.name}(${[...fields].sort().join()})`,
    write: (world, found, isOnce) => narrow(isOnce ? table.textOnce(world, found) : table.text(world, found)),
  };
}
