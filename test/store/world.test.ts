import { expect, test } from 'vitest';
import { frozenAt, neutralTime, parseTime } from '../../src/store/clock.ts';
import { Base } from '../../src/store/base.ts';
import { World } from '../../src/store/world.ts';
import { baseOf, type Pet, zoo } from './pets.ts';

const fido: Pet = { id: 51, name: 'Fido', legs: 4, greeting: 'woof' };
const worldOf = () => {
  const world = new World('w', baseOf());
  return { world, pets: world.table<Pet>('zoo.pets') };
};
const everything = (world: World) =>
  Object.fromEntries([...world.base.tables.keys()].map((id) => [id, [...world.table(id).keys()].map((key) => world.table(id).get(key))]));

test('what is put can be read, what is deleted is gone', () => {
  const { pets } = worldOf();
  pets.put(fido);
  expect(pets.get(51)).toEqual(fido);
  pets.delete(51);
  pets.delete(3);
  expect([pets.get(51), pets.get(3), pets.has(3)]).toEqual([undefined, undefined, false]);
});

test('a change leaves the other members alone', () => {
  const { pets } = worldOf();
  const before = pets.get(2)!;
  expect(pets.change(2, { legs: 30 })).toEqual({ ...before, legs: 30 });
  expect(pets.member(2, 'legs')).toBe(30);
  expect(pets.member(2, 'name')).toBe(before.name);
});

test('worlds over one base do not see each other', () => {
  const base = baseOf();
  const [one, other] = [new World('a', base), new World('b', base)];
  one.table<Pet>('zoo.pets').put(fido);
  one.table('zoo.pets').delete(1);
  expect(other.table('zoo.pets').get(51)).toBeUndefined();
  expect(other.table('zoo.pets').get(1)).toBe(base.table('zoo.pets').record(1));
});

test('a record written back to its generated value leaves no trace', () => {
  const { world, pets } = worldOf();
  const before = pets.get(2)!;
  pets.change(2, { legs: 30 });
  pets.change(2, { legs: before.legs });
  pets.delete(4);
  pets.put({ ...world.base.table('zoo.pets').record(4) } as Pet);
  pets.put(fido);
  pets.delete(51);
  expect(world.writes().isEmpty).toBe(true);
  expect(pets.get(2)).toBe(before);
});

test('above a snapshot it leaves none either, and what was written before and after counts as one', () => {
  const { world, pets } = worldOf();
  pets.delete(9);
  pets.change(8, { legs: 30 });
  world.snapshot();
  const before = pets.get(2)!;
  pets.change(2, { legs: 30 });
  pets.change(2, { legs: before.legs });
  expect(world.writes().size).toBe(2);
  pets.put(fido);
  pets.delete(8);
  expect([world.writes().size, pets.count()]).toEqual([3, 49]);
  expect([...world.entriesOf('zoo.pets')]).toEqual([
    [9, null],
    [8, null],
    [51, fido],
  ]);
  expect(world.entriesOf('zoo.toys').size).toBe(0);
});

test('a world may start from a snapshot of another, and a reset leads there', () => {
  const { world, pets } = worldOf();
  pets.put(fido);
  pets.delete(1);
  const started = new World('started', world.base, frozenAt(7), world.snapshot());
  const own = started.table<Pet>('zoo.pets');
  expect([own.has(1), own.has(51), own.count()]).toEqual([false, true, 50]);
  own.delete(51);
  own.delete(2);
  started.reset();
  expect([own.has(1), own.has(2), own.has(51), own.count()]).toEqual([false, true, true, 50]);
  expect(started.untouched().table('zoo.pets').has(51)).toBe(true);
});

test('an identity that was given out is not given again, also after a restore', () => {
  const { world, pets } = worldOf();
  expect(pets.nextIdentity()).toBe(51);
  const snapshot = world.snapshot();
  expect(pets.nextIdentity()).toBe(52);
  world.restore(snapshot);
  expect([pets.nextIdentity(), pets.nextIdentity()]).toEqual([52, 53]);
  world.reset();
  expect(pets.nextIdentity()).toBe(51);
});

