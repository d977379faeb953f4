/** The examples of `contacts-mock/vitest`: these tests are what a user writes. */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { mockTest } from '../../src/adapters/vitest.ts';
import { createMock, type Mock } from '../../src/index.ts';

const test = mockTest({ apis: ['logisense'], seed: 7 });

describe.each(['one test', 'the next test'])('%s', () => {
  test('has an untouched world, whatever the test before did to its own', async ({ world }) => {
    expect((await world.fetch('/Contact/1')).status).toBe(200);
    world.faults.set([{ operation: 'logisense.Contact.get', outcomes: [{ code: 503 }], repeat: true }]);
    world.clock.advance(3600);
    expect((await world.fetch('/Contact/1')).status).toBe(503);
    expect(world.requests.count({ operation: 'logisense.Contact.get' })).toBe(2);
  });
});

const names = new Set<string>();
test.for([1, 2, 3])('tests at once do not see each other (%i)', { concurrent: true }, async (_, { world, expect: expected }) => {
  names.add(world.name);
  await world.fetch('/ContactType/30', { method: 'DELETE' });
  expected(world.requests().length).toBe(1);
});
test('… because each world has a name of its own', () => {
  expect(names.size).toBe(3);
});

test('a client that needs an address gets one', async ({ url, world }) => {
  const answer = await fetch(`${url}/Contact/1`);
  expect(answer.status).toBe(200);
  expect(world.requests.get(answer.headers.get('x-mock-request-id') ?? '')?.operation).toBe('logisense.Contact.get');
});

describe('on a server that all workers share', () => {
  let mock: Mock;
  const server = { url: '' };
  beforeAll(async () => {
    mock = createMock({ apis: ['logisense'] });
    server.url = (await mock.listen()).url;
  });
  afterAll(() => mock.close());
  const shared = mockTest({
    get server() {
      return server.url;
    },
  });

  shared('the same members of a world answer with promises', async ({ world, url }) => {
    expect(url).toBe(`${server.url}/__worlds/${world.name}`);
    const hash = await world.state.hash();
    const name = await world.snapshot();
    expect((await world.fetch('/ContactType/30', { method: 'DELETE' })).status).toBe(200);
    expect(await world.state.hash()).not.toBe(hash);
    expect(Object.keys((await world.state.get()).records)).toContain('logisense.contactTypes');
    await world.restore();
    expect([await world.state.hash(), name, await world.snapshots.names()]).toEqual([hash, 'snapshot-1', ['snapshot-1']]);
    expect(await world.snapshots.delete('snapshot-1')).toBe(true);
    expect(await world.snapshots.delete('snapshot-1')).toBe(false);
    expect(await world.clock.advance(60)).toEqual({ now: '2026-01-01T00:01:00.000Z', mode: 'frozen' });
    await world.clock.set(new Date(0));
    expect((await world.clock.get()).now).toBe('1970-01-01T00:00:00.000Z');
    await world.faults.set([{ operation: 'logisense.Contact.get', outcomes: [{ code: 503 }] }]);
    expect((await fetch(`${url}/Contact/1`)).status).toBe(503);
    expect((await world.faults.get())[0]?.hits).toBe(1);
    await world.faults.clear();
    expect(await world.requests.count({ status: 503 })).toBe(1);
    const [entry] = await world.requests({ status: 503 });
    expect((await world.requests.get(entry?.id ?? ''))?.operation).toBe('logisense.Contact.get');
    await world.fetch('https://elsewhere.example/Contat/1?x=1');
    expect((await world.requests.unmatched())[0]?.nearest[0]?.operation).toBe('logisense.Contact.get');
    expect((await world.settings.set({ journal: 1 })).journal).toBe(1);
    expect((await world.integrity()).ok).toBe(true);
    await world.requests.clear();
    expect(await world.requests()).toEqual([]);
    await world.reset();
    expect((await world.settings.get()).journal).toBe(1000);
    await world.state.set({ records: {} });
    await expect(world.faults.set([{ operation: 'logisense.Contact.gte', outcomes: [{ code: 500 }] }])).rejects.toThrow(
      'Did you mean "logisense.Contact.get"?',
    );
    await expect(world.restore('none')).rejects.toThrow('There is no snapshot');
  });

  shared('and the world is gone after its test', async () => {
    const { worlds } = (await (await fetch(`${server.url}/__admin/worlds`)).json()) as { worlds: unknown[] };
    expect(worlds).toEqual([]);
  });
});
