/** faker in one language: English, or another whose definitions the caller brings. */
import type { Faker, LocaleDefinition } from '@faker-js/faker';
import { faker as english } from '@faker-js/faker/locale/en';
import { NameBook } from './names.ts';
import { draw } from './random.ts';

/** The words of a seed in one locale: one faker and its names, made when they are first asked for. */
export class Language {
  readonly #seed: string;
  readonly #locale: LocaleDefinition | undefined;
  #faker: Faker | undefined;
  #names: NameBook | undefined;

  constructor(seed: string, locale: LocaleDefinition | undefined) {
    this.#seed = seed;
    this.#locale = locale;
  }
  /** faker's own name of it (`pt_BR`); empty where the caller's definitions have none. */
  get name(): string {
    return this.#locale === undefined ? 'en' : (this.#locale.metadata?.code ?? '');
  }
  get faker(): Faker {
    this.#faker ??= fakerOf(this.#locale);
    return this.#faker;
  }
  get names(): NameBook {
    this.#names ??= new NameBook(this.#seed, this.faker);
    return this.#names;
  }
}

// English brings the class along: importing it from the package's root would load all seventy locales (ten times the time to start).
const FakerClass = english.constructor as typeof Faker;

/** A faker that draws from the current stream. What a locale lacks, or has as `null` (does not apply there), is English. */
export const fakerOf = (locale?: LocaleDefinition): Faker =>
  withCompiledPatterns(
    new FakerClass({
      locale: locale === undefined ? english.rawDefinitions : [withoutNulls(locale), english.rawDefinitions],
      randomizer: { next: draw, seed: () => undefined },
    }),
  );

const withoutNulls = (locale: LocaleDefinition): LocaleDefinition =>
  Object.fromEntries(
    Object.entries(locale).map(([part, entries]) => [
      part,
      Array.isArray(entries) ? entries : Object.fromEntries(Object.entries(entries as object).filter(([, entry]) => entry !== null)),
    ]),
  );

type Part = string | (() => unknown);

/**
 * Lets `{{person.lastName}} {{location.street_suffix}}` be read once, not for every street: a third of what such a record
 * costs. The same draws and texts as faker's own; what is more than two names and a dot is left to faker.
 */
function withCompiledPatterns(faker: Faker): Faker {
  const { helpers } = faker;
  const interpret = helpers.fake.bind(helpers) as (pattern: string) => string;
  const known = new Map<string, readonly Part[] | undefined>();
  const textOf = (part: Part): string => (typeof part === 'string' ? part : fake(String(part())));
  const fake = (pattern: string | readonly string[]): string => {
    const text = typeof pattern === 'string' ? pattern : helpers.arrayElement(pattern);
    if (!text.includes('{{')) return text;
    if (!known.has(text)) known.set(text, compile(faker, text));
    const parts = known.get(text);
    if (parts === undefined) return interpret(text);
    let filled = '';
    for (const part of parts) filled += textOf(part);
    return filled;
  };
  helpers.fake = fake;
  return faker;
}

function compile(faker: Faker, pattern: string): readonly Part[] | undefined {
  const parts: (Part | undefined)[] = pattern
    .split(/\{\{([^{}]*)\}\}/)
    .map((text, i): Part | undefined => (i % 2 === 0 ? text : generatorOf(faker, text)));
  const isKnown = (part: Part | undefined): part is Part => typeof part === 'function' || part?.includes('{{') === false;
  return parts.every(isKnown) ? parts : undefined;
}

/** `person.lastName` is a method of faker, `location.street_suffix` a list of the locale's; undefined for anything else. */
function generatorOf(faker: Faker, path: string): (() => unknown) | undefined {
  const [module = '', name = '', ...more] = path.split('.');
  const at = (place: unknown): unknown => (place as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[module]?.[name];
  const [method, list] = [at(faker), at(faker.definitions.raw)];
  if (more.length > 0) return undefined;
  if (typeof method === 'function' && list === undefined) return method as () => unknown;
  return method === undefined && Array.isArray(list) ? () => faker.helpers.arrayElement(list) : undefined;
}
