import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Key } from '../../src/contract/entity.ts';
import { atOnce } from '../../src/work.ts';
import { type Snapshot, World } from '../../src/store/world.ts';
import { baseOf, type Bite, type Pet, type Toy } from './pets.ts';

const pet = (id: number): Pet => ({ id, name: 'Fido', legs: 4, greeting: 'woof' });

test('a page is the same as a slice of all keys, at any offset', () => {
  const pets = new World('w', baseOf()).table<Pet>('zoo.pets');
  for (const id of [1, 7, 8, 50]) pets.delete(id);
  for (const id of [52, 51, 90]) pets.put(pet(id));
  const all = [...pets.keys()];
  expect(all).toEqual([...Array.from({ length: 50 }, (_, i) => i + 1).filter((id) => ![1, 7, 8, 50].includes(id)), 51, 52, 90]);
  for (let offset = 0; offset < 55; offset++) {
    for (const limit of [0, 1, 10, 1000]) expect(pets.page(offset, limit)).toEqual(all.slice(offset, offset + limit));
  }
});

test('the last page of ten million is there without the others being looked at', () => {
  const world = new World('w', baseOf('1', { 'zoo.pets': 10_000_000 }));
  const pets = world.table<Pet>('zoo.pets');
  pets.delete(5_000_000);
  expect(pets.count()).toBe(9_999_999);
  expect(pets.page(9_999_979, 20)).toEqual(Array.from({ length: 20 }, (_, i) => 9_999_981 + i));
  const toys = world.table('zoo.toys');
  expect(toys.page(9_999_999, 5)).toEqual([world.base.table('zoo.toys').keyOf(10_000_000)]);
});

test.each(['zoo.pets', 'zoo.bites'] as const)('the keys of %s come from any place on, forwards and backwards', (id) => {
  const table = new World('w', baseOf()).table<{ id: number; petId: number }>(id);
  const from = (all: readonly Key[]): void => {
    for (let offset = 0; offset <= all.length + 1; offset++) {
      expect([...table.keys(offset)]).toEqual(all.slice(offset));
      expect([...table.keysDescending(offset)]).toEqual([...all].reverse().slice(offset));
    }
  };
  const untouched = [...table.keys()];
  from(untouched);
  const [first, second, last] = [untouched[0]!, untouched[1]!, untouched.at(-1)!];
  for (const key of [last, first, second, untouched[5]!]) table.delete(key);
  // A data file may choose numbers below those that are generated.
  for (const key of [60, -5, 51, -1]) table.put({ id: key, petId: 1 });
  const changed = [-5, -1, ...untouched.filter((key, i) => i > 1 && i !== 5 && key !== last), 51, 60];
  expect([...table.keys()]).toEqual(changed);
  from(changed);
  for (const key of untouched) table.delete(key);
  from([-5, -1, 51, 60]);
  expect([table.count(), table.page(1, 2), table.page(3, 9)]).toEqual([4, [-1, 51], [60]]);
  for (const key of [-5, -1, 51, 60]) table.delete(key);
  from([]);
});

test('the copy of a table goes its own way', () => {
  const base = baseOf();
  const [one, other] = [new World('one', base), new World('other', base)];
  const pets = one.table<Pet>('zoo.pets');
  pets.delete(1);
  pets.put(pet(51));
  expect(pets.count()).toBe(50);
  other.restore(one.snapshot());
  const copy = pets.copyTo(other);
  other.table('zoo.pets').delete(51);
  other.table('zoo.pets').delete(2);
  pets.put(pet(52));
  expect([pets.count(), [...pets.keys()].slice(-2)]).toEqual([51, [51, 52]]);
  expect([copy.count(), [...copy.keys()].slice(-2)]).toEqual([50, [50, 51]]);
});

test('what was added and deleted again between snapshots is neither listed nor counted', () => {
  const world = new World('w', baseOf());
  const pets = world.table<Pet>('zoo.pets');
  pets.put(pet(51));
  world.snapshot();
  pets.delete(51);
  expect([pets.count(), [...pets.keys()].at(-1)]).toEqual([50, 50]);
});

test('who refers to a record is collected in steps, one of a thousand that were written', () => {
  const bites = new World('w', baseOf()).table<Bite>('zoo.bites');
  for (let id = 51; id <= 2550; id++) bites.put({ id, petId: 9 });
  const work = bites.collecting('petId', 9);
  let steps = 0;
  let step = work.next();
  for (; step.done !== true; step = work.next()) steps++;
  expect([steps, step.value.length, step.value[0], step.value.at(-1)]).toEqual([2, 2500, 51, 2550]);
});

test('who refers by a member that nothing is said about is a mistake', () => {
  const toys = new World('w', baseOf()).table<Toy>('zoo.toys');
  expect(() => [...toys.referring('petId', 1)]).toThrow('zoo.toys does not say who refers by petId');
});

test('of a sparse entity only what exists is listed, counted and found', () => {
  const world = new World('w', baseOf());
  const bites = world.table<Bite>('zoo.bites');
  const all = [...bites.keys()] as number[];
  expect(all.length).toBeGreaterThan(10);
  expect(all.length).toBeLessThan(40);
  const missing = Array.from({ length: 50 }, (_, i) => i + 1).filter((id) => !all.includes(id));
  expect(missing.every((id) => bites.get(id) === undefined)).toBe(true);
  bites.put({ id: missing[0]!, petId: 1 });
  bites.delete(all[3]!);
  const now = [...all.filter((id) => id !== all[3]), missing[0]!].sort((left, right) => left - right);
  expect([...bites.keys()]).toEqual(now);
  expect(bites.count()).toBe(now.length);
  for (let offset = 0; offset < now.length; offset++) expect(bites.page(offset, 4)).toEqual(now.slice(offset, offset + 4));
});

