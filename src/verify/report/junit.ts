/** `--report FILE.xml`: JUnit as CI servers read it, a suite for each operation, a case for each call. */
import type { Check, Outcome, Report } from './report.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;' };
/** What XML 1.0 has no way to write. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
const escaped = (text: string): string => text.replace(UNWRITABLE, '\ufffd').replace(/[&<>"\n]/g, (char) => ESCAPES[char] as string);
const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

interface Suite {
  readonly name: string;
  readonly cases: readonly string[];
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly milliseconds: number;
  readonly notes: readonly string[];
}

export const junit = ({ url, outcomes }: Report): string => document(url, outcomes.map(suiteOf));

/** The same file for a run that could not ask: a report that is not there would be taken for a run that never was. */
export const junitFailure = (url: string, error: string): string =>
  document(url, [
    {
      name: 'connection',
      cases: [testCase('connection', 'connects', 0, element('error', error))],
      failures: 0,
      errors: 1,
      skipped: 0,
      milliseconds: 0,
      notes: [],
    },
  ]);

function suiteOf({ operation, checks, notAsked, couldNotAsk, notes }: Outcome): Suite {
  const reasons = notAsked.map((reason, i) =>
    testCase(operation, i === 0 ? 'is asked' : `is asked (${i + 1})`, 0, element(couldNotAsk ? 'error' : 'skipped', reason)),
  );
  return {
    name: operation,
    cases: [...checks.map((check) => testCase(operation, check.name, check.milliseconds, failureOf(check))), ...reasons],
    failures: checks.filter(({ findings }) => findings.length > 0).length,
    errors: couldNotAsk ? reasons.length : 0,
    skipped: couldNotAsk ? 0 : reasons.length,
    milliseconds: checks.reduce((sum, check) => sum + check.milliseconds, 0),
    notes,
  };
}

/** All differences of a call in one failure. */
function failureOf({ call, findings }: Check): string {
  if (findings.length === 0) return '';
  const lines = findings.map(({ path, rule, wanted, seen }) => `${path}: ${rule}, wanted ${wanted}, seen ${seen}`);
  const rules = [...new Set(findings.map(({ rule }) => rule))].join(', ');
  const message = findings.length === 1 ? (lines[0] as string) : `${findings.length} differences`;
  return `      <failure type="${escaped(rules)}" message="${escaped(message)}">${escaped([call, ...lines].join('\n'))}</failure>\n`;
}

const element = (name: 'error' | 'skipped', message: string): string => `      <${name} message="${escaped(message)}"/>\n`;

const testCase = (operation: string, name: string, milliseconds: number, content: string): string => {
  const head = `    <testcase classname="${escaped(operation)}" name="${escaped(name)}" time="${seconds(milliseconds)}"`;
  return content === '' ? `${head}/>\n` : `${head}>\n${content}    </testcase>\n`;
};

function document(url: string, suites: readonly Suite[]): string {
  const sum = (of: (suite: Suite) => number): number => suites.reduce((total, suite) => total + of(suite), 0);
  const counts = (of: (count: (suite: Suite) => number) => number): string =>
    `tests="${of(({ cases }) => cases.length)}" failures="${of(({ failures }) => failures)}" errors="${of(({ errors }) => errors)}" ` +
    `skipped="${of(({ skipped }) => skipped)}" time="${seconds(of(({ milliseconds }) => milliseconds))}"`;
  const properties = `    <properties>\n      <property name="url" value="${escaped(url)}"/>\n    </properties>\n`;
  const texts = suites.map((suite) => {
    const out = suite.notes.length === 0 ? '' : `    <system-out>${escaped(suite.notes.join('\n'))}</system-out>\n`;
    const head = `  <testsuite name="${escaped(suite.name)}" ${counts((count) => count(suite))}>\n${properties}`;
    return `${head}${suite.cases.join('')}${out}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="contacts-mock verify" ${counts(sum)}>\n${texts.join('')}</testsuites>\n`;
}
