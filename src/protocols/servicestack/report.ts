/** The `text/html` answer of an operation; the page is loaded when the first browser comes. */
import type { Dto } from '../../contract/dto.ts';
import type { Call } from '../protocol.ts';
import type { Described } from './pages/described.ts';

export interface Reported {
  /** The operation, by its request's name. */
  readonly name: string;
  readonly dto: Dto;
  /** Neutral JSON. */
  readonly value: object;
  readonly isError: boolean;
}

/** The body of the answer: an HTML page. */
export async function report(reported: Reported, described: Described, call: Call): Promise<string> {
  const { reportPage } = await import('./pages/report-page.ts');
  const value = reported.value as Readonly<Record<string, unknown>>;
  return reportPage({ ...reported, value, now: call.world.now() }, described, call.inbound);
}
