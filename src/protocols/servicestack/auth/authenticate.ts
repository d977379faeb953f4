/** Signing in and out, and who is signed in (servicestack.md §5, §12 E9; recordings `auth`). */
import { neutralTime } from '../../../store/clock.ts';
import { type Caller, signIn } from '../../callers.ts';
import type { Reply } from '../../../http/message.ts';
import { bearerToken, refreshToken, refreshSeconds } from './access-token.ts';
import type { Asked } from '../answer/answer.ts';
import type { Authenticate, AuthenticateResponse } from './messages.ts';
import { deletedCookie } from './cookies.ts';
import { formatOf } from '../formats.ts';
import { unauthenticated } from './guard.ts';
import { type Identity, identify, WRONG_PASSWORD } from './identity.ts';
import type { ResponseError } from '../answer/response-status.ts';
import { returnAddress, withParameter } from './return-address.ts';
import { ServiceError } from '../service.ts';
import { forget, remember, type SessionIds } from './sessions.ts';
import type { SignInOutcome, SignInService } from './sign-in-service.ts';

const PROVIDERS = ['jwt', 'credentials', 'basic'] as const;
const NO_GET = 'GET Authenticate requests are disabled, to enable set AuthFeature.AllowGetAuthenticateRequests = req => true';
/** The picture that ServiceStack gives a user without one is a drawing in the address itself; so is ours. */
const PROFILE_URL =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Ccircle cx='4' cy='4' r='4' fill='%23778'/%3E%3C/svg%3E";

export const authenticate: SignInService = async (asked, message, ids): Promise<SignInOutcome> => {
  const wanted = message as Partial<Authenticate>;
  const { request } = asked;
  const asProvider = wanted.provider ?? undefined;
  const isLogout = asProvider?.toLowerCase() === 'logout';
  const isKnown = PROVIDERS.some((name) => name === asProvider?.toLowerCase());
  if (request.verb === 'GET' && isKnown) throw new ServiceError(405, 'NotSupportedException', NO_GET);
  if (typeof wanted.RememberMe === 'boolean') ids.choose(wanted.RememberMe ? 'perm' : 'temp');
  if (isLogout) return signOut(asked, wanted, ids);

  const alias = asProvider === 'login' ? 'credentials' : asProvider;
  const provider = PROVIDERS.find((name) => name === (alias ?? asked.described.profile.firstProvider).toLowerCase());
  if (provider === undefined) throw new ServiceError(404, 'NotFound', `No configuration was added for OAuth provider '${alias}'`);
  const identity = await identify(request, ids);
  // Providers that read the request themselves refuse an anonymous caller before they are asked.
  if (provider !== 'credentials' && identity === undefined) return { reply: unauthenticated(asked) };
  if (alias === undefined && (wanted.UserName ?? null) === null) {
    if (identity === undefined) throw new ServiceError(401, 'Unauthorized', 'Not Authenticated');
    return { message: { ...(await whoIs(asked, identity, ids.current ?? null)), ReferrerUrl: referrer(asked, wanted) ?? null } };
  }
  if (provider === 'jwt') throw new ServiceError(405, 'NotImplementedException', 'JWT Authenticate() should not be called directly');
  if (provider === 'basic') {
    if (identity?.provider !== 'basic') throw new ServiceError(401, 'Unauthorized', 'Invalid BasicAuth Credentials');
    return {
      message: {
        ...(await whoIs(asked, identity, ids.current ?? null)),
        AuthProvider: null,
        ReferrerUrl: returnAddress(asked, wanted.ReturnUrl) ?? null,
      },
    };
  }
  return signInWith(asked, wanted, ids, alias !== undefined);
};

/** Where the caller came from, or says that it did. */
const referrer = (asked: Asked, wanted: Partial<Authenticate>): string | undefined =>
  returnAddress(asked, wanted.ReturnUrl) ?? asked.request.call.inbound.header('referer');

