/** What the world was asked and answered. */
import { stream as streamOf } from 'hono/streaming';
import { type JournalEntry, journalEntry, unmatchedEntry } from '../../journal/entry.ts';
import { isUnmatched } from '../../journal/explanation.ts';
import { HAR_HEAD, HAR_TAIL, harEntry } from '../../journal/har.ts';
import type { CallRecord } from '../../journal/record.ts';
import { useLinearExpressions } from '../../journal/regular-expression.ts';
import { looksAtBodies, requestTest } from '../../journal/request-pattern.ts';
import { MockError } from '../../mock-error.ts';
import { parseTime } from '../../store/clock.ts';
import { inTurns } from '../../store/turns.ts';
import type { Work } from '../../work.ts';
import { jsonOfTexts } from '../json.ts';
import { journalRows } from '../journal-rows.ts';
import { flag, wholeNumber } from '../query.ts';
import type { AdminCall, AdminRoute } from '../route.ts';

const MAX_ROWS = 200;

export const journalRoutes: readonly AdminRoute[] = [
  {
    method: 'GET',
    path: '/requests',
    meaning: 'the journal, newest first; ?limit= ?since= ?unmatched=true ?method= ?operation= ?caller= ?status= ?urlPath= … ?format=har',
    async answer(call) {
      const isWanted = call.query('unmatched') === 'true' ? isUnmatched : undefined;
      const found = await inTurns(finding(call, await queryPattern(call), isWanted), call.inbound);
      return wantsHar(call) ? har(call, entriesOf(call, found.records.reverse())) : listed(call, found, isWanted);
    },
  },
  { method: 'DELETE', path: '/requests', meaning: 'forgets the journal', answer: (call) => call.world().requests.clear() },
  {
    method: 'POST',
    path: '/requests/count',
    meaning: "how many calls WireMock's request pattern means",
    async answer(call) {
      const { records: _, total, ...note } = await inTurns(finding(call, await sentPattern(call)), call.inbound);
      return { count: total, ...note };
    },
  },
  {
    method: 'POST',
    path: '/requests/find',
    meaning: "the calls that WireMock's request pattern means",
    answer: async (call) => listed(call, await inTurns(finding(call, await sentPattern(call)), call.inbound)),
  },
  {
    method: 'GET',
    path: '/requests/unmatched',
    meaning: 'calls that reached no operation, the nearest ones and what differs',
    answer: async (call) => listed(call, await inTurns(finding(call, {}, isUnmatched), call.inbound), isUnmatched),
  },
  {
    method: 'GET',
    path: '/requests/rows',
    meaning: 'the journal without headers and bodies, a part at a time; ?offset= ?limit= ?q= ?method= ?operation= ?status=4xx ?failed=true',
    answer(call) {
      const rows = journalRows(call.manager, call.session(), {
        offset: wholeNumber(call, 'offset') ?? 0,
        limit: Math.min(wholeNumber(call, 'limit') ?? 100, MAX_ROWS),
        q: call.query('q'),
        method: call.query('method'),
        operation: call.query('operation'),
        status: call.query('status'),
        isFailed: flag(call, 'failed'),
      });
      return inTurns(rows, call.inbound);
    },
  },
  {
    method: 'GET',
    path: '/requests/stream',
    meaning: 'calls as they are answered, as server-sent events; ?view=id for their ids alone',
    answer: eventStream,
  },
  {
    method: 'GET',
    path: '/requests/:id',
    meaning: 'one call, by its X-Mock-Request-Id, with the explanation of an error; ?format=har',
    answer(call) {
      const id = call.param('id');
      const entry = call.world().requests.get(id);
      if (entry !== undefined) return wantsHar(call) ? har(call, [entry]) : entry;
      throw new MockError(
        'unknown-request',
        `This world's journal has no request ${id}.`,
        'Name the world of the call, and look before it has been forgotten.',
      );
    },
  },
];

function wantsHar(call: AdminCall): boolean {
  const format = call.query('format');
  if (format === undefined || format === 'json') return false;
  if (format === 'har') return true;
  throw new MockError('bad-query', `?format=${format.slice(0, 80)} is not a format of the journal.`, 'Write ?format=har, or leave it out.');
}

/** Oldest first, as network panels have it. */
function har({ inbound }: AdminCall, entries: Iterable<JournalEntry>): Promise<Response> {
  const origin = new URL(inbound.origin).origin;
  const texts = function* (): Generator<string> {
    let head = HAR_HEAD;
    for (const entry of entries) {
      yield `${head}\n${JSON.stringify(harEntry(entry, origin))}`;
      head = ',';
    }
    yield `${head === HAR_HEAD ? HAR_HEAD : ''}\n${HAR_TAIL}`;
  };
  return jsonOfTexts(texts(), { 'Content-Disposition': 'attachment; filename="contacts-mock.har"' });
}

