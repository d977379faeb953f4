/** Reading: one, all, a page, with children or without; filtered by the older header. */
import type { Key, StoredRecord } from '../../../contract/entity.ts';
import { inTurns } from '../../../store/turns.ts';
import type { Work } from '../../../work.ts';
import type { Base } from '../../../store/base.ts';
import type { World } from '../../../store/world.ts';
import type { MaybePromise, Reply } from '../../../http/message.ts';
import type { Call } from '../../protocol.ts';
import { instanceReply, type Items, listReply, MAX_AT_ONCE, type Page, pageReply } from '../envelope.ts';
import { jsonHeader } from '../header.ts';
import type { ModelTable, View } from '../model/model-table.ts';
import { offsetOf, pageAsked } from './paging.ts';
import { missingRow, type Problem, Refusal, refuseIfAny } from '../problem.ts';
import type { RestRequest } from '../rest-request.ts';
import { EVERYTHING, readSearch, type Search } from './search.ts';
import { type Selected, select } from './selection.ts';

/** Pages up to this length are kept until a record of the API is written. */
const MAX_KEPT = 50;
/** Records and children of such a page. */
const MAX_PIECES = 2000;

/** The record of a path; a 404 where there is none. */
export function record(world: World, table: ModelTable, identity: number): StoredRecord {
  const found = table.of(world).get(identity);
  if (found === undefined) throw new Refusal(404, [missingRow(table.name, identity, 'id')]);
  return found;
}

export function readOne(request: RestRequest, table: ModelTable, identity: number, view: View): MaybePromise<Reply> {
  const { call, world } = request;
  const found = record(world, table, identity);
  const written = view.write(world, found, false);
  if (typeof written === 'string') return instanceReply(call, written);
  const pieces: string[] = [];
  for (const piece of written) {
    // A record with very many children is read in turns, from one moment of the world.
    if (pieces.push(piece) > MAX_AT_ONCE) return inTurns(answerOne(call, view, world.version(table.api), found), call.inbound);
  }
  return instanceReply(call, pieces.join(''));
}

function* answerOne(call: Call, view: View, version: World, found: StoredRecord): Work<Reply> {
  const pieces: string[] = [];
  for (const piece of view.write(version, found, true)) {
    pieces.push(piece);
    yield;
  }
  return instanceReply(call, pieces.join(''));
}

export const readList = (request: RestRequest, table: ModelTable, view: View): MaybePromise<Reply> =>
  inTurns(answerList(request, table, view), request.call.inbound);

function* answerList(request: RestRequest, table: ModelTable, view: View): Work<Reply> {
  const search = yield* searchAsked(request, table);
  if (isOfAll(search)) {
    const rows = table.of(request.world);
    const total = rows.count();
    const text = total > MAX_AT_ONCE ? undefined : keptText(request.world, table, view, 0, total);
    if (text !== undefined) return listReply(request.call, total, text);
  }
  const selected = yield* select(request.world, table, search);
  const total = yield* selected.selection.count();
  noteLongScan(request, table, search, selected);
  return listReply(request.call, total, yield* itemsOf(selected, table, view, 0, total));
}
const isOfAll = ({ groups, order }: Search): boolean => groups.length === 0 && order.length === 0;

export const readPage = (request: RestRequest, table: ModelTable, view: View): MaybePromise<Reply> =>
  inTurns(answerPageAsked(request, table, view), request.call.inbound);

function* answerPageAsked(request: RestRequest, table: ModelTable, view: View): Work<Reply> {
  const page = pageAsked(request);
  return yield* answerPage(request, table, view, page, yield* searchAsked(request, table));
}

export function* answerPage(request: RestRequest, table: ModelTable, view: View, page: Page, search: Search): Work<Reply> {
  const { call, world } = request;
  const offset = offsetOf(page);
  if (isOfAll(search) && page.pageSize <= MAX_KEPT) {
    const text = keptText(world, table, view, offset, page.pageSize);
    if (text !== undefined) return pageReply(call, page, page.excludeTotalCount ? null : table.of(world).count(), text);
  }
  const selected = yield* select(world, table, search);
  const total = page.excludeTotalCount ? null : yield* selected.selection.count();
  const length = total === null ? page.pageSize : Math.max(0, Math.min(page.pageSize, total - offset));
  const items = yield* itemsOf(selected, table, view, offset, length);
  noteLongScan(request, table, search, selected);
  return pageReply(call, page, total, items);
}

/** Records as one text, kept until one of the API is written; undefined where that would take long: some have very many children. */
function keptText(world: World, table: ModelTable, view: View, offset: number, limit: number): string | undefined {
  const rows = table.of(world);
  const make = (): { readonly text: string | undefined } => {
    let pieces = 0;
    const texts: string[] = [];
    for (const key of rows.page(offset, limit)) {
      const written = view.write(world, rows.get(key)!, false);
      let text = '';
      for (const piece of typeof written === 'string' ? [written] : written) {
        if (++pieces > MAX_PIECES) return { text: undefined };
        text += piece;
      }
      texts.push(text);
    }
    return { text: texts.join(',') };
  };
  return world.memoize(table.api, `${view.name}:${offset}:${limit}`, make).text;
}

export function* itemsOf({ version, selection }: Selected, table: ModelTable, view: View, offset: number, length: number): Work<Items> {
  const isLong = length > MAX_AT_ONCE;
  const pieces = piecesOf(version, table, view, selection.keys(offset, length), isLong);
  if (isLong) return pieces;
  let text = '';
  for (const piece of pieces) {
    text += piece;
    yield;
  }
  return text;
}

function* piecesOf(version: World, table: ModelTable, view: View, keys: Iterable<Key | undefined>, isOnce: boolean): Generator<string> {
  const rows = table.of(version);
  let separator = '';
  for (const key of keys) {
    if (key === undefined) yield '';
    else {
      const written = view.write(version, rows.get(key)!, isOnce);
      if (typeof written === 'string') yield separator + written;
      else {
        if (separator !== '') yield separator;
        yield* written;
      }
      separator = ',';
    }
  }
}

/** A search that looks at more records says so in the log. */
const MANY = 100_000;
const noted = new WeakMap<Base, Set<string>>();

/** Tells the log, once for each sort of search, that it takes long and what would not. */
export function noteLongScan({ call, world }: RestRequest, table: ModelTable, { groups, order }: Search, { selection }: Selected): void {
  if (selection.looked <= MANY) return;
  const searched = [...new Set((groups.length > 0 ? groups.flat() : order).map(({ member }) => member))].sort().join(', ');
  let known = noted.get(world.base);
  if (known === undefined) noted.set(world.base, (known = new Set()));
  if (known.has(`${table.id} ${searched}`)) return;
  known.add(`${table.id} ${searched}`);
  const { key, referrers = {} } = table.of(world).base.entity;
  const fast = [key, ...Object.keys(referrers).filter((member) => table.memberNamed(member) !== undefined)].join(' or ');
  const looked = selection.looked.toLocaleString('en');
  call.note(`A search of ${table.id} by ${searched} looked at ${looked} records; with a condition on ${fast} (eq, in) it would not.`);
}

/** What the older filter header asks for. */
function* searchAsked(request: RestRequest, table: ModelTable): Work<Search> {
  const sent = jsonHeader(request, 'SearchRequest');
  if (sent === undefined) return EVERYTHING;
  const problems: Problem[] = [];
  const search = yield* readSearch(request, table, sent, 'SearchRequest', problems);
  refuseIfAny(problems);
  return search;
}
