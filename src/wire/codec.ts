/** The formats, each with a writer and a reader; `encode` and `decode` choose among them. */
import type { Dto, Infer } from '../contract/dto.ts';
import { detectedText, utf8Text } from './bytes.ts';
import { EncodeError } from './error.ts';
import { CompactReader, type Syntax } from './compact-reader.ts';
import { readCsv, readCsvRows } from './csv/reader.ts';
import { withinCell, writeCsv, writeCsvRows } from './csv/writer.ts';
import { writeJsonl } from './json/lines-writer.ts';
import { indented } from './json/indent.ts';
import { json } from './json/writer.ts';
import { JSON_SYNTAX } from './json/reader.ts';
import { readJsonl, readJsonlRows } from './json/lines-reader.ts';
import { jsv, spread } from './jsv/writer.ts';
import { JSV } from './jsv/reader.ts';
import { inParts } from './long-lists.ts';
import type { Nulls, WireProfile } from './profile.ts';
import { type Decoded, type Message, Reading } from './reading.ts';
import { atOnce, type Work } from '../work.ts';
import { listOfRows, type WriterSettings } from './writer.ts';
import { DECLARATION, spreadXml, writeXml, writeXmlList } from './xml/writer.ts';
import { readXml, readXmlList } from './xml/reader.ts';

export type { Decoded } from './reading.ts';

export type Format = 'json' | 'jsonl' | 'jsv' | 'csv' | 'xml';
export const FORMATS = ['json', 'jsonl', 'jsv', 'csv', 'xml'] as const satisfies readonly Format[];

type Records = readonly (object | null)[];

interface Writers {
  /** One message. */
  readonly one: (dto: Dto, value: object, settings: WriterSettings) => string;
  /** A list of them, the answer to a batch, piece by piece. */
  readonly many: (dto: Dto, values: Records, settings: WriterSettings) => Iterable<string>;
  /** The form of documented samples and of `?debug`. */
  readonly page: (dto: Dto, value: object, settings: WriterSettings) => string;
}

const oneJson: Writers['one'] = (dto, value, settings) => json.record(dto, settings)(value);
const oneJsv: Writers['one'] = (dto, value, settings) => jsv.record(dto, settings)(value);
const oneCsv: Writers['one'] = (dto, value, settings) => writeCsv(dto, settings)(value);

const laidOut = (text: string, { profile }: WriterSettings): string => (profile.isIndented === true ? indented(text) : text);
/** The structure that JSON and JSV share. */
const bracketed = (one: Writers['one']): Writers['many'] =>
  function* (dto, values, settings) {
    let head = '[';
    for (const value of values) {
      yield head + (value === null ? '{}' : one(dto, value, settings));
      head = ',';
    }
    yield values.length === 0 ? '[]' : ']';
  };
const manyJson = bracketed(oneJson);

const WRITERS: Record<Format, Writers> = {
  json: {
    one: (dto, value, settings) => laidOut(oneJson(dto, value, settings), settings),
    many: (dto, values, settings) =>
      settings.profile.isIndented === true ? [indented([...manyJson(dto, values, settings)].join(''))] : manyJson(dto, values, settings),
    page: oneJson,
  },
  jsonl: {
    one: (dto, value, settings) =>
      listOfRows(dto) === undefined ? laidOut(oneJson(dto, value, settings), settings) : writeJsonl(dto, settings)(value),
    *many(dto, values, settings) {
      for (const value of values) yield `${value === null ? '{}' : oneJson(dto, value, settings)}\n`;
    },
    page: oneJson,
  },
  jsv: {
    one: oneJsv,
    many: bracketed(oneJsv),
    page: (dto, value, settings) => spread(oneJsv(dto, value, settings)),
  },
  csv: { one: oneCsv, many: writeCsvRows, page: oneCsv },
  xml: {
    one: (dto, value, settings) => writeXml(dto, settings)(value),
    *many(dto, values, settings) {
      yield DECLARATION;
      yield* writeXmlList(dto, settings)(values);
    },
    page: (dto, value, settings) => spreadXml(writeXml(dto, settings)(value)),
  },
};

export interface EncodeOptions {
  readonly format: Format;
  readonly profile: WireProfile;
  /** How scalars without a value are written; `wire` unless told. */
  readonly nulls?: Nulls;
  /** Frozen records keep their text between calls; for records that are frozen all the way down. */
  readonly isMemoized?: boolean;
  /** `page`: as documented samples stand — XML without declaration and a tag a line, JSV over several lines. */
  readonly layout?: 'wire' | 'page';
}

