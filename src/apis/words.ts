/** What people read in more than one API: faker's words in the mock's locale, and the ASCII of mail and web addresses. */
import type { RecordBuilder } from '../contract/entity.ts';

type At = Pick<RecordBuilder<never>, 'words'>;

/** Without a number; where a locale's streets are nothing but numbers, the name of a place. */
export const street = (at: At): string =>
  at.words(
    ({ location }) => location.street(),
    ({ location }) => location.city(),
  );
export const town = (at: At): string => at.words(({ location }) => location.city());
export const company = (at: At): string => at.words(({ company }) => company.name());
export const department = (at: At): string => at.words(({ commerce }) => commerce.department());
export const jobTitle = (at: At): string => at.words(({ person }) => person.jobTitle());
/** A description: a phrase in praise of something. */
export const phrase = (at: At): string => at.words(({ company }) => company.catchPhrase());
/** A remark or a note: a sentence. */
export const sentence = (at: At): string => at.words(({ lorem }) => lorem.sentence());

const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i', æ: 'ae', œ: 'oe', ə: 'e' };

/** The Latin letters of a name in ASCII, lower case, as mail and web addresses carry them; empty where it has none. */
export const asciiLetters = (name: string | null): string =>
  (name ?? '')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]/g, (letter) => LETTERS[letter] ?? '');

/** Names before the `@` of an example mail address: `jose.nunez`; `contact` where no Latin letter is left. */
export const mailName = (...names: readonly (string | null)[]): string =>
  names
    .map(asciiLetters)
    .filter((name) => name !== '')
    .join('.') || 'contact';
