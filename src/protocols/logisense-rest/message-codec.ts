/** The messages of a REST API as its JSON, for those who want the bytes without a server. */
import type { Dto } from '../../contract/dto.ts';
import { everyScalar, type Field, type FieldType } from '../../contract/field.ts';
import { typesOf } from '../../derive/metadata.ts';
import { DecodeError } from '../../wire/error.ts';
import type { MessageCodec } from '../protocol.ts';
import type { RestOperation } from './operation.ts';

type Written = (value: unknown, field: Field) => unknown;
const asIs: Written = (value) => value;
const digits: Written = (value) => Number(value);

/** A value as its JSON holds it. */
const WRITTEN: Record<FieldType, Written> = {
  ...everyScalar(asIs),
  long: digits,
  decimal: digits,
  object: (value, { facts }) => members(facts.of!(), value as object),
  list: (value, { facts }) => (value as unknown[]).map((item) => written(item, facts.item!)),
  map: asIs,
};
const written: Written = (value, field) => (value === null ? null : WRITTEN[field.facts.type](value, field));

const isChild = ({ facts }: Field): boolean => facts.type === 'object' || facts.type === 'list';

/** Members in documented order: a scalar without a value is null, a child that is not there is left out (surface.md §2). */
function members(dto: Dto, value: object): object {
  const sent = value as Readonly<Record<string, unknown>>;
  const entries = dto.members
    .filter(({ name, field }) => !isChild(field) || (sent[name] ?? null) !== null)
    .map(({ name, field }) => [name, written(sent[name] ?? null, field)]);
  return Object.fromEntries(entries);
}

export function messageCodec(operations: Readonly<Record<string, RestOperation>>): MessageCodec {
  const messages = Object.values(operations).flatMap(({ request, response, error }) => [request, response, error]);
  const types = [...typesOf(...messages.filter((dto) => dto !== undefined))].filter((type): type is Dto => 'members' in type);
  return {
    dtos: Object.fromEntries(types.map((dto) => [dto.name, dto])),
    formats: ['json'],
    encode: (dto, value) => JSON.stringify(members(dto, value)),
    decode(dto, body) {
      try {
        return members(dto, JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body)) as object);
      } catch (error) {
        throw new DecodeError(`This is not JSON: ${(error as Error).message}`);
      }
    },
  };
}
