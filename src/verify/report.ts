/** What a run found, for people and for machines. */
import type { Finding } from './finding.ts';
import type { Outcome } from './session.ts';

export interface Report {
  readonly url: string;
  readonly calls: number;
  readonly outcomes: readonly Outcome[];
}

export type Verdict = 'true' | 'differs' | 'not asked';

export const findingsOf = ({ checks }: Outcome): readonly Finding[] => checks.flatMap(({ findings }) => findings);

export const verdictOf = (outcome: Outcome): Verdict =>
  findingsOf(outcome).length > 0 ? 'differs' : outcome.checks.length > 0 ? 'true' : 'not asked';

export const differs = ({ outcomes }: Report): boolean => outcomes.some((outcome) => verdictOf(outcome) === 'differs');

/** `--report FILE.json` */
export function json(report: Report): string {
  const operations = report.outcomes.map((outcome) => ({
    operation: outcome.operation,
    result: verdictOf(outcome),
    calls: outcome.checks.map(({ call, findings }) => ({ call, result: findings.length > 0 ? 'differs' : 'true' })),
    notAsked: outcome.notAsked,
    notes: outcome.notes,
    findings: findingsOf(outcome),
  }));
  const all = report.outcomes.flatMap(findingsOf);
  return `${JSON.stringify({ url: report.url, result: differs(report) ? 'differs' : 'true', calls: report.calls, operations, findings: all }, null, 2)}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;' };
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write them
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const xmlText = (text: string): string => text.replace(UNWRITABLE, '\ufffd').replace(/[&<>"\n]/g, (char) => ESCAPES[char] as string);

/** `--report FILE.xml`: a test suite for each operation, a test case for each call. */
export function junit(report: Report): string {
  const suites = report.outcomes.map((outcome) => {
    const { operation, checks, notAsked, notes } = outcome;
    const cases = checks.map(({ call, findings }) => {
      const failures = findings.map((finding) => {
        const message = `${finding.path}: ${finding.rule}, wanted ${finding.wanted}, seen ${finding.seen}`;
        return `      <failure type="${finding.rule}" message="${xmlText(message)}"/>\n`;
      });
      const head = `    <testcase classname="${xmlText(operation)}" name="${xmlText(call)}"`;
      return failures.length === 0 ? `${head}/>\n` : `${head}>\n${failures.join('')}    </testcase>\n`;
    });
    const skipped = notAsked.map(
      (reason) =>
        `    <testcase classname="${xmlText(operation)}" name="not asked: ${xmlText(reason)}">\n      <skipped message="${xmlText(reason)}"/>\n    </testcase>\n`,
    );
    const out = notes.length === 0 ? '' : `    <system-out>${xmlText(notes.join('\n'))}</system-out>\n`;
    const failed = checks.filter(({ findings }) => findings.length > 0).length;
    const counts = `tests="${cases.length + skipped.length}" failures="${failed}" errors="0" skipped="${skipped.length}"`;
    return `  <testsuite name="${xmlText(operation)}" ${counts}>\n${cases.join('')}${skipped.join('')}${out}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="contacts-mock verify ${xmlText(report.url)}">\n${suites.join('')}</testsuites>\n`;
}

/** The same files for a run that could not ask: a report that is not there would be taken for a run that never was. */
export const failureReport = {
  json: (url: string, error: string): string => `${JSON.stringify({ url, result: 'could not ask', error }, null, 2)}\n`,
  junit: (url: string, error: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="contacts-mock verify ${xmlText(url)}">\n` +
    '  <testsuite name="connection" tests="1" failures="0" errors="1" skipped="0">\n' +
    `    <testcase classname="connection" name="${xmlText(url)}">\n      <error message="${xmlText(error)}"/>\n    </testcase>\n  </testsuite>\n</testsuites>\n`,
} as const;

const COLOURS = { green: 32, red: 31, yellow: 33, dim: 2, bold: 1 } as const;
type Paint = (colour: keyof typeof COLOURS, text: string) => string;

/** The report as people read it. */
export function text(report: Report, isColoured: boolean): string {
  const paint: Paint = (colour, text) => (isColoured ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text);
  const lines = report.outcomes.flatMap((outcome) => linesOf(outcome, paint));
  const named = (verdict: Verdict): string => {
    const names = report.outcomes.filter((outcome) => verdictOf(outcome) === verdict);
    return `${names.length} ${verdict}`;
  };
  const verdict = differs(report)
    ? paint('red', `${report.url} differs from the contract`)
    : paint('green', `${report.url} is true to the contract`);
  return `${lines.join('\n')}\n\n${verdict}: ${named('true')}, ${named('differs')}, ${named('not asked')} (${report.calls} calls)\n`;
}

function linesOf(outcome: Outcome, paint: Paint): string[] {
  const verdict = verdictOf(outcome);
  const mark = { true: paint('green', '✓'), differs: paint('red', '✗'), 'not asked': paint('yellow', '-') }[verdict];
  const lines = [`${mark} ${paint('bold', outcome.operation)}${verdict === 'not asked' ? ' not asked' : ''}`];
  for (const { call, findings } of outcome.checks) {
    if (findings.length === 0) continue;
    lines.push(`    ${call}`);
    for (const { path, rule, wanted, seen } of findings) {
      lines.push(`      ${paint('red', rule)}${path === rule ? '' : ` ${path}`}: wanted ${wanted}, seen ${seen}`);
    }
  }
  for (const reason of outcome.notAsked) lines.push(paint('dim', `    not asked: ${reason}`));
  for (const note of outcome.notes) lines.push(paint('dim', `    ${note}`));
  return lines;
}
