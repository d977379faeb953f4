import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createMock, type Mock } from '../../../src/index.ts';
import { World } from '../../../src/store/world.ts';

/** XML has no such character. */
const UNWRITABLE = '\u0001';

const post = (mock: Mock, path: string, body: unknown, accept: string): Promise<Response> =>
  mock.fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: accept, Authorization: 'Bearer worker' },
    body: JSON.stringify(body),
  });
const contact = (name: string) => ({ Contact: [{ FirstName: 'New', LastName: name }] });

test('a call whose answer its format cannot hold is a 500 that has stored nothing, and says so', async () => {
  const mock = createMock({ apis: ['trendsic'] });
  const answer = await post(mock, '/v1/ContactConnections/1', contact(UNWRITABLE), 'application/xml');
  expect(answer.status).toBe(500);
  expect(answer.headers.get('x-mock-explanation')).toContain('Nothing was stored.');
  expect(mock.state.get()).toEqual({ records: {} });
  expect((await post(mock, '/v1/ContactConnections/1', contact(UNWRITABLE), 'application/json')).status).toBe(200);
  expect(mock.state.get().records).toHaveProperty(['trendsic.contacts', '201']);
});

test.each([2, 150])('so is a batch of %i: all of it, or nothing', async (size) => {
  const mock = createMock({ apis: ['trendsic'] });
  const items = Array.from({ length: size }, (_, i) => ({ ContactId: 1, ...contact(i === 1 ? UNWRITABLE : `Name ${i}`) }));
  const answer = await post(mock, '/json/reply/ContactConnectionRequest[]?format=xml', items, 'application/xml');
  expect(answer.status).toBe(500);
  expect(mock.state.get()).toEqual({ records: {} });
  const done = await post(mock, '/json/reply/ContactConnectionRequest[]', items, 'application/json');
  expect([done.status, done.headers.get('x-autobatch-completed')]).toEqual([200, String(size)]);
  expect(Object.keys(mock.state.get().records['trendsic.contacts'] ?? {})).toHaveLength(size);
});

test('a long batch and another caller’s write in the middle of it both stay', async () => {
  const mock = createMock({ apis: ['trendsic'] });
  const items = Array.from({ length: 600 }, (_, i) => ({ ContactId: 1 + (i % 150), ...contact(`Name ${i}`) }));
  const batch = post(mock, '/json/reply/ContactConnectionRequest[]', items, 'application/json');
  const one = await post(mock, '/v1/ContactConnections/200', contact('Between'), 'application/json');
  expect([one.status, (await batch).status]).toEqual([200, 200]);
  const names = Object.values(mock.state.get().records['trendsic.contacts'] ?? {}).map((record) => record?.['LastName']);
  expect(names).toHaveLength(601);
  expect(names).toContain('Between');
});

test('so is a long batch that others wrote into again and again, until what they wrote cannot be answered', async () => {
  const mock = createMock({ apis: ['trendsic'] });
  const items = Array.from({ length: 2000 }, (_, i) => ({ ContactId: 150 - (i % 150), ...contact(`Name ${i}`) }));
  const { fork } = World.prototype;
  const others: Promise<Response>[] = [];
  // Somebody writes whenever the batch has begun: it takes more than one turn.
  const forks = vi.spyOn(World.prototype, 'fork').mockImplementation(function (this: World) {
    const name = others.length < 2 ? 'Between' : UNWRITABLE;
    others.push(post(mock, '/v1/ContactConnections/1', contact(name), 'application/json'));
    return fork.call(this);
  });
  const batch = await post(mock, '/json/reply/ContactConnectionRequest[]?format=xml', items, 'application/xml');
  expect([batch.status, forks.mock.calls.length]).toEqual([500, 3]);
  expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(Object.keys(mock.state.get().records['trendsic.contacts'] ?? {})).toHaveLength(others.length);
  forks.mockRestore();
});

test('a long batch that the state file does not take is an error and has not happened', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
  const mock = createMock({ apis: ['trendsic'], state: join(folder, 'state.json') });
  const hash = mock.state.hash();
  await mock.fetch('/v1/ContactConnections/1', { headers: { Authorization: 'Bearer worker' } });
  rmSync(folder, { recursive: true });
  const items = Array.from({ length: 150 }, (_, i) => ({ ContactId: 1, ...contact(`Name ${i}`) }));
  const answer = await post(mock, '/json/reply/ContactConnectionRequest[]', items, 'application/json');
  expect([answer.status, await answer.json()]).toEqual([500, expect.objectContaining({ error: 'unwritable-file' })]);
  expect(mock.state.hash()).toBe(hash);
});

test('a long body is read, executed and answered in turns, and a reset in the middle of it ends it', async () => {
  const mock = createMock({ apis: ['trendsic'] });
  const body = { Contact: Array.from({ length: 2000 }, (_, i) => contact(`Name ${i}`).Contact[0]) };
  const round = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const statuses = new Set<number>();
  for (const reset of [0, 1, 2, 3, 4, 5, Number.POSITIVE_INFINITY]) {
    let rounds = 0;
    let isDone = false;
    const call = post(mock, '/v1/ContactConnections/1', body, 'application/json').finally(() => {
      isDone = true;
    });
    for (; !isDone; rounds++) {
      if (rounds === reset) mock.reset();
      await round();
    }
    const { status } = await call;
    statuses.add(status);
    if (status === 200) expect(rounds).toBeGreaterThanOrEqual(2);
    else expect(mock.state.get()).toEqual({ records: {} });
    mock.reset();
  }
  expect(statuses).toEqual(new Set([200, 409]));
});
