/** Traffic of others, exchange by exchange: what differs from the contract, each difference reported once. */
import type { Api } from '../protocols/protocol.ts';
import { type CompareOptions, compareExchange } from './compare-exchange.ts';
import type { Finding } from './compare/finding.ts';
import type { Exchange } from './exchange.ts';
import type { Outcome, Report } from './report/report.ts';

/** All calls of one kind: `GET /Contact/{id}`. */
interface Kind {
  readonly operation: string;
  readonly name: string;
  /** The first of them. */
  readonly call: string;
  readonly findings: Map<string, Finding>;
  milliseconds: number;
}

export class Traffic {
  readonly #apis: readonly Api[];
  readonly #options: CompareOptions;
  readonly #kinds = new Map<string, Kind>();
  #compared = 0;

  constructor(apis: readonly Api[], options: CompareOptions = {}) {
    this.#apis = apis;
    this.#options = options;
  }

  /**
   * Compares one exchange. Answers what no exchange of its kind has shown before; undefined where it is a call of none of the APIs'
   * operations, or a page that people read.
   */
  add(exchange: Exchange, milliseconds = 0): readonly Finding[] | undefined {
    for (const api of this.#apis) {
      const compared = compareExchange(api, exchange, this.#options);
      if (compared === undefined) continue;
      this.#compared++;
      const { operation, name, call, findings } = compared;
      const kind = this.#kindOf(operation, name, call);
      kind.milliseconds += milliseconds;
      return findings.filter((finding) => {
        const key = `${finding.rule} ${finding.path}`;
        const isNew = !kind.findings.has(key);
        if (isNew) kind.findings.set(key, finding);
        return isNew;
      });
    }
    return undefined;
  }

  /** `source`: whose traffic it was. An operation without a call is not asked. */
  report(source: string, notes: readonly string[] = []): Report {
    const operations = this.#apis.flatMap((api) => Object.keys(api.operations).map((name) => `${api.name}.${name}`));
    const kinds = [...this.#kinds.values()];
    const outcomes = operations.map((operation): Outcome => {
      const checks = kinds
        .filter((kind) => kind.operation === operation)
        .map(({ name, call, milliseconds, findings }) => ({ name, call, milliseconds, findings: [...findings.values()] }));
      return { operation, checks, notAsked: checks.length > 0 ? [] : ['no call of it was seen'], couldNotAsk: false, notes: [] };
    });
    return { url: source, calls: this.#compared, outcomes, notes };
  }

  #kindOf(operation: string, name: string, call: string): Kind {
    const key = `${operation} ${name}`;
    let kind = this.#kinds.get(key);
    if (kind === undefined) this.#kinds.set(key, (kind = { operation, name, call, findings: new Map(), milliseconds: 0 }));
    return kind;
  }
}
