/** What stands behind each operation: which tests showed what, as the last full test run wrote it down. */
import { catalogue } from '../apis/catalogue.ts';
import { AXES, type Axis, type EvidenceData } from './evidence-axes.ts';
import { evidenceData } from './evidence-data.ts';

export interface OperationEvidence {
  readonly operation: string;
  readonly evidence: Partial<Readonly<Record<Axis, readonly string[]>>>;
  /** Why there is no evidence; null where there is some. */
  readonly reason: string | null;
}

/** What `GET /__admin/evidence` answers: every operation, shown or not. */
export function evidence(data: EvidenceData = evidenceData): { readonly operations: readonly OperationEvidence[] } {
  const names = catalogue.flatMap((api) => Object.keys(api.operations).map((name) => `${api.name}.${name}`));
  return {
    operations: names.map((operation) => {
      const shown = data[operation] ?? {};
      // A choice of ours is something to know about an operation, nothing that speaks for it.
      const isShown = Object.keys(shown).some((axis) => axis !== 'chosen');
      return { operation, evidence: shown, reason: isShown ? null : 'No test of the last full run has shown anything of it.' };
    }),
  };
}

/** The table of the README. */
export function evidenceTable({ operations }: ReturnType<typeof evidence> = evidence()): string {
  const axes = Object.keys(AXES) as Axis[];
  const rows = operations.map(({ operation, evidence: shown, reason }) => {
    const cells = axes.map((axis) => (shown[axis] === undefined ? '–' : 'yes'));
    return `| \`${operation}\`${reason === null ? '' : `: ${reason}`} | ${cells.join(' | ')} |`;
  });
  return [`| operation | ${axes.map((axis) => AXES[axis]).join(' | ')} |`, `|---|${axes.map(() => '---|').join('')}`, ...rows].join('\n');
}
