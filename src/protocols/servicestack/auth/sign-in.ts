/** ServiceStack's sign-in services: `/auth`, `/auth/{provider}`, `/access-token`, `/session-to-token` (servicestack.md §5, §12 E9, §13 F4). */
import type { Dto } from '../../../contract/dto.ts';
import { preflight } from '../../../http/cors.ts';
import { atOnce } from '../../../work.ts';
import type { Reply } from '../../../http/message.ts';
import { bodilessPlan, fixedPlan, type Mount, type Plan, type Planner } from '../../protocol.ts';
import type { AnswerContext } from '../answer/answer-context.ts';
import { answer, answerError, answerFailure } from '../answer/answer.ts';
import { convertSession, createAccessToken } from './access-token.ts';
import { authenticate } from './authenticate.ts';
import {
  Authenticate,
  AuthenticateLogout,
  AuthenticateResponse,
  ConvertSessionToToken,
  ConvertSessionToTokenResponse,
  GetAccessToken,
  GetAccessTokenResponse,
} from './messages.ts';
import { type BoundMessage, bindPredefined, bindRoute, type PathValues } from '../request/bind.ts';
import { explain } from '../explain.ts';
import { failureOf, FrameworkError, responseStatus } from '../answer/failure.ts';
import { contentTypeOf, type Format, formatNamed, formatOf, suffixed } from '../formats.ts';
import { BROKEN_ACCEPT, negotiate } from '../request/negotiate.ts';
import type { ServiceHost } from '../service-host.ts';
import type { ServiceRequest } from '../request/request.ts';
import { NOTHING, requestPlanner } from '../request-planner.ts';
import { ServiceError } from '../service.ts';
import { SessionIds } from './sessions.ts';
import type { SignInService } from './sign-in-service.ts';

interface SignInOperation {
  readonly request: Dto;
  readonly response: Dto;
  readonly verbs: readonly string[] | 'all';
  readonly serve: SignInService;
}

const OPERATIONS = {
  Authenticate: { request: Authenticate, response: AuthenticateResponse, verbs: ['GET', 'POST'], serve: authenticate },
  AuthenticateLogout: {
    request: AuthenticateLogout,
    response: AuthenticateResponse,
    verbs: 'all',
    serve: (context, message, ids) => authenticate(context, { ...message, provider: 'logout' }, ids),
  },
  GetAccessToken: { request: GetAccessToken, response: GetAccessTokenResponse, verbs: 'all', serve: createAccessToken },
  ConvertSessionToToken: { request: ConvertSessionToToken, response: ConvertSessionToTokenResponse, verbs: 'all', serve: convertSession },
} as const satisfies Record<string, SignInOperation>;

export function mountSignIn(mount: Mount, host: ServiceHost): void {
  const base = host.service.basePath;
  const auth = requestPlanner(host, (request) => {
    const [path, suffix] = withoutSuffix(request.pathInfo);
    const [first, provider, ...more] = path.split('/').filter(Boolean);
    if (first?.toLowerCase() !== 'auth' || more.length > 0) return NOT_FOUND;
    return ownPlan(host, OPERATIONS.Authenticate, request, suffix, provider === undefined ? [] : [['provider', provider]]);
  });
  const own = (operation: SignInOperation, literal: string): Planner =>
    requestPlanner(host, (request) => {
      const [path, suffix] = withoutSuffix(request.pathInfo);
      return path.toLowerCase().split('/').filter(Boolean).join('/') === literal
        ? ownPlan(host, operation, request, suffix, [])
        : NOT_FOUND;
    });
  mount.route(`${base}/${suffixed('auth')}`, auth);
  mount.route(`${base}/auth/*`, auth);
  mount.route(`${base}/${suffixed('access-token')}`, own(OPERATIONS.GetAccessToken, 'access-token'));
  mount.route(`${base}/${suffixed('session-to-token')}`, own(OPERATIONS.ConvertSessionToToken, 'session-to-token'));
}

/** The path without a suffix that names a format, and the format. */
function withoutSuffix(pathInfo: string): readonly [string, Format | undefined] {
  const dot = pathInfo.lastIndexOf('.');
  const format = dot < 0 ? undefined : formatNamed(pathInfo.slice(dot + 1));
  return [format === undefined ? pathInfo : pathInfo.slice(0, dot), format];
}

export const signInNames: readonly string[] = Object.keys(OPERATIONS);

/** The sign-in operation of this name, in any case: ServiceStack's own routes lead to it too. */
export const signInOperation = (name: string): SignInOperation | undefined =>
  Object.values(OPERATIONS).find(({ request }) => request.name.toLowerCase() === name.toLowerCase());

function ownPlan(
  host: ServiceHost,
  operation: SignInOperation,
  request: ServiceRequest,
  suffix: Format | undefined,
  path: PathValues,
): Plan {
  if (request.verb === 'OPTIONS') return fixedPlan(() => preflight(request.call.inbound));
  if (operation.verbs !== 'all' && !operation.verbs.includes(request.verb)) return NOT_FOUND;
  const contentType = suffix === undefined ? negotiate(request, host.settings) : contentTypeOf(suffix);
  if (contentType === BROKEN_ACCEPT) return NOTHING;
  return planOf(host, operation, request, contentType, () => atOnce(bindRoute(operation.request, path, request)));
}

/** On `/json/reply/Authenticate` and its like. */
export const signInPlan = (
  host: ServiceHost,
  operation: SignInOperation,
  request: ServiceRequest,
  contentType: string,
  reads: string | undefined,
): Plan => planOf(host, operation, request, contentType, () => atOnce(bindPredefined(operation.request, reads, request)));

const NOT_FOUND = bodilessPlan(404);

function planOf(
  host: ServiceHost,
  operation: SignInOperation,
  request: ServiceRequest,
  contentType: string,
  bind: () => BoundMessage,
): Plan {
  const context: AnswerContext = { host, request, contentType, operation: operation.request.name, cookies: [] };
  return fixedPlan(() => serve(context, operation, bind));
}

async function serve(context: AnswerContext, operation: SignInOperation, bind: () => BoundMessage): Promise<Reply> {
  let message: BoundMessage;
  try {
    message = bind();
  } catch (error) {
    if (error instanceof FrameworkError) return answerError(context, error);
    throw error;
  }
  const ids = new SessionIds(context.request.call);
  ids.complete();
  try {
    const served = await operation.serve(context, message, ids);
    context.cookies.unshift(...ids.cookies);
    if ('message' in served) {
      const { message: response, contentType = context.contentType } = served;
      return await answer({ ...context, contentType }, operation.response, response);
    }
    const reply = await served.reply;
    return context.cookies.length === 0 ? reply : { ...reply, headers: { ...reply.headers, 'Set-Cookie': context.cookies } };
  } catch (error) {
    if (!(error instanceof ServiceError || error instanceof FrameworkError)) throw error;
    context.cookies.unshift(...ids.cookies);
    const { call } = context.request;
    explain(
      call,
      (error instanceof ServiceError ? error.explanation : undefined) ?? { message: error.message, contract: context.operation },
    );
    const failure = failureOf(error);
    // Who names a view for the error gets it there, rather than the plain words or the redirect of other errors in HTML.
    if (formatOf(context.contentType) === 'html' && (message['ErrorView'] ?? null) !== null)
      return await answer(
        context,
        operation.response,
        { ResponseStatus: responseStatus(failure) },
        { status: failure.status, reason: failure.errorCode },
      );
    return await answerFailure(context, operation.response, failure);
  }
}
