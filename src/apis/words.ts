/** What people read in more than one API: faker's words in the mock's locale, and the ASCII of mail and web addresses. */
import type { Faker } from '@faker-js/faker';
import type { RecordBuilder } from '../contract/entity.ts';

type At = Pick<RecordBuilder<never>, 'words'>;
/** One function for all records: such a text is made for each of them. */
const from =
  (...choices: readonly ((faker: Faker) => string)[]) =>
  (at: At): string =>
    at.words(...choices);

/** Without a number; where a locale's streets are nothing but numbers, the name of a place. */
export const street = from(
  ({ location }) => location.street(),
  ({ location }) => location.city(),
);
export const town = from(({ location }) => location.city());
export const company = from(({ company }) => company.name());
export const department = from(({ commerce }) => commerce.department());
export const jobTitle = from(({ person }) => person.jobTitle());
/** A description: a phrase in praise of something. */
export const phrase = from(({ company }) => company.catchPhrase());
/** A remark or a note: a sentence. */
export const sentence = from(({ lorem }) => lorem.sentence());

const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i', æ: 'ae', œ: 'oe', ə: 'e' };

/** The Latin letters of a name in ASCII, lower case, as mail and web addresses carry them; empty where it has none. */
const asciiLetters = (name: string | null): string => {
  const lower = (name ?? '').toLowerCase();
  return /^[a-z]*$/.test(lower) ? lower : lower.normalize('NFD').replace(/[^a-z]/g, (letter) => LETTERS[letter] ?? '');
};

/** Names before the `@` of an example mail address: `jose.nunez`; `contact` where no Latin letter is left. */
export const mailName = (...names: readonly (string | null)[]): string =>
  names
    .map(asciiLetters)
    .filter((name) => name !== '')
    .join('.') || 'contact';