test('a stored record cannot be changed from outside', () => {
  const { pets } = worldOf();
  pets.put({ ...fido });
  expect(() => Object.assign(pets.get(51)!, { legs: 5 })).toThrow(TypeError);
});

test('reset brings the untouched world back: records, counters, clock, extras', () => {
  const { world, pets } = worldOf();
  const untouched = everything(world);
  pets.put({ ...fido, id: pets.nextIdentity() });
  pets.delete(7);
  world.clock = frozenAt(5);
  world.extras = new Map([['faults', 1]]);
  world.reset();
  expect(everything(world)).toEqual(untouched);
  expect(pets.nextIdentity()).toBe(51);
  expect(world.now()).toBe(Date.UTC(2026, 0, 1));
  expect(world.extras.size).toBe(0);
});

test('a snapshot is restored whole, again and again, whatever happened since', () => {
  const { world, pets } = worldOf();
  pets.put({ ...fido, id: pets.nextIdentity() });
  pets.delete(7);
  world.clock = frozenAt(5);
  const snapshot = world.snapshot();
  const then = everything(world);
  for (let round = 0; round < 3; round++) {
    pets.change(51, { legs: 99 });
    pets.delete(8);
    pets.put({ ...fido, id: pets.nextIdentity() });
    pets.put(world.base.table('zoo.pets').record(7) as Pet);
    world.clock = frozenAt(6);
    world.snapshot();
    world.restore(snapshot);
    expect(everything(world)).toEqual(then);
    expect(world.now()).toBe(5);
    expect(pets.nextIdentity()).toBe(52);
  }
});

test('a snapshot survives a reset, and lives on in another world', () => {
  const { world, pets } = worldOf();
  pets.put(fido);
  const snapshot = world.snapshot();
  world.reset();
  expect(pets.has(51)).toBe(false);
  const copy = new World('copy', world.base);
  copy.restore(snapshot);
  copy.table<Pet>('zoo.pets').change(51, { name: 'Rex' });
  world.restore(snapshot);
  expect(pets.get(51)?.name).toBe('Fido');
});

test('a thousand snapshots cost a read no more than a handful of layers', () => {
  const { world, pets } = worldOf();
  const snapshots = Array.from({ length: 1000 }, (_, i) => {
    pets.put({ ...fido, id: 51 + i });
    return world.snapshot();
  });
  expect(snapshots.at(-1)!.layers.length).toBeLessThanOrEqual(10);
  world.restore(snapshots[499]!);
  expect(pets.count()).toBe(550);
  expect([pets.has(550), pets.has(551)]).toEqual([true, false]);
});

test('a snapshot of little does not copy the much that lies below', () => {
  const { world, pets } = worldOf();
  world.transact(() => {
    for (let id = 51; id < 1051; id++) pets.put({ ...fido, id });
  });
  const [large] = world.snapshot().layers;
  pets.put({ ...fido, id: 2000 });
  expect(world.snapshot().layers[0]).toBe(large);
});

test('when a transaction throws, nothing of it ever was', () => {
  const { world, pets } = worldOf();
  pets.put(fido);
  pets.count();
  const [before, writes] = [everything(world), world.writes().size];
  const commits: number[] = [];
  world.onCommit = (changes) => commits.push(changes.length);
  expect(() =>
    world.transact(() => {
      pets.delete(1);
      pets.change(51, { legs: 1 });
      pets.put({ ...fido, id: pets.nextIdentity() });
      expect(pets.page(0, 1)).toEqual([2]);
      throw new Error('on second thoughts');
    }),
  ).toThrow('on second thoughts');
  expect(everything(world)).toEqual(before);
  expect(pets.page(0, 2)).toEqual([1, 2]);
  expect(world.writes().size).toBe(writes);
  expect(pets.nextIdentity()).toBe(52);
  expect(commits).toEqual([]);
});

