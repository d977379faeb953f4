/** Compares one exchange with a ServiceStack API's contract. */
import type { Api } from '../../protocols/protocol.ts';
import type { ServiceOperation } from '../../protocols/servicestack/operation.ts';
import type { ServiceStackProfile } from '../../protocols/servicestack/profile.ts';
import { type Compared, type ComparedCall, compareAnswer, type ShownRecord, type Expectation, isError } from '../compare/answer.ts';
import type { AnswerFormat } from '../compare/answer-format.ts';
import type { Nulls } from '../compare/comparison.ts';
import type { RecordValue } from '../compare/record-value.ts';
import { type Exchange, type ExchangeRequest, type ExchangeResponse, pathOf, queryOf } from '../exchange.ts';
import { compareConsistency } from './consistency.ts';
import { type ServiceCall, serviceCall } from './documented-call.ts';
import { anyError, compareError, empty, success, unauthorized, unbound } from './expectations.ts';
import { formatsOf, type ServiceFormats } from './formats.ts';

export interface ServiceStackSubject {
  /** `trendsic` */
  readonly name: string;
  readonly operations: Readonly<Record<string, ServiceOperation>>;
  readonly profile: ServiceStackProfile;
}

/** An API that states how ServiceStack is set up for it. */
export const isServiceStack = (api: Api): api is Api & ServiceStackSubject => 'profile' in api;

/** Undefined where the call is none of the API's operations, or the answer none that the contract describes (a page for people). */
export function compareServiceExchange(api: ServiceStackSubject, exchange: Exchange, nulls: Nulls): ComparedCall | undefined {
  const { request, response } = exchange;
  const formats = formatsOf(api.profile);
  const found = serviceCall(request, api.operations, formats);
  if (found === undefined) return undefined;
  const { operation } = found;
  const format = found.format ?? answeredFormat(response, formats);
  if (format === undefined) return undefined;
  const { method, target } = request;
  const { status } = response;
  const hasBody = method !== 'OPTIONS' && method !== 'HEAD';
  const as = hasBody ? ` as ${format.name}` : '';
  const label = {
    operation: `${api.name}.${operation.name}`,
    name: `${method} ${operation.path}${as}`,
    call: `${method} ${pathOf(target)}${as}`,
  };
  // Whatever a recorder notes: an answer to HEAD has no body.
  if (method === 'HEAD')
    return { ...label, ...compareAnswer({ ...response, body: undefined }, isError(status) ? { ...empty, status } : empty) };
  if (method === 'OPTIONS') return { ...label, ...compareAnswer(response, empty) };
  // An operation answers its own verbs.
  if (isError(status) && status !== METHOD_NOT_ALLOWED) return { ...label, ...compareAnyError(found, format, response) };
  const compared = compareSuccess(operation, format, exchange, nulls);
  return { ...label, ...compared, shown: shownRecords(operation, request, compared.record) };
}

/** The whole answer, under path and query: it is the same in every format, and after every verb that is no request of its own. */
function shownRecords(
  { response: dto, verbs }: ServiceOperation,
  { target, body }: ExchangeRequest,
  record: RecordValue | undefined,
): readonly ShownRecord[] {
  const hasMessage = body !== undefined && body.length > '{}'.length;
  if (record === undefined || (verbs === 'all' && hasMessage)) return [];
  const query = queryOf(target);
  query.delete('format');
  query.sort();
  return [{ key: `${pathOf(target).toLowerCase()}?${query}`, dto, record, path: '' }];
}

const METHOD_NOT_ALLOWED = 405;

export function compareSuccess(operation: ServiceOperation, format: AnswerFormat, { request, response }: Exchange, nulls: Nulls): Compared {
  const compared = compareAnswer(response, success(operation, format, nulls));
  if (compared.record !== undefined) compareConsistency(operation, request, compared.record, compared.differences);
  return compared;
}

export function compareFailure(response: ExchangeResponse, expected: Expectation): Compared {
  const compared = compareAnswer(response, expected);
  if (expected.body !== undefined) compareError(compared);
  return compared;
}

const FORBIDDEN = 403;

function compareAnyError({ operation, isReadable }: ServiceCall, format: AnswerFormat, response: ExchangeResponse): Compared {
  const { status, headers, body } = response;
  if (!isReadable) return compareFailure(response, unbound(format));
  if (status === unauthorized.status && body?.length === 0) return compareUnauthorized(response);
  // The framework's own handler writes plain words, whatever the format.
  if (status === FORBIDDEN && headers['content-type']?.startsWith('text/plain'))
    return compareAnswer({ ...response, body: NO_BYTES }, { status, body: undefined });
  return compareFailure(response, anyError(operation, format, status));
}
const NO_BYTES = new Uint8Array();

/** Nobody is signed in, and the answer says how to. */
export function compareUnauthorized(response: ExchangeResponse): Compared {
  const compared = compareAnswer(response, unauthorized);
  if (response.status === unauthorized.status && response.headers['www-authenticate'] === undefined)
    compared.differences.add('WWW-Authenticate', 'missing', 'the way to sign in', 'nothing');
  return compared;
}

/** The format that the service chose; undefined where it chose the page. */
function answeredFormat({ headers }: ExchangeResponse, formats: ServiceFormats): AnswerFormat | undefined {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'text/html') return undefined;
  return Object.values(formats).find(({ mediaType }) => mediaType === type) ?? formats.json;
}
