/** What the mock tells about itself while it runs; who listens decides where it goes. */
import type { ServedBy } from '../http/message.ts';
import { type JournalContext, milliseconds } from './entry.ts';
import { explanationOf, type FullExplanation } from './explanation.ts';
import type { CallRecord } from './record.ts';
import { shortenText } from './redaction.ts';

export type LogEvent =
  | {
      readonly event: 'request';
      readonly id: string;
      /** `''` for the unnamed one. */
      readonly world: string;
      readonly method: string;
      /** As sent, secrets shortened. */
      readonly target: string;
      /** Left out where the connection was broken on purpose. */
      readonly status?: number;
      readonly ms: number;
      readonly operation?: string;
      /** Left out where it is `mock`. */
      readonly servedBy?: ServedBy;
      /** Of an error, and of what was sent and not read. */
      readonly explanation?: FullExplanation;
    }
  | { readonly event: 'world-dropped'; readonly world: string; readonly reason: 'idle' | 'cap' | 'memory'; readonly message: string }
  | { readonly event: 'mistake'; readonly message: string; readonly stack?: string | undefined }
  | { readonly event: 'note'; readonly message: string };

export interface Log {
  (event: LogEvent): void;
  /** It is not told of requests, which then cost nothing. */
  readonly skipsRequests?: boolean;
}

export function requestEvent(context: JournalContext, world: string, record: CallRecord): LogEvent {
  const { method, operation, status } = record;
  const explanation = explanationOf(context, record);
  return {
    event: 'request',
    id: context.requestId(record.number),
    world,
    method,
    target: shortenText(record.target),
    ms: milliseconds(record.ms),
    ...(status !== undefined && { status }),
    ...(record.servedBy !== 'mock' && { servedBy: record.servedBy }),
    ...(operation !== undefined && { operation }),
    ...(explanation !== undefined && { explanation }),
  };
}
