/** DTOs as TypeScript classes, or as interfaces of a definition file, in the words of ServiceStack's generator (recorded: `describe`). */
import type { Dto } from '../../contract/dto.ts';
import type { Enumeration, Field, FieldType } from '../../contract/field.ts';
import { clrType } from '../metadata.ts';
import {
  apiMember,
  byDependencies,
  dataMember,
  type Declared,
  declared,
  type DeclaredService,
  isEnumeration,
  requestAttributes,
} from './declared.ts';
import type { DeclarationOptions } from './options.ts';

/** Where ServiceStack's generator says what everybody would. */
export const PLAIN_WORDS: Record<Exclude<FieldType, 'list' | 'map'>, (field: Field) => string> = {
  string: () => 'string',
  int: () => 'number',
  long: () => 'number',
  decimal: () => 'number',
  double: () => 'number',
  bool: () => 'boolean',
  guid: () => 'string',
  dateTime: () => 'string',
  enum: ({ facts }) => facts.enumeration!.name,
  object: ({ facts }) => facts.of!().name,
};
const WORDS: Record<FieldType, (field: Field) => string> = {
  ...PLAIN_WORDS,
  list: ({ facts }) => `${scriptType(facts.item!)}[]`,
  map: () => '{ [index:string]: string; }',
};

/** A field's type in TypeScript and in JSDoc. */
export const scriptType = (field: Field): string => WORDS[field.facts.type](field);

/** What a list or a map starts with. */
export const initializer = ({ facts }: Field, { InitializeCollections }: DeclarationOptions): string =>
  !InitializeCollections ? '' : facts.type === 'list' ? ' = []' : facts.type === 'map' ? ' = {}' : '';

/** Member lines of ServiceStack's own interfaces. */
const INTERFACES: Readonly<Record<string, { readonly generic?: string; readonly members: readonly string[]; readonly call?: string }>> = {
  IReturn: { generic: '<T>', members: [], call: 'createResponse(): T;' },
  IReturnVoid: { members: [], call: 'createResponse(): void;' },
  IHasSessionId: { members: ['SessionId?: string;'] },
  IHasBearerToken: { members: ['BearerToken?: string;'] },
};

/** Classes that run, or the interfaces of a `.d.ts`. */
export type Script = 'classes' | 'definitions';

interface Writing {
  readonly declared: Declared;
  readonly service: DeclaredService;
  readonly options: DeclarationOptions;
  readonly script: Script;
}

export function typescriptDeclarations(service: DeclaredService, options: DeclarationOptions, script: Script = 'classes'): string {
  const chosen = declared(service, options);
  const writing: Writing = { declared: chosen, service, options, script };
  const blocks = [
    '// @ts-nocheck\n',
    ...chosen.interfaces.map((name) => interfaceBlock(name, script)),
    ...byDependencies(chosen).map((type) => (isEnumeration(type) ? enumerationBlock(type, script) : classBlock(type, writing))),
  ];
  return `${importsOf(options)}${inModule(blocks.join('\n'), options, script)}\n`;
}

