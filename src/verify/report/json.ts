/** `--report FILE.json`: all that is known of a run. */
import { couldNotAsk, findingsOf, overallResult, type Report, resultOf } from './report.ts';

export function json(report: Report): string {
  const operations = report.outcomes.map((outcome) => ({
    operation: outcome.operation,
    result: resultOf(outcome),
    couldNotAsk: outcome.couldNotAsk,
    calls: outcome.checks.map(({ name, call, milliseconds, findings }) => ({
      name,
      call,
      result: findings.length > 0 ? 'differs' : 'true',
      milliseconds: Math.round(milliseconds),
    })),
    notAsked: outcome.notAsked,
    notes: outcome.notes,
    findings: findingsOf(outcome),
  }));
  const { url, calls, outcomes, notes = [] } = report;
  const whole = {
    url,
    result: overallResult(report),
    couldNotAsk: couldNotAsk(report),
    calls,
    notes,
    operations,
    findings: outcomes.flatMap(findingsOf),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/** The same file for a run that could not ask: a report that is not there would be taken for a run that never was. */
export const jsonFailure = (url: string, error: string): string => `${JSON.stringify({ url, result: 'could not ask', error }, null, 2)}\n`;
