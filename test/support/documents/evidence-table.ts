/** What stands behind each operation, as the recipes show it. */
import { evidence } from '../../../src/verify/evidence.ts';
import { AXES, type Axis } from '../../../src/verify/evidence-axes.ts';

export function evidenceTable({ operations }: ReturnType<typeof evidence> = evidence()): string {
  const axes = Object.keys(AXES) as Axis[];
  const rows = operations.map(({ operation, evidence: shown, reason }) => {
    const cells = axes.map((axis) => (shown[axis] === undefined ? '–' : 'yes'));
    return `| \`${operation}\`${reason === null ? '' : `: ${reason}`} | ${cells.join(' | ')} |`;
  });
  return [`| operation | ${axes.map((axis) => AXES[axis]).join(' | ')} |`, `|---|${axes.map(() => '---|').join('')}`, ...rows].join('\n');
}
