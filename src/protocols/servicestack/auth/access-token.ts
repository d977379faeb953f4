/** JWTs as ServiceStack issues them, and new ones for refresh tokens (`/access-token`, servicestack.md §5). */
import type { World } from '../../../store/world.ts';
import { type Caller, callers } from '../../callers.ts';
import type { Settings } from '../../protocol.ts';
import { issueToken, readToken, secondsOf } from '../../tokens.ts';
import type { ConvertSessionToToken, GetAccessToken } from './messages.ts';
import { cookieOf, cookieUntil } from './cookies.ts';
import { FrameworkError } from '../answer/failure.ts';
import { unauthenticated } from './guard.ts';
import { assertReadable, identify } from './identity.ts';
import { ServiceError } from '../service.ts';
import { forget } from './sessions.ts';
import type { SignInService } from './sign-in-service.ts';

/** What a host gives: a bearer token two weeks, a refresh token a year. */
const BEARER_SECONDS = 1_209_600;
const REFRESH_SECONDS = 31_536_000;

type Lifetime = Settings['tokenLifetime'];
const bearerSeconds = (lifetime: Lifetime): number => (lifetime === 'service' ? BEARER_SECONDS : lifetime);
/** A refresh token that expires with its bearer token would be of no use. */
export const refreshSeconds = (lifetime: Lifetime): number => Math.max(REFRESH_SECONDS, bearerSeconds(lifetime));

export const bearerToken = (world: World, { id, name, roles }: Caller, lifetime: Lifetime, number: number): Promise<string> => {
  const iat = secondsOf(world);
  const claims = {
    iss: 'ssjwt',
    sub: String(id),
    iat,
    exp: iat + bearerSeconds(lifetime),
    name,
    preferred_username: name,
    roles,
    jti: String(number),
  };
  return issueToken(world, claims);
};

export const refreshToken = (world: World, { id }: Caller, lifetime: Lifetime, number: number): Promise<string> => {
  const iat = secondsOf(world);
  return issueToken(world, { sub: String(id), iat, exp: iat + refreshSeconds(lifetime), jti: String(-number) });
};

const INVALID = 'Token is invalid';

export const createAccessToken: SignInService = async ({ request, described }, message) => {
  const { world, number, inbound } = request.call;
  const token = (message as Partial<GetAccessToken>).RefreshToken ?? cookieOf(inbound.header('cookie'), 'ss-reftok') ?? '';
  if (token === '') {
    throw new ServiceError(400, 'ArgumentNullException', "Value cannot be null. (Parameter 'refreshToken')", undefined, [
      { ErrorCode: 'ArgumentNullException', FieldName: 'refreshToken', Message: 'Value cannot be null.', Meta: null },
    ]);
  }
  const read = await readToken(world, token);
  if (read === undefined)
    throw new ServiceError(400, 'ArgumentException', reasonOf(token), {
      message: 'The refresh token was not issued in this world.',
      member: 'RefreshToken',
    });
  if (read.isExpired) throw new ServiceError(401, 'TokenException', 'Token has expired');
  const caller = callers.find(({ id }) => String(id) === read.claims['sub']);
  if (caller === undefined) throw new ServiceError(400, 'ArgumentException', INVALID);
  return { message: { AccessToken: await bearerToken(world, caller, described.settings.tokenLifetime, number) } };
};

/** `/session-to-token`: the session's caller goes on with a token that no script can read. */
export const convertSession: SignInService = async (asked, message, ids) => {
  const { request, described } = asked;
  const { world, number, inbound } = request.call;
  const identity = await identify(request, ids);
  if (identity === undefined) return { reply: unauthenticated(asked) };
  const { tokenLifetime } = described.settings;
  const token = cookieOf(inbound.header('cookie'), 'ss-tok') ?? (await bearerToken(world, identity.caller, tokenLifetime, number));
  if ((message as Partial<ConvertSessionToToken>).PreserveSession !== true && identity.sessionId !== undefined)
    forget(world, identity.sessionId);
  asked.cookies.push(cookieUntil('ss-tok', token, world.now() + bearerSeconds(tokenLifetime) * 1000));
  return { message: {} };
};

/** What is wrong with the form of a token is told; a wrong signature is just invalid. */
function reasonOf(token: string): string {
  const parts = token.split('.');
  if (parts.length !== 3) return INVALID;
  try {
    assertReadable(parts);
  } catch (error) {
    if (error instanceof FrameworkError) return error.message;
    throw error;
  }
  return INVALID;
}