// One settings object for each combination, so that nothing is made for a call.
const settingsOfProfile = new WeakMap<WireProfile, Map<string, WriterSettings>>();
function settingsOf({ profile, nulls = 'wire', isMemoized = false }: EncodeOptions): WriterSettings {
  let known = settingsOfProfile.get(profile);
  if (known === undefined) settingsOfProfile.set(profile, (known = new Map()));
  const key = `${nulls}${isMemoized}`;
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = { profile, nulls, isMemoized }));
  return found;
}

/**
 * The text that the service sends for a value in neutral JSON; absent members have their type's default.
 *
 * @example
 * encode(ContactResponse, { Contact: [{ FirstName: 'Jo' }] }, { format: 'xml', profile });
 */
export function encode(dto: Dto, value: object, options: EncodeOptions): string {
  try {
    return WRITERS[options.format][options.layout === 'page' ? 'page' : 'one'](dto, value, settingsOf(options));
  } catch (error) {
    // A text has at most half a gigabyte.
    if (!(error instanceof RangeError)) throw error;
    throw new EncodeError("Exception of type 'System.OutOfMemoryException' was thrown.", 'OutOfMemoryException');
  }
}

/** The same for a list of values, as a batch is answered. */
export const encodeList = (dto: Dto, values: Records, options: EncodeOptions): string =>
  [...encodeListInPieces(dto, values, options)].join('');

/** The same piece by piece, for lists that may be long. */
export const encodeListInPieces = (dto: Dto, values: Records, options: EncodeOptions): Iterable<string> =>
  WRITERS[options.format].many(dto, values, settingsOf(options));

/** One value piece by piece, where it holds long lists. */
export const encodeInPieces = (dto: Dto, value: object, options: EncodeOptions): Iterable<string> =>
  options.profile.isIndented === true
    ? [encode(dto, value, options)]
    : inParts(() => encode(dto, value, options), options.format === 'csv' ? withinCell : (text) => text);

/** Text, or bytes as they came. */
export type Body = string | Uint8Array;

interface Readers {
  /** One message; null where the body holds none. */
  readonly one: (body: Body, dto: Dto, reading: Reading, isWhole?: boolean) => Work<Message | null>;
  /** The messages of a batch. */
  readonly many: (body: Body, dto: Dto, reading: Reading) => Work<(Message | null)[]>;
}

const compact = (syntax: Syntax): Readers => ({
  one: (body, dto, reading) => new CompactReader(syntax, reading).message(utf8Text(body), dto),
  many: (body, dto, reading) => new CompactReader(syntax, reading).batch(utf8Text(body), dto),
});

const READERS: Record<Format, Readers> = {
  json: compact(JSON_SYNTAX),
  jsonl: {
    one: (body, dto, reading) => readJsonl(detectedText(body), dto, reading),
    many: (body, dto, reading) => readJsonlRows(detectedText(body), dto, reading),
  },
  jsv: compact(JSV),
  csv: {
    one: (body, dto, reading, isWhole) => readCsv(detectedText(body), dto, reading, isWhole),
    many: (body, dto, reading) => readCsvRows(detectedText(body), dto, reading),
  },
  xml: { one: readXml, many: readXmlList },
};

export interface DecodeOptions {
  readonly format: Format;
  /** The world's time in milliseconds since 1970: dates that name no year or no day take it from there. */
  readonly now: number;
  /** Texts within a cell of CSV lose their quotes, which the service's own reader leaves on. */
  readonly isWhole?: boolean;
}

/**
 * What the service reads from a body. Throws a `DecodeError` with the framework's own message where it reads nothing; a body
 * without a message is one with nothing set.
 *
 * @example
 * decode(ContactConnectionRequest, '{"AgentId":"5"}', { format: 'json', now: world.now() }).value;    // { Contact: null, ContactId: 0, AgentId: 5 }
 */
export const decode = <D extends Dto>(dto: D, body: Body, options: DecodeOptions): Decoded<Infer<D>> =>
  atOnce(decoding(dto, body, options));

/** The same in steps. */
export function* decoding<D extends Dto>(dto: D, body: Body, { format, now, isWhole }: DecodeOptions): Work<Decoded<Infer<D>>> {
  const reading = new Reading(now);
  const value = (yield* READERS[format].one(body, dto, reading, isWhole)) ?? reading.complete(dto, reading.blank(dto));
  return reading.decoded(value as Infer<D>);
}

/** The list of a batch, in steps. A single message counts as a list of one in JSON and JSV. */
export function* decodingList<D extends Dto>(
  dto: D,
  body: Body,
  { format, now }: DecodeOptions,
): Work<Decoded<readonly (Infer<D> | null)[]>> {
  const reading = new Reading(now);
  return reading.decoded((yield* READERS[format].many(body, dto, reading)) as (Infer<D> | null)[]);
}

/** The same in one go. */
export const decodeList = <D extends Dto>(dto: D, body: Body, options: DecodeOptions): Decoded<readonly (Infer<D> | null)[]> =>
  atOnce(decodingList(dto, body, options));
