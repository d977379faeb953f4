/** How a scalar must look on the wire: one exact lexical format for each type, and what merely resembles it. */
import type { Field, FieldType } from '../../contract/field.ts';
import type { Rule } from './finding.ts';
import type { ParsedValue } from './parsed-value.ts';

export type ScalarType = Exclude<FieldType, 'object' | 'list' | 'map'>;

export interface LexicalFormat {
  /** In words, for the finding. */
  readonly wanted: string;
  readonly pattern: RegExp;
}
/** How every scalar looks in one format of one service. */
export type LexicalFormats = Readonly<Record<ScalarType, (field: Field) => LexicalFormat>>;

const like = (wanted: string, pattern: RegExp) => (): LexicalFormat => ({ wanted, pattern });
const DAY = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d`;
const ZONE = String.raw`(?:Z|[+-]\d\d:\d\d)`;

/** Guids in 32 digits or with dashes, always in lower case. */
export const guidFormat = (style: 'N' | 'D'): LexicalFormat =>
  style === 'N'
    ? { wanted: 'a Guid of 32 lower-case digits', pattern: /^[0-9a-f]{32}$/ }
    : { wanted: 'a Guid with dashes, lower case', pattern: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ };

/** .NET's round-trip form: always seven digits of a second's fraction. */
export const isoDate: LexicalFormat = {
  wanted: 'a date as 2024-05-06T07:08:09.0000000',
  pattern: new RegExp(String.raw`^${DAY}T${TIME}\.\d{7}${ZONE}?$`),
};
export const wcfDate: LexicalFormat = { wanted: 'a date as /Date(1714979289000)/', pattern: /^\/Date\(-?\d+(?:[+-]\d{4})?\)\/$/ };
export const xmlDate: LexicalFormat = {
  wanted: 'a date as 2024-05-06T07:08:09',
  pattern: new RegExp(String.raw`^${DAY}T${TIME}(?:\.\d{0,6}[1-9])?${ZONE}?$`),
};
export const jsvDate: LexicalFormat = {
  wanted: 'a date as 2024-05-06 or 2024-05-06T07:08:09Z',
  pattern: new RegExp(String.raw`^${DAY}(?:T${TIME}(?:\.\d{7})?${ZONE}?)?$`),
};
/** As the documents show it, or with the zeros at its end cut, as live servers do (logisense.md §15). */
export const millisecondDate: LexicalFormat = {
  wanted: 'a date as 2024-05-06T07:08:09.123Z',
  pattern: new RegExp(String.raw`^${DAY}T${TIME}(?:\.(?:\d{3}|\d{0,1}[1-9]))?Z$`),
};

const named = (field: Field): LexicalFormat => {
  const names = field.facts.enumeration?.values ?? [];
  return { wanted: `one of ${names.join(', ')}`, pattern: new RegExp(`^(?:${names.join('|')})$`) };
};

interface Styles {
  guid(field: Field): LexicalFormat;
  readonly date: LexicalFormat;
  readonly bool: readonly [string, string];
}

export const lexicalFormats = ({ guid, date, bool }: Styles): LexicalFormats => ({
  string: like('a text', /[\s\S]*/),
  int: like('a whole number', /^-?(?:0|[1-9]\d*)$/),
  long: like('a whole number', /^-?(?:0|[1-9]\d*)$/),
  decimal: like('a decimal number', /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/),
  double: like('a number', /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/),
  bool: like(bool.join(' or '), new RegExp(`^(?:${bool.join('|')})$`)),
  guid,
  dateTime: () => date,
  enum: named,
});

const JSON_TYPES: Readonly<Record<ScalarType, ParsedValue['is']>> = {
  string: 'string',
  int: 'number',
  long: 'number',
  decimal: 'number',
  double: 'number',
  bool: 'boolean',
  guid: 'string',
  dateTime: 'string',
  enum: 'string',
};

const NOT_ANOTHER_PRIMITIVE = /^(?!-?\d{1,19}(?:\.\d+)?$)(?!(?:true|false)$)/i;
/** What is meant to be of the type, though not in the wanted form; anything else is of another type. */
const RESEMBLES: Readonly<Record<ScalarType, RegExp>> = {
  string: /[\s\S]*/,
  int: /^[+-]?\d+(?:\.0+)?(?:e\+?\d+)?$/i,
  long: /^[+-]?\d+(?:\.0+)?(?:e\+?\d+)?$/i,
  decimal: /^[+-]?[\d.,]*\d(?:e[+-]?\d+)?$/i,
  double: /^[+-]?[\d.,]*\d(?:e[+-]?\d+)?$/i,
  bool: /^(?:true|false|1|0)$/i,
  guid: NOT_ANOTHER_PRIMITIVE,
  dateTime: NOT_ANOTHER_PRIMITIVE,
  enum: NOT_ANOTHER_PRIMITIVE,
};

const RANGES: Partial<Record<ScalarType, readonly [bigint, bigint]>> = {
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
};

const MAX_DIGITS = 20;
const isWithin = (text: string, [least, most]: readonly [bigint, bigint]): boolean =>
  text.length <= MAX_DIGITS && BigInt(text) >= least && BigInt(text) <= most;

/** Why a scalar is not as the contract has it; undefined where it is. `isTyped`: the format itself tells types (JSON). */
export function scalarDiffers(
  field: Field,
  value: ParsedValue,
  formats: LexicalFormats,
  isTyped: boolean,
): { rule: Rule; wanted: string } | undefined {
  const type = field.facts.type as ScalarType;
  const { wanted, pattern } = formats[type](field);
  const isScalar = value.is !== 'object' && value.is !== 'list' && value.children.length === 0;
  if (!isScalar || (isTyped && value.is !== JSON_TYPES[type]))
    return { rule: 'type', wanted: isTyped ? `${wanted} (${JSON_TYPES[type]})` : wanted };
  if (!pattern.test(value.text)) {
    const isMeant = value.is === 'string' || RESEMBLES[type].test(value.text);
    return { rule: isMeant ? 'form' : 'type', wanted };
  }
  const range = RANGES[type];
  const isInside = range === undefined || isWithin(value.text, range);
  return isInside ? undefined : { rule: 'type', wanted: `${wanted} from ${range[0]} to ${range[1]}` };
}
