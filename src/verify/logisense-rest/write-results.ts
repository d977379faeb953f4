/** How else the items of a write can look: wrapped rows, children of the row, links (logisense.md §6, §7, §8). */
import { type Dto, dto, type Fields } from '../../contract/dto.ts';
import { guid, int, list, object, string } from '../../contract/field.ts';
import type { RestOperation, Verb } from '../../protocols/logisense-rest/operation.ts';
import type { ExpectedBody } from '../compare/answer.ts';
import type { ExchangeRequest } from '../exchange.ts';
import { itemOf, jsonHeader } from './expectations.ts';

export type ResourceOperations = Readonly<Partial<Record<Verb, RestOperation>>>;

/** POST and PUT: flat or wrapped, as the header says; without one each server has its own default. */
export function writtenMessages(operation: RestOperation, { patch }: ResourceOperations, request: ExchangeRequest): ExpectedBody['dtos'] {
  const flat = operation.response;
  if (patch === undefined) return [flat];
  const asked = String(jsonHeader(request, 'OutputFormat')?.['format']).toLowerCase();
  if (asked === 'instance') return [flat];
  return asked === 'result' ? [patch.response] : [flat, patch.response];
}

/** PATCH: rows of the resource and of its children, or links, which have other members. */
export function patchedMessage({ patch, getDetail }: ResourceOperations): {
  dtos: ExpectedBody['dtos'];
  alternatives: ReadonlySet<string>;
} {
  const row = patch && itemOf(patch.response).member['instance']?.field.facts.of?.();
  const details = getDetail && itemOf(getDetail.response).member['details']?.field.facts.of?.();
  const children = details?.members.map(({ field }) => (field.facts.item ?? field).facts.of?.()) ?? [];
  const rows = [row, ...children].filter((each) => each !== undefined);
  const members: Fields = Object.fromEntries(rows.flatMap((each) => each.members.map(({ name, field }) => [name, field])));
  const instance = dto('Row', {}, members);
  const link = { identity: int().nullable(), lhsId: int().nullable(), rhsId: int().nullable(), foreignKeyIdentity: int().nullable() };
  const item = dto('PatchResult', {}, { ...link, action: string(), dtoTypeKey: string(), instance: object(() => instance) });
  const results = dto('PatchResults', {}, { totalCount: int(), items: list(object(() => item)) });
  const message: Dto = dto('Patched', {}, { trackingId: guid(), type: string(), results: object(() => results) }) as unknown as Dto;
  return { dtos: [message], alternatives: new Set([...Object.keys(members), ...Object.keys(link), 'instance']) };
}
