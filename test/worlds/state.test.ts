import { expect, test } from 'vitest';
import { send, toyMock } from '../support/toy.ts';

const changed = async (mock = toyMock()) => {
  await send(mock, 'PUT', '/pets/3', { name: 'Zoe' });
  await send(mock, 'DELETE', '/pets/4');
  await send(mock, 'POST', '/pets', { name: 'New', ownerId: 2 });
  return mock;
};

test('a reset gives the untouched world back: records, counters, clock, faults, settings, and the same bytes again', async () => {
  const mock = toyMock();
  const create = async () => (await send(mock, 'POST', '/pets', { name: 'New' })).text;
  const first = await create();
  mock.clock.advance(60);
  mock.faults.set([{ operation: 'toy.get', outcomes: [{ code: 500 }], repeat: true }]);
  mock.settings.set({ nulls: 'wire' });
  const firstId = mock.requests()[0]?.id;
  expect((await send(mock, 'POST', '/__admin/reset')).status).toBe(200);
  expect(mock.state.get()).toEqual({ records: {} });
  expect(mock.requests()).toEqual([]);
  expect((await send(mock, 'GET', '/pets/1')).status).toBe(200);
  mock.reset();
  expect(await create()).toBe(first);
  expect(mock.requests()[0]?.id).toBe(firstId);
});

test('snapshots survive a reset and bring records, counters, clock and faults with their hits back', async () => {
  const mock = await changed();
  mock.clock.advance(3600);
  mock.faults.set([{ operation: 'toy.list', outcomes: [{ code: 503 }, { code: 500 }] }]);
  await send(mock, 'GET', '/pets');
  const before = mock.state.get();
  expect((await send(mock, 'PUT', '/__admin/snapshots/mine')).json).toEqual({ name: 'mine' });
  mock.reset();
  expect((await send(mock, 'GET', '/__admin/snapshots')).json).toEqual({ snapshots: [{ name: 'mine' }] });
  expect((await send(mock, 'POST', '/__admin/snapshots/mine/restore')).status).toBe(200);
  expect(mock.state.get()).toEqual(before);
  expect(mock.faults.get()[0]?.hits).toBe(1);
  expect((await send(mock, 'POST', '/pets', {})).json.id).toBe(202);
  expect((await send(mock, 'DELETE', '/__admin/snapshots/mine')).status).toBe(200);
  expect((await send(mock, 'POST', '/__admin/snapshots/mine/restore')).status).toBe(404);
});

test('a snapshot is not touched by what is written after it', async () => {
  const mock = await changed();
  const name = mock.snapshot();
  const hash = mock.state.hash();
  await send(mock, 'PUT', '/pets/3', { name: 'Later' });
  expect(mock.state.hash()).not.toBe(hash);
  mock.restore(name);
  await send(mock, 'PUT', '/pets/5', { name: 'Later' });
  mock.restore();
  expect(mock.state.hash()).toBe(hash);
});

test('an unknown snapshot is refused with the nearest name', async () => {
  const mock = toyMock();
  mock.snapshot('checkout');
  const answer = await send(mock, 'POST', '/__admin/snapshots/chekout/restore');
  expect([answer.status, answer.json.message]).toEqual([404, 'There is no snapshot "chekout". Did you mean "checkout"?']);
});

test('the state shows what differs and nothing else', async () => {
  const mock = await changed();
  expect((await send(mock, 'GET', '/__admin/state')).json).toEqual({
    counters: { 'toy.pets': 202 },
    records: {
      'toy.pets': { 3: { name: 'Zoe' }, 4: null, 201: { id: 201, name: 'New', ownerId: 2, born: '2026-01-01T00:00:00.000Z', tags: [] } },
    },
  });
});

test('a state that was taken from one world makes another one equal, clock, faults and settings included', async () => {
  const mock = await changed();
  mock.clock.set('2031-05-06T00:00:00Z');
  mock.faults.set([{ operation: 'toy.get', outcomes: [{ delay: 0 }, { fault: 'EMPTY_RESPONSE' }], repeat: true }]);
  mock.settings.set({ journal: 5 });
  const state = await (await mock.fetch('/__admin/state')).text();
  expect((await send(mock, 'PUT', '/__worlds/copy/__admin/state', state)).status).toBe(200);
  const copy = mock.world('copy');
  expect(copy.state.get()).toEqual(JSON.parse(state));
  expect(copy.state.hash()).toBe(mock.state.hash());
  expect((await send(copy, 'POST', '/pets', {})).json.id).toBe(202);
});

test('a person may write members of a record, a new record and a deletion', async () => {
  const mock = toyMock();
  const answer = await send(mock, 'PUT', '/__admin/state', {
    records: { 'toy.pets': { 1: { name: 'Mine' }, 7: null, 5000: { name: 'Far' } } },
  });
  expect(answer.status).toBe(200);
  const generated = (await send(toyMock(), 'GET', '/pets/1')).json;
  expect((await send(mock, 'GET', '/pets/1')).json).toEqual({ ...generated, name: 'Mine' });
  expect((await send(mock, 'GET', '/pets/7')).status).toBe(404);
  expect((await send(mock, 'GET', '/pets/5000')).json).toEqual({ id: 5000, name: 'Far', ownerId: null, born: null, tags: [] });
  expect((await send(mock, 'POST', '/pets', {})).json.id).toBe(5001);
});

