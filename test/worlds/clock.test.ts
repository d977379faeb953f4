import { expect, test } from 'vitest';
import { send, toyMock } from '../support/toy.ts';

test('the clock stands still until it is moved, and writes and the Date header follow it', async () => {
  const mock = toyMock();
  expect((await send(mock, 'GET', '/__admin/clock')).json).toEqual({ now: '2026-01-01T00:00:00.000Z', mode: 'frozen' });
  expect((await send(mock, 'PUT', '/__admin/clock', { now: '2031-05-06T07:08:09.010Z' })).json).toEqual({
    now: '2031-05-06T07:08:09.010Z',
    mode: 'frozen',
  });
  const created = await send(mock, 'POST', '/pets', {});
  expect(created.json.born).toBe('2031-05-06T07:08:09.010Z');
  expect(created.headers.get('date')).toBe('Tue, 06 May 2031 07:08:09 GMT');
  expect((await send(mock, 'PUT', '/__admin/clock', { advance: 86_400.5 })).json.now).toBe('2031-05-07T07:08:09.510Z');
  expect(mock.requests()[0]?.at).toBe('2031-05-06T07:08:09.010Z');
});

test('a clock belongs to one world', async () => {
  const mock = toyMock();
  mock.world('a').clock.advance(60);
  expect(mock.clock.get().now).toBe('2026-01-01T00:00:00.000Z');
  expect((await send(mock, 'GET', '/__worlds/a/__admin/clock')).json.now).toBe('2026-01-01T00:01:00.000Z');
});

test('a real clock runs on, from any time, and freezes where it is', () => {
  const mock = toyMock({ clock: 'real' });
  expect(Math.abs(Date.parse(mock.clock.get().now) - Date.now())).toBeLessThan(60_000);
  expect(mock.clock.set({ now: '2031-01-01T00:00:00Z' })).toMatchObject({ mode: 'real', now: expect.stringMatching(/^2031-01-01T00:0/) });
  expect(mock.clock.freeze().mode).toBe('frozen');
  const frozen = mock.clock.get();
  expect(mock.clock.get()).toEqual(frozen);
  expect(mock.clock.real().mode).toBe('real');
  expect(mock.clock.get().now.slice(0, 4)).toBe(String(new Date().getUTCFullYear()));
});

test('a Date and a text are times as well', () => {
  const mock = toyMock();
  expect(mock.clock.set(new Date(0)).now).toBe('1970-01-01T00:00:00.000Z');
  expect(mock.clock.set('2030-02-03').now).toBe('2030-02-03T00:00:00.000Z');
});

test.each([{ now: 'soon' }, { advance: '5' }, { noww: '2031-01-01' }, {}, { mode: 'slow' }, { advance: 1e18 }])(
  'refuses %j and stays as it was',
  async (wrong) => {
    const mock = toyMock();
    const answer = await send(mock, 'PUT', '/__admin/clock', wrong);
    expect([answer.status, answer.json.error]).toEqual([400, 'bad-clock']);
    expect(mock.clock.get().now).toBe('2026-01-01T00:00:00.000Z');
  },
);
