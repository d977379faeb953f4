/** Compares one exchange with a ServiceStack API's contract. */
import type { Api } from '../../protocols/protocol.ts';
import type { ServiceOperation } from '../../protocols/servicestack/operation.ts';
import type { ServiceStackProfile } from '../../protocols/servicestack/profile.ts';
import { type Compared, compareAnswer, type Expectation, isError } from '../compare/answer.ts';
import type { AnswerFormat } from '../compare/answer-format.ts';
import type { Nulls } from '../compare/comparison.ts';
import { Differences } from '../compare/finding.ts';
import { type Exchange, type ExchangeResponse, pathOf } from '../exchange.ts';
import { compareConsistency } from './consistency.ts';
import { serviceCall } from './documented-call.ts';
import { anyError, compareError, empty, success, unauthorized } from './expectations.ts';
import { formatsOf, type ServiceFormats } from './formats.ts';

export interface ServiceStackSubject {
  /** `trendsic` */
  readonly name: string;
  readonly operations: Readonly<Record<string, ServiceOperation>>;
  readonly profile: ServiceStackProfile;
}

/** An API that states how ServiceStack is set up for it. */
export const isServiceStack = (api: Api): api is Api & ServiceStackSubject => 'profile' in api;

/** What was compared, and as what. */
export interface ComparedCall extends Compared {
  /** `trendsic.ContactConnectionRequest` */
  readonly operation: string;
  /** `GET /v1/ContactConnections/5 as JSON` */
  readonly call: string;
}

/** Undefined where the call is none of the API's operations, or the answer none that the contract describes (a page for people). */
export function compareServiceExchange(api: ServiceStackSubject, exchange: Exchange, nulls: Nulls): ComparedCall | undefined {
  const { request, response } = exchange;
  const formats = formatsOf(api.profile);
  const found = serviceCall(request, api.operations, formats);
  if (found === undefined) return undefined;
  const { operation } = found;
  const format = found.format ?? answeredFormat(response, formats);
  if (format === undefined) return undefined;
  const label = { operation: `${api.name}.${operation.name}`, call: `${request.method} ${pathOf(request.target)} as ${format.name}` };
  if (request.method === 'OPTIONS' || request.method === 'HEAD') {
    const { status } = response;
    return { ...label, ...compareAnswer(response, isError(status) ? { ...empty, status } : empty) };
  }
  if (!isError(response.status)) return { ...label, ...compareSuccess(operation, format, exchange, nulls) };
  return { ...label, ...compareAnyError(operation, format, response) };
}

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

const NOTHING_TO_COMPARE: Compared = { differences: new Differences(), record: undefined, parsed: undefined };
const FORBIDDEN = 403;

function compareAnyError(operation: ServiceOperation, format: AnswerFormat, response: ExchangeResponse): Compared {
  const { status, headers, body } = response;
  if (status === unauthorized.status && body?.length === 0) return compareAnswer(response, unauthorized);
  // The framework's own handler writes plain words, whatever the format.
  if (status === FORBIDDEN && headers['content-type']?.startsWith('text/plain')) return NOTHING_TO_COMPARE;
  return compareFailure(response, anyError(operation, format, status));
}

/** The format that the service chose; undefined where it chose the page. */
function answeredFormat({ headers }: ExchangeResponse, formats: ServiceFormats): AnswerFormat | undefined {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'text/html') return undefined;
  return Object.values(formats).find(({ mediaType }) => mediaType === type) ?? formats.json;
}
