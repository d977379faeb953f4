/** One request and its answer against the contract: shapes, types, lexical formats, order, envelope; no values but those that follow from the request. */
import type { Api } from '../protocols/protocol.ts';
import type { ComparedCall } from './compare/answer.ts';
import type { Nulls } from './compare/comparison.ts';
import type { Finding } from './compare/finding.ts';
import type { Exchange } from './exchange.ts';
import { compareRestExchange, isLogiSense } from './logisense-rest/compare.ts';
import { compareServiceExchange, isServiceStack } from './servicestack/compare.ts';

export interface CompareOptions {
  /** `wire`: a nullable member that is absent or null is no finding. */
  readonly nulls?: Nulls;
}

export interface ComparedExchange {
  /** `trendsic.ContactConnectionRequest` */
  readonly operation: string;
  /** The same for every call of its kind: `GET /Contact/{id}`, with the format where there are several. */
  readonly name: string;
  /** The call as findings name it: `GET /Contact/1`, with the format where there are several. */
  readonly call: string;
  /** Empty where the answer is as documented. */
  readonly findings: readonly Finding[];
}

/**
 * Compares an answer with what its operation promises, errors included. Undefined where the request asks for no operation of the
 * API, or for a page that people read: then there is nothing to compare.
 *
 * @example
 * const compared = compareExchange(api, {
 *   request: { method: 'GET', target: '/Contact/1', headers: { accept: 'application/json' } },
 *   response: { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body },
 * });
 * compared?.findings;   // [{ operation: 'logisense.Contact.get', member: 'lastName', rule: 'type', wanted: …, seen: … }]
 */
export function compareExchange(
  api: Api,
  exchange: Exchange,
  { nulls = 'placeholder' }: CompareOptions = {},
): ComparedExchange | undefined {
  const compared = compareCall(api, exchange, nulls);
  if (compared === undefined) return undefined;
  const { operation, name, call, differences } = compared;
  return { operation, name, call, findings: differences.all.map((difference) => ({ operation, call, ...difference })) };
}

/** The same, with what could be read of the answer. */
export function compareCall(api: Api, exchange: Exchange, nulls: Nulls): ComparedCall | undefined {
  if (isServiceStack(api)) return compareServiceExchange(api, exchange, nulls);
  return isLogiSense(api) ? compareRestExchange(api, exchange, nulls) : undefined;
}
