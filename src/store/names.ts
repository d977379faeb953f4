/**
 * What people and firms are called: faker's names under a keyed shuffle, so that no two of a kind have the same name, at any
 * scale, and the n-th is known without the others.
 */
import type { Faker } from '@faker-js/faker';
import type { Person, Sex } from '../contract/entity.ts';
import { hash, mix, shuffle } from './random.ts';

type Names = Readonly<Record<Sex, readonly string[]>>;

/**
 * Names that English-speaking people bear as well; added where none of a locale's own names has a mark. Not parts of one text:
 * with the longest character of that, each would take two bytes a character, and so would every answer that it stands in.
 */
const MARKED: Names & { readonly last: readonly string[] } = {
  female: ['Zoë', 'Chloë', 'Renée', 'Noémie', 'Aïsha', 'Siân', 'Inês', 'Jūratė', 'Małgorzata', 'Şeyma', 'Đurđa', 'Åsa'],
  male: ['José', 'André', 'Björn', 'Søren', 'Łukasz', 'François', 'Ólafur', 'Tomáš', 'Jörg', 'Gábor', 'Óscar', 'Çağrı'],
  last: [
    'Núñez',
    'García',
    'Müller',
    'Strauß',
    'Brontë',
    'Dvořák',
    'Çelik',
    'Ångström',
    'Nguyễn',
    'Côté',
    'Sørensen',
    'Þórsdóttir',
    'Şahin',
    'Petrović',
    'Žižka',
  ],
};

export class NameBook {
  readonly #seed: string;
  readonly #first: Names;
  readonly #last: Names;
  readonly #keys = new Map<string, number>();
  // Asked for several times in a row, by each member that a name goes into.
  #lastKind = '';
  #lastNumber = 0;
  #lastPerson: Person | undefined;

  constructor(seed: string, faker: Faker) {
    const { first_name, last_name } = faker.definitions.person;
    this.#seed = seed;
    const female = listOf(first_name, 'female', MARKED.female);
    const known = new Set(female);
    const male = listOf(first_name, 'male', MARKED.male).filter((name) => !known.has(name));
    // A locale that has one list for both keeps one shuffle for both.
    this.#first = { female, male: male.length > 1 ? male : female };
    this.#last = { female: listOf(last_name, 'female', MARKED.last), male: listOf(last_name, 'male', MARKED.last) };
  }

  person(kind: string, n: number): Person {
    if (n === this.#lastNumber && kind === this.#lastKind) return this.#lastPerson!;
    const key = this.#keyOf(kind);
    const sex: Sex = (mix(key ^ Math.imul(n, 0x9e3779b1)) & 1) === 0 ? 'female' : 'male';
    const first = this.#first[sex];
    const last = this.#last[sex];
    const pairs = first.length * last.length;
    const at = shuffle(key, pairs, (n - 1) % pairs);
    this.#lastKind = kind;
    this.#lastNumber = n;
    this.#lastPerson = {
      sex,
      firstName: first[at % first.length]!,
      lastName: chain(last, Math.floor(at / first.length), Math.floor((n - 1) / pairs)),
    };
    return this.#lastPerson;
  }
  familyName(kind: string, n: number): string {
    const { female: last } = this.#last;
    return chain(last, shuffle(this.#keyOf(kind), last.length, (n - 1) % last.length), Math.floor((n - 1) / last.length));
  }
  #keyOf(kind: string): number {
    let key = this.#keys.get(kind);
    if (key === undefined) this.#keys.set(kind, (key = hash(`names:${this.#seed}:${kind}`)));
    return key;
  }
}

type Definition = Faker['definitions']['person']['first_name'];

/** The names of one sex, or those of both where a locale does not tell them apart; without repeats and hyphens (see `chain`). */
function listOf(definition: Definition, sex: Sex, marked: readonly string[]): readonly string[] {
  const { [sex]: own = [], generic = [] } = definition as Readonly<Partial<Record<Sex | 'generic', readonly string[]>>>;
  const names = own.length > 1 ? own : [...own, ...generic];
  const all = names.length > 1 && names.some((name) => /[^ -~]/.test(name)) ? names : [...names, ...marked];
  return [...new Set(all.filter((name) => !name.includes('-')))];
}

/**
 * A family name, and behind it as many more, joined by hyphens, as it takes to tell round from round: `Weber`, then
 * `Weber-Koch`, then `Weber-Koch-Adler`. Bijective numeration: no two rounds give one name, and no name stands beside itself.
 */
function chain(names: readonly string[], at: number, round: number): string {
  let text = names[at]!;
  for (let rest = round; rest > 0; rest = Math.floor((rest - 1) / (names.length - 1))) {
    at = (at + ((rest - 1) % (names.length - 1)) + 1) % names.length;
    text += `-${names[at]}`;
  }
  return text;
}
