/** What a locale may change, and what not: asked of a few locales always, of all of them in the slow tests. */
import { allLocales, type LocaleDefinition } from '@faker-js/faker';
import { expect, test } from 'vitest';
import { catalogue } from '../../src/apis/catalogue.ts';
import { Base } from '../../src/store/base.ts';

const SMALL = { 'trendsic.contacts': 60, 'canvara.contacts': 60, 'logisense.contacts': 60 };
export const locales: Readonly<Record<string, LocaleDefinition>> = allLocales;
const apis = Object.fromEntries(catalogue.map((api) => [api.name, api.entities]));
export const baseIn = (locale?: LocaleDefinition): Base => new Base('1', apis, SMALL, locale);

/** Every value of every record. */
function* values(base: Base): Generator<readonly [where: string, value: unknown]> {
  for (const table of base.tables.values()) {
    for (let n = 1; n <= table.size; n++) {
      if (!table.has(n)) continue;
      for (const [member, value] of Object.entries(table.record(n))) yield [`${table.id}[${String(table.keyOf(n))}].${member}`, value];
    }
  }
}
/** A text without its words: its digits, and whether there is any text. A Guid and a date are more than words. */
const withoutWords = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$|^\d{4}-\d\d-\d\dT/.test(value)) return value;
  return [value === '', value.match(/\p{N}+/gu) ?? []];
};
export const skeleton = (base: Base): string[] =>
  [...values(base)].map(([where, value]) => `${where} ${JSON.stringify(withoutWords(value))}`);
export const english = skeleton(baseIn());

export function changesWordsAlone(names: readonly string[]): void {
  test.each(names)('%s: the same records with the same ids, relations, numbers and dates as in English', (name) => {
    const other = skeleton(baseIn(locales[name]));
    expect(other.filter((line, i) => line !== english[i])).toEqual([]);
    expect(other).toHaveLength(english.length);
  });

  test.each(names)('%s: texts are whole, addresses are ASCII, and nobody is called as another', (name) => {
    const base = baseIn(locales[name]);
    const texts = [...values(base)].filter((pair): pair is readonly [string, string] => typeof pair[1] === 'string');
    expect(texts.filter(([, text]) => /[{}#]|\bundefined\b|\bNaN\b|\bnull\b|^\s|\s$/.test(text))).toEqual([]);
    expect(texts.filter(([, text]) => /@example|^https:/.test(text) && !/^[!-~]+$/.test(text))).toEqual([]);
    const people = Array.from({ length: 5000 }, (_, i) => base.language.names.person('a', i + 1));
    expect(new Set(people.map(({ firstName, lastName }) => `${firstName} ${lastName}`)).size).toBe(5000);
    expect(new Set(Array.from({ length: 5000 }, (_, i) => base.language.names.familyName('b', i + 1))).size).toBe(5000);
  });
}