test.each([
  ['an entity', { records: { 'toy.pet': {} } }, 'Did you mean "toy.pets"'],
  ['a member', { records: { 'toy.pets': { 1: { nam: 'x' } } } }, 'Did you mean "name"'],
  ['a record to delete', { records: { 'toy.pets': { 900: null } } }, 'no record 900'],
  ['a key', { records: { 'toy.pets': { one: {} } } }, 'not a valid key of toy.pets'],
  ['a value of another shape', { records: { 'toy.pets': { 1: { tags: 'x' } } } }, 'has to be a list'],
  ['an operation', { faults: [{ operation: 'toy.gte', outcomes: [{ code: 500 }] }] }, 'Did you mean "toy.get"'],
  ['a part of a state', { recods: {} }, 'Did you mean "records"'],
  ['a counter', { counters: { 'toy.pet': 3 } }, 'Did you mean "toy.pets"'],
  ['a setting', { settings: { jurnal: 3 } }, 'Did you mean "journal"'],
  ['a time', { clock: { now: 'tomorrow' } }, 'clock is not a valid time'],
])('a state that names %s that does not exist is refused whole', async (_, wrong, message) => {
  const mock = await changed();
  const before = mock.state.get();
  const records = { 'toy.owners': { 1: { name: 'Changed' } }, ...('records' in wrong ? wrong.records : {}) };
  const answer = await send(mock, 'PUT', '/__admin/state', { ...wrong, records });
  expect(answer.status).toBe(400);
  expect(answer.json.message).toContain(message);
  expect(mock.state.get()).toEqual(before);
});

test('the hash is equal exactly when the records are', async () => {
  const [left, right] = [toyMock(), toyMock()];
  const untouched = left.state.hash();
  const { name } = (await send(left, 'GET', '/pets/3')).json;
  await send(left, 'PUT', '/pets/3', { name: 'Zoe' });
  await send(left, 'PUT', '/pets/4', { name: 'Yan' });
  const changedHash = left.state.hash();
  expect(changedHash).not.toBe(untouched);
  await send(right, 'PUT', '/pets/4', { name: 'Yan' });
  right.snapshot();
  right.clock.advance(5);
  await send(right, 'PUT', '/pets/3', { name: 'Zoe' });
  expect((await send(right, 'GET', '/__admin/state/hash')).json).toEqual({ hash: changedHash });
  await send(left, 'PUT', '/pets/3', { name });
  expect(left.state.hash()).not.toBe(untouched);
  await send(left, 'DELETE', '/pets/4');
  await send(left, 'POST', '/pets', {});
  await send(left, 'DELETE', '/pets/201');
  expect(left.state.hash()).not.toBe(untouched);
  await send(right, 'PUT', '/pets/3', { name });
  await send(right, 'PUT', '/pets/4', { name: (await send(toyMock(), 'GET', '/pets/4')).json.name });
  expect(right.state.hash()).toBe(untouched);
});

test('integrity names the references that lead nowhere, of written records and of generated ones that were left behind', async () => {
  const mock = await changed();
  expect(mock.integrity()).toEqual({ ok: true, checked: expect.any(Number), orphans: [] });
  mock.state.set({ records: { 'toy.pets': { 15: { ownerId: 1 } }, 'toy.owners': { 5: null } } });
  await send(mock, 'PUT', '/pets/3', { ownerId: 77 });
  const { ok, orphans } = (await send(mock, 'GET', '/__admin/integrity')).json;
  expect(ok).toBe(false);
  expect(orphans).toContainEqual({ entity: 'toy.pets', key: 3, member: 'ownerId', value: 77, refersTo: 'toy.owners' });
  expect(orphans).toContainEqual({ entity: 'toy.pets', key: 5, member: 'ownerId', value: 5, refersTo: 'toy.owners' });
  expect(orphans.some(({ key }: { key: number }) => key === 15)).toBe(false);
});

test('the cost of integrity, state and hash follows what was written, not the scale', async () => {
  const asked: number[] = [];
  for (const pets of [10, 10_000_000]) {
    const mock = toyMock({ scale: { 'toy.pets': pets } });
    await send(mock, 'PUT', '/pets/3', { name: 'Zoe' });
    asked.push(mock.integrity().checked, JSON.stringify(mock.state.get()).length, mock.state.hash().length);
  }
  expect(asked.slice(3)).toEqual(asked.slice(0, 3));
});

test('a state of thousands of records is written as it is sent, one moment of the world, and goes back in', async () => {
  const mock = toyMock();
  expect((await send(mock, 'GET', '/__admin/state')).text).toBe('{\n  "records": {}\n}\n');
  await changed(mock);
  expect((await send(mock, 'GET', '/__admin/state')).text).toBe(`${JSON.stringify(mock.state.get(), null, 2)}\n`);
  const pets = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [String(i + 1000), { name: `Pet ${i}` }]));
  const state = { records: { 'toy.pets': pets } };
  await send(mock, 'PUT', '/__admin/state', state);
  const text = `${JSON.stringify(mock.state.get(), null, 2)}\n`;
  const response = await mock.fetch('/__admin/state');
  const reader = response.body!.getReader();
  const chunks = [(await reader.read()).value as Uint8Array];
  const hash = mock.state.hash();
  mock.reset();
  for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
  expect(new TextDecoder().decode(Buffer.concat(chunks))).toBe(text);
  await send(mock, 'PUT', '/__admin/state', JSON.parse(text));
  expect((await send(mock, 'GET', '/__admin/state/hash')).json).toEqual({ hash });
});
