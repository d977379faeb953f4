/** A message, or an error, as an answer in the negotiated format: content type, JSONP, `?debug`, `?jsconfig`, pages for browsers. */
import { type Dto, dto as declare } from '../../../contract/dto.ts';
import { list, object } from '../../../contract/field.ts';
import { xmlLegible } from '../../../wire/values/clr.ts';
import { EncodeError } from '../../../wire/error.ts';
import type { MaybePromise, Reply, ReplyBody } from '../../../http/message.ts';
import { REASONS } from '../../../http/reasons.ts';
import { explain } from '../explain.ts';
import { type Failure, responseStatus } from './failure.ts';
import { asHeader, contentTypeOf, formatOf, type WireFormat } from '../formats.ts';
import type { AnswerContext } from './answer-context.ts';
import { bodyOf, write } from './body.ts';
import { loginAddress } from '../auth/addresses.ts';
import type { ServiceRequest } from '../request/request.ts';
import { ErrorResponse } from './response-status.ts';

interface ReplyInit {
  readonly status?: number;
  readonly reason?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One message or a list of them (the answer to a batch); `null` is no content. */
export type Message = object | readonly (object | null)[] | null;

const JAVASCRIPT = 'text/javascript';
const CSV = contentTypeOf('csv');
const isJsv = (contentType: string): boolean => contentType.includes('jsv');

/** What a service gave back. */
export function answer(context: AnswerContext, dto: Dto, message: Message, init: ReplyInit = {}): MaybePromise<Reply> {
  const { request, contentType, operation } = context;
  // The header is set for each message before it is looked at (recording errors/trendsic/service-null-csv); an empty batch has none.
  const isSuccess = (init.status ?? 200) < 300 && !(Array.isArray(message) && message.length === 0);
  const disposition = isSuccess && contentType === CSV ? { 'Content-Disposition': `attachment;filename="${operation}.csv"` } : undefined;
  if (message === null) return reply(context, { status: 204, headers: { ...init.headers, ...disposition } }, null);
  const format = formatOf(contentType);
  // There is no serializer for an echoed type such as image/png: the framework says so without a body it could not write either.
  if (format === undefined) return reply(context, { status: 405, headers: { 'Content-Type': contentType } }, null);
  if (isJsv(contentType) && (request.query.get('debug') ?? '') !== '') {
    return reply(
      context,
      { ...init, headers: { ...init.headers, 'Content-Type': asHeader(contentTypeOf('json')) } },
      write(context, 'jsv', dto, message, 'page'),
    );
  }
  if (format === 'html') return report(context, dto, message, init);
  const { callback } = request;
  const type = callback !== undefined && contentType.includes('application/json') ? JAVASCRIPT : asHeader(contentType);
  const written = { ...init, headers: { 'Content-Type': type, ...disposition, ...init.headers } };
  const failed = (error: unknown): MaybePromise<Reply> => {
    if (!(error instanceof EncodeError)) throw error;
    context.isUnwritable = true;
    const fate = request.verb === 'GET' ? '' : ' Nothing was stored.';
    explain(request.call, {
      message: `The answer holds a value that ${format.toUpperCase()} cannot: ${error.message} Another format can.${fate}`,
      contract: dto.name,
    });
    // The reason phrase was set before the body was written, and stays.
    const { reason } = init;
    const failure = { status: 500, errorCode: error.errorCode, message: error.message };
    return answerError(context, reason === undefined ? failure : { ...failure, reason });
  };
  try {
    const body = bodyOf(context, format, dto, message);
    return body instanceof Promise ? body.then((late) => reply(context, written, late), failed) : reply(context, written, body);
  } catch (error) {
    return failed(error);
  }
}

/** An error that the service raised: in its own type, and the reason phrase is the error code. */
export function answerFailure(
  context: AnswerContext,
  dto: Dto,
  failure: Failure,
  headers?: Readonly<Record<string, string>>,
): MaybePromise<Reply> {
  const forBrowser = handledForBrowser(context, failure);
  if (forBrowser !== undefined) return forBrowser;
  const init = {
    status: failure.status,
    ...(failure.reason === undefined ? {} : { reason: failure.reason }),
    ...(headers === undefined ? {} : { headers }),
  };
  return answer(context, dto, { ResponseStatus: responseStatus(failure) }, init);
}

/** An error from before the service was asked: generic, and JSONP makes a success of it. */
export function answerError(context: AnswerContext, failure: Failure): MaybePromise<Reply> {
  const forBrowser = handledForBrowser(context, failure);
  if (forBrowser !== undefined) return forBrowser;
  const { contentType, request } = context;
  const format = formatOf(contentType);
  const { status, reason = REASONS[status] } = failure;
  const { callback } = request;
  const phrase = reason === undefined ? {} : { reason };
  // JSONP makes a success of it, under the error's own phrase (servicestack.md §13 F9).
  const init =
    callback === undefined
      ? { status, ...phrase, headers: { 'Content-Type': asHeader(contentType) } }
      : { status: 200, ...phrase, headers: { 'Content-Type': JAVASCRIPT } };
  if (format === 'html') return report(context, ErrorResponse, { ResponseStatus: responseStatus(failure) }, init);
  const body = format === undefined ? null : writeError(context, format, failure);
  return reply(context, init, callback === undefined ? body : `${callback}(${body ?? ''})`);
}

/** An error quotes what was wrong, be it a character that XML has not: it stands as a point there (recording encode/trendsic/text-24-xml). */
function writeError(context: AnswerContext, format: WireFormat, failure: Failure): string {
  try {
    return write(context, format, ErrorResponse, { ResponseStatus: responseStatus(failure) });
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    const { message, errors = [] } = failure;
    const legible = {
      ...failure,
      message: xmlLegible(message),
      errors: errors.map((each) => ({ ...each, Message: xmlLegible(each.Message ?? '') })),
    };
    return write(context, format, ErrorResponse, { ResponseStatus: responseStatus(legible) });
  }
}

/** Browsers are sent to sign in, and get plain words for what they may not see or what is not there (servicestack.md §12 E12). */
function handledForBrowser(context: AnswerContext, failure: Failure): Reply | undefined {
  if (formatOf(context.contentType) !== 'html') return undefined;
  if (failure.status === 401) return redirectToLogin(context);
  if (failure.status === 402 || failure.status === 403) return forbidden(context, failure.reason, failure.status);
  if (failure.status !== 404) return undefined;
  const headers = { 'Content-Type': 'text/plain; charset=utf-8' };
  const init = { status: 404, headers, ...(failure.reason === undefined ? {} : { reason: failure.reason }) };
  return reply(context, init, `Error (${failure.errorCode}): ${failure.message}\n\n404`);
}

export const redirectToLogin = (context: AnswerContext, headers: Readonly<Record<string, string>> = {}): Reply =>
  reply(context, { status: 302, headers: { ...headers, Location: loginAddress(context.request, context.host.service) } }, null);

export const forbidden = (context: AnswerContext, reason: string | undefined, status = 403): Reply =>
  reply(
    context,
    { status, headers: { 'Content-Type': 'text/plain' }, ...(reason === undefined ? {} : { reason }) },
    forbiddenText(context.request),
  );

/** What the framework's own handler of a 403 writes. */
export function forbiddenText(request: ServiceRequest): string {
  const query = request.query.entries.map(([name, value]) => `${name}=${value}`).join('&');
  return [
    'Forbidden',
    '',
    `Request.HttpMethod: ${request.verb}`,
    `Request.PathInfo: ${request.pathInfo}`,
    `Request.QueryString: ${query}`,
    '',
    '',
  ].join('\r\n');
}

export function reply(context: AnswerContext, { status = 200, reason, headers = {} }: ReplyInit, body: ReplyBody): Reply {
  return {
    status,
    headers: context.cookies.length === 0 ? headers : { ...headers, 'Set-Cookie': context.cookies },
    body,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** The pages are loaded when a browser first asks. */
async function report(context: AnswerContext, dto: Dto, message: object | readonly (object | null)[], init: ReplyInit): Promise<Reply> {
  const [{ reportPage }, { pageHeaders }] = await Promise.all([import('./report-page.ts'), import('./page.ts')]);
  const { host, request, operation, contentType } = context;
  const { inbound, world } = request.call;
  const one = Array.isArray(message)
    ? { dto: batchOf(dto), value: { Results: message } }
    : { dto, value: message as Readonly<Record<string, unknown>> };
  const text = reportPage({ name: operation, ...one, now: world.now(), isError: (init.status ?? 200) >= 400 }, host, inbound);
  const shown = request.callback === undefined ? text : `${request.callback}(${text})`;
  return reply(context, { ...init, headers: { ...pageHeaders(contentType), ...init.headers } }, shown);
}

const batchOf = (dto: Dto): Dto => declare('Batch', {}, { Results: list(object(() => dto)) }) as unknown as Dto;
