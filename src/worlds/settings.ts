/** Settings that can be changed while the mock runs: of one world, gone again with its reset. */
import { MockError, suggest } from '../mock-error.ts';
import type { WorldSettings } from '../options.ts';

const oneOf =
  (...choices: readonly unknown[]) =>
  (value: unknown): string | undefined =>
    choices.includes(value) ? undefined : `is one of ${choices.join(', ')}`;
const count = (value: unknown): string | undefined =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? undefined : 'is a whole number from 0';

/** What is wrong with a value; undefined where nothing is. */
const checks: { readonly [K in keyof WorldSettings]-?: (value: unknown) => string | undefined } = {
  auth: oneOf('documented', 'strict', 'off'),
  nulls: oneOf('placeholder', 'wire'),
  defaultFormat: oneOf('json', 'html'),
  outputFormat: oneOf('instance', 'result'),
  examples: oneOf(true, false),
  tokenLifetime: (value) => (value === 'service' ? undefined : count(value) && `${count(value)}, or "service"`),
  journal: count,
  journalBody: count,
  explain: oneOf('on', 'off'),
  forward: (value) => (Array.isArray(value) && value.every((one) => typeof one === 'string') ? undefined : 'is a list of operations'),
  fixedDelay: count,
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
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new MockError('bad-settings', 'Settings are a JSON object.', 'Send those that are to change, as in {"journal":0}.');
  }
  for (const [name, value] of Object.entries(input)) {
    const check = Object.hasOwn(checks, name) ? checks[name as keyof WorldSettings] : undefined;
    if (check === undefined) {
      const names = Object.keys(checks);
      throw new MockError('bad-settings', `There is no setting "${name}".`, suggest(name, names, `There are ${names.join(', ')}.`));
    }
    const wrong = check(value);
    if (wrong !== undefined) throw new MockError('bad-settings', `${name} ${wrong}, not ${JSON.stringify(value)}.`, 'Nothing was changed.');
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
