/** Who may call: 401, 403 and the way to sign in, before the operation is asked (servicestack.md §5; recordings `auth`, `errors`). */
import type { Inbound, MaybePromise, Reply } from '../../../http/message.ts';
import type { AnswerContext } from '../answer/answer-context.ts';
import { answerError, answerFailure, forbidden, redirectToLogin, reply } from '../answer/answer.ts';
import { explain } from '../explain.ts';
import { FrameworkError } from '../answer/failure.ts';
import { formatOf } from '../formats.ts';
import { byKey, type Identity, identify } from './identity.ts';
import { errorType, type ServiceOperation } from '../operation.ts';
import { SessionIds } from './sessions.ts';

/** Passes every role check. */
const ADMIN = 'Admin';
const NOT_AUTHENTICATED = 'Not Authenticated';
const INVALID_ROLE = 'Invalid Role';

/** The refusal; undefined for a caller who may pass. Cookies are left in `context`. */
export function refusal(context: AnswerContext, operation: ServiceOperation): MaybePromise<Reply | undefined> {
  const { request, host } = context;
  const { auth } = host.settings;
  const authorization = request.call.inbound.header('authorization');
  const key = authorization === undefined ? undefined : byKey(authorization);
  if (auth === 'off' || (auth === 'documented' && !operation.isAuthenticated)) {
    request.call.caller = key?.caller.name;
    return undefined;
  }
  if (key !== undefined) return roleRefusal(context, operation, key);
  const ids = new SessionIds(request.call);
  if (host.profile.guard === 'service') ids.complete();
  let identity: MaybePromise<Identity | undefined>;
  try {
    identity = identify(request, ids);
  } catch (error) {
    return refusedBy(error, context, operation, ids);
  }
  if (!(identity instanceof Promise)) return decide(context, operation, ids, identity);
  return identity.then(
    (late) => decide(context, operation, ids, late),
    (error: unknown) => refusedBy(error, context, operation, ids),
  );
}

function decide(
  context: AnswerContext,
  operation: ServiceOperation,
  ids: SessionIds,
  identity: Identity | undefined,
): Reply | undefined | Promise<Reply> {
  if (identity === undefined) {
    ids.createWhereNone();
    context.cookies.push(...ids.cookies);
    return unauthenticated(context);
  }
  const refused = roleRefusal(context, operation, identity, ids.cookies);
  if (refused !== undefined) return refused;
  ids.complete();
  context.cookies.push(...ids.cookies);
  return undefined;
}

function roleRefusal(
  context: AnswerContext,
  { anyRole }: ServiceOperation,
  { caller }: Identity,
  cookies: readonly string[] = [],
): Reply | undefined | Promise<Reply> {
  const { call } = context.request;
  call.caller = caller.name;
  if (anyRole.length === 0 || caller.roles.some((role) => role === ADMIN || anyRole.includes(role))) return undefined;
  context.cookies.push(...cookies);
  explain(call, {
    message: `${caller.name} has none of the roles ${anyRole.join(', ')}. Call as ${anyRole[0]?.toLowerCase()}, or as admin.`,
    rule: `one of the roles ${anyRole.join(', ')}`,
    value: caller.roles,
    contract: context.operation,
  });
  return forbidden(context, INVALID_ROLE);
}

/** No body in any format, a redirect for a browser, and a success for JSONP. */
export function unauthenticated(context: AnswerContext): Reply | Promise<Reply> {
  const { host, request } = context;
  const { firstProvider } = host.profile;
  const headers = { 'WWW-Authenticate': `${firstProvider} realm="/auth/${firstProvider}"` };
  explain(request.call, {
    message:
      withheldCookie(request.call.inbound) ??
      `${context.operation} asks for a caller. Send "Authorization: Bearer worker", or Basic with a user's name as name and password, or start the mock with --auth off.`,
    rule: 'an authenticated caller',
    value: request.call.inbound.header('authorization') ?? null,
    contract: context.operation,
  });
  if (formatOf(context.contentType) === 'html') return redirectToLogin(context, headers);
  if (request.callback === undefined) return reply(context, { status: 401, headers }, null);
  const failure = { status: 401, errorCode: 'Unauthorized', message: NOT_AUTHENTICATED, reason: NOT_AUTHENTICATED };
  const answered = answerError({ ...context, contentType: 'application/json' }, failure);
  const withHeaders = (late: Reply): Reply => ({ ...late, headers: { ...late.headers, ...headers } });
  return answered instanceof Promise ? answered.then(withHeaders) : withHeaders(answered);
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A page on one of this machine's names that calls another is on another site: a browser sends no cookie of a sign-in then. */
function withheldCookie(inbound: Inbound): string | undefined {
  const from = inbound.header('origin');
  if (from === undefined || inbound.header('cookie') !== undefined || inbound.header('authorization') !== undefined) return undefined;
  if (!URL.canParse(from) || !URL.canParse(inbound.origin)) return undefined;
  const [page, mock] = [new URL(from), new URL(inbound.origin)];
  if (page.hostname === mock.hostname || !LOOPBACK.has(page.hostname) || !LOOPBACK.has(mock.hostname)) return undefined;
  return `No cookie was sent: to a browser, ${page.hostname} and ${mock.hostname} are different sites. Call the mock at ${mock.protocol}//${page.hostname}:${mock.port}, or send "Authorization: Bearer worker".`;
}

/** A provider threw: generic where the guard is a filter, the operation's own error where it belongs to the service. */
function refusedBy(error: unknown, context: AnswerContext, operation: ServiceOperation, ids: SessionIds): MaybePromise<Reply> {
  if (!(error instanceof FrameworkError)) throw error;
  context.cookies.push(...ids.cookies);
  explain(context.request.call, {
    message: `The credentials were refused: ${error.message}. Users are worker, agent, administrator, admin and visitor; the password is the name.`,
    rule: error.errorCode,
    contract: context.operation,
  });
  if (context.host.profile.guard === 'request') return answerError(context, error);
  const { status, errorCode, message } = error;
  // The guard of a service class fails with the first item of a batch.
  const batch =
    context.operation === operation.name ? undefined : { meta: { AutoBatchIndex: '0' }, headers: { 'X-AutoBatch-Completed': '0' } };
  const failure = { status, errorCode, message, reason: errorCode, ...(batch === undefined ? {} : { meta: batch.meta }) };
  return answerFailure(context, errorType(operation), failure, batch?.headers);
}