test('what writes nothing tells nobody, and what its keeper cannot note is undone', () => {
  const { world, pets } = worldOf();
  const told: string[] = [];
  world.onWritten = () => void told.push('written');
  world.onCommit = (changes) => void told.push(`${changes.length}`);
  world.transact(() => pets.get(1));
  expect(world.merge(world.fork())).toBe(true);
  expect(told).toEqual([]);
  pets.delete(1);
  expect(told).toEqual(['written', '1']);
  world.onWritten = () => {
    throw new Error('too large');
  };
  expect(() => pets.delete(2)).toThrow('too large');
  expect(pets.has(2)).toBe(true);
});

test('an identity that was taken in a transaction that throws is free again', () => {
  const { world, pets } = worldOf();
  const failing = () =>
    world.transact(() => {
      pets.nextIdentity();
      pets.nextIdentity();
      throw new Error('no');
    });
  expect(failing).toThrow('no');
  expect(pets.nextIdentity()).toBe(51);
  expect(failing).toThrow('no');
  expect(pets.nextIdentity()).toBe(52);
});

test('a dropped world takes no writes', () => {
  const { world, pets } = worldOf();
  const snapshot = world.snapshot();
  const { epoch } = world;
  world.drop();
  expect(world.epoch).toBeGreaterThan(epoch);
  for (const write of [() => pets.put(fido), () => world.reset(), () => world.restore(snapshot), () => world.merge(world.untouched())])
    expect(write).toThrow();
  const gone = { code: 'world-gone', message: 'The world "w" was dropped. Call again: a new one is made.' };
  expect(() => pets.delete(1)).toThrow(expect.objectContaining(gone));
  expect([pets.has(1), pets.has(51)]).toEqual([true, false]);
});

test('a version stays as it was, and is the same one until a record is written', () => {
  const { world, pets } = worldOf();
  const untouched = world.version('zoo');
  expect(world.version('zoo')).toBe(untouched);
  expect(pets.count()).toBe(50);
  pets.delete(1);
  const version = world.version('zoo');
  pets.delete(2);
  pets.put(fido);
  const held = (of: World) => [1, 2, 51].map((id) => of.table('zoo.pets').has(id));
  expect([untouched, version, world].map(held)).toEqual([
    [true, true, false],
    [false, true, false],
    [false, false, true],
  ]);
  expect([untouched, version, world].map((of) => of.table('zoo.pets').count())).toEqual([50, 49, 49]);
  expect(version.now()).toBe(world.now());
});

test('a transaction inside another undoes its own part only', () => {
  const { world, pets } = worldOf();
  const committed: unknown[] = [];
  world.onCommit = (changes) => committed.push(changes.map((change) => change.key));
  world.transact(() => {
    pets.delete(1);
    expect(() =>
      world.transact(() => {
        pets.delete(2);
        throw new Error('no');
      }),
    ).toThrow('no');
    pets.delete(3);
  });
  expect([1, 2, 3].map((id) => pets.has(id))).toEqual([false, true, false]);
  expect(committed).toEqual([[1, 3]]);
});

test('what cannot be kept is not done: a write that its keeper refuses is undone', () => {
  const { world, pets } = worldOf();
  world.onCommit = () => {
    throw new Error('disk full');
  };
  expect(() => pets.put(fido)).toThrow('disk full');
  expect(pets.has(51)).toBe(false);
});

test('identities count on from the generated ones, are never given twice, and pass over chosen ones', () => {
  const { pets } = worldOf();
  pets.put({ ...fido, id: 52 });
  expect(pets.nextIdentity()).toBe(51);
  expect(pets.nextIdentity()).toBe(53);
  pets.reserveIdentity(54);
  expect(pets.nextIdentity()).toBe(55);
  pets.reserveIdentity(60);
  expect(pets.nextIdentity()).toBe(61);
  pets.reserveIdentity(10);
  expect(pets.nextIdentity()).toBe(62);
  const { pets: others } = worldOf();
  others.reserveIdentity(60);
  others.reserveIdentity(55);
  expect(others.nextIdentity()).toBe(61);
});

