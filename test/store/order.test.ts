import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entity, type StoredRecord } from '../../src/contract/entity.ts';
import { World } from '../../src/store/world.ts';
import { baseOf, pets, zoo } from './pets.ts';

interface Breed extends StoredRecord {
  id: number;
  name: string | null;
}
const NAMES = ['poodle', 'Beagle', 'akita', 'Éire', 'Poodle', 'zebra', 'beagle 2'];
const breeds = entity<Breed>({
  name: 'breeds',
  key: 'id',
  identity: 'number',
  order: 'name',
  size: NAMES.length,
  members: { id: (at) => at.n, name: (at) => NAMES[at.n - 1]! },
});
const base = baseOf('1', {}, { ...zoo, breeds });
const breedsOf = (world: World) => world.table<Breed>('zoo.breeds');

/** What a list must show, found the slow way. */
function expected(world: World): number[] {
  const rows = [...breedsOf(world).keys()].map((key) => breedsOf(world).get(key)!);
  const text = ({ name }: Breed) => (name ?? '').toLowerCase();
  rows.sort((left, right) => (text(left) < text(right) ? -1 : text(left) > text(right) ? 1 : left.id - right.id));
  return rows.map(({ id }) => id);
}

test('an entity with an order is listed by that text in lower case, by code units, then by key', () => {
  const listed = [...breedsOf(new World('w', base)).listed()];
  expect(listed).toEqual([3, 2, 7, 1, 5, 6, 4]);
});

test('it stays listed so whatever is written, undone, restored, and every page is a slice of the list', () => {
  const name = fc.oneof(fc.constantFrom('a', 'B', 'poodle', 'POODLE', 'ß', 'SS', 'İ', ''), fc.string({ maxLength: 3 }), fc.constant(null));
  const step = fc.record({ id: fc.constantFrom(-3, 1, 2, 5, 7, 8, 9, 40), name, does: fc.constantFrom('put', 'delete', 'fail', 'back') });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const world = new World('w', base);
      const table = breedsOf(world);
      let snapshot = world.snapshot();
      for (const [i, { id, name: text, does }] of steps.entries()) {
        if (i % 7 === 3) snapshot = world.snapshot();
        if (does === 'put') table.put({ id, name: text });
        else if (does === 'delete' && table.has(id)) table.delete(id);
        else if (does === 'back') world.restore(snapshot);
        else {
          expect(() =>
            world.transact(() => {
              table.put({ id, name: text });
              throw new Error('undone');
            }),
          ).toThrow('undone');
        }
        const list = expected(world);
        expect([...table.listed()]).toEqual(list);
        expect([...breedsOf(world.version('zoo')).listed()]).toEqual(list);
        expect(table.page(2, 3)).toEqual(list.slice(2, 5));
        if (text !== null && text !== '')
          expect(table.keyNamed('name', text.toUpperCase().toLowerCase())).toBe(
            list.find((key) => table.get(key)!.name?.toLowerCase() === text.toUpperCase().toLowerCase()),
          );
      }
    }),
    { seed: 20260201, numRuns: 200 },
  );
});

test('keys are read from the end as well, at any offset', () => {
  for (const id of ['zoo.pets', 'zoo.bites']) {
    const world = new World('w', base);
    const table = world.table(id);
    for (const key of [1, 7, 8, 50]) if (table.has(key)) table.delete(key);
    for (const key of [52, 51, 90, -2, -7]) table.put({ id: key });
    const all = [...table.keys()];
    expect(all.slice(0, 2)).toEqual([-7, -2]);
    for (let offset = 0; offset <= all.length; offset++) {
      expect([...table.keys(offset)]).toEqual(all.slice(offset));
      expect([...table.keysDescending(offset)]).toEqual([...all].reverse().slice(offset));
    }
  }
});

test('the end of ten million is there without the others being looked at', () => {
  const world = new World('w', baseOf('1', { 'zoo.pets': 10_000_000 }));
  const keys = world.table('zoo.pets').keysDescending(1);
  expect([keys.next().value, keys.next().value]).toEqual([9_999_999, 9_999_998]);
});

test('an entity that scales keeps no order: its pages would cost what it holds', () => {
  const world = new World('w', baseOf('1', {}, { pets: { ...pets, order: 'name' } }));
  expect(() => [...world.table('zoo.pets').listed()]).toThrow('zoo.pets scales: it keeps no order by name');
});

test('a version is one moment of the world: later writes, undone ones and a reset do not reach it', () => {
  const world = new World('w', base);
  const table = breedsOf(world);
  table.put({ id: 8, name: 'corgi' });
  const version = world.version('zoo');
  expect(world.version('zoo')).toBe(version);
  const listed = [...breedsOf(version).listed()];
  table.put({ id: 9, name: 'alaskan' });
  table.delete(1);
  table.put({ id: 8, name: 'x' });
  expect(world.version('zoo')).not.toBe(version);
  expect([...breedsOf(version).listed()]).toEqual(listed);
  expect(breedsOf(version).get(8)?.name).toBe('corgi');
  world.reset();
  expect([...breedsOf(version).listed()]).toEqual(listed);
  expect([...breedsOf(world).listed()]).toEqual([3, 2, 7, 1, 5, 6, 4]);
});

test('worlds in which nothing of an API was written share the version of it', () => {
  const untouched = new World('one', base).version('zoo');
  expect(new World('two', base).version('zoo')).toBe(untouched);
});
