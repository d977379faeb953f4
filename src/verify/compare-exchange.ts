/** One request and its answer against the contract: shapes, types, lexical formats, order, envelope; no values but those that follow from the request. */
import type { Api } from '../protocols/protocol.ts';
import type { ComparedCall } from './compare/answer.ts';
import type { Nulls } from './compare/comparison.ts';
import type { Exchange } from './exchange.ts';
import { compareRestExchange, isLogiSense } from './logisense-rest/compare.ts';
import { compareServiceExchange, isServiceStack } from './servicestack/compare.ts';

export interface CompareOptions {
  /** `wire`: a nullable member that is absent or null is no finding. */
  readonly nulls?: Nulls;
}

/**
 * Compares an answer with what its operation promises, errors included. Undefined where the request asks for no operation of the
 * API, or for a page that people read: then there is nothing to compare.
 */
export function compareCall(api: Api, exchange: Exchange, nulls: Nulls): ComparedCall | undefined {
  if (isServiceStack(api)) return compareServiceExchange(api, exchange, nulls);
  return isLogiSense(api) ? compareRestExchange(api, exchange, nulls) : undefined;
}
