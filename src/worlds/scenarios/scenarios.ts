/** Scenarios: named starting states of worlds, built in, from files, or made of a world as it is. */
import { MockError, nearest, suggest } from '../../mock-error.ts';
import type { Base } from '../../store/base.ts';
import type { Snapshot } from '../../store/world.ts';

/** What a world begins with and goes back to: generated records, and what is laid over them. */
export interface Start {
  readonly base: Base;
  readonly snapshot: Snapshot | undefined;
}

export type ScenarioSource = 'built-in' | 'file' | 'made';

interface Scenario {
  readonly source: ScenarioSource;
  /** Made when it is first asked for. */
  readonly start: () => Start;
}

/** Between the name of a world and that of its scenario. */
export const SCENARIO_MARK = '~';
const NAME = /^[A-Za-z0-9._-]{1,64}$/;

export class Scenarios {
  readonly #scenarios = new Map<string, Scenario>();

  constructor(builtIn: Readonly<Record<string, () => Start>>) {
    for (const [name, start] of Object.entries(builtIn)) this.#scenarios.set(name, { source: 'built-in', start: once(start) });
  }
  list(): readonly { readonly name: string; readonly source: ScenarioSource }[] {
    return [...this.#scenarios].map(([name, { source }]) => ({ name, source }));
  }
  has(name: string): boolean {
    return this.#scenarios.has(name);
  }
  /** Throws a `MockError` that names the nearest where there is none. */
  start(name: string): Start {
    const scenario = this.#scenarios.get(name);
    if (scenario === undefined) throw this.#unknown(name);
    return scenario.start();
  }
  /** True where it is new. Built-in ones and those of files stay as they are. */
  make(name: string, start: Start): boolean {
    Scenarios.check(name);
    this.#assertMade(name, 'replaced');
    const isNew = !this.#scenarios.has(name);
    this.#scenarios.set(name, { source: 'made', start: () => start });
    return isNew;
  }
  /** From a file, in place of what the file said before. */
  fromFile(name: string, start: Start): void {
    Scenarios.check(name);
    if (this.#scenarios.get(name)?.source === 'built-in')
      throw new MockError('bad-scenario', `The scenario "${name}" is built in and cannot be a file's.`, 'Give the file another name.');
    this.#scenarios.set(name, { source: 'file', start: () => start });
  }
  delete(name: string): void {
    if (!this.#scenarios.has(name)) throw this.#unknown(name);
    this.#assertMade(name, 'deleted');
    this.#scenarios.delete(name);
  }
  static check(name: string): void {
    if (!NAME.test(name))
      throw new MockError(
        'bad-scenario',
        `"${name.slice(0, 80)}" is not a valid name of a scenario.`,
        'Use 1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-".',
      );
  }

  #assertMade(name: string, verb: string): void {
    const source = this.#scenarios.get(name)?.source ?? 'made';
    if (source === 'made') return;
    const whose = source === 'built-in' ? 'is built in' : 'comes from a file';
    throw new MockError('bad-scenario', `The scenario "${name}" ${whose} and cannot be ${verb}.`, 'Choose another name.');
  }
  #unknown(name: string): MockError {
    const shown = name.slice(0, 80);
    const names = [...this.#scenarios.keys()];
    const all = nearest(shown, names) === undefined ? `There are ${names.join(', ')}.` : suggest(shown, names, '');
    return new MockError('unknown-scenario', `There is no scenario "${shown}".`, all);
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
