/** `/types/{language}`: a service's DTOs in the languages of its clients, with the heading that their tools read. */
import { type Dto, dto } from '../../../contract/dto.ts';
import { bool, type Field, int, list, string } from '../../../contract/field.ts';
import { clrNamespace, csharpDeclarations } from '../../../derive/declarations/csharp.ts';
import type { DeclaredService } from '../../../derive/declarations/declared.ts';
import { mjsDeclarations } from '../../../derive/declarations/mjs.ts';
import { DEFAULT_OPTIONS, type DeclarationOptions } from '../../../derive/declarations/options.ts';
import { typescriptDeclarations } from '../../../derive/declarations/typescript.ts';
import { FrameworkError } from '../answer/failure.ts';
import { SERVICESTACK_TYPES } from '../answer/response-status.ts';
import { signInDeclarations, interfacesOf } from '../auth/messages.ts';
import type { ServiceOperation } from '../operation.ts';
import { isLibraryType, routeOf, type ServiceHost } from '../service-host.ts';

/** The version of the framework whose generators are followed. */
const VERSION = '10.15';

interface Generator {
  /** In `/types`, and of the request that asks for it: `TypesCSharp`. */
  readonly name: string;
  readonly title: string;
  readonly contentType: string;
  /** Options that differ from the generators' own defaults. */
  defaults(host: ServiceHost): Partial<DeclarationOptions>;
  declare(service: DeclaredService, options: DeclarationOptions): string;
  /** Options in the order of the heading. */
  readonly heading: readonly (keyof DeclarationOptions)[];
}

const SCRIPT_HEADING = [
  'GlobalNamespace',
  'MakePropertiesOptional',
  'AddServiceStackTypes',
  'AddResponseStatus',
  'AddImplicitVersion',
  'AddDescriptionAsComments',
  'IncludeTypes',
  'ExcludeTypes',
  'DefaultImports',
] as const;
/** As the Trendsic document shows its lists. */
const scriptDefaults: Generator['defaults'] = ({ service }) => ({ InitializeCollections: service.initializesLists ?? false });
const PLAIN = 'text/plain; charset=utf-8';

export const LANGUAGES = {
  csharp: {
    name: 'CSharp',
    title: 'C#',
    contentType: PLAIN,
    // The client library brings ServiceStack's own types along.
    defaults: () => ({ AddServiceStackTypes: false }),
    declare: (service, options) => csharpDeclarations(service, options, VERSION),
    heading: [
      'GlobalNamespace',
      'MakePartial',
      'MakeVirtual',
      'MakeInternal',
      'MakeDataContractsExtensible',
      'AddNullableAnnotations',
      'AddReturnMarker',
      'AddDescriptionAsComments',
      'AddDataContractAttributes',
      'AddIndexesToDataMembers',
      'AddGeneratedCodeAttributes',
      'AddResponseStatus',
      'AddImplicitVersion',
      'InitializeCollections',
      'ExportValueTypes',
      'IncludeTypes',
      'ExcludeTypes',
      'AddNamespaces',
      'AddDefaultXmlNamespace',
    ],
  },
  mjs: {
    name: 'Mjs',
    title: 'JavaScript',
    contentType: 'text/javascript; charset=utf-8',
    defaults: scriptDefaults,
    declare: mjsDeclarations,
    heading: ['AddServiceStackTypes', 'AddDocAnnotations', 'AddDescriptionAsComments', 'IncludeTypes', 'ExcludeTypes', 'DefaultImports'],
  },
  typescript: {
    name: 'TypeScript',
    title: 'TypeScript',
    contentType: PLAIN,
    defaults: scriptDefaults,
    declare: typescriptDeclarations,
    heading: SCRIPT_HEADING,
  },
  'typescript.d': {
    name: 'TypeScriptDefinition',
    title: 'TypeScript definitions',
    contentType: PLAIN,
    defaults: () => ({ MakePropertiesOptional: true }),
    declare: (service, options) => typescriptDeclarations(service, options, 'definitions'),
    heading: SCRIPT_HEADING,
  },
} as const satisfies Record<string, Generator>;

