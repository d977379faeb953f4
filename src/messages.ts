/** The bytes that a service sends for a value, and the value in such bytes, without a server. */
import { catalogue } from './apis/catalogue.ts';
import type { Dto } from './contract/dto.ts';
import { MockError, suggest } from './mock-error.ts';
import type { MessageCodec, Settings } from './protocols/protocol.ts';
import { assertNeutral } from './wire/neutral.ts';

/** How `encode` writes a value. */
export interface EncodeOptions {
  /** `json` (default), `jsonl`, `jsv`, `csv`, `xml`; LogiSense has JSON alone. */
  readonly format?: string;
  /** How scalars without a value are written. Default `wire`: as the service's own serializer would. */
  readonly nulls?: Settings['nulls'];
}
/** How `decode` reads a text. */
export interface DecodeOptions {
  /** As of {@link EncodeOptions}. */
  readonly format?: string;
}

/**
 * The text that a service sends for a value in neutral JSON; absent members have their type's default.
 *
 * @param dto The API and the type, `trendsic.ContactResponse`.
 * @throws MockError for a name or format that does not exist; EncodeError for what is not a value of the type (an unknown member,
 * another type, a date that is none), and for a value that the service could not write.
 * @example
 * encode('trendsic.ContactResponse', { Contact: [] }, { format: 'jsv' }); // '{Contact:[]}'
 */
export function encode(dto: string, value: object, { format = 'json', nulls = 'wire' }: EncodeOptions = {}): string {
  const [codec, type] = codecOf(dto, format);
  assertNeutral(type, value);
  return codec.encode(type, value, { format, nulls });
}

/**
 * The value in a service's text or bytes, in neutral JSON with every member present.
 *
 * @throws MockError for a name or format that does not exist; DecodeError, with the service's own message, for what it could not read.
 * @example
 * decode('trendsic.ContactConnectionRequest', '{AgentId:5}', { format: 'jsv' }); // { Contact: null, ContactId: 0, AgentId: 5 }
 */
export function decode(dto: string, body: string | Uint8Array, { format = 'json' }: DecodeOptions = {}): object {
  const [codec, type] = codecOf(dto, format);
  return codec.decode(type, body, { format });
}

/** What reads and writes a type in a format; refuses one that there is not, with the nearest. */
export function codecOf(name: string, format: string): [MessageCodec, Dto] {
  const [apiName = '', typeName = ''] = name.split('.', 2);
  const codec = catalogue.find((api) => api.name === apiName)?.codec;
  const type = codec === undefined || !Object.hasOwn(codec.dtos, typeName) ? undefined : codec.dtos[typeName];
  if (codec === undefined || type === undefined) {
    const names = catalogue.flatMap((api) => Object.keys(api.codec?.dtos ?? {}).map((dto) => `${api.name}.${dto}`));
    const fix = suggest(name, names, `Choose from ${names.join(', ')}.`, String);
    throw new MockError('unknown-dto', `There is no type "${name}".`, fix);
  }
  if (!codec.formats.includes(format)) {
    throw new MockError('unknown-format', `${apiName} does not write "${format}".`, `Choose from ${codec.formats.join(', ')}.`);
  }
  return [codec, type];
}