test('of what snapshots lie between, the latest word on who refers to a record counts', () => {
  const world = new World('w', baseOf('1', { 'zoo.pets': 0 }));
  const rows = world.table<Bite>('zoo.bites');
  for (const id of [10, 11, 12, 13]) rows.put({ id, petId: 7 });
  world.snapshot();
  rows.put({ id: 11, petId: 8 });
  rows.put({ id: 13, petId: 7 });
  rows.delete(12);
  expect([...rows.referring('petId', 7)]).toEqual([10, 13]);
  expect([rows.isReferring('petId', 8), rows.isReferring('petId', 9)]).toEqual([true, false]);
  const before = world.snapshot();
  rows.put({ id: 11, petId: 7 });
  expect([[...rows.referring('petId', 7)], rows.isReferring('petId', 8)]).toEqual([[10, 11, 13], false]);
  world.restore(before);
  expect([[...rows.referring('petId', 7)], rows.isReferring('petId', 8)]).toEqual([[10, 13], true]);
});

test('whoever refers to a record is found: generated, changed, new and deleted ones', () => {
  const world = new World('w', baseOf());
  const bites = world.table<Bite>('zoo.bites');
  const asked = (petId: number): Key[] => [...bites.referring('petId', petId)].sort((left, right) => (left as number) - (right as number));
  const told = (petId: number): Key[] => [...bites.keys()].filter((key) => bites.get(key)?.petId === petId);
  expect(asked(2)).toEqual(told(2));
  expect(asked(2).length).toBeGreaterThan(1);
  bites.delete(asked(2)[0]!);
  bites.change(asked(3)[0]!, { petId: 2 });
  bites.put({ id: 77, petId: 2 });
  for (const petId of [1, 2, 3, 4, 5, 6]) {
    expect(asked(petId)).toEqual(told(petId));
    expect([...bites.referring('petId', petId)]).toEqual(asked(petId));
    expect(atOnce(bites.collecting('petId', petId))).toEqual(asked(petId));
    expect(bites.isReferring('petId', petId)).toBe(told(petId).length > 0);
  }
  const snapshot = world.snapshot();
  bites.change(77, { petId: 6 });
  expect(asked(6)).toEqual([77]);
  world.restore(snapshot);
  for (const petId of [1, 2, 6]) expect(asked(petId)).toEqual(told(petId));
});

type Step = { readonly kind: 'put' | 'delete' | 'change' | 'snapshot' | 'restore' | 'reset' | 'fail'; readonly id: number };
const steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom('put', 'put', 'put', 'delete', 'delete', 'delete', 'change', 'change', 'snapshot', 'restore', 'reset', 'fail'),
    id: fc.integer({ min: 1, max: 70 }),
  }),
  { maxLength: 60 },
);

/** A table must agree with a plain map after any sequence of writes, whichever way it is asked. */
const agrees = (entity: 'zoo.pets' | 'zoo.bites' | 'zoo.toys') => (sequence: readonly Step[]) => {
  const world = new World('w', baseOf());
  const table = world.table(entity);
  const { keyOf, record } = {
    keyOf: (id: number) => table.base.keyOf(id),
    record: (id: number, legs: number) => ({ id: table.base.keyOf(id), legs }),
  };
  const untouched = new Map([...table.keys()].map((key) => [key, table.get(key)!]));
  let model = new Map(untouched);
  let saved: { readonly snapshot: Snapshot; readonly model: Map<Key, unknown> } | undefined;
  sequence.forEach(({ kind, id }, i) => {
    const key = keyOf(id);
    if (kind === 'put') {
      table.put(record(id, i));
      model.set(key, record(id, i));
    } else if (kind === 'delete') {
      table.delete(key);
      model.delete(key);
    } else if (kind === 'change' && model.has(key)) {
      model.set(key, { ...model.get(key), legs: i });
      table.change(key, { legs: i });
    } else if (kind === 'snapshot') {
      saved = { snapshot: world.snapshot(), model: new Map(model) };
    } else if (kind === 'restore' && saved !== undefined) {
      world.restore(saved.snapshot);
      model = new Map(saved.model) as typeof model;
    } else if (kind === 'reset') {
      world.reset();
      model = new Map(untouched);
    } else if (kind === 'fail') {
      try {
        world.transact(() => {
          table.delete(key);
          table.put(record(id + 1, i));
          throw new Error('undo');
        });
      } catch {
        // nothing of it may show
      }
    }
    const keys = [...table.keys()];
    expect(new Set(keys)).toEqual(new Set(model.keys()));
    expect(keys.length).toBe(model.size);
    expect(table.count()).toBe(model.size);
    expect(table.page(i % 7, 5)).toEqual(keys.slice(i % 7, (i % 7) + 5));
    expect(table.get(key)).toEqual(model.get(key));
  });
  for (const [key, value] of model) expect(table.get(key)).toEqual(value);
};

for (const entity of ['zoo.pets', 'zoo.toys', 'zoo.bites'] as const) {
  test(`after any sequence of writes, undos, snapshots and resets ${entity} holds what a plain map would`, () => {
    fc.assert(fc.property(steps, agrees(entity)), { seed: 42, numRuns: 60 });
  });
}
