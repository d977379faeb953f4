/** The report as people read it. */
import { couldNotAsk, findingsOf, type Outcome, overallResult, type Report, type Result, resultOf } from './report.ts';

const COLOURS = { green: 32, red: 31, yellow: 33, dim: 2, bold: 1 } as const;
type Paint = (colour: keyof typeof COLOURS, text: string) => string;

export function text(report: Report, isColoured: boolean): string {
  const paint: Paint = (colour, words) => (isColoured ? `\u001b[${COLOURS[colour]}m${words}\u001b[0m` : words);
  const lines = report.outcomes.filter((outcome) => resultOf(outcome) !== 'not asked').flatMap((outcome) => linesOf(outcome, paint));
  const notes = (report.notes ?? []).map((note) => paint('dim', note));
  return `${[...lines, ...notChosen(report, paint), '', ...notes].join('\n')}\n${conclusion(report, paint)}: ${counts(report)} (${report.calls} calls)\n`;
}

function conclusion(report: Report, paint: Paint): string {
  const result = overallResult(report);
  if (result === 'true') return paint('green', `${report.url} is true to the contract`);
  if (result === 'differs')
    return paint('red', `${report.url} differs from the contract${couldNotAsk(report) ? ', and not all of it could be asked' : ''}`);
  return paint('yellow', `not all that was chosen could be asked of ${report.url}`);
}

function counts({ outcomes }: Report): string {
  const results = outcomes.map(resultOf);
  const count = (result: Result): number => results.filter((other) => other === result).length;
  const shown: readonly Result[] = ['true', 'differs', 'not asked', 'could not ask'];
  return shown
    .filter((result) => result !== 'could not ask' || count(result) > 0)
    .map((result) => `${count(result)} ${result === 'could not ask' ? 'could not be asked' : result}`)
    .join(', ');
}

/** A line for each reason: which operations these are, is seen from those that were asked. */
function notChosen({ outcomes }: Report, paint: Paint): string[] {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    if (resultOf(outcome) !== 'not asked') continue;
    const reason = outcome.notAsked.join('; ');
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `${paint('yellow', '-')} ${paint('dim', `${count} not asked: ${reason}`)}`);
}

const MARKS: Readonly<Record<Exclude<Result, 'not asked'>, readonly [colour: keyof typeof COLOURS, mark: string, words: string]>> = {
  true: ['green', '✓', ''],
  differs: ['red', '✗', ''],
  'could not ask': ['red', '!', ' could not be asked'],
};

function linesOf(outcome: Outcome, paint: Paint): string[] {
  const [colour, mark, words] = MARKS[resultOf(outcome) as keyof typeof MARKS];
  const lines = [`${paint(colour, mark)} ${paint('bold', outcome.operation)}${words}`];
  for (const { call, findings } of outcome.checks) {
    if (findings.length > 0) lines.push(`    ${call}`);
    for (const { path, rule, wanted, seen } of findings)
      lines.push(`      ${paint('red', rule)}${path === rule ? '' : ` ${path}`}: wanted ${wanted}, seen ${seen}`);
  }
  const hasFindings = findingsOf(outcome).length > 0;
  for (const reason of outcome.notAsked) {
    const line = `    ${outcome.couldNotAsk ? 'could not be asked' : 'not asked'}: ${reason}`;
    lines.push(outcome.couldNotAsk && !hasFindings ? line : paint('dim', line));
  }
  for (const note of outcome.notes) lines.push(paint('dim', `    ${note}`));
  return lines;
}
