/** `/access-token` and `/session-to-token`: a token for a refresh token, and for a session (servicestack.md §5, §13 F5). */
import type { Call } from '../../protocol.ts';
import { formatOf } from '../formats.ts';
import { ServiceError } from '../service.ts';
import { FrameworkError } from '../answer/failure.ts';
import type { ConvertSessionToToken, GetAccessToken } from './messages.ts';
import { cookieLine, cookieOf } from './cookies.ts';
import { unauthenticated } from './guard.ts';
import { identify, sentToken } from './identity.ts';
import { bearerEnd, bearerToken, REFRESH_COOKIE, renewedToken, TOKEN_COOKIE } from './jwt.ts';
import { forget } from './sessions.ts';
import type { SignInService } from './sign-in-service.ts';

const tokenCookie = ({ inbound, world, settings }: Call, token: string): string =>
  cookieLine(inbound, TOKEN_COOKIE, token, bearerEnd(world, settings.tokenLifetime) * 1000);

/** A refresh token that came in a cookie is answered by a cookie, so that no script can read the new one. */
export const createAccessToken: SignInService = async ({ request, cookies }, message) => {
  const { call } = request;
  const cookie = cookieOf(call.inbound, REFRESH_COOKIE);
  const sent = (message as Partial<GetAccessToken>).RefreshToken ?? cookie ?? '';
  if (sent === '') {
    throw new ServiceError(400, 'ArgumentNullException', "Value cannot be null. (Parameter 'refreshToken')", undefined, [
      { ErrorCode: 'ArgumentNullException', FieldName: 'refreshToken', Message: 'Value cannot be null.', Meta: null },
    ]);
  }
  const token = await renewed(call, sent);
  if (cookie === undefined) return { message: { AccessToken: token } };
  cookies.push(tokenCookie(call, token));
  return { message: {} };
};

async function renewed(call: Call, refreshToken: string): Promise<string> {
  try {
    return (await renewedToken(call, refreshToken)).token;
  } catch (error) {
    if (!(error instanceof FrameworkError)) throw error;
    throw new ServiceError(error.status, error.errorCode, error.message, {
      message: 'The refresh token was not issued in this world, or has expired; sign in again.',
      member: 'RefreshToken',
    });
  }
}

/** The session's caller goes on with a token that no script can read. */
export const convertSession: SignInService = async (context, message, ids) => {
  const { call } = context.request;
  const identity = await identify(context.request, ids);
  if (identity === undefined) return { reply: unauthenticated(context) };
  const sent = identity.provider === 'apikey' ? undefined : sentToken(call.inbound);
  if (sent === undefined && (message as Partial<ConvertSessionToToken>).PreserveSession !== true && identity.sessionId !== undefined)
    forget(call.world, identity.sessionId);
  context.cookies.push(tokenCookie(call, sent ?? (await bearerToken(call, identity.caller))));
  return { message: {}, ...(formatOf(context.contentType) === 'html' ? { contentType: 'application/json' } : {}) };
};