/** A pattern from outside: its expressions run in linear time. */
async function sentPattern(call: AdminCall): Promise<unknown> {
  await useLinearExpressions();
  return call.json();
}

type IsWanted = (record: CallRecord) => boolean;

interface Found {
  /** As many as were asked for. */
  readonly records: CallRecord[];
  readonly total: number;
  /** Where a pattern could not see everything. */
  readonly note?: string;
}

function* finding(call: AdminCall, pattern: unknown, isWanted: IsWanted = () => true): Work<Found> {
  const limit = wholeNumber(call, 'limit');
  const since = moment(call, 'since') ?? Number.NEGATIVE_INFINITY;
  const test = requestTest(pattern);
  const looks = looksAtBodies(pattern as object);
  const records: CallRecord[] = [];
  let cut = 0;
  for (const record of call.session().journal.entries()) {
    // Forgotten since the search began.
    if (record.keeper === undefined) continue;
    if (looks && record.isCut) cut++;
    if (test(record) && isWanted(record) && record.at >= since) records.push(record);
    yield;
  }
  const note = `Of ${cut} of the calls the journal kept the beginning of the body alone (--journal-body); the pattern saw no more.`;
  return { records: records.slice(0, limit), total: records.length, ...(cut > 0 && { note }) };
}

/** Made one at a time while they are sent; what is forgotten meanwhile is left out. */
function* entriesOf({ manager }: AdminCall, records: Iterable<CallRecord>, view = journalEntry): Generator<JournalEntry> {
  for (const record of records) if (record.keeper !== undefined) yield view(manager, record);
}

function listed(call: AdminCall, { records, ...rest }: Found, isWanted?: IsWanted): Promise<Response> {
  const view = isWanted === isUnmatched ? unmatchedEntry : journalEntry;
  const texts = function* (): Generator<string> {
    const head = '{\n  "requests": [';
    let before = head;
    for (const entry of entriesOf(call, records, view)) {
      yield `${before}\n    ${JSON.stringify(entry, null, 2).replaceAll('\n', '\n    ')}`;
      before = ',';
    }
    yield `${before === head ? head : '\n  '}],${JSON.stringify(rest, null, 2).slice(1)}\n`;
  };
  return jsonOfTexts(texts());
}

function moment(call: AdminCall, name: string): number | undefined {
  const text = call.query(name);
  if (text === undefined) return undefined;
  const time = parseTime(text);
  if (time !== undefined) return time;
  throw new MockError('bad-query', `?${name}=${text.slice(0, 80)} is not a valid time.`, 'Write ISO 8601, as in 2026-01-01T00:00:00Z.');
}

/** Filters that can be written into the query. */
async function queryPattern(call: AdminCall): Promise<object> {
  await useLinearExpressions();
  const pattern: Record<string, unknown> = {};
  for (const name of ['method', 'operation', 'caller', 'url', 'urlPath', 'urlPattern', 'urlPathPattern']) {
    const value = call.query(name);
    if (value !== undefined) pattern[name] = value;
  }
  const status = wholeNumber(call, 'status');
  if (status !== undefined) pattern['status'] = status;
  return pattern;
}

/** Bytes that wait for a reader before its stream is cut. */
const MAX_QUEUED = 4_000_000;

/**
 * Server-sent events, one a call. A reader that falls behind is cut off with a comment that says so; one that comes back
 * with `Last-Event-ID` gets what it missed, as far as the journal holds it.
 */
function eventStream(call: AdminCall): Response {
  const { manager, c } = call;
  const { journal } = call.session();
  c.header('Content-Type', 'text/event-stream');
  c.header('Cache-Control', 'no-cache');
  if (c.req.method === 'HEAD') return c.body(null);
  const last = manager.findRequest(call.session(), c.req.header('Last-Event-ID') ?? '');
  const areIds = call.query('view') === 'id';
  const encoder = new TextEncoder();
  return streamOf(c, async (events) => {
    const queue: string[] = [': listening\n\n'];
    let queued = 0;
    let wake = (): void => undefined;
    let isOver = false;
    const push = (record: CallRecord): void => {
      const id = manager.requestId(record.number);
      const text = `event: request\ndata: ${JSON.stringify(areIds ? { id } : journalEntry(manager, record))}\nid: ${id}\n\n`;
      queued += text.length;
      if (queued > MAX_QUEUED) {
        end();
        queue.push(': the reader fell behind; read the journal and connect again\n\n');
      } else queue.push(text);
      wake();
    };
    const end = (): void => {
      isOver = true;
      stop();
      forget();
      wake();
    };
    if (last !== undefined) for (const record of journal.entries().reverse()) if (record.number > last.number) push(record);
    const stop = journal.listen(push);
    const forget = manager.onClose(end);
    events.onAbort(end);
    while (!isOver || queue.length > 0) {
      const text = queue.shift();
      if (text === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      await events.write(encoder.encode(text));
      queued = Math.max(0, queued - text.length);
      if (events.aborted) break;
    }
  });
}