async function signInWith(asked: Asked, wanted: Partial<Authenticate>, ids: SessionIds, isNamed: boolean): Promise<SignInOutcome> {
  const { request, described } = asked;
  ids.renew();
  const next = returnAddress(asked, wanted.ReturnUrl);
  try {
    const caller = checked(wanted);
    const id = ids.current ?? '';
    remember(request.call.world, { id, caller, provider: 'credentials' }, described.settings.tokenLifetime, ids.option);
    request.call.caller = caller.name;
    const response = await whoIs(asked, { caller, provider: 'credentials', sessionId: id, isNew: true }, id);
    // A new sign-in does not say by which provider (recordings auth/…/login).
    const message = { ...response, AuthProvider: null, ReferrerUrl: next ?? null };
    const target = referrer(asked, wanted);
    return formatOf(asked.contentType) === 'html' && target !== undefined && isNamed ? { reply: redirect(target) } : { message };
  } catch (error) {
    const back = next ?? request.call.inbound.header('referer');
    if (formatOf(asked.contentType) !== 'html' || back === undefined || !(error instanceof ServiceError) || error.status !== 401)
      throw error;
    return { reply: redirect(withParameter(back, 'f', error.message)) };
  }
}

function checked({ UserName = null, Password = null }: Partial<Authenticate>): Caller {
  const errors = [...notEmpty('UserName', 'User Name', UserName), ...notEmpty('Password', 'Password', Password)];
  if (errors.length > 0) {
    const lines = errors.map(({ FieldName, Message }) => `\n -- ${FieldName}: ${Message}`).join('');
    throw new ServiceError(500, 'ValidationException', `Validation failed: ${lines}`, undefined, errors);
  }
  const caller = signIn(UserName!, Password!);
  if (caller !== undefined) return caller;
  throw new ServiceError(401, 'Unauthorized', WRONG_PASSWORD, {
    message: 'The password of a user is its name; users are worker, agent, administrator, admin and visitor.',
    member: 'Password',
    rule: 'the name of the user',
    contract: 'Authenticate.Password',
  });
}

function notEmpty(member: string, words: string, value: string | null): ResponseError[] {
  if (value !== null && value.trim() !== '') return [];
  // A null has no entry of its own in a dictionary.
  const meta = { PropertyName: words, ...(value === null ? {} : { PropertyValue: value }) };
  return [{ ErrorCode: 'NotEmpty', FieldName: member, Message: `'${words}' must not be empty.`, Meta: meta }];
}

/** Tokens are given to a call that signed in, not to one that already was. */
async function whoIs(
  { described, request }: Asked,
  { caller, provider, sessionId, isNew }: Identity,
  currentId: string | null,
): Promise<AuthenticateResponse> {
  const { world, number } = request.call;
  const { tokenLifetime } = described.settings;
  request.call.caller = caller.name;
  return {
    UserId: String(caller.id),
    SessionId: sessionId ?? currentId,
    UserName: caller.name,
    DisplayName: caller.name,
    ReferrerUrl: null,
    BearerToken: isNew ? await bearerToken(world, caller, tokenLifetime, number) : null,
    RefreshToken: isNew ? await refreshToken(world, caller, tokenLifetime, number) : null,
    RefreshTokenExpiry: isNew ? neutralTime(world.now() + refreshSeconds(tokenLifetime) * 1000) : null,
    ProfileUrl: PROFILE_URL,
    Roles: rolesOf(
      caller,
      Object.values(described.operations).flatMap(({ anyRole }) => anyRole),
    ),
    Permissions: [],
    AuthProvider: provider,
    ResponseStatus: null,
    Meta: null,
  };
}

/** An Admin has every role that an operation asks for. */
const rolesOf = ({ roles }: Caller, known: readonly string[]): readonly string[] =>
  roles.includes('Admin') ? [...new Set([...roles, ...known])] : roles;

function signOut(asked: Asked, wanted: Partial<Authenticate>, ids: SessionIds): SignInOutcome {
  const { world, inbound } = asked.request.call;
  if (ids.current !== undefined) forget(world, ids.current);
  asked.cookies.push(...['ss-id', 'ss-pid', 'ss-tok', 'ss-reftok'].map(deletedCookie));
  const from = inbound.header('referer');
  const next = returnAddress(asked, wanted.ReturnUrl) ?? (from?.endsWith('/auth/logout') ? undefined : from);
  return formatOf(asked.contentType) === 'html' && next !== undefined ? { reply: redirect(next) } : { message: {} };
}

const redirect = (address: string): Reply => ({ status: 302, headers: { Location: address }, body: null });
