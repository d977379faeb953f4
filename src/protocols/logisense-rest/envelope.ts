/** The five envelopes as text: one, list, page, write, error (logisense.md §13); long lists leave in pieces. */
import type { ReadableStream as WebStream } from 'node:stream/web';
import type { Reply } from '../../http/message.ts';
import type { Call } from '../protocol.ts';
import { explain } from './explain.ts';
import { transactionProblem, type Problem } from './problem.ts';

/** Up to this many items travel as one text; more are streamed. */
export const MAX_AT_ONCE = 500;
const CHUNK = 64 * 1024;

const JSON_HEADERS = Object.freeze({ 'Content-Type': 'application/json; charset=utf-8' });

export const jsonReply = (status: number, body: Reply['body'], headers?: Readonly<Record<string, string>>): Reply => ({
  status,
  headers: headers === undefined ? JSON_HEADERS : { ...JSON_HEADERS, ...headers },
  body,
});

/** ASP.NET's own errors, which no controller has seen: wrong route, wrong verb, nobody signed in. */
export const frameworkReply = (status: number, message: string, headers?: Readonly<Record<string, string>>): Reply =>
  jsonReply(status, JSON.stringify({ message }), headers);

/** The call's number as a GUID: the same as its `X-Mock-Request-Id`, so that a body found in a log leads to the journal. */
const bodyStart = (call: Call): string => `{"trackingId":"${call.world.base.guid('request', call.number)}"`;

export const one = (call: Call, instance: string): Reply => jsonReply(200, `${bodyStart(call)},"instance":${instance}}`);

/** Texts that are made one after another, or all of them already put together. */
export type Items = string | Texts;
export interface Texts {
  /** How many the texts are, as far as known; it only decides whether they are streamed. */
  readonly length: number;
  readonly texts: Iterable<string>;
}

export const list = (call: Call, total: number, items: Items): Reply =>
  around(`${bodyStart(call)},"totalCount":${total},"items":[`, items, ']}');

export interface Page {
  readonly pageNumber: number;
  readonly pageSize: number;
  readonly excludeTotalCount: boolean;
}
export function page(call: Call, { pageNumber, pageSize, excludeTotalCount }: Page, total: number | null, items: Items): Reply {
  const pagination = `{"pageNumber":${pageNumber},"pageSize":${pageSize},"excludeTotalCount":${excludeTotalCount}}`;
  return around(`${bodyStart(call)},"pagination":${pagination},"pagedResults":{"totalCount":${total},"items":[`, items, ']}}');
}

export type WriteType = 'create' | 'update' | 'patch' | 'delete';

export const written = (call: Call, type: WriteType, items: readonly string[]): Reply =>
  jsonReply(200, `${bodyStart(call)},"type":"${type}","results":{"totalCount":${items.length},"items":[${items.join(',')}]}}`);

/** All errors at once; a failed write is closed by code 2000. */
export function problemReply(call: Call, type: WriteType | 'retrieve', status: number, problems: readonly Problem[]): Reply {
  explain(call, ...problems.map(({ explanation }) => explanation));
  const errors = problems.map(({ code, message }) => ({ code, message }));
  if (type !== 'retrieve') errors.push(transactionProblem);
  return jsonReply(status, `${bodyStart(call)},"type":"${type}","errors":${JSON.stringify(errors)}}`);
}

function around(head: string, items: Items, tail: string): Reply {
  if (typeof items === 'string') return jsonReply(200, head + items + tail);
  const { length, texts } = items;
  if (length > MAX_AT_ONCE) return jsonReply(200, streamed(head, texts, tail));
  let body = head;
  let separator = '';
  for (const text of texts) {
    body += separator + text;
    separator = ',';
  }
  return jsonReply(200, body + tail);
}

/** Makes the next piece when the reader has taken the last one: memory stays flat whatever the length. */
function streamed(head: string, texts: Iterable<string>, tail: string): WebStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = texts[Symbol.iterator]();
  let piece = head;
  let separator = '';
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        while (piece.length < CHUNK) {
          const next = iterator.next();
          if (next.done) {
            controller.enqueue(encoder.encode(piece + tail));
            controller.close();
            return;
          }
          piece += separator + next.value;
          separator = ',';
        }
        controller.enqueue(encoder.encode(piece));
        piece = '';
      },
    },
    { highWaterMark: 1 },
  ) as WebStream<Uint8Array>;
}
