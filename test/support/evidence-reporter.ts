/**
 * Keeps `src/verify/evidence-data.ts` true, from which the README's table and `/__admin/evidence` follow: a full, green run
 * that shows something else fails and says so; `EVIDENCE=write npm test` writes it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule, TestRunEndReason, TestSpecification, Vitest } from 'vitest/node';
import { AXES, type Axis, type EvidenceData } from '../../src/verify/evidence-axes.ts';
import { evidenceData } from '../../src/verify/evidence-data.ts';
import './evidence.ts';

const ROOT = new URL('../../', import.meta.url);
const DATA = new URL('src/verify/evidence-data.ts', ROOT);

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

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const isWriting = process.env['EVIDENCE'] === 'write';
    if (!this.#isFull || reason === 'interrupted' || (!isWriting && (reason !== 'passed' || errors.length > 0))) return;
    const text = dataText(marksOf(modules, evidenceData));
    if (text === readFileSync(DATA, 'utf8')) return;
    if (isWriting) {
      writeFileSync(DATA, text);
      console.log('evidence: src/verify/evidence-data.ts was brought up to date; npm run fix:readme does the same for the table');
    } else {
      console.error(
        'evidence: this run has not shown what stands in src/verify/evidence-data.ts; EVIDENCE=write npm test brings it up to date',
      );
      process.exitCode = 1;
    }
  }
}

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
      if (test.result().state !== 'passed') continue;
      for (const [operation, axis] of test.meta().evidence ?? []) mark(operation, axis, file);
    }
  }
  for (const [operation, axes] of Object.entries(before)) {
    for (const [axis, files] of Object.entries(axes)) for (const file of files) if (skipping.has(file)) mark(operation, axis as Axis, file);
  }
  return marks;
}

function dataText(marks: Marks): string {
  const axes = Object.keys(AXES) as Axis[];
  const operations = [...marks].sort(([left], [right]) => (left < right ? -1 : 1));
  const lines = operations.map(([operation, shown]) => {
    const rows = axes.map((axis) => {
      const files = [...(shown.get(axis) ?? [])].sort();
      return files.length === 0 ? '' : `    ${axis}: [${files.map((file) => `'${file}'`).join(', ')}],\n`;
    });
    return `  '${operation}': {\n${rows.join('')}  },\n`;
  });
  const now = readFileSync(DATA, 'utf8');
  const start = 'export const evidenceData: EvidenceData = {\n';
  return `${now.slice(0, now.indexOf(start) + start.length)}${lines.join('')}};\n`;
}
