/** Settings that can be changed while the mock runs: of one world, gone again with its reset. */
import { isJsonObject } from '../json-object.ts';
import { MockError, suggest } from '../mock-error.ts';
import { mockOptions } from '../option-table.ts';
import { duration, type OptionType, refusal } from '../option-type.ts';
import type { WorldSettings } from '../options.ts';

const { auth, nulls, defaultFormat, outputFormat, examples, tokenLifetime, journal, journalBody, explain, forward } = mockOptions;
const table: { readonly [K in keyof WorldSettings]-?: { readonly type: OptionType } } = {
  ...{ auth, nulls, defaultFormat, outputFormat, examples, tokenLifetime, journal, journalBody, explain, forward },
  fixedDelay: { type: duration(0) },
};

/** Whether one of the patterns means an operation: its name, `api.*` or `*`. */
export const isForwarded = (patterns: readonly string[], operation: string): boolean =>
  patterns.some((pattern) => pattern === operation || pattern === '*' || pattern === `${operation.slice(0, operation.indexOf('.'))}.*`);

/** Refuses patterns that mean no operation. */
export function checkForwarded(patterns: readonly string[], operations: ReadonlySet<string>): void {
  for (const pattern of patterns) {
    if ([...operations].some((operation) => isForwarded([pattern], operation))) continue;
    throw new MockError(
      'unknown-operation',
      `forward names "${pattern}", which does not exist.`,
      suggest(pattern, operations, 'GET /__admin/routes lists the operations; api.* and * mean all.'),
    );
  }
}

/** Settings with some of them changed. */
export function readSettings(input: unknown, current: WorldSettings, operations: () => ReadonlySet<string>): WorldSettings {
  if (!isJsonObject(input)) {
    throw new MockError('bad-settings', 'Settings are a JSON object.', 'Send those that are to change, as in {"journal":0}.');
  }
  for (const [name, value] of Object.entries(input)) {
    if (!Object.hasOwn(table, name)) {
      const names = Object.keys(table);
      throw new MockError('bad-settings', `There is no setting "${name}".`, suggest(name, names, `There are ${names.join(', ')}.`));
    }
    const { type } = table[name as keyof WorldSettings];
    if (!type.accepts(value)) throw new MockError('bad-settings', refusal(type, name, value), 'Nothing was changed.');
  }
  const changed = { ...current, ...input };
  if ('forward' in input) checkForwarded(changed.forward, operations());
  return Object.freeze(changed);
}

export function settingsThatDiffer(settings: WorldSettings | undefined, from: WorldSettings): Partial<WorldSettings> | undefined {
  if (settings === undefined) return undefined;
  const differing = Object.entries(settings).filter(([name, value]) => from[name as keyof WorldSettings] !== value);
  return differing.length === 0 ? undefined : Object.fromEntries(differing);
}
