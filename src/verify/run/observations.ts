/**
 * The same record in the answers of several operations must say the same. Where two disagree, the difference is that of the
 * operation which fewer others agree with; where neither has more of them, both differ.
 */
import { type AgreementOptions, disagreements, type Observation } from '../compare/agreement.ts';
import type { ShownRecord } from '../compare/answer.ts';
import type { Difference, Differences } from '../compare/finding.ts';

export interface ObservedRecord extends Observation, ShownRecord {
  readonly operation: string;
  /** Of the whole answer: what is found is added here. */
  readonly differences: Differences;
}

export class Observations {
  readonly #options: AgreementOptions;
  readonly #records = new Map<string, ObservedRecord[]>();

  constructor(options: AgreementOptions) {
    this.#options = options;
  }

  add(observed: ObservedRecord): void {
    const others = this.#records.get(observed.key);
    if (others === undefined) this.#records.set(observed.key, [observed]);
    else others.push(observed);
  }

  /** Compares all observations of each record. */
  settle(): void {
    for (const observed of this.#records.values()) if (observed.length > 1) this.#compare(observed);
    this.#records.clear();
  }

  #compare(observed: readonly ObservedRecord[]): void {
    const agreeing = new Map<ObservedRecord, number>();
    const countOf = (one: ObservedRecord): number => {
      let count = agreeing.get(one);
      if (count === undefined) {
        const operations = observed.filter((other) => this.#between(other, one).length === 0).map(({ operation }) => operation);
        agreeing.set(one, (count = new Set(operations).size));
      }
      return count;
    };
    for (const [i, left] of observed.entries()) {
      for (const right of observed.slice(i + 1)) {
        if (this.#between(left, right).length === 0) continue;
        if (countOf(left) >= countOf(right)) right.differences.addAll(this.#between(left, right));
        if (countOf(right) >= countOf(left)) left.differences.addAll(this.#between(right, left));
      }
    }
  }

  #between(wanted: ObservedRecord, found: ObservedRecord): readonly Difference[] {
    return disagreements(found.dto, wanted, found, this.#options, found.path);
  }
}
