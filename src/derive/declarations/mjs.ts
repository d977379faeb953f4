/** DTOs as JavaScript classes with JSDoc, in the words of ServiceStack's generator (as the Trendsic document shows them). */
import type { Dto } from '../../contract/dto.ts';
import type { Enumeration, Field } from '../../contract/field.ts';
import { byDependencies, type Declared, declared, type DeclaredService, isEnumeration } from './declared.ts';
import type { DeclarationOptions } from './options.ts';
import { descriptionOf, initializer, scriptType } from './typescript.ts';

export function mjsDeclarations(service: DeclaredService, options: DeclarationOptions): string {
  const chosen = declared(service, options);
  const blocks = byDependencies(chosen).map((type) =>
    isEnumeration(type) ? enumerationBlock(type, options) : classBlock(type, chosen, options),
  );
  return `"use strict";\n${blocks.join('')}`;
}

const enumerationBlock = ({ name, values }: Enumeration, { AddDocAnnotations }: DeclarationOptions): string =>
  `${AddDocAnnotations ? `/** @typedef {${values.map((value) => `'${value}'`).join('|')}} */\n` : ''}export var ${name};
(function (${name}) {
${values.map((value) => `    ${name}["${value}"] = "${value}"\n`).join('')}})(${name} || (${name} = {}));
`;

function classBlock(dto: Dto, chosen: Declared, options: DeclarationOptions): string {
  const operation = chosen.operations.get(dto);
  const returns = options.AddReturnMarker || operation?.isMarked ? operation?.returns : undefined;
  const init: string[] = [];
  for (let owner: Dto | undefined = dto; owner !== undefined; owner = owner.base) {
    for (const [name, field] of Object.entries(owner.fields)) init.push(`${name}?:${scriptType(field)}`);
  }
  return [
    `export class ${dto.name}${dto.base === undefined ? '' : ` extends ${dto.base.name}`} {`,
    ...(options.AddDocAnnotations && init.length > 0 ? [`    /** @param {{${init.join(',')}}} [init] */`] : []),
    `    constructor(init) { ${dto.base === undefined ? '' : 'super(init); '}Object.assign(this, init) }`,
    ...Object.entries(dto.fields).map(([name, field]) =>
      member(name, field, descriptionOf(dto, field.facts.doc, { declared: chosen, options }), options),
    ),
    ...(operation === undefined
      ? []
      : [
          `    getTypeName() { return '${dto.name}' }`,
          `    getMethod() { return '${operation.method}' }`,
          returns === undefined ? '    createResponse () { };' : `    createResponse() { return new ${returns.name}() }`,
        ]),
    '}\n',
  ].join('\n');
}

function member(name: string, field: Field, doc: string, options: DeclarationOptions): string {
  const declaration = `    ${name}${initializer(field, options)};`;
  if (!options.AddDocAnnotations) return declaration;
  const type = `@type {${field.facts.isNullable || options.MakePropertiesOptional ? '?' : ''}${scriptType(field)}}`;
  return `${doc === '' ? `    /** ${type} */` : `    /**\n     * ${type}\n     * @description ${doc} */`}\n${declaration}`;
}
