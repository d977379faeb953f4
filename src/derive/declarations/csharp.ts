/** DTOs as C# classes, in the words of ServiceStack's generator (recorded: `describe`, types/csharp). */
import type { Dto } from '../../contract/dto.ts';
import type { Enumeration, Field } from '../../contract/field.ts';
import { clrType, referredEnumeration } from '../metadata.ts';
import { apiMember, type DeclarationOptions, declaredTypes, isEnumeration, routeOf } from './order.ts';

const SYSTEM = [
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

export function csharpDeclarations(options: DeclarationOptions): string {
  const types = declaredTypes(options);
  const byNamespace = new Map<string, (Dto | Enumeration)[]>();
  for (const type of types) {
    const namespace = isEnumeration(type) ? enumerationNamespace(type, types) : clrNamespace(type);
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), type]);
  }
  const namespaces = [...byNamespace.keys()].sort();
  const usings = [...SYSTEM, ...namespaces].map((name) => `using ${name};\n`).join('');
  const blocks = namespaces.map((namespace) => {
    const inOrder = byNamespace.get(namespace)!.sort((a, b) => (a.name < b.name ? -1 : 1));
    const bodies = inOrder.map((type) => (isEnumeration(type) ? enumerationBlock(type) : classBlock(type, options)));
    return `namespace ${namespace}\n{\n${bodies.join('\n')}\n}\n`;
  });
  return `${usings}\n${blocks.join('\n')}`;
}

/** An enumeration stands beside the first class that uses it; no document shows its own namespace. */
function enumerationNamespace(enumeration: Enumeration, types: readonly (Dto | Enumeration)[]): string {
  const user = types.find(
    (type): type is Dto => !isEnumeration(type) && Object.values(type.fields).some((field) => referredEnumeration(field) === enumeration),
  );
  return user === undefined ? '' : clrNamespace(user);
}

const enumerationBlock = ({ name, values }: Enumeration): string =>
  `    public enum ${name}\n    {\n${values.map((value) => `        ${value},\n`).join('')}    }\n`;

function classBlock(dto: Dto, options: DeclarationOptions): string {
  const operation = options.operations.find(({ request }) => request === dto);
  const bases = [
    ...(dto.base === undefined ? [] : [dto.base.name]),
    ...(options.hasClientMembers && operation !== undefined ? [`IReturn<${operation.response.name}>`] : []),
  ];
  const lists = options.initializesLists ? Object.entries(dto.fields).filter(([, { facts }]) => facts.type === 'list') : [];
  return [
    ...summary(dto.doc, '    ', options),
    ...(operation === undefined || !options.hasComments ? [] : [`    [${routeOf(operation)}]`]),
    `    public partial class ${dto.name}`,
    ...(bases.length === 0 ? [] : [`        : ${bases.join(', ')}`]),
    '    {',
    ...(lists.length === 0
      ? []
      : [
          `        public ${dto.name}()`,
          '        {',
          ...lists.map(([name, field]) => `            ${name} = new ${clrType(field)}{};`),
          '        }\n',
        ]),
    ...Object.entries(dto.fields).map(([name, field], i) => `${i > 0 && options.hasComments ? '\n' : ''}${member(name, field, options)}`),
    '    }\n',
  ].join('\n');
}

function member(name: string, field: Field, options: DeclarationOptions): string {
  const attribute = options.hasComments ? apiMember(name, field, clrType(field)) : undefined;
  return [
    ...summary(field.facts.doc, '        ', options),
    ...(attribute === undefined ? [] : [`        [${attribute}]`]),
    `        public virtual ${clrType(field)} ${name} { get; set; }`,
  ].join('\n');
}

function summary(doc: string, indent: string, { hasComments }: DeclarationOptions): string[] {
  if (!hasComments || doc === '') return [];
  const text = doc.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [`${indent}///<summary>`, `${indent}///${text}`, `${indent}///</summary>`];
}
