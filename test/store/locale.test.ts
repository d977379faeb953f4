/** The mock's locale changes the words that people read, and nothing else. */
import { base as bare, en, Faker, fakerDE, type LocaleDefinition } from '@faker-js/faker';
import { expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';
import { fakerOf } from '../../src/store/locale.ts';
import { draw, onStream } from '../../src/store/random.ts';
import { baseIn, changesWordsAlone, english, locales, skeleton } from './words.ts';

changesWordsAlone(['de', 'ja', 'ar', 'pt_BR', 'ru', 'ko']);

test('words are of the locale where it has them', () => {
  const [here, there] = [baseIn(), baseIn(locales['de'])].map((base) => base.table('logisense.contacts'));
  const numbers = Array.from({ length: 60 }, (_, i) => i + 1);
  expect(numbers.filter((n) => here!.record(n)['lastName'] !== there!.record(n)['lastName']).length).toBeGreaterThan(50);
  expect(new Set(numbers.map((n) => there!.record(n)['title']))).toContain('Frau');
});

test('a mock takes faker’s definitions, alone or with what they fall back on, and stays synchronous', async () => {
  const firstName = async (locale?: LocaleDefinition) => {
    const response = await createMock({ apis: ['logisense'], ...(locale && { locale }) }).fetch('/Contact/1');
    return ((await response.json()) as { instance: { firstName: string } }).instance.firstName;
  };
  expect(await firstName(locales['de'])).toBe(baseIn(locales['de']).language.names.person('logisense:contacts', 1).firstName);
  expect(await firstName(fakerDE.rawDefinitions)).toBe(await firstName(locales['de']));
  expect(await firstName()).not.toBe(await firstName(locales['de']));
});

test('definitions of a caller’s own may hold next to nothing', () => {
  const base = baseIn({ person: { last_name: { generic: ['Ö'] } } });
  const names = Array.from({ length: 500 }, (_, i) => base.language.names.person('x', i + 1).lastName);
  expect(names).toContain('Ö');
  expect(new Set(names).size).toBeGreaterThan(10);
  expect(skeleton(base)).toEqual(english);
});

test('names with marks are among the English ones', () => {
  const names = Array.from({ length: 200 }, (_, i) => Object.values(baseIn().language.names.person('x', i + 1)).join(' '));
  const marked = names.filter((name) => /[^ -~]/.test(name)).length;
  expect(marked).toBeGreaterThan(3);
  expect(marked).toBeLessThan(40);
});

test.each([1_000_000, 9_999_000])('nobody is called as another beyond %i either', (first) => {
  const { names } = baseIn().language;
  const people = Array.from({ length: 1000 }, (_, i) => names.person('x', first + i + 1));
  expect(new Set(people.map(({ firstName, lastName }) => `${firstName} ${lastName}`)).size).toBe(1000);
  expect(people.every(({ lastName }) => /^[^-]+-[^-]+$/.test(lastName))).toBe(true);
});

test('patterns that are read once give what faker gives, in every locale', () => {
  const told = ({ location, company, person }: Faker): string[] => [location.street(), location.city(), company.name(), person.jobTitle()];
  const differing: unknown[] = [];
  for (const [name, locale] of Object.entries(locales)) {
    const plain = new Faker({ locale: [withoutNulls(locale), en, bare], randomizer: { next: draw, seed: () => undefined } });
    const own = fakerOf(locale);
    for (let n = 1; n <= 20; n++) {
      const [ours, theirs] = [own, plain].map((faker) => onStream(1, 2, n, told, faker).join());
      if (ours !== theirs) differing.push([name, ours, theirs]);
    }
  }
  expect(differing).toEqual([]);
});
const withoutNulls = (locale: LocaleDefinition): LocaleDefinition =>
  Object.fromEntries(
    Object.entries(locale).map(([part, entries]) => [
      part,
      Array.isArray(entries) ? entries : Object.fromEntries(Object.entries(entries as object).filter(([, entry]) => entry !== null)),
    ]),
  );
