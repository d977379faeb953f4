/** What checks of an API hand to the one place that collects and reports it. */
import type { ComparedCall } from '../compare/answer.ts';
import type { Difference } from '../compare/finding.ts';
import type { TimedExchange } from './client.ts';

/** One call of an operation, and what differs in its answer. */
export interface CheckedCall {
  /** `api.Operation` */
  readonly operation: string;
  /** The same in every run, whatever the ids: `GET /Contact/{id}: an unknown id`. */
  readonly name: string;
  /** As it was sent: `GET /Contact/1`. */
  readonly call: string;
  readonly milliseconds: number;
  readonly differences: readonly Difference[];
}

export interface NotAsked {
  readonly operation: string;
  readonly notAsked: string;
  /** Nobody wanted it to be asked. */
  readonly isByChoice: boolean;
}

/** What a reader should know besides. */
export interface Note {
  readonly operation: string;
  readonly note: string;
}

export type Checked = CheckedCall | NotAsked | Note;
export type Checking<T = void> = AsyncGenerator<Checked, T>;

/** A call that was answered and compared; checks may find more. */
export interface Answered extends ComparedCall {
  readonly exchange: TimedExchange;
}

export const isOk = ({ exchange }: Answered): boolean => exchange.response.status >= 200 && exchange.response.status < 300;

/** The same member is reported once, against the contract rather than against another answer. */
export function* checked({ operation, name, call, exchange, differences }: Answered, more: readonly Difference[] = []): Generator<Checked> {
  const reported = new Set(differences.all.map(({ path }) => path));
  const all = [...differences.all, ...more.filter(({ path }) => !reported.has(path))];
  yield { operation, name, call, milliseconds: exchange.milliseconds, differences: all };
  if (exchange.isTooLong) yield { operation, note: `the answer to ${call} is too long to be compared` };
  if (all.some(({ rule, seen }) => rule === 'content type' && seen.startsWith('text/html')))
    yield { operation, note: 'answers with a page for people; if it is one for signing in, give a token with --bearer' };
}
