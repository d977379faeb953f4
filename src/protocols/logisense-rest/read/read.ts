/** Reading: one, all, a page, with children or without; filtered by the older header or by a search's body. */
import type { Key, StoredRecord } from '../../../contract/entity.ts';
import type { World } from '../../../store/world.ts';
import type { Reply } from '../../../http/message.ts';
import type { Call } from '../../protocol.ts';
import { jsonBody } from '../body.ts';
import { list, MAX_AT_ONCE, one, type Page, page, type Texts } from '../envelope.ts';
import { badHeader, jsonHeader } from '../header.ts';
import { isObject, type JsonObject, withKnownNames } from '../json.ts';
import type { ModelTable } from '../model/model-table.ts';
import { offsetOf, pageAsked, pageOf } from './paging.ts';
import { malformed, missingRow, unsupported, type Problem, Refusal, wrongType } from '../problem.ts';
import { EVERYTHING, find, readSearch, type Search, searchedMember } from './search.ts';

/** How a record is shown: flat, or with its children. */
export interface View {
  readonly name: string;
  text(world: World, record: StoredRecord): string;
  /** The same, of which nothing is kept. */
  textOnce(world: World, record: StoredRecord): string;
}

/** Pages up to this length are remembered until a record of the API is written. */
const MAX_REMEMBERED = 50;

export function record(world: World, table: ModelTable, identity: number): StoredRecord {
  const found = table.of(world).get(identity);
  if (found === undefined) throw new Refusal(404, [missingRow(table.name, identity, 'id')]);
  return found;
}

export const readOne = (call: Call, table: ModelTable, identity: number, view: View): Reply =>
  one(call, view.text(call.world, record(call.world, table, identity)));

export function readList(call: Call, table: ModelTable, view: View): Reply {
  const search = searchAsked(call, table);
  const found = search === undefined ? undefined : [...find(call.world, table, search)];
  const total = found?.length ?? table.of(call.world).count();
  return list(call, total, itemsOf(call.world, table, view, found ?? table.of(call.world).keys(), total));
}

export function readPage(call: Call, table: ModelTable, view: View): Reply {
  const asked = pageAsked(call);
  const search = searchAsked(call, table);
  return answerPage(call, table, view, asked, search);
}

/** A page of all is arithmetic; a page of a search needs to know all that match. */
function answerPage(call: Call, table: ModelTable, view: View, asked: Page, search: Search | undefined): Reply {
  const { world } = call;
  const offset = offsetOf(asked);
  if (search !== undefined) {
    const found = [...find(world, table, search)];
    const keys = found.slice(offset, offset + asked.pageSize);
    return page(call, asked, asked.excludeTotalCount ? null : found.length, itemsOf(world, table, view, keys, keys.length));
  }
  const rows = table.of(world);
  const total = rows.count();
  const length = Math.max(0, Math.min(asked.pageSize, total - offset));
  const items = () => itemsOf(world, table, view, first(rows.keys(offset), length), length);
  const remembered = () => ({ text: [...items().texts].join(',') });
  const key = `${table.name}.${view.name}:${offset}:${length}`;
  return page(
    call,
    asked,
    asked.excludeTotalCount ? null : total,
    length > MAX_REMEMBERED ? items() : world.memoize(table.api, key, remembered).text,
  );
}

function* first(keys: Iterable<Key>, limit: number): Generator<Key> {
  let left = limit;
  if (left === 0) return;
  for (const key of keys) {
    yield key;
    if (--left === 0) return;
  }
}

function itemsOf(world: World, table: ModelTable, view: View, keys: Iterable<Key>, length: number): Texts {
  const rows = table.of(world);
  const isLong = length > MAX_AT_ONCE;
  const texts = function* (): Generator<string> {
    for (const key of keys) {
      const found = rows.get(key);
      // A record may go while a long list is on its way.
      if (found !== undefined) yield isLong ? view.textOnce(world, found) : view.text(world, found);
    }
  };
  return { length, texts: texts() };
}

/** What the older filter header asks for. */
function searchAsked(call: Call, table: ModelTable): Search | undefined {
  const asked = jsonHeader(call, 'SearchRequest');
  if (asked === undefined) return undefined;
  const problems: Problem[] = [];
  const search = readSearch(table, asked, 'SearchRequest', problems);
  if (problems.length > 0) throw new Refusal(400, problems);
  return search;
}

/** `POST /Search` takes this many at most, and as many where it is not told (logisense.md §3a). */
const MOST = 10_000;
const USUAL = 100;
const PARTS = ['top', 'fields', 'search', 'orderBy', 'pagination', 'condition'];

export function readSearchBody(call: Call, table: ModelTable): Reply {
  const sent = withKnownNames(jsonBody(call), ['query'])['query'] ?? {};
  if (!isObject(sent)) {
    throw new Refusal(400, [
      malformed("'query' MUST be an object.", { message: 'Send {"query":{…}}.', member: 'query', rule: 'object', value: sent }),
    ]);
  }
  const query = withKnownNames(sent, PARTS);
  const problems: Problem[] = [];
  for (const part of Object.keys(query)) {
    if (PARTS.includes(part)) continue;
    const message = `'${part}' cannot be searched with a '${table.name}'.`;
    problems.push(
      unsupported(message, {
        message: 'Only the object itself can be searched, not its children.',
        member: `query.${part}`,
        rule: 'search',
      }),
    );
  }
  const top = topOf(query['top'], table, problems);
  const fields = fieldsOf(query['fields'], table, problems);
  const search = readSearch(table, query, 'query', problems);
  if (problems.length > 0) throw new Refusal(400, problems);
  const text: View['text'] = (world, found) => narrow(table.text(world, found), fields);
  const view: View = { name: 'narrow', text, textOnce: text };
  const pagination = query['pagination'];
  if (pagination !== undefined && pagination !== null) {
    if (!isObject(pagination)) throw badHeader('Pagination', pagination, 'a JSON object');
    return answerPage(call, table, view, pageOf(pagination, 'query.pagination'), search);
  }
  const found = [...find(call.world, table, search ?? EVERYTHING)];
  const keys = found.slice(0, top);
  return list(call, found.length, itemsOf(call.world, table, view, keys, keys.length));
}

function topOf(value: unknown, table: ModelTable, problems: Problem[]): number {
  if (value === undefined || value === null) return USUAL;
  const top = typeof value === 'string' ? Number(value) : value;
  if (typeof top === 'number' && Number.isInteger(top) && top >= 1 && top <= MOST) return top;
  problems.push(wrongType({ member: 'top', path: 'query.top', dto: table.name }, value, `Number from 1 to ${MOST}`));
  return USUAL;
}

function fieldsOf(value: unknown, table: ModelTable, problems: Problem[]): ReadonlySet<string> | undefined {
  if (value === undefined || value === null) return undefined;
  const names = Array.isArray(value) ? value : [value];
  if (names.length === 0) return undefined;
  return new Set(names.flatMap((name, i) => searchedMember(table, name, `query.fields[${i}]`, problems) ?? []));
}

const narrow = (text: string, fields: ReadonlySet<string> | undefined): string =>
  fields === undefined
    ? text
    : JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as JsonObject).filter(([name]) => fields.has(name))));
