/** `createMock` is as careful with its options as the command line is. */
import { expect, test } from 'vitest';
import { createMock, MockError, type MockOptions } from '../src/index.ts';
import { checkOptions, flagOf, type MockOption, mockOptions } from '../src/option-table.ts';
import { DEFAULTS } from '../src/options.ts';

test.each([
  [{ auth: 'none' }, 'auth is one of documented, strict, off, not "none".'],
  [{ auth: 'documentd' }, 'Did you mean "documented"?'],
  [{ sead: 1 }, 'There is no option "sead". Did you mean "seed"?'],
  [{ apis: [] }, 'apis takes at least one of trendsic, canvara, logisense, not [].'],
  [{ apis: 'logisense' }, 'apis takes at least one of'],
  [{ apis: ['logisens'] }, 'There is no API "logisens". Did you mean "logisense"?'],
  [{ clock: '2026-02-30' }, 'clock takes a time in ISO 8601'],
  [{ worldIdle: 0 }, 'worldIdle takes a time from 1 ms, not 0.'],
  [{ worldIdle: '1h' }, 'worldIdle takes a time'],
  [{ maxWorlds: 0 }, 'maxWorlds takes a whole number from 1, not 0.'],
  [{ journal: 1.5 }, 'journal takes a whole number from 0, not 1.5.'],
  [{ journalBody: -1 }, 'journalBody takes a number of bytes'],
  [{ scale: { 'logisense.contacts': -1 } }, 'scale takes NAME=N'],
  [{ locale: 'de' }, 'locale takes faker\'s definitions of a locale, not "de".'],
  [{ scale: 5 }, 'scale takes NAME=N'],
  [{ seed: '' }, 'seed takes a text or a number, not "".'],
  [{ state: '' }, 'state takes a text, not "".'],
  [{ adminToken: '' }, 'adminToken takes a token'],
  [{ adminToken: 'a\nb' }, 'adminToken takes a token'],
  [{ data: 'file.json' }, 'data takes a list of files and records'],
  [{ forward: 'logisense.*' }, 'forward takes names of operations'],
  [{ examples: 'yes' }, 'examples is true or false, not "yes".'],
  [{ log: 'text' }, 'log takes a function, not "text".'],
  [{ middleware: () => undefined }, 'middleware takes a list of Hono middleware, not a function.'],
])('createMock(%j) says what is wrong', (options, said) => {
  expect(() => createMock(options as MockOptions)).toThrow(MockError);
  expect(() => createMock(options as MockOptions)).toThrow(said);
});

test('what is undefined counts as not given', async () => {
  await using mock = createMock({ seed: undefined, apis: undefined } as unknown as MockOptions);
  expect((await mock.fetch('/Contact/1')).status).toBe(200);
});

test('a port that is taken is a MockError', async () => {
  await using first = createMock();
  await using second = createMock();
  const { url } = await first.listen();
  await expect(second.listen({ port: Number(new URL(url).port) })).rejects.toThrow(MockError);
  await expect(second.listen({ port: Number(new URL(url).port) })).rejects.toThrow('is taken');
});

test('the defaults are among the values that the options take', () => {
  expect(() => checkOptions(DEFAULTS)).not.toThrow();
});

test('every option has its name on the command line, none twice', () => {
  const flags = Object.entries<MockOption>(mockOptions).flatMap(([name, option]) => flagOf(name, option) ?? []);
  expect(new Set(flags).size).toBe(flags.length);
  expect(flags).toContain('journal-body');
  expect(flags).not.toContain('middleware');
});
