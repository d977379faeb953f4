import { expect, test } from 'vitest';
import { entity } from '../../src/contract/entity.ts';
import { baseOf, bites, type Pet, pets, toys } from './pets.ts';

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('the order in which records are asked for changes nothing', () => {
  const forwards = baseOf().table('zoo.pets');
  const backwards = baseOf().table('zoo.pets');
  const there = numbers(1, 50).map((n) => forwards.record(n));
  const back = numbers(1, 50)
    .reverse()
    .map((n) => backwards.record(n))
    .reverse();
  expect(back).toEqual(there);
});

test('a member asked for alone is the member of the whole record', () => {
  const [whole, alone] = [baseOf().table('zoo.pets'), baseOf().table('zoo.pets')];
  for (const n of numbers(1, 50)) {
    for (const member of ['greeting', 'legs', 'name', 'id']) expect(alone.member(n, member)).toEqual(whole.record(n)[member]);
  }
});

test('a member that is added, moved or removed changes no other', () => {
  const { id, name, legs } = pets.members;
  const changed = entity<Omit<Pet, 'greeting'> & { colour: string }>({
    ...(pets as never as { name: string; key: 'id'; identity: 'number'; size: { scaled: number } }),
    members: { colour: (at) => at.faker.color.human(), legs: legs as never, name: name as never, id: id as never },
  });
  const [before, after] = [baseOf().table('zoo.pets'), baseOf('1', {}, { pets: changed, toys, bites }).table('zoo.pets')];
  for (const n of numbers(1, 50))
    expect(after.record(n)).toMatchObject({ id: n, name: before.record(n)['name'], legs: before.record(n)['legs'] });
});

test('a larger scale adds records and changes none', () => {
  const [small, large] = [baseOf('1', { 'zoo.pets': 50 }), baseOf('1', { 'zoo.pets': 10_000_000 })];
  for (const id of ['zoo.pets', 'zoo.toys', 'zoo.bites']) {
    expect(large.table(id).size).toBe(10_000_000);
    for (const n of numbers(1, 50)) {
      expect(large.table(id).has(n)).toBe(small.table(id).has(n));
      expect(large.table(id).record(n)).toEqual(small.table(id).record(n));
    }
  }
  expect(small.table('zoo.pets').has(51)).toBe(false);
  expect(large.table('zoo.pets').record(10_000_000)).toMatchObject({ id: 10_000_000 });
});

test('two seeds give two worlds, one seed gives one', () => {
  const names = (seed: string): unknown[] => numbers(1, 50).map((n) => baseOf(seed).table('zoo.pets').record(n)['name']);
  expect(names('a')).toEqual(names('a'));
  expect(names('a')).not.toEqual(names('b'));
  expect(baseOf('a').table('zoo.toys').keyOf(1)).not.toBe(baseOf('b').table('zoo.toys').keyOf(1));
});

test('a record asked for twice is the same frozen object', () => {
  const table = baseOf().table('zoo.pets');
  expect(table.record(7)).toBe(table.record(7));
  expect(Object.isFrozen(table.record(7))).toBe(true);
});

test('records beyond what is remembered are made again, and are equal', () => {
  const table = baseOf('1', { 'zoo.pets': 10_000 }).table('zoo.pets');
  const first = table.record(1);
  for (const n of numbers(2, 5000)) table.record(n);
  expect(table.record(1)).not.toBe(first);
  expect(table.record(1)).toEqual(first);
});

test('only keys of the right sort lead to a record', () => {
  const base = baseOf();
  expect(base.table('zoo.pets').numberOf(3)).toBe(3);
  for (const key of [0, -1, 51, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) expect(base.table('zoo.pets').numberOf(key)).toBeUndefined();
  const toy = base.table('zoo.toys').keyOf(3);
  expect(base.table('zoo.toys').numberOf(toy)).toBe(3);
  expect(base.table('zoo.toys').numberOf(3)).toBeUndefined();
  expect(base.table('zoo.pets').numberOf(toy)).toBeUndefined();
});

test('neighbouring records are not alike: draws are even over members and records', () => {
  const table = baseOf('1', { 'zoo.pets': 20_000 }).table('zoo.pets');
  const counts = new Map<unknown, number>();
  for (const n of numbers(1, 14_000)) counts.set(table.member(n, 'legs'), (counts.get(table.member(n, 'legs')) ?? 0) + 1);
  expect([...counts.keys()].sort()).toEqual([2, 3, 4, 5, 6, 7, 8]);
  for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(7 * Math.sqrt(2000));
});

test('an unknown entity or member is named in the error', () => {
  expect(() => baseOf().table('zoo.cats')).toThrow('zoo.cats');
  expect(() => baseOf().table('zoo.pets').member(1, 'tail')).toThrow('zoo.pets has no member tail');
});
