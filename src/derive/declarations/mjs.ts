/** DTOs as JavaScript classes with JSDoc, in the words of ServiceStack's generator (as the Trendsic document shows them). */
import type { Dto } from '../../contract/dto.ts';
import type { Enumeration, Field } from '../../contract/field.ts';
import { type DeclarationOptions, declaredTypes, isEnumeration } from './order.ts';
import { scriptType } from './typescript.ts';

export function mjsDeclarations(options: DeclarationOptions): string {
  const blocks = declaredTypes(options).map((type) => (isEnumeration(type) ? enumerationBlock(type) : classBlock(type, options)));
  return `"use strict";\n${blocks.join('')}`;
}

const enumerationBlock = ({ name, values }: Enumeration): string => `/** @typedef {${values.map((value) => `'${value}'`).join('|')}} */
export var ${name};
(function (${name}) {
${values.map((value) => `    ${name}["${value}"] = "${value}"\n`).join('')}})(${name} || (${name} = {}));
`;

function classBlock(dto: Dto, options: DeclarationOptions): string {
  const operation = options.operations.find(({ request }) => request === dto);
  const init: string[] = [];
  for (let owner: Dto | undefined = dto; owner !== undefined; owner = owner.base) {
    for (const [name, field] of Object.entries(owner.fields)) init.push(`${name}?:${scriptType(field)}`);
  }
  const call =
    options.hasClientMembers && operation !== undefined
      ? [
          `    getTypeName() { return '${dto.name}' }`,
          `    getMethod() { return '${operation.method}' }`,
          `    createResponse() { return new ${operation.response.name}() }`,
        ]
      : [];
  return [
    ...(options.hasComments && dto.doc !== '' ? [`/** @description ${dto.doc} */`] : []),
    `export class ${dto.name}${dto.base === undefined ? '' : ` extends ${dto.base.name}`} {`,
    `    /** @param {{${init.join(',')}}} [init] */`,
    `    constructor(init) { ${dto.base === undefined ? '' : 'super(init); '}Object.assign(this, init) }`,
    ...Object.entries(dto.fields).map(([name, field]) => member(name, field, options)),
    ...call,
    '}\n',
  ].join('\n');
}

function member(name: string, field: Field, options: DeclarationOptions): string {
  const { facts } = field;
  const type = `@type {${facts.isNullable ? '?' : ''}${scriptType(field)}}`;
  const comment =
    options.hasComments && facts.doc !== '' ? `    /**\n     * ${type}\n     * @description ${facts.doc} */` : `    /** ${type} */`;
  return `${comment}\n    ${name}${options.initializesLists && facts.type === 'list' ? ' = []' : ''};`;
}
