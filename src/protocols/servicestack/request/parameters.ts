/** Query strings and form posts as ASP.NET Core reads them: names in any case, repeated values joined by a comma (servicestack.md §13 F3). */
import { percentDecoded } from '../../../http/percent-encoding.ts';

export type Pair = readonly [name: string, value: string];

export class Parameters {
  readonly entries: readonly Pair[];
  readonly #values: ReadonlyMap<string, string>;

  /** @param spelling whose spelling a repeated name keeps: ASP.NET Core has two collections, and they differ in this */
  constructor(pairs: Iterable<Pair>, spelling: 'first' | 'second') {
    const merged = new Map<string, { name: string; values: string[]; times: number }>();
    for (const [name, value] of pairs) {
      const key = name.toLowerCase();
      let known = merged.get(key);
      if (known === undefined) merged.set(key, (known = { name, values: [], times: 0 }));
      if (++known.times === 2 && spelling === 'second') known.name = name;
      // An empty value is passed over beside others.
      if (value !== '') known.values.push(value);
    }
    const joined = [...merged].map(([key, { name, values }]) => [key, name, values.join(',')] as const);
    this.entries = joined.map(([, name, value]) => [name, value]);
    this.#values = new Map(joined.map(([key, , value]) => [key, value]));
  }

  /** `name` in lower case. */
  get(name: string): string | undefined {
    return this.#values.get(name);
  }
}

export const NO_PARAMETERS = new Parameters([], 'first');

export const parseQuery = (text: string): Parameters => (text === '' ? NO_PARAMETERS : new Parameters(pairsOf(text), 'second'));

/** `a=1&b=2`, from a query string or a form. */
export function* pairsOf(text: string): Generator<Pair> {
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    yield equals < 0 ? [unescaped(part), ''] : [unescaped(part.slice(0, equals)), unescaped(part.slice(equals + 1))];
  }
}

/** Percent signs that stand for nothing stay as they are. */
const unescaped = (text: string): string => percentDecoded(text.includes('+') ? text.replaceAll('+', ' ') : text);
