import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Mock } from '../../src/mock.ts';
import { send, toyMock } from '../support/toy.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** How many milliseconds pass until a call is answered. */
async function waits(mock: Mock, prefer: string): Promise<number> {
  let isAnswered = false;
  const call = mock.fetch('/pets/1', { headers: { Prefer: prefer } }).then(({ status }) => {
    isAnswered = true;
    expect(status).toBe(200);
  });
  await vi.advanceTimersByTimeAsync(0);
  let passed = 0;
  for (; !isAnswered && passed < 1000; passed++) await vi.advanceTimersByTimeAsync(1);
  await call;
  return passed;
}

test('a call waits as long as it prefers, on top of what the settings say', async () => {
  const mock = toyMock();
  expect([await waits(mock, 'nulls=wire'), await waits(mock, 'delay=0'), await waits(mock, 'delay=20')]).toEqual([0, 0, 20]);
  await send(mock, 'PUT', '/__admin/settings', { fixedDelay: 5 });
  expect([await waits(mock, 'nulls=wire'), await waits(mock, 'delay=20')]).toEqual([5, 25]);
});

test('of a range it waits what seed, world and number of the call say', async () => {
  const drawn = async (mock: Mock): Promise<number[]> => {
    const all: number[] = [];
    for (let i = 0; i < 5; i++) all.push(await waits(mock, 'delay=10..90'));
    return all;
  };
  const first = await drawn(toyMock({ seed: 'a' }));
  expect(await drawn(toyMock({ seed: 'a' }))).toEqual(first);
  expect(await drawn(toyMock({ seed: 'b' }))).not.toEqual(first);
  expect(new Set(first).size).toBeGreaterThan(1);
  for (const wait of first) expect([wait >= 10, wait <= 90]).toEqual([true, true]);
});

test('what a delayed call asked for is done when its time has come, in the world that it asked', async () => {
  const mock = toyMock();
  const remove = (): Promise<Response> => mock.fetch('/pets/1', { method: 'DELETE', headers: { Prefer: 'delay=20' } });
  const late = remove();
  await vi.advanceTimersByTimeAsync(10);
  mock.reset();
  await vi.advanceTimersByTimeAsync(10);
  const answer = await late;
  expect([answer.status, await answer.json()]).toEqual([
    409,
    { error: 'world-gone', message: 'The world was reset or dropped while this call was delayed. Nothing was done; call again.' },
  ]);
  expect((await send(mock, 'GET', '/pets/1')).status).toBe(200);
  const again = remove();
  await vi.advanceTimersByTimeAsync(20);
  expect((await again).status).toBe(204);
  expect((await send(mock, 'GET', '/pets/1')).status).toBe(404);
});

test('nothing is done for a caller that goes away before', async () => {
  const mock = toyMock();
  const caller = new AbortController();
  const call = mock.fetch('/pets/1', { method: 'DELETE', headers: { Prefer: 'delay=20' }, signal: caller.signal });
  const outcome = call.catch((error: unknown) => (error as Error).message);
  await vi.advanceTimersByTimeAsync(10);
  expect(vi.getTimerCount()).toBe(1);
  caller.abort(new Error('on second thoughts'));
  expect(await outcome).toBe('on second thoughts');
  expect(vi.getTimerCount()).toBe(0);
  expect((await send(mock, 'GET', '/pets/1')).status).toBe(200);
  const body = JSON.stringify({ error: 'aborted', message: 'The caller went away.' });
  expect(mock.requests()[1]?.response).toMatchObject({ status: 499, body });
  expect(mock.requests()[1]?.explanation).toMatchObject({
    message: 'The caller went away before it was answered; nothing was done.',
    rule: 'aborted',
  });
});
