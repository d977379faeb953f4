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
  fixedDelay: count,
};

/** Settings with some of them changed. */
export function readSettings(input: unknown, current: WorldSettings): WorldSettings {
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
  return Object.freeze({ ...current, ...input });
}

export function settingsThatDiffer(settings: WorldSettings | undefined, from: WorldSettings): Partial<WorldSettings> | undefined {
  if (settings === undefined) return undefined;
  const differing = Object.entries(settings).filter(([name, value]) => from[name as keyof WorldSettings] !== value);
  return differing.length === 0 ? undefined : Object.fromEntries(differing);
}
