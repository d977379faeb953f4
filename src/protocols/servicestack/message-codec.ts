/** A service's messages in its five formats, for those who want the bytes without a server. */
import type { Dto } from '../../contract/dto.ts';
import { typesOf } from '../../derive/metadata.ts';
import { START_OF_TIME } from '../../store/clock.ts';
import { decode, encode, FORMATS, type Format } from '../../wire/codec.ts';
import type { MessageCodec } from '../protocol.ts';
import type { ServiceOperation } from './operation.ts';
import type { ServiceStackProfile } from './profile.ts';
import { ErrorResponse } from './answer/response-status.ts';

export function messageCodec(operations: Readonly<Record<string, ServiceOperation>>, profile: ServiceStackProfile): MessageCodec {
  const messages = Object.values(operations).flatMap(({ request, response }) => [request, response]);
  const types = [...typesOf(...messages, ErrorResponse)].filter((type): type is Dto => 'members' in type);
  return {
    dtos: Object.fromEntries(types.map((dto) => [dto.name, dto])),
    formats: FORMATS,
    encode: (dto, value, { format, nulls }) => encode(dto, value, { format: format as Format, profile, nulls }),
    decode: (dto, body, { format }) => decode(dto, body, { format: format as Format, now: START_OF_TIME, isWhole: true }).value,
  };
}
