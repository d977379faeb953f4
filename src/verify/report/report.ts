/** What became of each operation of a run. */
import type { Finding } from '../compare/finding.ts';

export interface Report {
  /** Of the server, or the name of the file whose exchanges were compared. */
  readonly url: string;
  /** Calls that were made, or exchanges that were read. */
  readonly calls: number;
  readonly outcomes: readonly Outcome[];
  /** What a reader should know of the whole. */
  readonly notes?: readonly string[];
}

export interface Outcome {
  readonly operation: string;
  readonly checks: readonly Check[];
  /** Why it, or a part of it, was not asked. */
  readonly notAsked: readonly string[];
  /** It was to be asked, and could not be: what is said of the server is not the whole of it. */
  readonly couldNotAsk: boolean;
  /** What a reader should know besides. */
  readonly notes: readonly string[];
}

export interface Check {
  /** Unique in its operation, and the same in every run: `GET /Contact/{id}`. */
  readonly name: string;
  /** As it was sent: `GET /Contact/1`, with the format where there are several. */
  readonly call: string;
  readonly milliseconds: number;
  readonly findings: readonly Finding[];
}

export type Result = 'true' | 'differs' | 'not asked' | 'could not ask';

export const findingsOf = ({ checks }: Outcome): readonly Finding[] => checks.flatMap(({ findings }) => findings);

export function resultOf(outcome: Outcome): Result {
  if (findingsOf(outcome).length > 0) return 'differs';
  if (outcome.couldNotAsk) return 'could not ask';
  return outcome.checks.length > 0 ? 'true' : 'not asked';
}

/** A server that was not asked at all is not true. */
export const couldNotAsk = ({ outcomes }: Report): boolean =>
  outcomes.some((outcome) => outcome.couldNotAsk) || outcomes.every(({ checks }) => checks.length === 0);

/** The result of the whole run. */
export function overallResult(report: Report): Result {
  if (report.outcomes.some((outcome) => findingsOf(outcome).length > 0)) return 'differs';
  return couldNotAsk(report) ? 'could not ask' : 'true';
}