const importsOf = ({ DefaultImports }: DeclarationOptions): string =>
  DefaultImports.map((entry) => {
    const colon = entry.indexOf(':');
    const module = entry.slice(colon + 1).replaceAll(/["']/g, '');
    return colon < 0 ? `import ${entry};\n` : `import { ${entry.slice(0, colon)} } from "${module}";\n`;
  }).join('');

const inModule = (text: string, { GlobalNamespace }: DeclarationOptions, script: Script): string =>
  GlobalNamespace === ''
    ? text
    : `\n${script === 'classes' ? 'export' : 'declare'} module ${GlobalNamespace}\n{\n${text.replace(/^(?=.)/gm, '    ')}\n}\n`;

function interfaceBlock(name: string, script: Script): string {
  const { generic = '', members, call } = INTERFACES[name] ?? { members: [] };
  const lines = [...(call === undefined || script === 'definitions' ? [] : [call]), ...members].map((line) => `    ${line}\n`);
  return `${script === 'classes' ? 'export ' : ''}interface ${name}${generic}\n{\n${lines.join('')}}\n`;
}

const enumerationBlock = ({ name, values }: Enumeration, script: Script): string =>
  script === 'classes'
    ? `export enum ${name}\n{\n${values.map((value) => `    ${value} = '${value}',\n`).join('')}}\n`
    : `type ${name} = ${values.map((value) => `"${value}"`).join(' | ')};\n`;

/** The description of a class or a member. ServiceStack describes its requests, not its other types. */
export const descriptionOf = (
  dto: Dto,
  doc: string,
  { declared: { operations }, options }: Pick<Writing, 'declared' | 'options'>,
): string => (!options.AddDescriptionAsComments || (dto.isDataContract && !operations.has(dto)) ? '' : doc);

function classBlock(dto: Dto, writing: Writing): string {
  const { declared: chosen, options, script, service } = writing;
  const operation = chosen.operations.get(dto);
  const isClass = script === 'classes';
  const doc = descriptionOf(dto, dto.doc, writing);
  const returns = options.AddReturnMarker || operation?.isMarked ? operation?.returns : undefined;
  const interfaces = [...(returns === undefined ? [] : [`IReturn<${returns.name}>`]), ...service.interfacesOf(dto)];
  const base = dto.base === undefined ? [] : [dto.base.name];
  const extended = isClass ? base : [...base, ...interfaces];
  return [
    ...(doc === '' ? [] : [`/** @description ${doc} */`]),
    ...(operation === undefined ? [] : requestAttributes(operation).map((text) => `// @${text}`)),
    ...(dto.isDataContract ? ['// @DataContract'] : options.AddDataContractAttributes ? ['// @DataContract()'] : []),
    `${isClass ? 'export class' : 'interface'} ${dto.name}${extended.length === 0 ? '' : ` extends ${extended.join(', ')}`}${
      isClass && interfaces.length > 0 ? ` implements ${interfaces.join(', ')}` : ''
    }`,
    '{',
    ...[
      ...(operation === undefined || options.AddImplicitVersion === null
        ? []
        : [`${isClass ? 'public Version' : 'Version?'}: number; //${options.AddImplicitVersion}`]),
      ...members(dto, writing),
      ...(isClass
        ? [
            '',
            `public constructor(init?: Partial<${dto.name}>) { ${dto.base === undefined ? '' : 'super(init); '}(Object as any).assign(this, init); }`,
          ]
        : []),
      ...(isClass && operation !== undefined
        ? [
            `public getTypeName() { return '${dto.name}'; }`,
            `public getMethod() { return '${operation.method}'; }`,
            `public createResponse() {${returns === undefined ? '' : ` return new ${returns.name}(); `}}`,
          ]
        : []),
    ].map((line) => (line === '' ? '' : `    ${line}`)),
    '}\n',
  ].join('\n');
}

/** A member with an attribute has an empty line after it, unless it is the last. */
function members(dto: Dto, writing: Writing): string[] {
  const { options, script } = writing;
  const lines: string[] = [];
  Object.entries(dto.fields).forEach(([name, field], i, all) => {
    const { facts } = field;
    const doc = descriptionOf(dto, facts.doc, writing);
    const contract = dataMember(dto, i + 1, options);
    const attributes = [contract === 'DataMember' ? 'DataMember()' : contract, apiMember(name, field, clrType(field), writing.service)];
    const attributeLines = attributes.filter((text) => text !== undefined).map((text) => `// @${text}`);
    if (doc !== '') lines.push(`/** @description ${doc} */`);
    lines.push(
      ...attributeLines,
      `${script === 'classes' ? 'public ' : ''}${name}${facts.isNullable || options.MakePropertiesOptional ? '?' : ''}: ${scriptType(field)}${
        script === 'classes' ? initializer(field, options) : ''
      };`,
    );
    if (attributeLines.length > 0 && i < all.length - 1) lines.push('');
  });
  return lines;
}
