/** The APIs that a caller names, in the order of the catalogue; all of them where none is named. */
import { MockError, suggest } from '../mock-error.ts';
import type { Api } from '../protocols/protocol.ts';
import { catalogue } from './catalogue.ts';

export function chosen(names: readonly string[] | undefined): readonly Api[] {
  if (names === undefined) return catalogue;
  for (const name of names) {
    const known: readonly string[] = catalogue.map((api) => api.name);
    if (known.includes(name)) continue;
    throw new MockError('unknown-api', `There is no API "${name}".`, suggest(name, known, `Choose from ${known.join(', ')}.`));
  }
  return catalogue.filter(({ name }) => names.includes(name));
}
