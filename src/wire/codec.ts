/** The formats, each with a writer and a reader; `encode` and `decode` choose among them. */
import type { Dto } from '../contract/dto.ts';
import { writeCsv, writeCsvRows } from './csv.ts';
import { json } from './json.ts';
import { jsv, spread } from './jsv.ts';
import type { Nulls, WireProfile } from './profile.ts';
import type { Writing } from './writing.ts';
import { DECLARATION, spreadXml, writeXml, writeXmlList } from './xml.ts';

export type Format = 'json' | 'jsonl' | 'jsv' | 'csv' | 'xml';
export const FORMATS = ['json', 'jsonl', 'jsv', 'csv', 'xml'] as const satisfies readonly Format[];

type Records = readonly (object | null)[];

interface Writers {
  /** One message. */
  readonly one: (dto: Dto, value: object, writing: Writing) => string;
  /** A list of them, the answer to a batch. */
  readonly many: (dto: Dto, values: Records, writing: Writing) => string;
  /** The form of documented samples and of `?debug`. */
  readonly page: (dto: Dto, value: object, writing: Writing) => string;
}

const oneJson: Writers['one'] = (dto, value, writing) => json.record(dto, writing)(value);
const oneCsv: Writers['one'] = (dto, value, writing) => writeCsv(dto, writing)(value);

const WRITERS: Record<Format, Writers> = {
  json: {
    one: oneJson,
    many: (dto, values, writing) => `[${values.map((value) => (value === null ? '{}' : oneJson(dto, value, writing))).join(',')}]`,
    page: oneJson,
  },
  jsonl: {
    one: oneJson,
    many: (dto, values, writing) => values.map((value) => `${value === null ? '{}' : oneJson(dto, value, writing)}\n`).join(''),
    page: oneJson,
  },
  jsv: {
    one: (dto, value, writing) => jsv.record(dto, writing)(value),
    many: (dto, values, writing) => `[${values.map((value) => (value === null ? '{}' : jsv.record(dto, writing)(value))).join(',')}]`,
    page: (dto, value, writing) => spread(jsv.record(dto, writing)(value)),
  },
  csv: { one: oneCsv, many: writeCsvRows, page: oneCsv },
  xml: {
    one: (dto, value, writing) => DECLARATION + writeXml(dto, writing)(value),
    many: (dto, values, writing) => DECLARATION + writeXmlList(dto, writing)(values),
    page: (dto, value, writing) => spreadXml(writeXml(dto, writing)(value)),
  },
};

export interface EncodeOptions {
  readonly format: Format;
  readonly profile: WireProfile;
  /** How scalars without a value are written; `wire` unless told. */
  readonly nulls?: Nulls;
  /** Frozen records keep their text between calls; for records that are frozen all the way down. */
  readonly isRemembered?: boolean;
  /** JSON names in camel case. */
  readonly isCamelCase?: boolean;
  /** `page`: as documented samples stand — XML without declaration and a tag a line, JSV over several lines. */
  readonly layout?: 'wire' | 'page';
}

// One settings object for each combination, so that nothing is made for a call.
const writings = new WeakMap<WireProfile, Map<string, Writing>>();
function writing({ profile, nulls = 'wire', isRemembered = false, isCamelCase = false }: EncodeOptions): Writing {
  let known = writings.get(profile);
  if (known === undefined) writings.set(profile, (known = new Map()));
  const key = `${nulls}${isRemembered}${isCamelCase}`;
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = { profile, nulls, isRemembered, isCamelCase }));
  return found;
}

/**
 * The text that the service sends for a value in neutral JSON; absent members have their type's default.
 *
 * @example
 * encode(ContactResponse, { Contact: [{ FirstName: 'Jo' }] }, { format: 'xml', profile });
 */
export function encode(dto: Dto, value: object, options: EncodeOptions): string {
  return WRITERS[options.format][options.layout === 'page' ? 'page' : 'one'](dto, value, writing(options));
}

/** The same for a list of values, as a batch is answered. */
export function encodeList(dto: Dto, values: Records, options: EncodeOptions): string {
  return WRITERS[options.format].many(dto, values, writing(options));
}
