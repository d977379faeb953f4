/** Compares one exchange with a LogiSense API's contract. */
import type { RestOperation } from '../../protocols/logisense-rest/operation.ts';
import type { Api } from '../../protocols/protocol.ts';
import { type Compared, type ComparedCall, compareAnswer, isError } from '../compare/answer.ts';
import type { Nulls } from '../compare/comparison.ts';
import { References } from '../compare/references.ts';
import { type Exchange, type ExchangeRequest, pathOf } from '../exchange.ts';
import { operationAt, type RouteMatch } from '../route.ts';
import { compareConsistency } from './consistency.ts';
import { anyError, success, type SuccessOptions } from './expectations.ts';
import { keyOf, shownRecords } from './shown-records.ts';
import { patchedMessage, type ResourceOperations, writtenMessages } from './write-results.ts';

export interface LogiSenseSubject {
  /** `logisense` */
  readonly name: string;
  readonly operations: Readonly<Record<string, RestOperation>>;
}

/** An API whose operations are verbs on resources. */
export const isLogiSense = (api: Api): api is Api & LogiSenseSubject =>
  Object.values(api.operations).every((operation) => 'resource' in operation && 'verb' in operation);

/** Undefined where the call is none of the API's operations. */
export function compareRestExchange(api: LogiSenseSubject, exchange: Exchange, nulls: Nulls): ComparedCall | undefined {
  const { request, response } = exchange;
  const found = restCall(request, api.operations);
  if (found === undefined || isPage(exchange)) return undefined;
  const { operation, values } = found;
  const label = {
    operation: `${api.name}.${operation.name}`,
    name: `${request.method} ${operation.path}`,
    call: `${request.method} ${pathOf(request.target)}`,
  };
  const { status } = response;
  // An end point answers its own verb.
  if (isError(status) && status !== METHOD_NOT_ALLOWED) {
    const missing = status === NOT_FOUND && values['id'] !== undefined ? { missing: keyOf(operation, values['id']) } : {};
    return { ...label, ...missing, ...compareAnswer(response, anyError(operation, status)) };
  }
  const options = { nulls, ...messagesOf(operation, resourceOf(operation, api.operations), request) };
  const compared = compareSuccess(operation, exchange, values['id'], options);
  return { ...label, ...compared, shown: shownRecords(operation, compared.record) };
}

export function compareSuccess(
  operation: RestOperation,
  { request, response }: Exchange,
  id: string | undefined,
  options: SuccessOptions,
  references = new References(),
): Compared {
  const compared = compareAnswer(response, success(operation, options));
  const { record, differences } = compared;
  if (record !== undefined) compareConsistency({ operation, request, id, record, differences, references });
  return compared;
}

const NOT_FOUND = 404;
const METHOD_NOT_ALLOWED = 405;

/** A browser that walks to `/contact` of some other site. */
const isPage = ({ request, response }: Exchange): boolean =>
  (request.headers['accept'] ?? '').includes('text/html') && (response.headers['content-type'] ?? '').startsWith('text/html');

/** The vendor's own base path, which a call may or may not carry (logisense.md §1). */
const BASE = /^\/ResourceServer\/api\/v\d+(\/internal)?(?=\/|$)/i;

/** Paths that no document has (`/Contact/Metadata`) are none of the operations; an id is a whole number. */
function restCall(
  { method, target }: ExchangeRequest,
  operations: Readonly<Record<string, RestOperation>>,
): RouteMatch<RestOperation> | undefined {
  const found = operationAt(operations, method, pathOf(target).replace(BASE, ''));
  return found?.values['id'] === undefined || /^[+-]?\d+$/.test(found.values['id']) ? found : undefined;
}

/** All operations of the same resource, by verb. */
const resourceOf = ({ resource }: RestOperation, operations: Readonly<Record<string, RestOperation>>): ResourceOperations =>
  Object.fromEntries(
    Object.values(operations)
      .filter((operation) => operation.resource === resource)
      .map((operation) => [operation.verb, operation]),
  );

/** A record without children has no lists of them (logisense.md §9). */
const CHILDREN = /^instance\.|\[\]\./;

function messagesOf(operation: RestOperation, resource: ResourceOperations, request: ExchangeRequest): Partial<SuccessOptions> {
  if (operation.verb === 'patch') return patchedMessage(resource);
  if (operation.verb === 'create' || operation.verb === 'update') return { dtos: writtenMessages(operation, resource, request) };
  return { optionalChildren: CHILDREN };
}
