/** The mock in every setting is true to the contract, and as it was before. */
import { expect, test } from 'vitest';
import { createMock, type MockOptions } from '../../src/index.ts';
import { couldNotAsk, findingsOf } from '../../src/verify/report/report.ts';
import { verify } from '../../src/verify/verify.ts';

const settings: MockOptions[] = (['documented', 'strict', 'off'] as const).flatMap((auth) =>
  (['placeholder', 'wire'] as const).flatMap((nulls) =>
    (['json', 'html'] as const).flatMap((defaultFormat) =>
      (['instance', 'result'] as const).map((outputFormat) => ({ auth, nulls, defaultFormat, outputFormat })),
    ),
  ),
);
const seeds: MockOptions[] = ['2', '7', 'Äö', 'a much longer seed'].map((seed) => ({ seed, scale: { 'logisense.contacts': 50 } }));

test.each([...settings, ...seeds])('nothing is to be said of %j', async (options) => {
  await using mock = createMock(options);
  const hash = async (): Promise<string> => (await mock.fetch('http://mock/__admin/state/hash')).text();
  const before = await hash();
  const report = await verify({
    url: 'http://mock',
    fetch: (input, init) => mock.fetch(new Request(input as string, init)),
    write: true,
    nulls: options.nulls ?? 'placeholder',
  });
  expect(report.outcomes.flatMap(findingsOf)).toEqual([]);
  expect(couldNotAsk(report)).toBe(false);
  expect(await hash()).toBe(before);
});

const TEXTS = [
  ' \tlead',
  'trail \n',
  'a\r\nb',
  'x\ry',
  '<b>&amp;</b>{{x}}',
  'مرحبا',
  '👨‍👩‍👧',
  '',
  '[x]',
  '{a:1}',
  'q"u"o',
  "o'b",
  ',',
  ':',
  'null',
  'true',
  '5',
  '2024-05-06',
  '\u2028\u2029',
  '\u00a0',
  '=1+1',
  'é',
  '@',
  'String',
];
const DATES = [
  '9999-12-31T23:59:59.9999999',
  '0001-01-01T00:00:00',
  '2024-02-29T00:00:00',
  '2024-05-06T07:08:09.12Z',
  '2024-05-06T00:00:00+10:00',
];
const DECIMALS = ['0', '1.50', '0.0000000001', '-79228162514264337593543950335'];
const LONGS = ['9007199254740993', 5, '-9223372036854775808', 0];
const of = <T>(values: readonly T[], i: number): T => values[i % values.length] as T;
const ids = Array.from({ length: 60 }, (_, i) => i + 1);

test.each(['placeholder', 'wire'] as const)(
  'texts, numbers and dates that are hard to write are the same in every format: %s',
  async (nulls) => {
    const contacts = ids.map((i) => {
      const texts = { FirstName: of(TEXTS, i), LastName: of(TEXTS, i + 1), JobName: of(TEXTS, i + 2), Tags: of(TEXTS, i + 3) };
      return [i, { ...texts, TotalDebtAmount: of(DECIMALS, i), SchoolID: of(LONGS, i), DateOfBirth: of(DATES, i) }];
    });
    const persons = ids.map((i) => [i, { firstName: of(TEXTS, i), lastName: of(TEXTS, i + 1), title: of(TEXTS, i + 2) }]);
    await using mock = createMock({
      nulls,
      data: [{ 'trendsic.contacts': Object.fromEntries(contacts), 'logisense.contacts': Object.fromEntries(persons) }],
    });
    const report = await verify({
      url: 'http://mock',
      nulls,
      write: true,
      fetch: (input, init) => mock.fetch(new Request(input as string, init)),
    });
    expect(report.outcomes.flatMap(findingsOf)).toEqual([]);
    expect(couldNotAsk(report)).toBe(false);
  },
);

test('nothing differs in any scenario; what it has no record for could not be asked', async () => {
  await using mock = createMock();
  const { scenarios } = (await (await mock.fetch('http://mock/__admin/scenarios')).json()) as { scenarios: { name: string }[] };
  for (const { name } of scenarios) {
    const url = `http://mock/__worlds/verified~${name}`;
    const hash = async (): Promise<string> => (await mock.fetch(`${url}/__admin/state/hash`)).text();
    const before = await hash();
    const report = await verify({ url, write: true, fetch: (input, init) => mock.fetch(new Request(input as string, init)) });
    expect(report.outcomes.flatMap(findingsOf), name).toEqual([]);
    expect(couldNotAsk(report), name).toBe(name === 'empty');
    expect(await hash()).toBe(before);
  }
});
