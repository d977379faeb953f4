/** Signing in and out, and who is signed in (servicestack.md §5, §12 E9; recordings `auth`). */
import { neutralTime } from '../../../store/clock.ts';
import { type Caller, signIn } from '../../callers.ts';
import type { Reply } from '../../../http/message.ts';
import type { AnswerContext } from '../answer/answer-context.ts';
import type { Authenticate, AuthenticateResponse } from './messages.ts';
import { asLocation, returnAddress, withHashParameter } from './addresses.ts';
import { deletedCookie } from './cookies.ts';
import { formatOf } from '../formats.ts';
import { unauthenticated } from './guard.ts';
import { type Identity, identify, WRONG_PASSWORD } from './identity.ts';
import { bearerToken, REFRESH_COOKIE, refreshEnd, refreshToken, TOKEN_COOKIE } from './jwt.ts';
import type { ResponseError } from '../answer/response-status.ts';
import { ServiceError } from '../service.ts';
import { forget, remember, type SessionIds } from './sessions.ts';
import type { SignInOutcome, SignInService } from './sign-in-service.ts';

const PROVIDERS = ['jwt', 'credentials', 'basic'] as const;
const NO_GET = 'GET Authenticate requests are disabled, to enable set AuthFeature.AllowGetAuthenticateRequests = req => true';
/** The picture that ServiceStack gives a user without one is a drawing in the address itself; so is ours. */
const PROFILE_URL =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Ccircle cx='4' cy='4' r='4' fill='%23778'/%3E%3C/svg%3E";

const providerNamed = (name: string): (typeof PROVIDERS)[number] | undefined =>
  PROVIDERS.find((provider) => provider === name.toLowerCase());

/** The steps of the framework's `AuthenticateService`, in its order. */
export const authenticate: SignInService = async (context, message, ids): Promise<SignInOutcome> => {
  const sent = message as Partial<Authenticate>;
  const { request, host } = context;
  const named = sent.provider ?? undefined;
  if (request.verb === 'GET' && named !== undefined && providerNamed(named) !== undefined)
    throw new ServiceError(405, 'NotSupportedException', NO_GET);
  if (typeof sent.RememberMe === 'boolean') ids.choose(sent.RememberMe ? 'perm' : 'temp');
  if (named === 'logout') return signOut(context, ids);

  const alias = named === 'login' ? 'credentials' : named;
  const provider = providerNamed(alias ?? host.profile.firstProvider);
  if (provider === undefined) throw new ServiceError(404, 'NotFound', `No configuration was added for OAuth provider '${alias}'`);
  const identity = await identify(request, ids);
  // Providers that read the request themselves refuse an anonymous caller before they are asked.
  if (provider !== 'credentials' && identity === undefined) return { reply: unauthenticated(context) };
  try {
    return await byProvider(context, sent, ids, { provider, identity, isNamed: named !== undefined });
  } catch (error) {
    return failed(context, sent, error);
  }
};

interface Attempt {
  readonly provider: (typeof PROVIDERS)[number];
  readonly identity: Identity | undefined;
  /** The caller named a provider, rather than to ask who is signed in. */
  readonly isNamed: boolean;
}

async function byProvider(
  context: AnswerContext,
  sent: Partial<Authenticate>,
  ids: SessionIds,
  { provider, identity, isNamed }: Attempt,
): Promise<SignInOutcome> {
  const { request } = context;
  if (!isNamed && (sent.UserName ?? null) === null) {
    if (identity === undefined) throw new ServiceError(401, 'Unauthorized', 'Not Authenticated');
    return { message: { ...(await whoIs(context, identity, ids.current ?? null)), ReferrerUrl: referrer(context) ?? null } };
  }
  // The framework keeps the session while somebody signs in elsewhere and comes back.
  if ((request.query.get('oauth_token') ?? '') === '' && (request.query.get('state') ?? '') === '') ids.renew();
  if (provider === 'jwt') throw new ServiceError(405, 'NotImplementedException', 'JWT Authenticate() should not be called directly');
  if (provider === 'basic' && identity?.provider !== 'basic') throw new ServiceError(401, 'Unauthorized', 'Invalid BasicAuth Credentials');
  const signedIn = provider === 'basic' && identity !== undefined ? identity : signInWith(context, sent, ids);
  // A new sign-in does not say by which provider, and goes back where it was told to (recordings auth/…/login).
  const response = await whoIs(context, signedIn, ids.current ?? null);
  const target = referrer(context) ?? '';
  if (formatOf(context.contentType) === 'html' && isNamed && target !== '') return { reply: redirect(context, target) };
  return { message: { ...response, AuthProvider: null, ReferrerUrl: returnAddress(context) ?? null } };
}

/** Where the caller came from, or says that it did. */
const referrer = (context: AnswerContext): string | undefined => returnAddress(context) ?? context.request.call.inbound.header('referer');

