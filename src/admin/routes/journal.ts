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
      const list = listed(call, await queryPattern(call), call.query('unmatched') === 'true' ? isUnmatched : undefined);
      return wantsHar(call) ? har(call, list.requests as readonly JournalEntry[]) : list;
    },
  },
  { method: 'DELETE', path: '/requests', meaning: 'forgets the journal', answer: (call) => call.world().requests.clear() },
  {
    method: 'POST',
    path: '/requests/count',
    meaning: "how many calls WireMock's request pattern means",
    async answer(call) {
      const { total, ...rest } = listed(call, await sentPattern(call));
      return { count: total, ...('note' in rest && { note: rest.note }) };
    },
  },
  {
    method: 'POST',
    path: '/requests/find',
    meaning: "the calls that WireMock's request pattern means",
    answer: async (call) => listed(call, await sentPattern(call)),
  },
  {
    method: 'GET',
    path: '/requests/unmatched',
    meaning: 'calls that reached no operation, the nearest ones and what differs',
    answer: (call) => listed(call, {}, isUnmatched),
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
function har({ c, inbound }: AdminCall, entries: readonly JournalEntry[]): Response {
  const lines = [...entries].reverse().map((entry) => `\n${JSON.stringify(harEntry(entry, new URL(inbound.origin).origin))}`);
  const name = 'contacts-mock.har';
  return c.body(`${HAR_HEAD}${lines.join(',')}\n${HAR_TAIL}`, 200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
  });
}

/** A pattern from outside: its expressions run in linear time. */
async function sentPattern(call: AdminCall): Promise<unknown> {
  await useLinearExpressions();
  return call.json();
}

interface Listed {
  readonly requests: readonly object[];
  readonly total: number;
  /** Where a pattern could not see everything. */
  readonly note?: string;
}

function listed(call: AdminCall, pattern: unknown, isWanted: (record: CallRecord) => boolean = () => true): Listed {
  const { manager } = call;
  const limit = wholeNumber(call, 'limit');
  const since = moment(call, 'since');
  const test = requestTest(pattern);
  const entries = call.session().journal.entries();
  const found = entries.filter((record) => test(record)).filter(isWanted);
  const cut = looksAtBodies(pattern as object) ? entries.filter(({ isCut }) => isCut).length : 0;
  const recent = since === undefined ? found : found.filter(({ at }) => at >= since);
  const view = isWanted === isUnmatched ? unmatchedEntry : journalEntry;
  const note = `Of ${cut} of the calls the journal kept the beginning of the body alone (--journal-body); the pattern saw no more.`;
  return { requests: recent.slice(0, limit).map((record) => view(manager, record)), total: recent.length, ...(cut > 0 && { note }) };
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
