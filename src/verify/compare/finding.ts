/** What differs from the contract, in the words of the report. */

export type Rule = 'missing' | 'unexpected' | 'type' | 'form' | 'order' | 'namespace' | 'value' | 'status' | 'content type' | 'envelope';

/** A difference within an answer. */
export interface Difference {
  /** As the contract spells it; `status`, `Content-Type` or `body` where the answer as a whole is meant. */
  readonly member: string;
  /** Where it stands in the answer, lists as `[]`: `Connections[].Contact.EmailAddress`. */
  readonly path: string;
  readonly rule: Rule;
  readonly wanted: string;
  readonly seen: string;
}

export interface Finding extends Difference {
  /** `api.Operation` */
  readonly operation: string;
  /** The call that was answered so: `GET /Contact/1`, with the format where there are several. */
  readonly call: string;
}

/** Differences of one answer; each member and rule is reported once, whatever the number of records. */
export class Differences {
  readonly #found = new Map<string, Difference>();

  add(path: string, rule: Rule, wanted: string, seen: string): void {
    this.addAll([{ member: memberOf(path), path, rule, wanted, seen }]);
  }
  addAll(differences: Iterable<Difference>): void {
    for (const difference of differences) {
      const key = `${difference.rule} ${difference.path}`;
      if (!this.#found.has(key)) this.#found.set(key, difference);
    }
  }
  isReported(path: string): boolean {
    return this.all.some((difference) => difference.path === path);
  }
  get all(): readonly Difference[] {
    return [...this.#found.values()];
  }
}

/** The last name of a path. */
export const memberOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1).replace(/\[\]$/, '');

export const within = (path: string, member: string): string => (path === '' ? member : `${path}.${member}`);
