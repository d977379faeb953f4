/** What stands behind each operation: which tests showed what, as the last full test run wrote it down. */
import { catalogue } from '../apis/catalogue.ts';
import type { Axis, EvidenceData } from './evidence-axes.ts';
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
