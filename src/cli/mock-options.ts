/** The options that describe a mock, as the command line takes them. */
import { flagOf, type MockOption, mockOptions as table } from '../option-table.ts';
import { checkValue } from '../option-type.ts';
import type { MockOptions } from '../options.ts';
import type { Io, Option, Parsed } from './args.ts';
import { localeNamed } from './locale.ts';

const flags = Object.entries<MockOption>(table).flatMap(([name, option]) => {
  const flag = flagOf(name, option);
  return flag === undefined ? [] : [{ name, flag, option }];
});

/** Of a command: those of a mock that make a difference to it, by their names in code. */
export const optionsOf = (...names: readonly (keyof MockOptions)[]): Record<string, Option> =>
  Object.fromEntries(
    flags
      .filter(({ name }) => names.length === 0 || names.includes(name as keyof MockOptions))
      .map(({ flag, option: { type, default: standard, meaning } }) => [
        flag,
        {
          meaning,
          ...(type.value !== undefined && { value: type.value }),
          ...(type.isRepeatable !== undefined && { isRepeatable: type.isRepeatable }),
          ...(standard !== undefined && { default: standard }),
        },
      ]),
  );

/** What was said on the command line, and only that: `createMock` knows the defaults. */
export async function mockOptions(parsed: Parsed, io: Io): Promise<MockOptions> {
  const options: Record<string, unknown> = {};
  for (const { name, flag, option } of flags) {
    if (!parsed.has(flag)) continue;
    const said = parsed.all(flag);
    const value = name === 'locale' ? await localeNamed(said.at(-1) as string, io) : option.type.parse(said);
    checkValue(option.type, `--${flag}`, value, said.join(' '));
    options[name] = value;
  }
  return options;
}
