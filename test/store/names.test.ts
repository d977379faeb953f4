import { Faker } from '@faker-js/faker';
import { describe, expect, test } from 'vitest';
import { NameBook } from '../../src/store/names.ts';

type Definition = Readonly<Partial<Record<'female' | 'male' | 'generic', string[]>>>;
const book = (first_name: Definition, last_name: Definition, seed = '1'): NameBook =>
  new NameBook(seed, new Faker({ locale: { person: { first_name, last_name } } }));
/** Names with a mark among them: none are added. */
const FIRST = { female: ['Åsa', 'Ina', 'Una'], male: ['Öln', 'Kai'] };
const LAST = { generic: ['Bär', 'Fox', 'Elk', 'Owl'] };
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('people', () => {
  test('all have another name, in as many rounds as there are, and none of another sex', () => {
    const names = book(FIRST, LAST);
    const people = numbers(12 * 40).map((n) => names.person('x', n));
    for (const sex of ['female', 'male'] as const) {
      const own = people.filter((person) => person.sex === sex);
      expect(own.length).toBeGreaterThan(150);
      expect(new Set(own.map(({ firstName }) => firstName))).toEqual(new Set(FIRST[sex]));
      expect(new Set(own.map(({ firstName, lastName }) => `${firstName} ${lastName}`)).size).toBe(own.length);
    }
  });
  test('the first round has plain names, each later one a longer chain, and no name stands beside itself', () => {
    const names = book(FIRST, LAST);
    // Four names; behind each of them three others; behind each of those three others again.
    const lengths = [4, 4 * 3, 4 * 9, 4 * 27, 4 * 81].flatMap((count, i) => Array<number>(count).fill(i + 1));
    const parts = numbers(lengths.length).map((n) => names.familyName('x', n).split('-'));
    expect(parts.map(({ length }) => length)).toEqual(lengths);
    expect(new Set(parts.map((part) => part.join('-'))).size).toBe(lengths.length);
    expect(parts.some((part) => part.some((name, i) => name === part[i - 1]))).toBe(false);
    expect(new Set(parts.flat())).toEqual(new Set(LAST.generic));
  });
  test('the same number has the same name, whatever was asked before; another kind and another seed have others', () => {
    const list = (names: NameBook, kind: string): string =>
      numbers(30)
        .map((n) => JSON.stringify(names.person(kind, n)))
        .join();
    const names = book(FIRST, LAST);
    const first = list(names, 'x');
    expect(list(names, 'y')).not.toBe(first);
    expect(list(names, 'x')).toBe(first);
    expect(list(book(FIRST, LAST), 'x')).toBe(first);
    expect(list(book(FIRST, LAST, '2'), 'x')).not.toBe(first);
    // One after another of two kinds, as where the latest is remembered.
    expect(names.person('x', 1)).not.toEqual(names.person('y', 1));
    expect(names.person('x', 1)).toEqual(names.person('x', 1));
  });
});

describe('lists', () => {
  const firstNames = (definition: Definition): Readonly<Record<'female' | 'male', string[]>> => {
    const names = book(definition, LAST);
    const people = numbers(400).map((n) => names.person('x', n));
    const of = (sex: string): string[] => [...new Set(people.filter((one) => one.sex === sex).map(({ firstName }) => firstName))].sort();
    return { female: of('female'), male: of('male') };
  };
  test('names for both are both’s where a locale does not tell them apart', () => {
    expect(firstNames({ generic: ['Åsa', 'Ina'] })).toEqual({ female: ['Ina', 'Åsa'], male: ['Ina', 'Åsa'] });
  });
  test('names of one sex alone are not the other’s', () => {
    expect(firstNames({ female: ['Åsa', 'Ina', 'Kim'], male: ['Öln', 'Kai', 'Kim'] }).male).toEqual(['Kai', 'Öln']);
  });
  test('repeats and names with hyphens are left out', () => {
    expect(firstNames({ female: ['Åsa', 'Ina', 'Ina', 'Eva-Ina'], male: ['Öln', 'Kai'] }).female).toEqual(['Ina', 'Åsa']);
  });
  test('one name of a sex is too few, and those for both are added', () => {
    expect(firstNames({ female: ['Åsa'], male: ['Öln', 'Kai'], generic: ['Ina', 'Ula'] }).female).toEqual(['Ina', 'Ula', 'Åsa']);
  });
  test('names with marks are added where a locale has none', () => {
    const { female, male } = firstNames({ female: ['Ina', 'Una'], male: ['Kai', 'Olm'] });
    expect([female.includes('Zoë'), female.includes('José'), male.includes('José')]).toEqual([true, false, true]);
    expect([female.includes('Ina'), male.includes('Kai')]).toEqual([true, true]);
    expect(firstNames({ female: ['Ina', 'Åsa'], male: ['Kai', 'Olm'] }).female).toEqual(['Ina', 'Åsa']);
  });
});
