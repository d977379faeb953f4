/** DTOs as C# classes, in the words of ServiceStack's generator (recorded: `describe`, types/csharp). */
import type { Dto } from '../../contract/dto.ts';
import type { Enumeration, Field } from '../../contract/field.ts';
import { clrType, isReference, referredEnumeration } from '../metadata.ts';
import {
  apiMember,
  dataMember,
  type Declared,
  declared,
  type DeclaredService,
  type DeclaredType,
  isEnumeration,
  quoted,
  requestAttributes,
} from './declared.ts';
import type { DeclarationOptions } from './options.ts';
import { descriptionOf } from './typescript.ts';

const DEFAULT_NAMESPACES = [
  'System',
  'System.IO',
  'System.Collections',
  'System.Collections.Generic',
  'System.Runtime.Serialization',
  'ServiceStack',
  'ServiceStack.DataAnnotations',
];
const CONTRACT_NAMESPACE = 'http://schemas.datacontract.org/2004/07/';

/** A DataContract's namespace follows from the class's. */
export const clrNamespace = (dto: Dto): string => (dto.ns.startsWith(CONTRACT_NAMESPACE) ? dto.ns.slice(CONTRACT_NAMESPACE.length) : '');

interface Writing {
  readonly declared: Declared;
  readonly service: DeclaredService;
  readonly options: DeclarationOptions;
  /** As generated code names the generator. */
  readonly version: string;
}

export function csharpDeclarations(service: DeclaredService, options: DeclarationOptions, version: string): string {
  const chosen = declared(service, options);
  const namespaceOf = (type: DeclaredType): string =>
    isEnumeration(type) ? enumerationNamespace(type, chosen.types, service) : service.namespaceOf(type);
  const sorted = [...chosen.types].sort((a, b) => ordinal(namespaceOf(a), namespaceOf(b)) || ordinal(a.name, b.name));
  const writing: Writing = { declared: chosen, service, options, version };
  const blocks = new Map<string, string>();
  for (const type of sorted) {
    const namespace = options.ExcludeNamespace ? '' : options.GlobalNamespace || namespaceOf(type);
    blocks.set(
      namespace,
      `${blocks.get(namespace) ?? ''}${isEnumeration(type) ? enumerationBlock(type, writing) : classBlock(type, writing)}\n\n`,
    );
  }
  const added = options.ExcludeNamespace ? [] : [...blocks.keys()];
  const namespaces = [...new Set([...DEFAULT_NAMESPACES, ...options.AddNamespaces, ...added])];
  const usings = [...namespaces, ...(options.AddGeneratedCodeAttributes ? ['System.CodeDom.Compiler'] : [])];
  const contracts = !options.AddDataContractAttributes
    ? []
    : namespaces
        .filter((name) => !DEFAULT_NAMESPACES.includes(name))
        .map((name) => `[assembly: ContractNamespace(${quoted(options.AddDefaultXmlNamespace)}, ClrNamespace=${quoted(name)})]\n`);
  return [
    usings.map((name) => `using ${name};\n`).join(''),
    ...(contracts.length === 0 ? [] : [contracts.join('')]),
    ...[...blocks].map(([namespace, text]) =>
      namespace === '' ? text : `namespace ${namespace}\n{\n${text.replace(/^(?=.)/gm, '    ')}}\n`,
    ),
    '',
  ].join('\n');
}

const ordinal = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** An enumeration stands beside the first class that uses it; no document shows its own namespace. */
function enumerationNamespace(enumeration: Enumeration, types: readonly DeclaredType[], service: DeclaredService): string {
  const user = types.find(
    (type): type is Dto => !isEnumeration(type) && Object.values(type.fields).some((field) => referredEnumeration(field) === enumeration),
  );
  return user === undefined ? '' : service.namespaceOf(user);
}

const accessOf = ({ MakeInternal }: DeclarationOptions): string => (MakeInternal ? 'internal' : 'public');
const generatedCode = ({ options, version }: Writing): string[] =>
  options.AddGeneratedCodeAttributes ? [`[GeneratedCode("AddServiceStackReference", ${quoted(version)})]`] : [];

