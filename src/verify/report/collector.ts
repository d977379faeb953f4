/** Collects what checks of all APIs find: the one place where findings are kept. */
import type { Api } from '../../protocols/protocol.ts';
import type { Checked, CheckedCall } from '../run/check.ts';
import type { Check, Outcome } from './report.ts';

interface Collected extends Outcome {
  readonly checks: Check[];
  readonly notAsked: string[];
  readonly notes: string[];
  couldNotAsk: boolean;
}

export class Collector {
  readonly #outcomes = new Map<string, Collected>();

  /** Outcomes stand in the order of the contract, whatever is asked first. */
  constructor(apis: readonly Api[]) {
    for (const api of apis) for (const operation of operationsOf(api)) this.#outcome(operation);
  }
  get outcomes(): readonly Outcome[] {
    return [...this.#outcomes.values()];
  }

  add(found: Checked): void {
    const { checks, notAsked, notes } = this.#outcome(found.operation);
    if ('note' in found) {
      if (!notes.includes(found.note)) notes.push(found.note);
    } else if ('notAsked' in found) {
      notAsked.push(found.notAsked);
      if (!found.isByChoice) this.#outcome(found.operation).couldNotAsk = true;
    } else checks.push(checkOf(found, checks));
  }

  /** None of an API's operations was asked. */
  notAsked(api: Api, reason: string, isByChoice: boolean): void {
    for (const operation of operationsOf(api)) this.add({ operation, notAsked: reason, isByChoice });
  }

  /** No further call is made: what has no outcome yet was not asked. */
  stop(reason: string): void {
    for (const { operation, checks, notAsked } of this.#outcomes.values())
      if (checks.length === 0 && notAsked.length === 0) this.add({ operation, notAsked: reason, isByChoice: false });
  }

  #outcome(operation: string): Collected {
    let outcome = this.#outcomes.get(operation);
    if (outcome === undefined) {
      outcome = { operation, checks: [], notAsked: [], notes: [], couldNotAsk: false };
      this.#outcomes.set(operation, outcome);
    }
    return outcome;
  }
}

const operationsOf = (api: Api): readonly string[] => Object.keys(api.operations).map((name) => `${api.name}.${name}`);

function checkOf({ operation, name, call, milliseconds, differences }: CheckedCall, others: readonly Check[]): Check {
  const same = others.filter((other) => other.name === name || other.name.startsWith(`${name} (`)).length;
  return {
    name: same === 0 ? name : `${name} (${same + 1})`,
    call,
    milliseconds,
    findings: differences.map((difference) => ({ operation, call, ...difference })),
  };
}
