/** The five envelopes as text: one, list, page, write, error (logisense.md §13); long lists leave in pieces. */
import type { Reply } from '../../http/message.ts';
import { textStream } from '../../http/text-stream.ts';
import { inPieces } from '../../store/turns.ts';
import { flattened, utf8Length } from '../../wire/bytes.ts';
import type { Call } from '../protocol.ts';
import { explain, type Problem, transactionProblem } from './problem.ts';

const JSON_TYPE = Object.freeze({ 'Content-Type': 'application/json; charset=utf-8' });

export const jsonReply = (status: number, body: Reply['body'], headers?: Readonly<Record<string, string>>): Reply => ({
  status,
  headers: headers === undefined ? JSON_TYPE : { ...JSON_TYPE, ...headers },
  body,
});

/** ASP.NET's own errors, which no controller has seen: wrong route, wrong verb, nobody signed in. */
export const frameworkReply = (status: number, message: string, headers?: Readonly<Record<string, string>>): Reply =>
  jsonReply(status, JSON.stringify({ message }), headers);

/** The call's number as a GUID: the same as its `X-Mock-Request-Id`, so that a body found in a log leads to the journal. */
const bodyStart = (call: Call): string => `{"trackingId":"${call.world.base.guid('request', call.number)}"`;

export const instanceReply = (call: Call, instance: string): Reply => enclosed(200, `${bodyStart(call)},"instance":`, instance, '}');

/** Up to this many items travel as one text; more are streamed. */
export const MAX_AT_ONCE = 500;
/** Items, commas between them, as one text or as pieces that are written while they are sent; `''` where that may be interrupted. */
export type Items = string | Iterable<string>;

export const listReply = (call: Call, total: number, items: Items): Reply =>
  itemsReply(200, `${bodyStart(call)},"totalCount":${total},"items":[`, items, ']}');

export interface Page {
  readonly pageNumber: number;
  readonly pageSize: number;
  readonly excludeTotalCount: boolean;
}
export function pageReply(call: Call, { pageNumber, pageSize, excludeTotalCount }: Page, total: number | null, items: Items): Reply {
  const pagination = `{"pageNumber":${pageNumber},"pageSize":${pageSize},"excludeTotalCount":${excludeTotalCount}}`;
  return itemsReply(200, `${bodyStart(call)},"pagination":${pagination},"pagedResults":{"totalCount":${total},"items":[`, items, ']}}');
}

export type WriteType = 'create' | 'update' | 'patch' | 'delete';

export const writeReply = (call: Call, type: WriteType, items: readonly string[]): Reply =>
  enclosed(200, `${bodyStart(call)},"type":"${type}","results":{"totalCount":${items.length},"items":[`, items.join(','), ']}}');

/** All errors at once; a failed write is closed by code 2000. */
export function problemReply(call: Call, type: WriteType | 'retrieve', status: number, problems: readonly Problem[]): Reply {
  explain(
    call,
    problems.map((problem) => problem.explain),
  );
  const errors = function* (): Generator<string> {
    for (const { code, message } of problems) yield JSON.stringify({ code, message });
    if (type !== 'retrieve') yield JSON.stringify(transactionProblem);
  };
  const items = problems.length > MAX_AT_ONCE ? separated(errors()) : [...errors()].join(',');
  return itemsReply(status, `${bodyStart(call)},"type":"${type}","errors":[`, items, ']}');
}

/** Characters up to which an answer is one text: the journal keeps it, and the garbage collector copies every part of it. */
const SHORT = 1000;

/** `head` and `tail` are ASCII. */
function enclosed(status: number, head: string, text: string, tail: string): Reply {
  const whole = head + text + tail;
  // To count the bytes of a text is to flatten it: of a short one once, together with what encloses it.
  if (text.length <= SHORT) return { status, headers: JSON_TYPE, body: flattened(whole), byteLength: utf8Length(whole) };
  const length = utf8Length(text);
  return {
    status,
    headers: JSON_TYPE,
    body: whole,
    byteLength: length === undefined ? undefined : head.length + length + tail.length,
  };
}

function itemsReply(status: number, head: string, items: Items, tail: string): Reply {
  if (typeof items === 'string') return enclosed(status, head, items, tail);
  const whole = function* (): Generator<string> {
    yield head;
    yield* items;
    yield tail;
  };
  return jsonReply(status, textStream(inPieces(whole())));
}

/** Texts with commas between them. */
function* separated(texts: Iterable<string>): Generator<string> {
  let separator = '';
  for (const text of texts) {
    yield separator + text;
    separator = ',';
  }
}
