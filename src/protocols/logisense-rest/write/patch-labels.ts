/** The callers' own labels (`patchClientId`) for rows that one request makes, so that later items can mean them. */
import { coerce } from '../coerce.ts';
import type { ModelTable } from '../model/model-table.ts';
import { type Problem, required, unsupported, wrongType } from '../problem.ts';

/** The rows of one table with one label. */
interface Labelled {
  /** Of the first of them; undefined where it could not be made. */
  readonly identity: number | undefined;
  count: number;
}

export class PatchLabels {
  readonly #rows = new Map<ModelTable, Map<number, Labelled>>();
  readonly #problems: Problem[];

  constructor(problems: Problem[]) {
    this.#problems = problems;
  }

  note(table: ModelTable, sent: unknown, path: string, identity: number | undefined): void {
    const label = this.#read(table, sent, path);
    if (label === undefined) return;
    let labels = this.#rows.get(table);
    if (labels === undefined) this.#rows.set(table, (labels = new Map()));
    const known = labels.get(label);
    if (known === undefined) labels.set(label, { identity, count: 1 });
    else known.count++;
  }

  /** The row of a table with this label; undefined, and a problem where it is the caller's fault, if there is none. */
  find(table: ModelTable, sent: unknown, path: string): number | undefined {
    const spot = { member: 'identity', path: `${path}.identity`, dto: table.name };
    if (sent === undefined || sent === null) {
      this.#problems.push(required(spot, 'patching'));
      return undefined;
    }
    const label = this.#read(table, sent, path);
    if (label === undefined) return undefined;
    const labelled = this.#rows.get(table)?.get(label);
    if (labelled?.count === 1) return labelled.identity;
    if (labelled === undefined) this.#problems.push(required(spot, 'patching'));
    else {
      this.#problems.push(
        unsupported(`'PatchClientId' (${label}) stands for ${labelled.count} rows of '${table.name}'.`, () => ({
          message: 'Give each row that is made a label of its own.',
          member: `${path}.patchClientId`,
          rule: 'unique',
          value: label,
        })),
      );
    }
    return undefined;
  }

  /**
   * The parent of a child: the row of the path, unless the child's foreign key is the label of a row made in this request.
   * Undefined where that row could not be made.
   */
  ownerOf(table: ModelTable, sent: unknown, parent: number): number | undefined {
    const label = coerce('int', sent ?? null);
    if (typeof label !== 'number' || label === parent) return parent;
    const labelled = this.#rows.get(table)?.get(label);
    return labelled === undefined ? parent : labelled.identity;
  }

  #read(table: ModelTable, sent: unknown, path: string): number | undefined {
    if (sent === undefined || sent === null) return undefined;
    const label = coerce('int', sent);
    if (typeof label === 'number') return label;
    this.#problems.push(wrongType({ member: 'patchClientId', path: `${path}.patchClientId`, dto: table.name }, sent, 'Number'));
    return undefined;
  }
}
