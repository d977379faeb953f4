/** faker's locales by name, loaded when one is asked for: all of them would cost ten times a start. */
import type { Faker, LocaleDefinition } from '@faker-js/faker';
import { suggest } from '../mock-error.ts';
import { type Io, usageError } from './args.ts';

/** The definitions of a locale together with those that it falls back on (`de_AT`: `de`, then `en`). */
export async function localeNamed(name: string, { load }: Io): Promise<LocaleDefinition> {
  if (load === undefined) throw usageError('No locale can be loaded here.', 'Leave --locale out, or run the contacts-mock command.');
  try {
    if (/^\w+$/.test(name)) return ((await load(`@faker-js/faker/locale/${name}`)) as { faker: Faker }).faker.rawDefinitions;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
  }
  const { allLocales } = (await load('@faker-js/faker')) as typeof import('@faker-js/faker');
  const names = Object.keys(allLocales);
  throw usageError(`There is no locale "${name}".`, suggest(name, names, `Choose from ${names.join(', ')}.`));
}
