/** The callers' own labels (`patchClientId`) for rows that one request makes, so that later items can mean them. */
import { coerce } from './bind.ts';
import type { ModelTable } from '../model/model-table.ts';
import { unsupported, type Problem, required, wrongType } from '../problem.ts';

interface Labelled {
  readonly table: ModelTable;
  readonly label: number;
  /** Undefined where the row could not be made. */
  readonly identity: number | undefined;
}

export class PatchLabels {
  readonly #rows: Labelled[] = [];
  readonly #problems: Problem[];

  constructor(problems: Problem[]) {
    this.#problems = problems;
  }

  note(table: ModelTable, given: unknown, path: string, identity: number | undefined): void {
    const label = this.#read(table, given, path);
    if (label !== undefined) this.#rows.push({ table, label, identity });
  }

  /** The row of a table with this label; undefined, and a problem where it is the caller's fault, if there is none. */
  find(table: ModelTable, given: unknown, path: string): number | undefined {
    const spot = { member: 'identity', path: `${path}.identity`, dto: table.name };
    if (given === undefined || given === null) {
      this.#problems.push(required(spot, 'patching'));
      return undefined;
    }
    const label = this.#read(table, given, path);
    if (label === undefined) return undefined;
    const rows = this.#rows.filter((row) => row.table === table && row.label === label);
    if (rows.length === 1) return rows[0]!.identity;
    if (rows.length === 0) this.#problems.push(required(spot, 'patching'));
    else {
      const explanation = {
        message: 'Give each row that is made a label of its own.',
        member: `${path}.patchClientId`,
        rule: 'unique',
        value: label,
      };
      this.#problems.push(unsupported(`'PatchClientId' (${label}) stands for ${rows.length} rows of '${table.name}'.`, explanation));
    }
    return undefined;
  }

  /**
   * The parent of a child: the row of the path, unless the child's foreign key is the label of a row made in this request.
   * Undefined where that row could not be made.
   */
  ownerOf(table: ModelTable, given: unknown, parent: number): number | undefined {
    const label = coerce('int', given ?? null);
    if (typeof label !== 'number' || label === parent) return parent;
    const row = this.#rows.find((candidate) => candidate.table === table && candidate.label === label);
    return row === undefined ? parent : row.identity;
  }

  #read(table: ModelTable, given: unknown, path: string): number | undefined {
    if (given === undefined || given === null) return undefined;
    const label = coerce('int', given);
    if (typeof label === 'number') return label;
    this.#problems.push(wrongType({ member: 'patchClientId', path: `${path}.patchClientId`, dto: table.name }, given, 'Number'));
    return undefined;
  }
}
