import { describe, expect, test } from 'vitest';
import type { SentRequest } from '../../src/http/sent-request.ts';
import { readPreferences, withoutOwnPreferences } from '../../src/exchange/preferences.ts';

/** What is read of a request: its `Prefer` header, and the preferences in its query. */
const request = (header: string | undefined, inQuery: readonly string[] = []): SentRequest =>
  ({
    header: (name: string) => (name === 'prefer' ? header : undefined),
    query: inQuery.length === 0 ? 'a=1' : `a=1&__prefer=${inQuery.join('&__prefer=')}`,
    takeQuery: () => inQuery,
  }) as unknown as SentRequest;
const read = (header: string) => readPreferences(request(header))!;

test('a call without preferences has none', () => {
  expect(readPreferences(request(undefined))).toBeUndefined();
  expect(readPreferences({ ...request(undefined), query: '' } as SentRequest)).toBeUndefined();
  expect(read('')).toEqual({ outcome: undefined, isExample: false, nulls: undefined, applied: '', ignored: [] });
});

test.each<[string, object]>([
  ['code=200', { outcome: { code: 200 } }],
  ['code=599', { outcome: { code: 599 } }],
  ['Code = "503"', { outcome: { code: 503 }, applied: 'code=503' }],
  ['retry-after=0', { outcome: { headers: { 'Retry-After': '0' } } }],
  ['retry-after=1234567', { outcome: { headers: { 'Retry-After': '1234567' } } }],
  ['delay=250', { outcome: { delay: 250 } }],
  ['delay=200..800', { outcome: { delay: '200..800' } }],
  ['fault=EMPTY_RESPONSE', { outcome: { fault: 'EMPTY_RESPONSE' } }],
  ['example', { isExample: true, outcome: undefined }],
  ['example=true', { isExample: true, outcome: undefined }],
  ['nulls=wire', { nulls: 'wire', outcome: undefined }],
  ['nulls=placeholder', { nulls: 'placeholder', outcome: undefined }],
  [
    'code=503; retry-after=7,, ;example',
    { outcome: { code: 503, headers: { 'Retry-After': '7' } }, isExample: true, applied: 'code=503, retry-after=7, example' },
  ],
])('%s is applied', (header, preferences) => {
  expect(read(header)).toMatchObject({ applied: header, ignored: [], ...preferences });
});

describe('not applied is', () => {
  test.each([
    ['code=199', 'code', '199', 'takes a status from 200 to 599'],
    ['code=600', 'code', '600', 'takes a status from 200 to 599'],
    ['code=5000', 'code', '5000', 'takes a status from 200 to 599'],
    ['code=1503', 'code', '1503', 'takes a status from 200 to 599'],
    ['code=5"03"', 'code', '5"03"', 'takes a status from 200 to 599'],
    ['code="50"3', 'code', '"50"3', 'takes a status from 200 to 599'],
    ['retry-after=soon', 'retry-after', 'soon', 'takes a number of seconds'],
    ['retry-after=12345678', 'retry-after', '12345678', 'takes a number of seconds'],
    ['retry-after=-1', 'retry-after', '-1', 'takes a number of seconds'],
    ['delay=9..3', 'delay', '9..3', 'takes a number of milliseconds, or a range as in 200..800'],
    ['delay=1s', 'delay', '1s', 'takes a number of milliseconds, or a range as in 200..800'],
    [
      'fault=BROKEN',
      'fault',
      'BROKEN',
      'is one of EMPTY_RESPONSE, MALFORMED_RESPONSE_CHUNK, RANDOM_DATA_THEN_CLOSE, CONNECTION_RESET_BY_PEER',
    ],
    ['example=1', 'example', '1', 'takes no value'],
    ['nulls=none', 'nulls', 'none', 'is wire or placeholder'],
    ['nulls', 'nulls', '', 'is wire or placeholder'],
  ])('%s', (preference, member, value, problem) => {
    expect(read(preference)).toEqual({
      outcome: undefined,
      isExample: false,
      nulls: undefined,
      applied: '',
      ignored: [{ message: `The preference "${preference}" was not applied: ${member} ${problem}.`, rule: 'prefer', member, value }],
    });
  });
  test('one that the mock does not know, with the nearest that it knows, or all', () => {
    expect(read('CDOE=503').ignored).toEqual([
      {
        message: 'The preference "CDOE=503" was not applied. Did you mean "code"?',
        rule: 'prefer',
        member: 'CDOE',
        nearest: 'code',
      },
    ]);
    expect(read('return=minimal').ignored[0]).toMatchObject({
      message: 'The preference "return=minimal" was not applied. Known are code, retry-after, delay, fault, example, nulls.',
      rule: 'prefer',
    });
  });
  test('a long one, which is shown shortened', () => {
    const [exact, longer] = ['x'.repeat(80), 'x'.repeat(81)];
    expect(read(exact).ignored[0]?.message).toContain(`"${exact}"`);
    expect(read(longer).ignored[0]?.message).toContain(`"${exact}…"`);
  });
  test('one that was sent before, and what comes after fifty', () => {
    expect(read('code=500, CODE=404')).toMatchObject({ outcome: { code: 500 }, applied: 'code=500' });
    expect(read(`${','.repeat(49)}code=500`).outcome).toEqual({ code: 500 });
    expect(read(`${','.repeat(50)}code=500`).outcome).toBeUndefined();
  });
});

test('preferences in the query go before those of the header', () => {
  const both = readPreferences(request('code=404, nulls=wire', ['code=500', 'example']));
  expect(both).toMatchObject({ outcome: { code: 500 }, isExample: true, nulls: 'wire', applied: 'code=500, example, nulls=wire' });
  expect(readPreferences(request(undefined, ['code=500']))?.applied).toBe('code=500');
});

test.each([
  [undefined, undefined],
  ['', undefined],
  ['code=503', undefined],
  ['Code =503, delay=1;x, EXAMPLE', undefined],
  ['code=503, return=minimal', 'return=minimal'],
  ['return=minimal; wait=10 ,respond-async,nulls=wire', 'return=minimal; wait=10, respond-async'],
])('of the header %j a real service gets %j', (header, others) => {
  expect(withoutOwnPreferences(header)).toBe(others);
});
