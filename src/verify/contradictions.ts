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

export interface Contradiction {
  readonly of: ComparedCall;
  readonly differences: readonly Difference[];
}

interface Shown extends ShownRecord {
  readonly by: ComparedCall;
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
  add(scope: string, by: ComparedCall, isWrite: boolean, at: number): readonly Contradiction[] {
    if (isWrite) this.#shown.delete(scope);
    const records = this.#shown.get(scope) ?? new Map<string, readonly Shown[]>();
    this.#shown.set(scope, records);
    const atOnce = (key: string | undefined): readonly Shown[] =>
      (records.get(key ?? '') ?? []).filter((other) => other.by !== by && Math.abs(at - other.at) <= AT_ONCE_MS);
    const found = atOnce(by.missing).flatMap((other) => missing(by, other));
    for (const record of by.shown ?? []) {
      const shown = { ...record, by, at };
      const others = atOnce(record.key);
      for (const other of others)
        found.push({ of: by, differences: this.#between(other, shown) }, { of: other.by, differences: this.#between(shown, other) });
      records.delete(record.key);
      records.set(record.key, [...others.filter(({ dto }) => dto !== record.dto), shown]);
      if (records.size > MAX_RECORDS) records.delete(records.keys().next().value as string);
    }
    return found.filter(({ differences }) => differences.length > 0);
  }

  #between(wanted: Shown, found: Shown): readonly Difference[] {
    const observed = ({ by, record }: Shown) => ({ where: `in ${by.call}`, record });
    return disagreements(found.dto, observed(wanted), observed(found), this.#options, found.path);
  }
}

/** A record that was just shown is not there. */
function missing(by: ComparedCall, other: Shown): readonly Contradiction[] {
  const [status, identity] = [new Differences(), new Differences()];
  status.add('status', 'status', `200, as ${other.by.call} shows the record`, '404');
  identity.add(within(other.path, 'identity'), 'value', `a record that ${by.call} finds`, '404');
  return [
    { of: by, differences: status.all },
    { of: other.by, differences: identity.all },
  ];
}
