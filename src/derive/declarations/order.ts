/** Which types generated code declares, in the order of ServiceStack's generators: what others need comes first. */
import type { Dto } from '../../contract/dto.ts';
import type { Enumeration } from '../../contract/field.ts';
import { referredDto, referredEnumeration } from '../metadata.ts';

/** An operation as generated code mentions it. */
export interface DeclaredOperation {
  readonly request: Dto;
  readonly response: Dto;
  /** Below the service's base path, as in its `[Route]` attribute. */
  readonly route: string;
  /** `GET,POST`; empty where all verbs will do. */
  readonly verbs: string;
  /** The verb that generated clients choose. */
  readonly method: string;
}

export interface DeclarationOptions {
  readonly operations: readonly DeclaredOperation[];
  /** Descriptions and attributes as comments. */
  readonly hasComments: boolean;
  /** What ServiceStack's clients ask of a request: its name, its verb, an empty response. */
  readonly hasClientMembers: boolean;
  /** Lists start empty, as older generators wrote them. */
  readonly initializesLists: boolean;
  /** Types that are not declared: those of the client library. */
  isLibrary(dto: Dto): boolean;
  /** The only types to declare. */
  readonly only?: ReadonlySet<string> | undefined;
}

export const isEnumeration = (type: Dto | Enumeration): type is Enumeration => 'values' in type;

/** Types that messages are made of, then responses, then requests. */
export function declaredTypes({
  operations,
  isLibrary,
  only,
}: Pick<DeclarationOptions, 'operations' | 'isLibrary' | 'only'>): (Dto | Enumeration)[] {
  const messages = [...operations.map(({ response }) => response), ...operations.map(({ request }) => request)];
  const types = new Map<string, Dto | Enumeration>();
  const visiting = new Set<Dto>();
  const add = (type: Dto | Enumeration | undefined): void => {
    if (type === undefined || types.has(type.name)) return;
    if (isEnumeration(type)) {
      types.set(type.name, type);
      return;
    }
    if (visiting.has(type) || isLibrary(type)) return;
    visiting.add(type);
    add(type.base);
    for (const field of Object.values(type.fields)) add(referredEnumeration(field) ?? referredDto(field));
    if (!messages.includes(type)) types.set(type.name, type);
  };
  for (const { request, response } of operations) {
    add(request);
    add(response);
  }
  for (const message of messages) types.set(message.name, message);
  return [...types.values()].filter(({ name }) => only === undefined || only.has(name));
}

/** The arguments of `[ApiMember]`: what a table states about a member that code does not show. */
export function apiMember(name: string, { facts }: Dto['fields'][string], dataType: string): string | undefined {
  if (facts.place === undefined) return undefined;
  const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const args = [
    `DataType=${quoted(facts.documentedType ?? dataType)}`,
    ...(facts.doc === '' ? [] : [`Description=${quoted(facts.doc)}`]),
    ...(facts.isRequired ? ['IsRequired=true'] : []),
    `Name=${quoted(name)}`,
    `ParameterType=${quoted(facts.place)}`,
  ];
  return `ApiMember(${args.join(', ')})`;
}

/** The arguments of `[Route]`. */
export const routeOf = ({ route, verbs }: DeclaredOperation): string => `Route("${route}"${verbs === '' ? '' : `, "${verbs}"`})`;
