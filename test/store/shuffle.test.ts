import { expect, test } from 'vitest';
import { hash, shuffle, unshuffle } from '../../src/store/random.ts';

const numbers = (size: number): number[] => Array.from({ length: size }, (_, i) => i);

test.each([1, 2, 3, 5, 24, 32, 64, 65, 1000, 4096, 4097])('a shuffle of %i has each place once, and leads back', (size) => {
  for (const seed of ['a', 'b', 'c']) {
    const places = numbers(size).map((i) => shuffle(hash(seed), size, i));
    expect(new Set(places).size).toBe(size);
    expect(Math.min(...places)).toBe(0);
    expect(Math.max(...places)).toBe(size - 1);
    expect(places.map((place) => unshuffle(hash(seed), size, place))).toEqual(numbers(size));
  }
});

test('two keys shuffle differently, and neighbours do not stay beside each other', () => {
  const [one, two] = ['a', 'b'].map((seed) => numbers(1000).map((i) => shuffle(hash(seed), 1000, i)));
  expect(one!.filter((place, i) => place === two![i]).length).toBeLessThan(10);
  expect(one!.filter((place, i) => Math.abs(place - (one![i + 1] ?? -9)) === 1).length).toBeLessThan(10);
});
