/** Whether two readings of one record say the same, whatever form each format gives to a value. */
import type { Dto } from '../contract/dto.ts';
import type { Field } from '../contract/field.ts';
import { isNullable, type Read, type ReadRecord } from './compare.ts';
import { type Differences, within } from './finding.ts';
import type { Scalar } from './forms.ts';
import type { References } from './references.ts';

export interface Reading {
  /** As the finding calls it: `in JSON`. */
  readonly where: string;
  readonly record: ReadRecord;
}

const isRecord = (read: Read): read is ReadRecord => typeof read === 'object' && read !== null && !Array.isArray(read);

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

const SAME: Readonly<Record<Scalar, (left: string, right: string) => boolean>> = {
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

const isNothing = (field: Field, read: Read): boolean =>
  read === null || read === '' || (field.facts.type === 'guid' && typeof read === 'string' && /^[0-]+$/.test(read));

export class Agreement {
  readonly #differences: Differences;
  readonly #references: References;
  readonly #nulls: 'placeholder' | 'wire';

  constructor(differences: Differences, references: References, nulls: 'placeholder' | 'wire') {
    this.#differences = differences;
    this.#references = references;
    this.#nulls = nulls;
  }

  /** Tells where `seen` says something else than `wanted`; what could not be read was told already. */
  records(dto: Dto, wanted: Reading, seen: Reading, path = ''): void {
    for (const { name, field } of dto.members) {
      if (!(name in wanted.record) || !(name in seen.record)) continue;
      this.#values(field, { ...wanted, value: wanted.record[name] }, { ...seen, value: seen.record[name] }, within(path, name));
    }
  }

  #values(field: Field, wanted: Reading & { value: Read }, seen: Reading & { value: Read }, path: string): void {
    if (wanted.value === undefined || seen.value === undefined) return;
    if (isNothing(field, wanted.value) && isNothing(field, seen.value)) return;
    if (wanted.value === null || seen.value === null) {
      if (!(this.#nulls === 'wire' && isNullable(field)) && field.facts.type !== 'map') this.#differ(field, wanted, seen, path);
      return;
    }
    const { type, of, item } = field.facts;
    if (type === 'map') return;
    if (type === 'object') {
      if (of !== undefined && isRecord(wanted.value) && isRecord(seen.value)) {
        this.records(of(), { ...wanted, record: wanted.value }, { ...seen, record: seen.value }, path);
      }
    } else if (type === 'list') this.#lists(item as Field, wanted, seen, path);
    else if (!SAME[type](wanted.value as string, seen.value as string)) this.#differ(field, wanted, seen, path);
  }

  #lists(item: Field, wanted: Reading & { value: Read }, seen: Reading & { value: Read }, path: string): void {
    const left = wanted.value as readonly Read[];
    const right = seen.value as readonly Read[];
    if (left.length !== right.length) {
      this.#differences.add(path, 'value', `${left.length} items, as ${wanted.where}`, `${right.length} items ${seen.where}`);
      return;
    }
    for (const [i, value] of left.entries()) this.#values(item, { ...wanted, value }, { ...seen, value: right[i] }, `${path}[]`);
  }

  #differ(field: Field, wanted: Reading & { value: Read }, seen: Reading & { value: Read }, path: string): void {
    const { type } = field.facts;
    const show = (read: Read): string => {
      if (read === null) return 'nothing';
      if (typeof read !== 'string') return Array.isArray(read) ? 'a list' : 'a record';
      return type === 'guid' ? this.#references.name(read) : JSON.stringify(read.length > 60 ? `${read.slice(0, 60)}…` : read);
    };
    const rule = seen.value === null ? 'missing' : 'value';
    this.#differences.add(path, rule, `${show(wanted.value)}, as ${wanted.where}`, `${show(seen.value)} ${seen.where}`);
  }
}
