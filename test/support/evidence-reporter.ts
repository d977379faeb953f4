/**
 * Keeps `src/verify/evidence-data.ts` and the README's table true: a full, green run that shows something else fails and
 * says so; `EVIDENCE=write npm test` writes both.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule, TestRunEndReason, TestSpecification, Vitest } from 'vitest/node';
import { AXES, type Axis, type EvidenceData } from '../../src/verify/evidence-axes.ts';
import './evidence.ts';

const ROOT = new URL('../../', import.meta.url);
const DATA = new URL('src/verify/evidence-data.ts', ROOT);
const README = new URL('README.md', ROOT);

type Marks = Map<string, Map<Axis, Set<string>>>;

export class EvidenceReporter implements Reporter {
  #vitest: Vitest | undefined;
  #isFull = false;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    const all = (await this.#vitest?.globTestSpecifications([])) ?? [];
    this.#isFull = this.#vitest?.config.testNamePattern === undefined && specifications.length === all.length;
  }

  async onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): Promise<void> {
    if (!this.#isFull || reason !== 'passed' || errors.length > 0) return;
    // Loaded when it is needed: a run of a few files must not pay for the whole catalogue.
    const { evidence, evidenceTable, withEvidenceTable } = await import('../../src/verify/evidence.ts');
    const { evidenceData } = await import('../../src/verify/evidence-data.ts');
    const marks = marksOf(modules, evidenceData);
    const shown = {
      data: dataText(dataOf(marks), Object.keys(AXES) as Axis[]),
      readme: withEvidenceTable(read(README), evidenceTable(evidence(dataOf(marks)))),
    };
    if (shown.data === read(DATA) && shown.readme === read(README)) return;
    if (process.env['EVIDENCE'] === 'write') {
      writeFileSync(DATA, shown.data);
      if (shown.readme !== '') writeFileSync(README, shown.readme);
      console.log('evidence: src/verify/evidence-data.ts and the table of README.md were brought up to date');
    } else {
      console.error(
        'evidence: this run has shown something else than what stands in src/verify/evidence-data.ts or README.md; EVIDENCE=write npm test brings them up to date',
      );
      process.exitCode = 1;
    }
  }
}

const read = (file: URL): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** What the run showed; a file whose tests were skipped (no browser here, say) keeps what it has shown before. */
function marksOf(modules: readonly TestModule[], before: EvidenceData): Marks {
  const marks: Marks = new Map();
  const mark = (operation: string, axis: Axis, file: string): void => {
    const axes = marks.get(operation) ?? new Map<Axis, Set<string>>();
    axes.set(axis, (axes.get(axis) ?? new Set()).add(file));
    marks.set(operation, axes);
  };
  const skipping = new Set<string>();
  for (const module of modules) {
    const file = relative(ROOT.pathname, module.moduleId);
    for (const test of module.children.allTests()) {
      if (test.result().state === 'skipped') skipping.add(file);
      for (const [operation, axis] of test.meta().evidence ?? []) mark(operation, axis, file);
    }
  }
  for (const [operation, axes] of Object.entries(before)) {
    for (const [axis, files] of Object.entries(axes)) for (const file of files) if (skipping.has(file)) mark(operation, axis as Axis, file);
  }
  return marks;
}

const dataOf = (marks: Marks): EvidenceData =>
  Object.fromEntries(
    [...marks].map(([operation, shown]) => [operation, Object.fromEntries([...shown].map(([axis, files]) => [axis, [...files].sort()]))]),
  );

function dataText(data: EvidenceData, axes: readonly Axis[]): string {
  const lines = Object.keys(data)
    .sort()
    .map((operation) => {
      const rows = axes.map((axis) => {
        const files = data[operation]?.[axis];
        return files === undefined ? '' : `    ${axis}: [${files.map((file) => `'${file}'`).join(', ')}],\n`;
      });
      return `  '${operation}': {\n${rows.join('')}  },\n`;
    });
  const now = read(DATA);
  const start = 'export const evidenceData: EvidenceData = {\n';
  return `${now.slice(0, now.indexOf(start) + start.length)}${lines.join('')}};\n`;
}
