/** DTOs as plain TypeScript interfaces, for those who only copy: what stands in a JSON body, whichever service wrote it. */
import type { Dto } from '../../contract/dto.ts';
import type { Enumeration, Field, FieldType } from '../../contract/field.ts';
import { isReference } from '../metadata.ts';
import { isEnumeration } from './declared.ts';
import { PLAIN_WORDS } from './typescript.ts';

const WORDS: Record<FieldType, (field: Field) => string> = {
  ...PLAIN_WORDS,
  list: ({ facts }) => `${WORDS[facts.item!.facts.type](facts.item!)}[]`,
  map: () => 'Record<string, string>',
};

/** What no word of TypeScript tells. */
const REMARKS: Partial<Record<FieldType, string>> = { guid: 'GUID', dateTime: 'date and time', long: '64 bits', decimal: 'decimal' };

export const interfaceDeclarations = (types: Iterable<Dto | Enumeration>): string =>
  [...types].map((type) => (isEnumeration(type) ? union(type) : interfaceOf(type))).join('\n');

const union = ({ name, values }: Enumeration): string => `export type ${name} = ${values.map((value) => `'${value}'`).join(' | ')};\n`;

function interfaceOf(dto: Dto): string {
  const members = Object.entries(dto.fields).map(([name, field]) => {
    const { facts } = field;
    const canBeNull = facts.isNullable || isReference(facts.type);
    const remark = REMARKS[facts.type];
    const doc = [facts.doc, ...(remark === undefined ? [] : [`(${remark})`])].filter((text) => text !== '').join(' ');
    const comment = doc === '' ? '' : `  /** ${doc} */\n`;
    return `${comment}  ${facts.isReadOnly ? 'readonly ' : ''}${name}${canBeNull ? '?' : ''}: ${WORDS[facts.type](field)}${canBeNull ? ' | null' : ''};\n`;
  });
  const comment = dto.doc === '' ? '' : `/** ${dto.doc} */\n`;
  return `${comment}export interface ${dto.name}${dto.base === undefined ? '' : ` extends ${dto.base.name}`} {\n${members.join('')}}\n`;
}
