/** Which types generated code declares, and in which order: as ServiceStack's generators choose and sort them. */
import type { Dto } from '../../contract/dto.ts';
import type { Enumeration, Field } from '../../contract/field.ts';
import { derivedFirst } from '../../wire/writer.ts';
import { referredDto, referredEnumeration } from '../metadata.ts';
import type { DeclarationOptions } from './options.ts';

/** An operation as generated code mentions it. */
export interface DeclaredOperation {
  readonly request: Dto;
  readonly response: Dto;
  /** Paths below the service's base path with their verbs (`GET,POST`; empty where all will do), as in `[Route]`. */
  readonly routes: readonly { readonly path: string; readonly verbs: string }[];
  /** The verb that generated clients choose. */
  readonly method: string;
  /** What `[Api]` says. */
  readonly api?: string;
  readonly tags?: readonly string[];
  /** The request class itself says what it returns, whatever `AddReturnMarker`. */
  readonly isMarked?: boolean;
}

/** A service as the generators see it. */
export interface DeclaredService {
  readonly operations: readonly DeclaredOperation[];
  /** Types of ServiceStack itself. */
  isLibrary(dto: Dto): boolean;
  /** ServiceStack's interfaces that a class implements. */
  interfacesOf(dto: Dto): readonly string[];
  namespaceOf(dto: Dto): string;
  /** The types alone, as a page shows them: no routes, no attributes, no methods. */
  readonly isForReading?: boolean;
}

export type DeclaredType = Dto | Enumeration;
export const isEnumeration = (type: DeclaredType): type is Enumeration => 'values' in type;

export interface Declared {
  /** In the order in which they were met: what messages are made of, responses, requests. */
  readonly types: readonly DeclaredType[];
  /** ServiceStack's interfaces, where its types are declared. */
  readonly interfaces: readonly string[];
  /** By request; the response is missing where it is not declared. */
  readonly operations: ReadonlyMap<Dto, DeclaredOperation & { readonly returns: Dto | undefined }>;
}

/** The types that the options choose. */
export function declared(service: DeclaredService, options: DeclarationOptions): Declared {
  const isKnown = (dto: Dto): boolean => options.AddServiceStackTypes || !service.isLibrary(dto);
  const operations = service.operations.filter(({ request }) => isKnown(request));
  const messages = [...operations.map(({ response }) => response).filter(isKnown), ...operations.map(({ request }) => request)];
  const inner = innerTypes(operations, isKnown);
  const included = includedNames(inner, operations, service, options);
  const isChosen = ({ name }: { readonly name: string }): boolean =>
    (included === undefined || included.has(name)) && !options.ExcludeTypes.includes(name);
  const hasServices = !options.ExcludeTypes.includes('services');
  const hasTypes = !options.ExcludeTypes.includes('types');
  const types = new Set<DeclaredType>([...(hasTypes ? inner : []), ...(hasServices ? messages : [])].filter(isChosen));
  const interfaces = !options.AddServiceStackTypes
    ? []
    : [
        ...new Set([
          'IReturn',
          'IReturnVoid',
          ...[...inner, ...messages].flatMap((type) => (isEnumeration(type) ? [] : service.interfacesOf(type))),
        ]),
      ];
  return {
    types: [...types],
    interfaces: hasTypes ? interfaces.filter((name) => isChosen({ name })) : [],
    operations: new Map(
      (service.isForReading ? [] : operations).map((operation) => [
        operation.request,
        { ...operation, returns: types.has(operation.response) ? operation.response : undefined },
      ]),
    ),
  };
}

/** What the messages are made of, in the order in which ServiceStack comes across it: a queue of requests, then responses. */
export function innerTypes(operations: readonly DeclaredOperation[], isKnown: (dto: Dto) => boolean): DeclaredType[] {
  const queue = [...operations.map(({ request }) => request), ...operations.map(({ response }) => response)].filter(isKnown);
  const met = new Set<DeclaredType>(queue);
  const types: DeclaredType[] = [];
  const meet = (type: DeclaredType | undefined): void => {
    if (type === undefined || met.has(type) || types.some(({ name }) => name === type.name)) return;
    if (!isEnumeration(type) && !isKnown(type)) return;
    met.add(type);
    types.push(type);
    if (!isEnumeration(type)) queue.push(type);
  };
  for (let dto = queue.shift(); dto !== undefined; dto = queue.shift()) {
    for (const { field } of derivedFirst(dto)) meet(referredEnumeration(field) ?? referredDto(field));
    meet(dto.base);
  }
  return types;
}

