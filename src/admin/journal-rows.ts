/** The journal as a list shows it: rows without headers and bodies, filtered and a part at a time, so that thousands can be looked through. */
import { type JournalEntry, journalEntry } from '../journal/entry.ts';
import type { CallRecord } from '../journal/record.ts';
import type { Work } from '../work.ts';
import type { WorldManager } from '../worlds/manager.ts';
import type { WorldSession } from '../worlds/session.ts';

/** `explanation` is the sentence alone, `status` the number, or the fault that broke the connection. */
export type JournalRow = Omit<JournalEntry, 'bound' | 'request' | 'response' | 'explanation'> & {
  readonly url: string;
  readonly status: number | string;
  readonly explanation?: string;
};

export interface RowQuery {
  readonly offset: number;
  readonly limit: number;
  /** A part of the address, the operation, the caller, the id or a body, whatever the case. */
  readonly q: string | undefined;
  readonly method: string | undefined;
  readonly operation: string | undefined;
  /** `404`, or `4xx`. */
  readonly status: string | undefined;
  /** Only what failed: 400 and above, and broken connections. */
  readonly isFailed: boolean;
}

export interface JournalRows {
  /** Newest first. */
  readonly rows: readonly JournalRow[];
  /** How many the filter lets through. */
  readonly total: number;
}

export function* journalRows(manager: WorldManager, session: WorldSession, query: RowQuery): Work<JournalRows> {
  const found: CallRecord[] = [];
  for (const record of session.journal.entries()) {
    if (record.keeper !== undefined && isWanted(manager, record, query)) found.push(record);
    yield;
  }
  const shown = found.slice(query.offset, query.offset + query.limit).filter(({ keeper }) => keeper !== undefined);
  return { rows: shown.map((record) => rowOf(manager, record)), total: found.length };
}

function rowOf(manager: WorldManager, record: CallRecord): JournalRow {
  const { bound: _, request, response, explanation, ...rest } = journalEntry(manager, record);
  const status = 'fault' in response ? response.fault : response.status;
  return { ...rest, url: request.url, status, ...(explanation && { explanation: explanation.message }) };
}

function isWanted(manager: WorldManager, record: CallRecord, { q, method, operation, status, isFailed }: RowQuery): boolean {
  if (method !== undefined && record.method !== method) return false;
  if (operation !== undefined && record.operation !== operation) return false;
  if (status !== undefined && !isStatus(record.status, status)) return false;
  if (isFailed && record.status !== undefined && record.status < 400) return false;
  return q === undefined || textsOf(manager, record).some((text) => text?.toLowerCase().includes(q.toLowerCase()));
}

const isStatus = (status: number | undefined, wanted: string): boolean =>
  wanted.endsWith('xx') ? String(status).charAt(0) === wanted.charAt(0) : String(status) === wanted;

const textsOf = (manager: WorldManager, record: CallRecord): (string | undefined)[] => [
  record.target,
  record.operation,
  record.caller,
  manager.requestId(record.number),
  record.sentText(),
  record.responseBody?.text,
];
