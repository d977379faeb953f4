/** How a scalar must look on the wire: one exact form for each kind, and what merely resembles it. */
import type { Field, FieldType } from '../contract/field.ts';
import type { Rule } from './finding.ts';
import type { Seen } from './seen.ts';

export type Scalar = Exclude<FieldType, 'object' | 'list' | 'map'>;

export interface Form {
  /** In words, for the finding. */
  readonly wanted: string;
  readonly pattern: RegExp;
}
/** The forms of one format of one service. */
export type Forms = Readonly<Record<Scalar, (field: Field) => Form>>;

const form = (wanted: string, pattern: RegExp) => (): Form => ({ wanted, pattern });
const DAY = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d`;
const ZONE = String.raw`(?:Z|[+-]\d\d:\d\d)`;

/** Guids in 32 digits or with dashes, always in lower case. */
export const guidForm = (style: 'N' | 'D'): Form =>
  style === 'N'
    ? { wanted: 'a Guid of 32 lower-case digits', pattern: /^[0-9a-f]{32}$/ }
    : { wanted: 'a Guid with dashes, lower case', pattern: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ };

/** .NET's round-trip form: always seven digits of a second's fraction. */
export const isoDate: Form = {
  wanted: 'a date as 2024-05-06T07:08:09.0000000',
  pattern: new RegExp(String.raw`^${DAY}T${TIME}\.\d{7}${ZONE}?$`),
};
export const wcfDate: Form = { wanted: 'a date as /Date(1714979289000)/', pattern: /^\/Date\(-?\d+(?:[+-]\d{4})?\)\/$/ };
export const xmlDate: Form = {
  wanted: 'a date as 2024-05-06T07:08:09',
  pattern: new RegExp(String.raw`^${DAY}T${TIME}(?:\.\d{0,6}[1-9])?${ZONE}?$`),
};
export const jsvDate: Form = {
  wanted: 'a date as 2024-05-06 or 2024-05-06T07:08:09Z',
  pattern: new RegExp(String.raw`^${DAY}(?:T${TIME}(?:\.\d{7})?${ZONE}?)?$`),
};
export const millisecondDate: Form = {
  wanted: 'a date as 2024-05-06T07:08:09.000Z',
  pattern: new RegExp(String.raw`^${DAY}T${TIME}\.\d{3}Z$`),
};

const named = (field: Field): Form => {
  const names = field.facts.enumeration?.values ?? [];
  return { wanted: `one of ${names.join(', ')}`, pattern: new RegExp(`^(?:${names.join('|')})$`) };
};

interface Styles {
  guid(field: Field): Form;
  readonly date: Form;
  readonly bool: readonly [string, string];
}

export const formsOf = ({ guid, date, bool }: Styles): Forms => ({
  string: form('a text', /[\s\S]*/),
  int: form('a whole number', /^-?(?:0|[1-9]\d*)$/),
  long: form('a whole number', /^-?(?:0|[1-9]\d*)$/),
  decimal: form('a decimal number', /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/),
  double: form('a number', /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/),
  bool: form(bool.join(' or '), new RegExp(`^(?:${bool.join('|')})$`)),
  guid,
  dateTime: () => date,
  enum: named,
});

const JSON_TYPES: Readonly<Record<Scalar, Seen['is']>> = {
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
/** What is meant to be of the kind, though not in the wanted form; anything else is of another type. */
const RESEMBLES: Readonly<Record<Scalar, RegExp>> = {
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

const RANGES: Partial<Record<Scalar, readonly [bigint, bigint]>> = {
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
};

/** Why a scalar is not as the contract has it; undefined where it is. `isTyped`: the format itself tells types (JSON). */
export function scalarDiffers(field: Field, seen: Seen, forms: Forms, isTyped: boolean): { rule: Rule; wanted: string } | undefined {
  const kind = field.facts.type as Scalar;
  const { wanted, pattern } = forms[kind](field);
  const isScalar = seen.is !== 'object' && seen.is !== 'list' && seen.children.length === 0;
  if (!isScalar || (isTyped && seen.is !== JSON_TYPES[kind]))
    return { rule: 'type', wanted: isTyped ? `${wanted} (${JSON_TYPES[kind]})` : wanted };
  if (!pattern.test(seen.text)) {
    const isMeant = seen.is === 'string' || RESEMBLES[kind].test(seen.text);
    return { rule: isMeant ? 'form' : 'type', wanted };
  }
  const range = RANGES[kind];
  const isInside = range === undefined || (BigInt(seen.text) >= range[0] && BigInt(seen.text) <= range[1]);
  return isInside ? undefined : { rule: 'type', wanted: `${wanted} from ${range[0]} to ${range[1]}` };
}