/** Each type after those that it needs. */
export function byDependencies({ types, operations }: Declared): DeclaredType[] {
  const sorted = new Set<DeclaredType>();
  const visiting = new Set<DeclaredType>();
  const visit = (type: DeclaredType | undefined): void => {
    if (type === undefined || visiting.has(type) || !types.includes(type)) return;
    visiting.add(type);
    if (!isEnumeration(type)) {
      const operation = operations.get(type);
      if (operation?.isMarked) visit(operation.returns);
      visit(type.base);
      for (const field of Object.values(type.fields)) visit(referredEnumeration(field) ?? referredDto(field));
    }
    sorted.add(type);
  };
  for (const type of types) visit(type);
  return [...sorted];
}

/** `IncludeTypes`, spelt out; undefined where everything is. Names are compared as they are written. */
function includedNames(
  inner: readonly DeclaredType[],
  operations: readonly DeclaredOperation[],
  service: DeclaredService,
  { IncludeTypes }: DeclarationOptions,
): ReadonlySet<string> | undefined {
  if (IncludeTypes.length === 0) return undefined;
  const cut = (start: string, end: string): string[] =>
    IncludeTypes.filter((entry) => entry.length > 2 && entry.startsWith(start) && entry.endsWith(end)).map((entry) =>
      entry.slice(start.length, entry.length - end.length),
    );
  const tags = cut('{', '}').flatMap((text) => text.split(','));
  const isTagged = (operation: DeclaredOperation): boolean => operation.tags?.some((tag) => tags.includes(tag)) === true;
  const wholeNames = [...cut('', '.*'), ...operations.filter(isTagged).map(({ request }) => request.name)];
  const namespaces = cut('', '/*');
  const needed = cut('*.', '');
  const names = new Set([...IncludeTypes, ...wholeNames, ...needed]);
  const whole = operations.filter(({ request }) => wholeNames.includes(request.name));
  for (const { request, response, isMarked } of operations) {
    if (isMarked && names.has(request.name)) names.add(response.name);
    if (needed.length > 0 && [...partsOf(request), ...partsOf(response)].some(({ name }) => needed.includes(name))) names.add(request.name);
    for (const dto of [request, response, ...inner])
      if (namespaces.some((start) => !isEnumeration(dto) && service.namespaceOf(dto).startsWith(start))) names.add(dto.name);
  }
  for (const { request, response, isMarked } of whole) {
    for (const { name } of [response, ...partsOf(request), ...partsOf(response)]) names.add(name);
    if (isMarked) names.add('IReturn');
    for (const name of service.interfacesOf(request)) names.add(name);
  }
  return names;
}

/** All types that a message is made of, without itself. */
function partsOf(dto: Dto, met = new Set<DeclaredType>()): Set<DeclaredType> {
  for (const type of [dto.base, ...Object.values(dto.fields).map((field) => referredEnumeration(field) ?? referredDto(field))]) {
    if (type === undefined || met.has(type)) continue;
    met.add(type);
    if (!isEnumeration(type)) partsOf(type, met);
  }
  return met;
}

/** A text in quotation marks, as C# and TypeScript both read it. */
export const quoted = (text: string): string =>
  `"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/[\r\n]+/g, ' ')}"`;

/** `[ApiMember]`: what a table states about a member that code does not show. */
export function apiMember(name: string, { facts }: Field, dataType: string, { isForReading }: DeclaredService): string | undefined {
  if (facts.place === undefined || isForReading) return undefined;
  const args = [
    `DataType=${quoted(facts.documentedType ?? dataType)}`,
    ...(facts.doc === '' ? [] : [`Description=${quoted(facts.doc)}`]),
    ...(facts.isRequired ? ['IsRequired=true'] : []),
    `Name=${quoted(name)}`,
    `ParameterType=${quoted(facts.place)}`,
  ];
  return `ApiMember(${args.join(', ')})`;
}

/** `[Route]`s and `[Api]` of a request. */
export const requestAttributes = ({ routes, api }: DeclaredOperation): string[] => [
  ...routes.map(({ path, verbs }) => `Route(${quoted(path)}${verbs === '' ? '' : `, ${quoted(verbs)}`})`),
  ...(api === undefined ? [] : [`Api(Description=${quoted(api)})`]),
];

/** `[DataMember]`: ServiceStack's own types number their members, others have it only where it is asked for. */
export function dataMember(dto: Dto, position: number, options: DeclarationOptions): string | undefined {
  if (dto.isDataContract) return `DataMember(Order=${position})`;
  if (!options.AddDataContractAttributes) return undefined;
  return options.AddIndexesToDataMembers ? `DataMember(Order=${position})` : 'DataMember';
}
