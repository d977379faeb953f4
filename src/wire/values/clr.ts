/**
 * What .NET makes of each type of field: its name, the value of a member that nobody set, the placeholder of documented samples,
 * and its text in JSON, JSV and XML.
 */
import type { Dto } from '../../contract/dto.ts';
import { type Field, type FieldType, type FieldTypes, FIRST_MOMENT, isScalar, type ScalarType, ZERO_GUID } from '../../contract/field.ts';
import { xsdText } from './date.ts';
import { jsonDate, jsvDate } from './date-text.ts';
import { EncodeError } from '../error.ts';
import type { WireProfile } from '../profile.ts';

const DATA_CONTRACT = 'http://schemas.datacontract.org/2004/07/';

/** Writes a value that is there. */
export type Text = (value: never) => string;
/** Makes the writer of a field's values, once for a DTO. */
export type TextOf = (field: Field, profile: WireProfile, owner: Dto) => Text;

export interface ClrType {
  /** Name in `System`. */
  readonly name: string;
  /** Name of an item of a list in XML. */
  readonly xmlName: string;
  /** .NET's default; null for reference types. */
  readonly initial: unknown;
  readonly json: TextOf;
  readonly jsv: TextOf;
  readonly xml: TextOf;
}

const same = (text: Text) => (): Text => text;
const digits = same(String as Text);
const number = { json: digits, jsv: digits, xml: digits };

