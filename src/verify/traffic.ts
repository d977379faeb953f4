/** Traffic of others, exchange by exchange: what differs from the contract, each difference reported once. */
import type { Api } from '../protocols/protocol.ts';
import { monotonic } from '../store/clock.ts';
import type { Difference, Finding } from './compare/finding.ts';
import { type CompareOptions, compareCall } from './compare-exchange.ts';
import { Contradictions, type NamedCall } from './contradictions.ts';
import type { Exchange } from './exchange.ts';
import type { Outcome, Report } from './report/report.ts';

/** All calls of one name: `GET /Contact/{id}`. */
interface CallsOfOneName {
  readonly operation: string;
  readonly name: string;
  /** The first of them. */
  readonly call: string;
  readonly findings: Map<string, Finding>;
  milliseconds: number;
}

/** When and where an exchange was; traffic of now and of one server says neither. */
interface When {
  /** In milliseconds of any clock. */
  readonly at?: number;
  readonly server?: string;
}

const READING = ['GET', 'HEAD', 'OPTIONS'];

export class Traffic {
  readonly #apis: readonly Api[];
  readonly #nulls: NonNullable<CompareOptions['nulls']>;
  readonly #contradictions: Contradictions;
  readonly #calls = new Map<string, CallsOfOneName>();
  #compared = 0;

  constructor(apis: readonly Api[], { nulls = 'placeholder' }: CompareOptions = {}) {
    this.#apis = apis;
    this.#nulls = nulls;
    this.#contradictions = new Contradictions(nulls);
  }

  /**
   * Compares one exchange: with the contract, and with what others said of the same records within two seconds. Answers what
   * no call of the same name has shown before; undefined where it is a call of none of the APIs' operations, or a page that
   * people read. `milliseconds`: how long it took.
   */
  add(exchange: Exchange, milliseconds = 0, { at = monotonic(), server = '' }: When = {}): readonly Finding[] | undefined {
    for (const api of this.#apis) {
      const compared = compareCall(api, exchange, this.#nulls);
      if (compared === undefined) continue;
      this.#compared++;
      this.#callsOf(compared).milliseconds += milliseconds;
      const isWrite = !READING.includes(exchange.request.method);
      const contradictions = this.#contradictions.add(`${api.name} ${server}`, compared, isWrite, at);
      return [{ of: compared, differences: compared.differences.all }, ...contradictions].flatMap(({ of, differences }) =>
        this.#newOnes(of, differences),
      );
    }
    return undefined;
  }

  /** `source`: whose traffic it was. An operation without a call is not asked. */
  report(source: string, notes: readonly string[] = []): Report {
    const operations = this.#apis.flatMap((api) => Object.keys(api.operations).map((name) => `${api.name}.${name}`));
    const outcomes = operations.map((operation): Outcome => {
      const checks = [...this.#calls.values()]
        .filter((calls) => calls.operation === operation)
        .map(({ name, call, milliseconds, findings }) => ({ name, call, milliseconds, findings: [...findings.values()] }));
      return { operation, checks, notAsked: checks.length > 0 ? [] : ['no call was seen'], couldNotAsk: false, notes: [] };
    });
    return { url: source, calls: this.#compared, outcomes, notes };
  }

  #newOnes(of: NamedCall, differences: readonly Difference[]): readonly Finding[] {
    const { findings } = this.#callsOf(of);
    const { operation, call } = of;
    return differences.flatMap((difference) => {
      const key = `${difference.rule} ${difference.path}`;
      if (findings.has(key)) return [];
      const finding = { operation, call, ...difference };
      findings.set(key, finding);
      return [finding];
    });
  }

  #callsOf({ operation, name, call }: NamedCall): CallsOfOneName {
    const key = `${operation} ${name}`;
    let calls = this.#calls.get(key);
    if (calls === undefined) this.#calls.set(key, (calls = { operation, name, call, findings: new Map(), milliseconds: 0 }));
    return calls;
  }
}