export type Language = keyof typeof LANGUAGES;

export const languageNamed = (name: string): Language | undefined => (Object.hasOwn(LANGUAGES, name) ? (name as Language) : undefined);

/** The request for a file of types: every option may be sent, none has to be. */
export const typesRequest = (language: Language): Dto => {
  const { name } = LANGUAGES[language];
  return dto(`Types${name}`, { ns: SERVICESTACK_TYPES, isDataContract: true }, { BaseUrl: string(), ...OPTION_FIELDS }) as unknown as Dto;
};

const OPTION_FIELDS: Readonly<Record<string, Field>> = Object.fromEntries(
  Object.entries(DEFAULT_OPTIONS).map(([name, value]) => [name, optionField(value)]),
);

function optionField(value: DeclarationOptions[keyof DeclarationOptions]): Field {
  if (typeof value === 'boolean') return bool().nullable();
  if (typeof value === 'string') return string();
  return Array.isArray(value) ? list(string()) : int().nullable();
}

/** What a language's client is told about a service. */
function declaredService({ service, operations }: ServiceHost): DeclaredService {
  return {
    operations: [
      ...Object.values(operations).map((operation) => ({
        request: operation.request,
        response: operation.response,
        routes: [{ path: routeOf(operation, service), verbs: operation.verbs === 'all' ? '' : operation.verbs.join(',') }],
        method: operation.verbs === 'all' ? 'POST' : (operation.verbs[0] ?? 'POST'),
      })),
      ...signInDeclarations,
    ],
    isLibrary: isLibraryType,
    interfacesOf,
    namespaceOf: (type) => (isLibraryType(type) ? 'ServiceStack' : clrNamespace(type)),
  };
}

/** As a metadata page prints them, without what only tools need. */
export function readableTypes(language: Language, host: ServiceHost, operation: ServiceOperation): string {
  const options = {
    ...DEFAULT_OPTIONS,
    ...LANGUAGES[language].defaults(host),
    AddServiceStackTypes: false,
    AddDescriptionAsComments: false,
  };
  const service = { ...declaredService({ ...host, operations: { [operation.name]: operation } }), isForReading: true };
  return LANGUAGES[language].declare(service, options);
}

/** The types of all operations, ready to compile. */
export const allTypes = (language: Language, host: ServiceHost): string =>
  LANGUAGES[language].declare(declaredService(host), { ...DEFAULT_OPTIONS, ...LANGUAGES[language].defaults(host) });

/** The whole file: the options that made it, then the types. `sent`: a message of `typesRequest`. */
export function typeFile(
  language: Language,
  host: ServiceHost,
  sent: Readonly<Record<string, unknown>>,
  baseUrl: string,
  date: string,
): string {
  const generator: Generator = LANGUAGES[language];
  const asked = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null));
  const options: DeclarationOptions = { ...DEFAULT_OPTIONS, ...generator.defaults(host), ...asked };
  assertToken(options.GlobalNamespace);
  const lines = generator.heading.map((name) => `${isSet(sent[name]) ? '' : '//'}${name}: ${shown(options[name])}\n`);
  const heading = `Date: ${date}
Version: ${VERSION}
Tip: To override a DTO option, remove "//" prefix before updating
BaseUrl: ${sent['BaseUrl'] ?? baseUrl}

${lines.join('')}`;
  // What a caller sent must not end the comment.
  return `/* Options:\n${heading.replaceAll('*/', '')}*/\n\n${generator.declare(declaredService(host), options)}`;
}

const isSet = (value: unknown): boolean => value !== null && value !== '' && value !== undefined;

/** As .NET prints it. */
function shown(value: DeclarationOptions[keyof DeclarationOptions]): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return Array.isArray(value) ? value.join(',') : String(value ?? '');
}

function assertToken(text: string): void {
  if (!/["\-+\\*=!]/.test(text)) return;
  throw new FrameworkError(500, 'InvalidDataException', `MetaData is potentially malicious. Expected token, Received: ${text}`);
}
