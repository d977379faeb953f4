/**
 * Two answers that say different things of one record, with nothing written between them and at once: a live service may change
 * a record between two calls, but hardly within two seconds. Which of the two is right cannot be told: both differ.
 */
import { disagreements } from './compare/agreement.ts';
import type { ComparedCall, ShownRecord } from './compare/answer.ts';
import type { Nulls } from './compare/comparison.ts';
import { type Difference, Differences, within } from './compare/finding.ts';
import { References } from './compare/references.ts';

/** Where it is not known when, nothing is at once. */
const AT_ONCE_MS = 2000;
/** Of the records of a scope, the latest. */
const MAX_RECORDS = 10_000;

/** A call by its names: what else is known of it need not be kept. */
export type NamedCall = Pick<ComparedCall, 'operation' | 'name' | 'call'>;

export interface Contradiction {
  readonly of: NamedCall;
  readonly differences: readonly Difference[];
}

interface Shown extends ShownRecord {
  readonly by: NamedCall;
  /** Milliseconds. */
  readonly at: number;
}

export class Contradictions {
  readonly #options: { readonly nulls: Nulls; readonly references: References };
  /** By scope and key, in the order in which they were shown; of each shape (with children or without) the latest. */
  readonly #shown = new Map<string, Map<string, readonly Shown[]>>();

  constructor(nulls: Nulls) {
    this.#options = { nulls, references: new References() };
  }

  /**
   * What the answer to a call contradicts, for both sides. `scope`: the API and server whose records these are. `isWrite`: the call
   * may have changed each of them.
   */
  add(scope: string, { operation, name, call, shown = [], missing }: ComparedCall, isWrite: boolean, at: number): readonly Contradiction[] {
    if (isWrite) this.#shown.delete(scope);
    const records = this.#shown.get(scope) ?? new Map<string, readonly Shown[]>();
    this.#shown.set(scope, records);
    const by = { operation, name, call };
    const atOnce = (key: string | undefined): readonly Shown[] =>
      (records.get(key ?? '') ?? []).filter((other) => other.by !== by && Math.abs(at - other.at) <= AT_ONCE_MS);
    const found = atOnce(missing).flatMap((other) => notThere(by, other));
    for (const record of shown) {
      const here = { ...record, by, at };
      const others = atOnce(record.key);
      for (const other of others) {
        const differences = this.#between(other, here);
        if (differences.length > 0) found.push({ of: by, differences }, { of: other.by, differences: this.#between(here, other) });
      }
      records.delete(record.key);
      records.set(record.key, [...others.filter(({ dto }) => dto !== record.dto), here]);
      if (records.size > MAX_RECORDS) records.delete(records.keys().next().value as string);
    }
    return found;
  }

  #between(wanted: Shown, found: Shown): readonly Difference[] {
    const observed = ({ by, record }: Shown) => ({ where: `in ${by.call}`, record });
    return disagreements(found.dto, observed(wanted), observed(found), this.#options, found.path);
  }
}

/** A record that was just shown is not there. */
function notThere(by: NamedCall, other: Shown): readonly Contradiction[] {
  const [status, identity] = [new Differences(), new Differences()];
  status.add('status', 'status', `200, as ${other.by.call} shows the record`, '404');
  identity.add(within(other.path, 'identity'), 'value', `a record that ${by.call} finds`, '404');
  return [
    { of: by, differences: status.all },
    { of: other.by, differences: identity.all },
  ];
}
