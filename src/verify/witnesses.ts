/**
 * The same record in the answers of several operations must say the same. Where two disagree, the one that fewer others
 * bear out is to blame; where neither is borne out more, both are told.
 */
import type { Dto } from '../contract/dto.ts';
import type { ReadRecord } from './compare.ts';
import { Differences } from './finding.ts';
import type { Session } from './session.ts';

export interface Witness {
  readonly operation: string;
  /** As the finding calls it: `in Contact.get`. */
  readonly where: string;
  readonly dto: Dto;
  readonly record: ReadRecord;
  /** Where the record stands in the answer. */
  readonly path: string;
  /** Of the whole answer. */
  readonly differences: Differences;
}

export class Witnesses {
  readonly #session: Session;
  readonly #heard = new Map<string, Witness[]>();

  constructor(session: Session) {
    this.#session = session;
  }

  hear(id: string, witness: Witness): void {
    const heard = this.#heard.get(id);
    if (heard === undefined) this.#heard.set(id, [witness]);
    else heard.push(witness);
  }

  settle(): void {
    for (const heard of this.#heard.values()) if (heard.length > 1) this.#settle(heard);
    this.#heard.clear();
  }

  #settle(heard: readonly Witness[]): void {
    const backing = (one: Witness): number =>
      new Set(heard.filter((other) => this.#apart(other, one).all.length === 0).map(({ operation }) => operation)).size;
    const backings = new Map<Witness, number>();
    for (const [i, left] of heard.entries()) {
      for (const right of heard.slice(i + 1)) {
        if (this.#apart(left, right).all.length === 0) continue;
        for (const witness of [left, right]) if (!backings.has(witness)) backings.set(witness, backing(witness));
        const [more, less] = [backings.get(left) as number, backings.get(right) as number];
        if (more >= less) this.#tell(left, right);
        if (less >= more) this.#tell(right, left);
      }
    }
  }

  #tell(wanted: Witness, seen: Witness): void {
    for (const { path, rule, wanted: what, seen: instead } of this.#apart(wanted, seen).all)
      seen.differences.add(path, rule, what, instead);
  }

  #apart(wanted: Witness, seen: Witness): Differences {
    const differences = new Differences();
    this.#session.agreement(differences).records(seen.dto, wanted, seen, seen.path);
    return differences;
  }
}
