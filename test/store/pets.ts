/** A little API of its own, so that the store is tested without knowing any documented one. */
import { type RecordBuilder, entity } from '../../src/contract/entity.ts';
import type { Guid } from '../../src/contract/field.ts';
import { Base, type Scale } from '../../src/store/base.ts';

export type Pet = { id: number; name: string; legs: number; greeting: string };
export type Toy = { id: Guid; petId: number };
export type Bite = { id: number; petId: number };

export const pets = entity<Pet>({
  name: 'pets',
  key: 'id',
  identity: 'number',
  size: { scaled: 50 },
  members: {
    id: (at) => at.n,
    name: (at) => at.faker.person.firstName(),
    legs: (at) => at.int(2, 8),
    greeting: (at) => `${at.member('name')} has ${at.member('legs')} legs${at.pick(['', '!', '?'])}`,
  },
});
export const toys = entity<Toy>({
  name: 'toys',
  key: 'id',
  identity: 'guid',
  size: (size) => size('pets'),
  members: { id: (at) => at.keyOf('toys', at.n) as Guid, petId: (at) => at.int(1, Math.min(10, at.size('pets'))) },
  references: { petId: 'pets' },
});
/** Sparse: every number may be missing. */
export const bites = entity<Bite>({
  name: 'bites',
  key: 'id',
  identity: 'number',
  size: (size) => size('pets'),
  has: (at: RecordBuilder<Bite>) => at.chance(0.5),
  members: { id: (at) => at.n, petId: (at) => 1 + (at.n % 5) },
  references: { petId: 'pets' },
  referrers: {
    *petId(key, { size }) {
      for (let n = 1; n <= size; n++) if (1 + (n % 5) === key) yield n;
    },
  },
});
export const zoo = { pets, toys, bites };

export const baseOf = (seed = '1', scale: Scale = {}, entities: Record<string, unknown> = zoo): Base =>
  new Base(seed, { zoo: entities as typeof zoo }, scale);