function signInWith(context: AnswerContext, sent: Partial<Authenticate>, ids: SessionIds): Identity {
  const { settings } = context.request.call;
  assertFilled(sent);
  returnAddress(context);
  const caller = signIn(sent.UserName ?? '', sent.Password ?? '');
  if (caller === undefined) {
    throw new ServiceError(401, 'Unauthorized', WRONG_PASSWORD, {
      message: 'The password of a user is its name; users are worker, agent, administrator, admin and visitor.',
      member: 'Password',
      rule: 'the name of the user',
      contract: 'Authenticate.Password',
    });
  }
  const id = ids.current ?? '';
  remember(context.request.call, { id, caller, provider: 'credentials' }, settings.tokenLifetime, ids.option);
  return { caller, provider: 'credentials', sessionId: id, isNew: true };
}

/** A browser goes back with the reason in the fragment, unless the page itself is to show it. */
function failed(context: AnswerContext, { ErrorView = null }: Partial<Authenticate>, error: unknown): SignInOutcome {
  if (!(error instanceof ServiceError) || error.errorCode !== 'Unauthorized') throw error;
  const isBrowser = formatOf(context.contentType) === 'html';
  if (isBrowser && ErrorView !== null) throw error;
  const back = referrer(context);
  if (!isBrowser || back === undefined || context.request.query.get('noredirect') !== undefined) throw error;
  return { reply: redirect(context, withHashParameter(back, 'f', error.message)) };
}

function assertFilled({ UserName = null, Password = null }: Partial<Authenticate>): void {
  const errors = [...notEmpty('UserName', 'User Name', UserName), ...notEmpty('Password', 'Password', Password)];
  if (errors.length === 0) return;
  const lines = errors.map(({ FieldName, Message }) => `\n -- ${FieldName}: ${Message}`).join('');
  throw new ServiceError(500, 'ValidationException', `Validation failed: ${lines}`, undefined, errors);
}

function notEmpty(member: string, words: string, value: string | null): ResponseError[] {
  if (value !== null && value.trim() !== '') return [];
  // A null has no entry of its own in a dictionary.
  const meta = { PropertyName: words, ...(value === null ? {} : { PropertyValue: value }) };
  return [{ ErrorCode: 'NotEmpty', FieldName: member, Message: `'${words}' must not be empty.`, Meta: meta }];
}

/** Tokens are given to a call that signed in, not to one that already was. */
async function whoIs(
  { host, request }: AnswerContext,
  { caller, provider, sessionId, isNew, isNameless = false }: Identity,
  currentId: string | null,
): Promise<AuthenticateResponse> {
  const { call } = request;
  call.caller = caller.name;
  return {
    UserId: String(caller.id),
    SessionId: sessionId ?? currentId,
    UserName: isNameless ? null : caller.name,
    DisplayName: isNameless ? '' : caller.name,
    ReferrerUrl: null,
    BearerToken: isNew ? await bearerToken(call, caller) : null,
    RefreshToken: isNew ? await refreshToken(call, caller) : null,
    RefreshTokenExpiry: isNew ? neutralTime(refreshEnd(call.world, call.settings.tokenLifetime) * 1000) : null,
    ProfileUrl: PROFILE_URL,
    Roles: isNameless
      ? null
      : rolesOf(
          caller,
          Object.values(host.operations).flatMap(({ anyRole }) => anyRole),
        ),
    // A token holds none; the user store gives an empty list (servicestack.md §13 F5).
    Permissions: provider === 'jwt' ? null : [],
    AuthProvider: provider,
    ResponseStatus: null,
    Meta: null,
  };
}

/** An Admin has every role that an operation asks for. */
const rolesOf = ({ roles }: Caller, known: readonly string[]): readonly string[] =>
  roles.includes('Admin') ? [...new Set([...roles, ...known])] : roles;

function signOut(context: AnswerContext, ids: SessionIds): SignInOutcome {
  const { world, inbound } = context.request.call;
  const from = inbound.header('referer');
  const next = returnAddress(context) ?? (from?.endsWith('/auth/logout') ? undefined : from) ?? '';
  if (ids.current !== undefined) forget(world, ids.current);
  context.cookies.push(...['ss-id', 'ss-pid', TOKEN_COOKIE, REFRESH_COOKIE].map((name) => deletedCookie(inbound, name)));
  if (formatOf(context.contentType) !== 'html' || next === '') return { message: {} };
  return { reply: { ...redirect(context, next), reason: 'Moved Temporarily' } };
}

const redirect = ({ contentType, request }: AnswerContext, address: string): Reply => ({
  status: 302,
  headers: { 'Content-Type': contentType, Location: asLocation(address, request.call.inbound) },
  body: null,
});
