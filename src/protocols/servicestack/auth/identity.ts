/** Who is calling: API key, JWT, Basic or session, looked at as ServiceStack's providers do (servicestack.md §5, §12 E9, E16, §13 F5). */
import { type Caller, callers, signIn } from '../../callers.ts';
import type { Inbound, MaybePromise } from '../../../http/message.ts';
import { cookieLine, cookieOf, deletedCookie } from './cookies.ts';
import { FrameworkError } from '../answer/failure.ts';
import { bearerEnd, fromBase64, REFRESH_COOKIE, renewedToken, subjectOf, TOKEN_COOKIE, verifiedToken } from './jwt.ts';
import type { ServiceRequest } from '../request/request.ts';
import { type SessionIds, sessionUnder } from './sessions.ts';

export interface Identity {
  readonly caller: Caller;
  /** As `AuthenticateResponse` names it. */
  readonly provider: string;
  readonly sessionId: string | undefined;
  /** Signed in by this very call, so that it is given tokens. */
  readonly isNew: boolean;
  /** By a refresh token, which says whom it is about and no more. */
  readonly isNameless?: boolean;
}

export const WRONG_PASSWORD = 'Invalid Username or Password';

/** Undefined for an anonymous caller; throws what the real providers throw. */
export function identify(request: ServiceRequest, ids: SessionIds): MaybePromise<Identity | undefined> {
  const { inbound } = request.call;
  const key = byKey(inbound.header('authorization') ?? '');
  if (key !== undefined) return key;
  const bearer = sentToken(inbound);
  const refresh = cookieOf(inbound, REFRESH_COOKIE);
  if (bearer === undefined && refresh === undefined) return byBasic(inbound, ids) ?? bySession(request, ids);
  return byToken(request, bearer, refresh, ids).then((identity) => byBasic(inbound, ids) ?? identity ?? bySession(request, ids));
}

/** The plain name of a user is its key: `Bearer worker`. What follows `@` chooses a world and is not ours to read. */
export function byKey(authorization: string): Identity | undefined {
  const text = authorization.slice(BEARER.length);
  if (authorization.slice(0, BEARER.length).toLowerCase() !== BEARER) return undefined;
  const at = text.indexOf('@');
  return KEYS.get(at < 0 ? text : text.slice(0, at));
}
const BEARER = 'bearer ';
const KEYS: ReadonlyMap<string, Identity> = new Map(
  callers.map((caller) => [caller.name, { caller, provider: 'apikey', sessionId: undefined, isNew: false }]),
);

/** A header with its scheme in lower case and what follows. */
function authorizationOf(inbound: Inbound): readonly [scheme: string, credentials: string] {
  const text = inbound.header('authorization') ?? '';
  const space = text.indexOf(' ');
  return space < 0 ? ['', ''] : [text.slice(0, space).toLowerCase(), text.slice(space + 1)];
}

/** A bearer token, else the token cookie. */
export function sentToken(inbound: Inbound): string | undefined {
  const [scheme, credentials] = authorizationOf(inbound);
  return scheme.startsWith('bearer') && credentials !== '' ? credentials : cookieOf(inbound, TOKEN_COOKIE);
}

function bySession(request: ServiceRequest, ids: SessionIds): Identity | undefined {
  const session = sessionUnder(request.call.world, ids.current);
  return session === undefined ? undefined : { caller: session.caller, provider: session.provider, sessionId: session.id, isNew: false };
}

/** An empty password is left to API keys, as is a text without a colon. */
function byBasic(inbound: Inbound, ids: SessionIds): Identity | undefined {
  const [scheme, credentials] = authorizationOf(inbound);
  if (scheme !== 'basic') return undefined;
  const text = new TextDecoder().decode(fromBase64(credentials));
  const colon = text.indexOf(':');
  if (colon < 0 || colon === text.length - 1) return undefined;
  ids.complete();
  const caller = signIn(text.slice(0, colon), text.slice(colon + 1));
  if (caller === undefined) throw new SignInError(401, 'Unauthorized', WRONG_PASSWORD);
  return { caller, provider: 'basic', sessionId: ids.current, isNew: true };
}

/** An `HttpError`: its message is the reason phrase where a filter throws it. */
export class SignInError extends FrameworkError {
  get reason(): string {
    return this.message;
  }
}

/** By the bearer token; where that does not do, by the refresh token in a cookie. */
async function byToken(
  request: ServiceRequest,
  bearer: string | undefined,
  refresh: string | undefined,
  ids: SessionIds,
): Promise<Identity | undefined> {
  const { inbound } = request.call;
  let failure: unknown;
  if (bearer !== undefined) {
    try {
      const identity = await byBearer(request, bearer);
      if (identity !== undefined) return identity;
    } catch (error) {
      // Otherwise a browser would go on sending it, and could never sign in again (ServiceStack's RemoveInvalidTokenCookie).
      if (cookieOf(inbound, TOKEN_COOKIE) !== undefined) ids.cookies.push(deletedCookie(inbound, TOKEN_COOKIE));
      if (refresh === undefined) throw error;
      failure = error;
    }
  }
  const renewed = refresh === undefined ? undefined : await byRefreshCookie(request, refresh, ids);
  if (renewed === undefined && failure !== undefined) throw failure;
  return renewed;
}

async function byBearer({ call }: ServiceRequest, token: string): Promise<Identity | undefined> {
  const { length } = token.split('.');
  const read = length === 3 || length === 5 ? await verifiedToken(call.world, token) : undefined;
  const caller = read === undefined ? undefined : subjectOf(read);
  if (read === undefined || caller === undefined) return undefined;
  return { caller, provider: 'jwt', sessionId: undefined, isNew: false, isNameless: read.claims['name'] === undefined };
}

async function byRefreshCookie({ call }: ServiceRequest, refresh: string, ids: SessionIds): Promise<Identity | undefined> {
  const { inbound, world, settings } = call;
  try {
    const { caller, token } = await renewedToken(call, refresh);
    ids.cookies.push(cookieLine(inbound, TOKEN_COOKIE, token, bearerEnd(world, settings.tokenLifetime) * 1000));
    return { caller, provider: 'jwt', sessionId: undefined, isNew: false };
  } catch (error) {
    if (!(error instanceof FrameworkError)) throw error;
    ids.cookies.push(deletedCookie(inbound, REFRESH_COOKIE));
    return undefined;
  }
}