test('the identity of a record that was deleted is not given again', () => {
  const { pets } = worldOf();
  pets.delete(50);
  expect(pets.nextIdentity()).toBe(51);
  const { pets: others } = worldOf();
  others.delete(50);
  others.reserveIdentity(49);
  expect(others.nextIdentity()).toBe(51);
});

test('what follows from an API’s records is made once, and again after a write, an undone write, a restore, a reset', () => {
  const base = baseOf();
  const world = new World('w', base);
  const other = new World('other', base);
  const legs = (of: World) =>
    of.memoize('zoo', 1, () => ({ sum: [1, 2, 3].reduce((sum, id) => sum + of.table<Pet>('zoo.pets').get(id)!.legs, 0) }));
  const first = legs(world);
  expect(legs(world)).toBe(first);
  expect(legs(other)).toBe(first);

  world.table<Pet>('zoo.pets').change(1, { legs: 100 });
  const second = legs(world);
  expect(second.sum).toBeGreaterThan(100);
  expect(legs(world)).toBe(second);
  expect(legs(other)).toBe(first);

  const snapshot = world.snapshot();
  expect(() =>
    world.transact(() => {
      world.table<Pet>('zoo.pets').change(2, { legs: 1000 });
      expect(legs(world).sum).toBeGreaterThan(1000);
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(legs(world)).toEqual(second);

  world.reset();
  expect(legs(world)).toBe(first);
  world.restore(snapshot);
  expect(legs(world)).toEqual(second);
});

test('what follows from the records of one API stays when those of another are written', () => {
  const world = new World('w', new Base('1', { zoo, farm: zoo }));
  const [ofZoo, ofFarm] = ['zoo', 'farm'].map((api) => () => world.memoize(api, 1, () => ({})));
  world.table('zoo.pets').delete(1);
  const zoos = ofZoo!();
  world.table('farm.pets').delete(1);
  const farms = ofFarm!();
  expect([ofZoo!() === zoos, ofFarm!() === farms, farms === zoos]).toEqual([true, true, false]);
  const version = world.version('zoo');
  world.table('farm.pets').delete(2);
  expect(world.version('zoo')).toBe(version);
  world.table('zoo.pets').delete(2);
  expect(world.version('zoo')).not.toBe(version);
});

test('records are written to a world of which no table was asked for yet', () => {
  const world = new World('w', baseOf());
  const commits: string[] = [];
  world.onCommit = (changes) => void commits.push(...changes.map(({ table, key }) => `${table} ${key}`));
  world.write(world.base.table('zoo.pets'), 1, null);
  const failing = () =>
    world.transact(() => {
      world.write(world.base.table('zoo.bites'), 99, { id: 99, petId: 1 });
      throw new Error('no');
    });
  expect(failing).toThrow('no');
  expect([world.table('zoo.pets').has(1), world.table('zoo.bites').has(99), commits]).toEqual([false, false, ['zoo.pets 1']]);
});

test('the clock stands still unless it is moved, and its texts are neutral', () => {
  const { world } = worldOf();
  expect(neutralTime(world.now())).toBe('2026-01-01T00:00:00Z');
  expect(neutralTime(Date.UTC(2024, 1, 29, 1, 2, 3, 450), '')).toBe('2024-02-29T01:02:03.45');
  expect(neutralTime(Date.UTC(2024, 1, 29, 10, 20, 30, 6))).toBe('2024-02-29T10:20:30.006Z');
});

test('times are read in every form of ISO 8601 that a person writes, and nothing else is', () => {
  expect(parseTime('2024-02-29')).toBe(Date.UTC(2024, 1, 29));
  expect(parseTime('2024-02-29T01:02')).toBe(Date.UTC(2024, 1, 29, 1, 2));
  expect(parseTime('2024-02-29T01:02:03.4567891')).toBe(Date.UTC(2024, 1, 29, 1, 2, 3, 456));
  expect(parseTime('2024-02-29T01:02:03+02:00')).toBe(Date.UTC(2024, 1, 28, 23, 2, 3));
  for (const text of ['', 'now', '2024', '29.02.2024', '2024-13-01', '2024-02-29 01:02', '2024-02-29T25:00:00Z'])
    expect(parseTime(text), text).toBeUndefined();
});

test('a fork is taken over whole, in one step, and only by the world that it was made from as it was then', () => {
  const world = new World('w', baseOf());
  const pets = world.table<Pet>('zoo.pets');
  pets.change(1, { name: 'Before' });
  const commits: number[] = [];
  world.onCommit = (changes) => void commits.push(changes.length);
  const fork = world.fork();
  const forked = fork.table<Pet>('zoo.pets');
  forked.change(2, { name: 'Two' });
  forked.delete(3);
  const id = forked.nextIdentity();
  forked.put({ ...forked.get(1)!, id });
  expect([pets.get(2)?.name, pets.has(3), pets.has(id)]).not.toEqual(['Two', false, true]);
  expect(pets.count()).toBe(50);
  expect(world.merge(fork)).toBe(true);
  expect([pets.get(1)?.name, pets.get(2)?.name, pets.has(3), pets.get(id)?.name]).toEqual(['Before', 'Two', false, 'Before']);
  expect([pets.count(), [...pets.keys()].at(-1), pets.nextIdentity()]).toEqual([50, id, id + 1]);
  expect(commits).toEqual([3]);

  const late = world.fork();
  late.table<Pet>('zoo.pets').change(4, { name: 'Late' });
  pets.change(5, { name: 'Meanwhile' });
  expect(world.merge(late)).toBe(false);
  expect([pets.get(4)?.name, pets.get(5)?.name]).not.toContain('Late');
  const stale = world.fork();
  world.reset();
  const gone = { code: 'world-gone', message: 'The world was reset meanwhile. Nothing was written; call again.' };
  expect(() => world.merge(stale)).toThrow(expect.objectContaining(gone));
});

test('a fork that its keeper refuses is not taken over', () => {
  const world = new World('w', baseOf());
  const fork = world.fork();
  fork.table<Pet>('zoo.pets').delete(1);
  world.onCommit = () => {
    throw new Error('the disk is full');
  };
  expect(() => world.merge(fork)).toThrow('the disk is full');
  expect([world.table('zoo.pets').has(1), world.writes().isEmpty]).toEqual([true, true]);
});

test('what was composed is kept of the two hundred worlds that wrote and were read last, and of none that was dropped', () => {
  const base = baseOf();
  let made = 0;
  const compose = (world: World) =>
    world.memoize('zoo', 1, () => {
      made++;
      return {};
    });
  const worlds = Array.from({ length: 201 }, (_, i) => new World(`w${i}`, base));
  compose(worlds[0]!);
  compose(worlds[1]!);
  expect([made, base.filledCaches.size]).toEqual([1, 0]);
  made = 0;
  for (const world of worlds) world.table<Pet>('zoo.pets').delete(1);
  for (const world of worlds.slice(0, 200)) compose(world);
  for (const world of worlds.slice(0, 200)) compose(world.fork());
  for (const world of worlds.slice(0, 200)) compose(world);
  expect([made, base.filledCaches.size]).toEqual([400, 200]);
  compose(worlds[200]!);
  compose(worlds[1]!);
  expect(made).toBe(401);
  compose(worlds[0]!);
  expect([made, base.filledCaches.size]).toEqual([402, 200]);
  for (const world of worlds) world.drop();
  expect(base.filledCaches.size).toBe(0);
});