const enumerationBlock = ({ name, values }: Enumeration, writing: Writing): string =>
  [
    ...(writing.options.AddDataContractAttributes ? ['[DataContract]'] : []),
    ...generatedCode(writing),
    `${accessOf(writing.options)} enum ${name}`,
    '{',
    ...values.map((value) => `    ${value},`),
    '}',
  ].join('\n');

function classBlock(dto: Dto, writing: Writing): string {
  const { declared: chosen, options, service } = writing;
  const operation = chosen.operations.get(dto);
  const returns = options.AddReturnMarker || operation?.isMarked ? operation?.returns : undefined;
  const isExtensible = options.MakeDataContractsExtensible && dto.base === undefined;
  const bases = [
    ...(dto.base === undefined ? [] : [dto.base.name]),
    ...(returns === undefined ? [] : [`IReturn<${returns.name}>`]),
    ...service.interfacesOf(dto),
    ...(isExtensible ? ['IExtensibleDataObject'] : []),
  ];
  const hasContract = dto.isDataContract || options.AddDataContractAttributes;
  return [
    ...description(dto, dto.doc, writing),
    ...(operation === undefined ? [] : requestAttributes(operation).map((text) => `[${text}]`)),
    ...(hasContract ? ['[DataContract]'] : []),
    ...generatedCode(writing),
    `${accessOf(options)} ${options.MakePartial ? 'partial ' : ''}class ${dto.name}`,
    ...(bases.length === 0 ? [] : [`    : ${bases.join(', ')}`]),
    '{',
    ...[...(operation === undefined ? [] : version(dto, options)), ...members(dto, writing, isExtensible)].map((line) =>
      line === '' ? '' : `    ${line}`,
    ),
    '}',
  ].join('\n');
}

const virtual = ({ MakeVirtual }: DeclarationOptions): string => (MakeVirtual ? 'virtual ' : '');

function version(dto: Dto, options: DeclarationOptions): string[] {
  if (options.AddImplicitVersion === null) return [];
  return [
    `public ${virtual(options)}int Version { get; set; }`,
    '',
    `public ${dto.name}()`,
    '{',
    `    Version = ${options.AddImplicitVersion};`,
    '}',
    '',
  ];
}

/** A member with an attribute has an empty line after it, unless it is the last. */
function members(dto: Dto, writing: Writing, isExtensible: boolean): string[] {
  const { options } = writing;
  const lines: string[] = [];
  const all = Object.entries(dto.fields);
  all.forEach(([name, field], i) => {
    const contract = dataMember(dto, i + 1, options);
    const member = apiMember(name, field, clrType(field), writing.service);
    const attributes = [contract, member].filter((text) => text !== undefined).map((text) => `[${text}]`);
    const doc = description(dto, field.facts.doc, writing);
    lines.push(
      ...doc,
      ...attributes,
      `public ${virtual(options)}${typeOf(dto, field, options)} ${name} { get; set; }${initializer(field, options)}`,
    );
    const isSpaced = attributes.length > 0 || (doc.length > 0 && !options.AddDescriptionAsComments);
    if (isSpaced && (isExtensible || i < all.length - 1)) lines.push('');
  });
  if (isExtensible) lines.push(`public ${virtual(options)}ExtensionDataObject ExtensionData { get; set; }`);
  return lines;
}

/** A reference has a `?` where it may be null: always, but for members of ServiceStack's own types that never are. */
function typeOf(dto: Dto, field: Field, { AddNullableAnnotations }: DeclarationOptions): string {
  const mark = AddNullableAnnotations && isReference(field.facts.type) && (field.facts.isNullable || !dto.isDataContract) ? '?' : '';
  return clrType(field) + mark;
}

const initializer = ({ facts }: Field, { InitializeCollections }: DeclarationOptions): string =>
  !InitializeCollections ? '' : facts.type === 'list' ? ' = [];' : facts.type === 'map' ? ' = new();' : '';

function description(dto: Dto, doc: string, { declared: chosen, options }: Writing): string[] {
  const text = descriptionOf(dto, doc, { declared: chosen, options: { ...options, AddDescriptionAsComments: true } });
  if (text === '') return [];
  if (!options.AddDescriptionAsComments) return [`[Description(${quoted(text)})]`];
  return ['///<summary>', `///${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}`, '///</summary>'];
}
