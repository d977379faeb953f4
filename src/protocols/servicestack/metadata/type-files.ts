/** `/types/{language}`: a service's DTOs in the languages of its clients, with the heading that their tools read. */
import { csharpDeclarations } from '../../../derive/declarations/csharp.ts';
import { mjsDeclarations } from '../../../derive/declarations/mjs.ts';
import { type DeclarationOptions, declaredTypes } from '../../../derive/declarations/order.ts';
import { typescriptDeclarations } from '../../../derive/declarations/typescript.ts';
import type { ServiceOperation } from '../operation.ts';
import { type ServiceHost, isLibraryType, routeOf } from '../service-host.ts';

/** The version of the framework whose generators are followed. */
const VERSION = '10.15';

interface Generator {
  readonly title: string;
  readonly contentType: string;
  declare(options: DeclarationOptions): string;
  /** Whether the library of this language's client brings ServiceStack's own types along. */
  readonly hasLibrary: boolean;
  /** Options that the heading lists, with their defaults. */
  readonly options: (described: ServiceHost) => Readonly<Record<string, string>>;
}

const capital = (value: boolean): string => (value ? 'True' : 'False');

export const LANGUAGES = {
  csharp: {
    title: 'C#',
    contentType: 'text/plain; charset=utf-8',
    declare: csharpDeclarations,
    hasLibrary: true,
    options: ({ service }) => ({
      MakePartial: 'True',
      MakeVirtual: 'True',
      AddReturnMarker: 'True',
      AddDescriptionAsComments: 'True',
      InitializeCollections: capital(service.initializesLists ?? false),
    }),
  },
  mjs: {
    title: 'JavaScript',
    contentType: 'text/javascript; charset=utf-8',
    declare: mjsDeclarations,
    hasLibrary: false,
    options: () => ({ AddServiceStackTypes: 'True', AddDocAnnotations: 'True', AddDescriptionAsComments: 'True' }),
  },
  typescript: {
    title: 'TypeScript',
    contentType: 'text/plain; charset=utf-8',
    declare: typescriptDeclarations,
    hasLibrary: false,
    options: () => ({ MakePropertiesOptional: 'False', AddServiceStackTypes: 'True', AddDescriptionAsComments: 'True' }),
  },
} as const satisfies Record<string, Generator>;

export type Language = keyof typeof LANGUAGES;

export const languageNamed = (name: string): Language | undefined => (Object.hasOwn(LANGUAGES, name) ? (name as Language) : undefined);

/** `page`: as a metadata page prints them, without what only tools need. `complete`: ready to compile. */
export const nativeTypes = (
  language: Language,
  described: ServiceHost,
  operations: readonly ServiceOperation[],
  purpose: 'page' | 'complete',
): string => LANGUAGES[language].declare(optionsOf(language, described, operations, purpose === 'complete'));

function optionsOf(
  language: Language,
  { service }: ServiceHost,
  operations: readonly ServiceOperation[],
  isComplete: boolean,
): DeclarationOptions {
  return {
    operations: operations.map((operation) => ({
      request: operation.request,
      response: operation.response,
      route: routeOf(operation, service),
      verbs: operation.verbs === 'all' ? '' : operation.verbs.join(','),
      method: operation.verbs === 'all' ? 'POST' : (operation.verbs[0] ?? 'POST'),
    })),
    hasComments: isComplete,
    hasClientMembers: isComplete,
    initializesLists: service.initializesLists ?? false,
    isLibrary: isComplete && !LANGUAGES[language].hasLibrary ? () => false : isLibraryType,
  };
}

/** `IncludeTypes=Name,Operation.*`: types by name, operations with all that they need. */
function included(language: Language, described: ServiceHost, includeTypes: string): ReadonlySet<string> {
  const all = Object.values(described.operations);
  const entries = includeTypes.split(',').map((entry) => entry.trim().toLowerCase());
  const whole = all.filter(({ name }) => entries.includes(`${name.toLowerCase()}.*`));
  const named = declaredTypes(optionsOf(language, described, all, true)).filter(({ name }) => entries.includes(name.toLowerCase()));
  return new Set([...named, ...declaredTypes(optionsOf(language, described, whole, true))].map(({ name }) => name));
}

/** The whole file: the options that made it, then the types. */
export function dtoFile(
  language: Language,
  described: ServiceHost,
  origin: string,
  date: string,
  includeTypes: string | undefined,
): string {
  const defaults: Readonly<Record<string, string>> = LANGUAGES[language].options(described);
  const lines = Object.entries(defaults).map(([name, value]) => `//${name}: ${value}\n`);
  const only = includeTypes === undefined ? undefined : included(language, described, includeTypes);
  const heading = `Date: ${date}
Version: ${VERSION}
Tip: To override a DTO option, remove "//" prefix before updating
BaseUrl: ${origin}${described.service.basePath}

${lines.join('')}${includeTypes === undefined ? '//IncludeTypes: ' : `IncludeTypes: ${includeTypes}`}
//ExcludeTypes: `;
  const options = { ...optionsOf(language, described, Object.values(described.operations), true), only };
  // What a caller sent must not end the comment.
  return `/* Options:\n${heading.replaceAll('*/', '')}\n*/\n\n${LANGUAGES[language].declare(options)}`;
}
