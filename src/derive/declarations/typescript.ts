/** DTOs as TypeScript classes, in the words of ServiceStack's generator (recorded: `describe`, types/typescript). */
import type { Dto } from '../../contract/dto.ts';
import type { Enumeration, Field, FieldType } from '../../contract/field.ts';
import { clrType } from '../metadata.ts';
import { apiMember, type DeclarationOptions, declaredTypes, isEnumeration, routeOf } from './order.ts';

const WORDS: Record<FieldType, (field: Field) => string> = {
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
  list: ({ facts }) => `${scriptType(facts.item!)}[]`,
  map: () => '{ [index:string]: string; }',
};

/** A field's type in TypeScript and in JSDoc. */
export const scriptType = (field: Field): string => WORDS[field.facts.type](field);

const CLIENT_TYPES = `export interface IReturn<T>
{
    createResponse(): T;
}
`;

export function typescriptDeclarations(options: DeclarationOptions): string {
  const blocks = declaredTypes(options).map((type) => (isEnumeration(type) ? enumerationBlock(type) : classBlock(type, options)));
  return ['// @ts-nocheck\n', ...(options.hasClientMembers ? [CLIENT_TYPES] : []), ...blocks].join('\n');
}

const enumerationBlock = ({ name, values }: Enumeration): string =>
  `export enum ${name}\n{\n${values.map((value) => `    ${value} = '${value}',\n`).join('')}}\n`;

function classBlock(dto: Dto, options: DeclarationOptions): string {
  const operation = options.operations.find(({ request }) => request === dto);
  const isCalled = options.hasClientMembers && operation !== undefined;
  const heading = [
    ...(options.hasComments && dto.doc !== '' ? [`/** @description ${dto.doc} */`] : []),
    ...(operation === undefined || !options.hasComments ? [] : [`// @${routeOf(operation)}`]),
    ...(dto.isDataContract ? ['// @DataContract'] : []),
    `export class ${dto.name}${dto.base === undefined ? '' : ` extends ${dto.base.name}`}${isCalled ? ` implements IReturn<${operation.response.name}>` : ''}`,
  ];
  const members = Object.entries(dto.fields).map(([name, field], i) => member(name, field, i, dto, options));
  const call = isCalled
    ? [
        `    public getTypeName() { return '${dto.name}'; }`,
        `    public getMethod() { return '${operation.method}'; }`,
        `    public createResponse() { return new ${operation.response.name}(); }`,
      ]
    : [];
  return [
    ...heading,
    '{',
    ...members,
    '',
    `    public constructor(init?: Partial<${dto.name}>) { ${dto.base === undefined ? '' : 'super(init); '}(Object as any).assign(this, init); }`,
    ...call,
    '}\n',
  ].join('\n');
}

function member(name: string, field: Field, i: number, dto: Dto, options: DeclarationOptions): string {
  const { facts } = field;
  const attribute = options.hasComments ? apiMember(name, field, clrType(field)) : undefined;
  const lines = [
    ...(options.hasComments && facts.doc !== '' ? [`/** @description ${facts.doc} */`] : []),
    ...(dto.isDataContract ? [`// @DataMember(Order=${i + 1})`] : []),
    ...(attribute === undefined ? [] : [`// @${attribute}`]),
    `public ${name}${facts.isNullable ? '?' : ''}: ${scriptType(field)}${options.initializesLists && facts.type === 'list' ? ' = []' : ''};`,
  ];
  return lines.map((line) => `    ${line}`).join('\n') + (lines.length > 1 && i < Object.keys(dto.fields).length - 1 ? '\n' : '');
}
