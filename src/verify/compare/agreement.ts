/** Whether two observations of one record say the same, however each format writes a value. */
import type { Dto } from '../../contract/dto.ts';
import type { Field } from '../../contract/field.ts';
import { isNullable, type Nulls } from './comparison.ts';
import { Differences, type Difference, within } from './finding.ts';
import type { ScalarType } from './lexical-format.ts';
import { isNothing, isRecord, type RecordValue, showValue, type Value } from './record-value.ts';
import type { References } from './references.ts';

/** A record as one answer shows it. */
export interface Observation {
  /** As the finding calls it: `in JSON`. */
  readonly where: string;
  readonly record: RecordValue;
}

/** Points in time that a date's text can mean: a service may or may not write the zone, and WCF keeps milliseconds. */
function moments(text: string): readonly number[] {
  const wcf = /^\/Date\((-?\d+)([+-]\d{4})?\)\/$/.exec(text);
  if (wcf !== null) {
    const sign = wcf[2]?.startsWith('-') ? -1 : 1;
    const offset = wcf[2] === undefined ? 0 : sign * (Number(wcf[2].slice(1, 3)) * 60 + Number(wcf[2].slice(3))) * 60_000;
    return [Number(wcf[1]), Number(wcf[1]) + offset];
  }
  const [, day = '', time = '00:00:00', fraction = '', zone] = /^([\d-]{10})(?:T([\d:]{8})(\.\d+)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  const clock = `${day}T${time}${fraction.slice(0, 4)}`;
  return [Date.parse(`${clock}Z`), Date.parse(`${clock}${zone ?? 'Z'}`)];
}

const trimmed = (text: string): string => (/^-?\d+\.\d*$/.test(text) ? text.replace(/\.?0+$/, '') : text);
const exact = (left: string, right: string): boolean => left === right;
const numeric = (left: string, right: string): boolean => trimmed(left) === trimmed(right) || Number(left) === Number(right);

const SAME: Readonly<Record<ScalarType, (left: string, right: string) => boolean>> = {
  // XML readers make every line end a line feed.
  string: (left, right) => left.replace(/\r\n?/g, '\n') === right.replace(/\r\n?/g, '\n'),
  int: exact,
  long: exact,
  decimal: (left, right) => trimmed(left) === trimmed(right),
  double: numeric,
  bool: (left, right) => left.toLowerCase() === right.toLowerCase(),
  guid: (left, right) => left.replaceAll('-', '') === right.replaceAll('-', ''),
  dateTime: (left, right) => moments(left).some((moment) => moments(right).includes(moment)),
  enum: exact,
};

/** Formats differ in what they write where there is no value. */
const isEmpty = (field: Field, value: Value): boolean =>
  isNothing(value) || value === '' || (field.facts.type === 'guid' && typeof value === 'string' && /^[0-]+$/.test(value));

/** How two observations are compared. */
export interface AgreementOptions {
  readonly references: References;
  readonly nulls: Nulls;
}

/** Where `found` differs from `wanted`; what could not be read was reported already. `path`: where `found` stands. */
export function disagreements(
  dto: Dto,
  wanted: Observation,
  found: Observation,
  options: AgreementOptions,
  path = '',
): readonly Difference[] {
  const differences = new Differences();
  new Agreement(differences, wanted.where, found.where, options).records(dto, wanted.record, found.record, path);
  return differences.all;
}

class Agreement {
  readonly #differences: Differences;
  readonly #where: string;
  readonly #here: string;
  readonly #options: AgreementOptions;

  constructor(differences: Differences, where: string, here: string, options: AgreementOptions) {
    this.#differences = differences;
    this.#where = where;
    this.#here = here;
    this.#options = options;
  }

  records(dto: Dto, wanted: RecordValue, found: RecordValue, path: string): void {
    for (const { name, field } of dto.members) {
      if (name in wanted && name in found) this.#values(field, wanted[name], found[name], within(path, name));
    }
  }

  #values(field: Field, wanted: Value, found: Value, path: string): void {
    const { type, of, item } = field.facts;
    if (wanted === undefined || found === undefined || type === 'map') return;
    if (isEmpty(field, wanted) && isEmpty(field, found)) return;
    if (isNothing(wanted) || isNothing(found)) {
      if (!(this.#options.nulls === 'wire' && isNullable(field))) this.#differ(field, wanted, found, path);
    } else if (type === 'object') {
      if (of !== undefined && isRecord(wanted) && isRecord(found)) this.records(of(), wanted, found, path);
    } else if (type === 'list') this.#lists(item as Field, wanted as readonly Value[], found as readonly Value[], path);
    else if (!SAME[type](wanted as string, found as string)) this.#differ(field, wanted, found, path);
  }

  #lists(item: Field, wanted: readonly Value[], found: readonly Value[], path: string): void {
    if (wanted.length !== found.length) {
      this.#differences.add(path, 'value', `${wanted.length} items, as ${this.#where}`, `${found.length} items ${this.#here}`);
      return;
    }
    for (const [i, value] of wanted.entries()) this.#values(item, value, found[i], `${path}[]`);
  }

  #differ(field: Field, wanted: Value, found: Value, path: string): void {
    const { references } = this.#options;
    const shown = (value: Value): string =>
      field.facts.type === 'guid' && typeof value === 'string' ? references.name(value) : showValue(value);
    const rule = isNothing(found) ? 'missing' : 'value';
    this.#differences.add(path, rule, `${shown(wanted)}, as ${this.#where}`, `${shown(found)} ${this.#here}`);
  }
}
