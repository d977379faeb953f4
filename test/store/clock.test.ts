import { expect, test, vi } from 'vitest';
import { advance, frozenAt, httpTime, isoTime, neutralTime, now, parseTime, REAL } from '../../src/store/clock.ts';

const MOMENT = Date.UTC(2031, 4, 6, 7, 8, 9, 120);

test('a frozen clock stands, a real one runs with the machine’s, both can be moved', () => {
  vi.useFakeTimers({ now: MOMENT, toFake: ['Date'] });
  try {
    expect(now(frozenAt(5))).toBe(5);
    expect(now(advance(frozenAt(5), 100))).toBe(105);
    expect(now(REAL)).toBe(MOMENT);
    expect(now(advance(REAL, 86_400_000))).toBe(MOMENT + 86_400_000);
    vi.setSystemTime(MOMENT + 7);
    expect(now(advance(REAL, 1))).toBe(MOMENT + 8);
    expect(now(advance(frozenAt(5), 1))).toBe(6);
  } finally {
    vi.useRealTimers();
  }
});

test('a moment as ISO 8601, as neutral JSON and as a header have it, one after another', () => {
  expect(isoTime(MOMENT)).toBe('2031-05-06T07:08:09.120Z');
  expect(neutralTime(MOMENT)).toBe('2031-05-06T07:08:09.12Z');
  expect(neutralTime(MOMENT, '')).toBe('2031-05-06T07:08:09.12');
  expect(neutralTime(MOMENT, 'Z')).toBe('2031-05-06T07:08:09.12Z');
  expect(neutralTime(MOMENT - 120)).toBe('2031-05-06T07:08:09Z');
  expect(httpTime(MOMENT)).toBe('Tue, 06 May 2031 07:08:09 GMT');
  expect(httpTime(MOMENT + 879)).toBe('Tue, 06 May 2031 07:08:09 GMT');
  expect(httpTime(MOMENT + 880)).toBe('Tue, 06 May 2031 07:08:10 GMT');
  expect(httpTime(0)).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
});

test.each([
  ['2031-05-06', '2031-05-06T00:00:00.000Z'],
  ['2031-05-06T07:08', '2031-05-06T07:08:00.000Z'],
  ['2031-05-06T07:08:09', '2031-05-06T07:08:09.000Z'],
  ['2031-05-06T07:08:09.5', '2031-05-06T07:08:09.500Z'],
  ['2031-05-06T07:08:09Z', '2031-05-06T07:08:09.000Z'],
  ['2031-05-06T07:08:09+02:00', '2031-05-06T05:08:09.000Z'],
  ['2031-05-06T07:08:09-0230', '2031-05-06T09:38:09.000Z'],
  ['0001-01-01', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ['0000-01-01', undefined],
  ['2031-02-30', undefined],
  ['2031-13-01', undefined],
  ['31-05-06', undefined],
  ['x2031-05-06', undefined],
  ['2031-05-06T', undefined],
  ['2031-05-06T25:00', undefined],
  ['2031-05-06T07:08:09Zx', undefined],
  ['', undefined],
  ['now', undefined],
])('%j is read as %s', (text, read) => {
  const time = parseTime(text);
  expect(time === undefined ? undefined : isoTime(time)).toBe(read);
});
