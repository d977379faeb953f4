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
const seeds: MockOptions[] = ['2', '7', 'Äö', '', 'a much longer seed'].map((seed) => ({ seed, scale: { 'logisense.contacts': 50 } }));

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
