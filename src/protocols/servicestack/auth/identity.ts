/** Who is calling: API key, Basic, JWT or session, looked at as ServiceStack's providers do (servicestack.md §5, §12 E9, E16). */
import { type Caller, callers, signIn } from '../../callers.ts';
import type { MaybePromise } from '../../../http/message.ts';
import { readToken, secondsOf } from '../../tokens.ts';
import { cookieOf, deletedCookie } from './cookies.ts';
import { FrameworkError } from '../answer/failure.ts';
import type { ServiceRequest } from '../request/request.ts';
import { type SessionIds, sessionUnder } from './sessions.ts';
import { fromLatin1 } from '../../../wire/latin1.ts';

export interface Identity {
  readonly caller: Caller;
  /** As `AuthenticateResponse` names it. */
  readonly provider: string;
  readonly sessionId: string | undefined;
  /** Signed in by this very call, so that it is given tokens. */
  readonly isNew: boolean;
}

const NOT_BASE64 =
  'The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.';
export const WRONG_PASSWORD = 'Invalid Username or Password';
const ALGORITHM = 'HS256';
const TOKEN_COOKIE = 'ss-tok';

/** Undefined for an anonymous caller; throws what the real providers throw. */
export function identify(request: ServiceRequest, ids: SessionIds): MaybePromise<Identity | undefined> {
  const { inbound } = request.call;
  const authorization = inbound.header('authorization') ?? '';
  const space = authorization.indexOf(' ');
  const scheme = space < 0 ? '' : authorization.slice(0, space).toLowerCase();
  const credentials = authorization.slice(space + 1);
  const key = byKey(authorization);
  if (key !== undefined) return key;
  if (scheme === 'basic') return byBasic(credentials, ids) ?? bySession(request, ids);
  const token = scheme.startsWith('bearer') && credentials !== '' ? credentials : cookieOf(inbound.header('cookie'), TOKEN_COOKIE);
  if (token === undefined) return bySession(request, ids);
  const parts = token.split('.');
  if (parts.length !== 3 && parts.length !== 5) return bySession(request, ids);
  return byToken(request, token, parts).then(
    (identity) => identity ?? bySession(request, ids),
    (error: unknown) => {
      // Otherwise a browser would go on sending it, and could never sign in again (ServiceStack's RemoveInvalidTokenCookie).
      if (cookieOf(inbound.header('cookie'), TOKEN_COOKIE) !== undefined) ids.cookies.push(deletedCookie(TOKEN_COOKIE));
      throw error;
    },
  );
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

function bySession(request: ServiceRequest, ids: SessionIds): Identity | undefined {
  const session = sessionUnder(request.call.world, ids.current);
  return session === undefined ? undefined : { caller: session.caller, provider: session.provider, sessionId: session.id, isNew: false };
}

/** An empty password is left to API keys, as is a text without a colon. */
function byBasic(base64: string, ids: SessionIds): Identity | undefined {
  const text = new TextDecoder().decode(fromBase64(base64));
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

async function byToken(request: ServiceRequest, token: string, parts: readonly string[]): Promise<Identity | undefined> {
  const { world } = request.call;
  if (parts.length === 5) {
    for (const part of parts) fromBase64Url(part);
    throw new FrameworkError(500, 'Exception', 'PrivateKey required to decrypt JWE Token');
  }
  assertReadable(parts);
  const read = await readToken(world, token, ALGORITHM);
  if (read === undefined) return undefined;
  if (read.isExpired) throw new FrameworkError(401, 'TokenException', 'Token has expired');
  const notBefore = read.claims['nbf'];
  if (typeof notBefore === 'number' && notBefore > secondsOf(world)) throw new FrameworkError(401, 'TokenException', 'Token not valid yet');
  const caller = callers.find(({ id }) => String(id) === String(read.claims['sub']));
  if (caller === undefined) return undefined;
  // The roles are the token's own: a refresh token, which names none, says who it is and opens nothing.
  const { roles = [] } = read.claims as { readonly roles?: Caller['roles'] };
  return { caller: { ...caller, roles }, provider: 'jwt', sessionId: undefined, isNew: false };
}

/** What goes wrong before a signature is compared: a malformed token is an error, not an anonymous caller (E9). */
export function assertReadable(parts: readonly string[]): void {
  const [header = '', payload = '', signature = ''] = parts;
  fromBase64Url(signature);
  const text = new TextDecoder().decode(fromBase64Url(header));
  fromBase64Url(payload);
  let algorithm: unknown;
  try {
    algorithm = (JSON.parse(text) as Record<string, unknown> | null)?.['alg'];
  } catch {
    throw new FrameworkError(500, 'NullReferenceException', 'Object reference not set to an instance of an object.');
  }
  if (algorithm === undefined)
    throw new FrameworkError(500, 'KeyNotFoundException', "The given key 'alg' was not present in the dictionary.");
  if (algorithm !== ALGORITHM)
    throw new FrameworkError(405, 'NotSupportedException', `Invalid algorithm '${String(algorithm)}', expected '${ALGORITHM}'`);
}

function fromBase64Url(text: string): Uint8Array {
  if (text.length % 4 === 1) throw new FrameworkError(500, 'Exception', 'Illegal base64url string!');
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (text.length % 4)) % 4));
}

function fromBase64(text: string): Uint8Array {
  const bare = text.replace(/[ \t\r\n]/g, '');
  if (bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(bare)) throw new FrameworkError(400, 'FormatException', NOT_BASE64);
  return fromLatin1(atob(bare));
}