/** What JSV quotes a text for (servicestack.md §3.2); CSV looks for fewer. */
const JSV_QUOTED = /["\r\n,:[\]{}]/;
export const jsvText = (value: string): string =>
  value === '' ? '""' : JSV_QUOTED.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON escapes, DEL and C1 controls included (recordings encode/*/text-23, -37)
const JSON_ESCAPED = /[\u0000-\u001f"\\\u007f-\u009f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same
const JSON_ESCAPED_ALL = /[\u0000-\u001f"\\\u007f-\u009f]/g;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  '\\': '\\\\',
  '\f': '\\f',
  '\b': '\\b',
};
const escaped = (char: string): string => SHORT_ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
export const jsonText = (value: string): string =>
  JSON_ESCAPED.test(value) ? `"${value.replace(JSON_ESCAPED_ALL, escaped)}"` : `"${value}"`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: what XML text escapes, rewrites or cannot hold; surrogates are looked at closer
const XML_SPECIAL = /[&<>\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same, surrogates that stand alone only
const XML_REFUSED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;
/** Line breaks of any sort become the writer's own (recording encode/canvara/text-12-xml). */
export function xmlText(value: string): string {
  if (!XML_SPECIAL.test(value)) return value;
  const refused = XML_REFUSED.exec(value)?.[0];
  if (refused !== undefined) {
    const code = refused.charCodeAt(0);
    const shown = code === 0 ? '.' : refused;
    throw new EncodeError(`'${shown}', hexadecimal value 0x${code.toString(16).toUpperCase().padStart(2, '0')}, is an invalid character.`);
  }
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replace(/\r\n?/g, '\n');
}

/** The text as XML can hold it: a point for each character that it cannot. */
export const xmlLegible = (value: string): string => value.replace(new RegExp(XML_REFUSED, 'gu'), '.');

const GUID_FORMS: Record<WireProfile['guid'], (value: string) => string> = {
  N: (value) => value.replaceAll('-', ''),
  D: (value) => value,
};
const guidText = (field: Field, profile: WireProfile) => GUID_FORMS[field.facts.isNullable ? profile.nullableGuid : profile.guid];
const lowerGuid = (value: string): string => value.toLowerCase();

/** A number becomes its name where it has one; others stay numbers (recording encode/canvara/request-enum-undefined). */
const enumText =
  (field: Field) =>
  (value: string | number): string =>
    typeof value === 'number' ? (field.facts.enumeration?.values[value] ?? String(value)) : value;

const doubleText = (value: number): string =>
  Number.isFinite(value)
    ? String(value)
        .replace(/e([+-])(\d)$/, 'E$10$2')
        .replace('e', 'E')
    : Number.isNaN(value)
      ? 'NaN'
      : value > 0
        ? 'Infinity'
        : '-Infinity';

const none: TextOf = () => () => '';
const compound = { initial: null, json: none, jsv: none, xml: none };

export const CLR: Record<FieldType, ClrType> = {
  string: { name: 'String', xmlName: 'string', initial: null, json: same(jsonText), jsv: same(jsvText), xml: same(xmlText) },
  int: { name: 'Int32', xmlName: 'int', initial: 0, ...number },
  long: { name: 'Int64', xmlName: 'long', initial: 0, ...number },
  decimal: { name: 'Decimal', xmlName: 'decimal', initial: '0', ...number },
  double: {
    name: 'Double',
    xmlName: 'double',
    initial: 0,
    json: same(doubleText),
    jsv: same(doubleText),
    xml: same((value: number) => doubleText(value).replace('Infinity', 'INF')),
  },
  bool: {
    name: 'Boolean',
    xmlName: 'boolean',
    initial: false,
    json: same((value: boolean) => (value ? 'true' : 'false')),
    jsv: same((value: boolean) => (value ? 'True' : 'False')),
    xml: same((value: boolean) => (value ? 'true' : 'false')),
  },
  guid: {
    name: 'Guid',
    xmlName: 'guid',
    initial: ZERO_GUID,
    json: (field, profile) => {
      const form = guidText(field, profile);
      return (value: string) => `"${form(value.toLowerCase())}"`;
    },
    jsv: (field, profile) => {
      const form = guidText(field, profile);
      return (value: string) => form(value.toLowerCase());
    },
    xml: same(lowerGuid),
  },
  dateTime: {
    name: 'DateTime',
    xmlName: 'dateTime',
    initial: FIRST_MOMENT,
    json: (_, profile) => jsonDate(profile),
    jsv: (_, profile) => jsvDate(profile),
    xml: same(xsdText),
  },
  enum: {
    name: 'Enum',
    xmlName: 'enum',
    initial: 0,
    json: (field) => {
      const name = enumText(field);
      return (value: string | number) => `"${name(value)}"`;
    },
    jsv: (field) => enumText(field),
    xml: (field, _, owner) => {
      const name = enumText(field);
      return (value: string | number) => {
        const text = name(value);
        if (field.facts.enumeration?.values.includes(text)) return text;
        throw new EncodeError(
          `Enum value '${text}' is invalid for type '${clrEnumName(field, owner)}' and cannot be serialized. Ensure that the necessary enum values are present and are marked with EnumMemberAttribute attribute if the type has DataContractAttribute attribute.`,
          'SerializationException',
        );
      };
    },
  },
  object: { name: 'Object', xmlName: 'anyType', ...compound },
  list: { name: 'List`1', xmlName: 'ArrayOfanyType', ...compound },
  map: { name: 'Dictionary`2', xmlName: 'ArrayOfKeyValueOfstringstring', ...compound },
};

/** The value of a member that nobody set. */
export function initialValue(field: Field): unknown {
  const { type, isNullable, enumeration } = field.facts;
  return isNullable ? null : type === 'enum' ? (enumeration?.values[0] ?? 0) : CLR[type].initial;
}

const PLACEHOLDERS: { readonly [K in ScalarType]: (field: Field) => FieldTypes[K] } = {
  string: () => 'String',
  int: () => 0,
  long: () => 0,
  decimal: () => '0',
  double: () => 0,
  bool: () => false,
  guid: () => ZERO_GUID,
  dateTime: () => FIRST_MOMENT,
  enum: (field) => field.facts.enumeration?.values[0] ?? 0,
};
/** What a documented sample shows for a scalar (servicestack.md §8). */
export const placeholder = (field: Field, type: ScalarType): unknown => field.facts.sampleValue ?? PLACEHOLDERS[type](field);

/** Whether a member of a DTO, a scalar, holds its placeholder. */
export const isPlaceholder = (dto: Dto, name: string, value: unknown): boolean => {
  const { field } = dto.member[name]!;
  return isScalar(field.facts.type) && value === placeholder(field, field.facts.type);
};

/** Namespace and name of a DTO's class: `CRM.AgencyPlatform.API.Internal.Contact`. */
export const clrName = (dto: Dto): string => `${clrNamespace(dto)}${dto.name}`;
/** The same with its assembly, as `__type` has it. */
export const clrTypeName = (dto: Dto, { assembly }: WireProfile): string =>
  `${clrName(dto)}, ${dto.isDataContract ? 'ServiceStack.Interfaces' : assembly}`;
const clrNamespace = (dto: Dto): string =>
  dto.ns.startsWith(DATA_CONTRACT) ? `${dto.ns.slice(DATA_CONTRACT.length)}.` : dto.isDataContract ? 'ServiceStack.' : '';

/** Name of a member's enum, which lives beside the class that declares the member. */
export const clrEnumName = (field: Field, owner: Dto): string => `${clrNamespace(owner)}${field.facts.enumeration?.name ?? ''}`;
