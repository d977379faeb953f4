/** JWTs as ServiceStack issues and reads them, and new ones for refresh tokens (servicestack.md §5, §12 E9, §13 F5). */
import type { World } from '../../../store/world.ts';
import { fromLatin1 } from '../../../wire/latin1.ts';
import { type Caller, callers } from '../../callers.ts';
import type { Call, Settings } from '../../protocol.ts';
import { endOf, type ReadToken, readToken, secondsOf, issueToken } from '../../tokens.ts';
import { FrameworkError } from '../answer/failure.ts';

export const TOKEN_COOKIE = 'ss-tok';
export const REFRESH_COOKIE = 'ss-reftok';

/** What a host gives: a bearer token two weeks, a refresh token a year. */
const BEARER_SECONDS = 1_209_600;
const REFRESH_SECONDS = 31_536_000;

type Lifetime = Settings['tokenLifetime'];
const bearerSeconds = (lifetime: Lifetime): number => (lifetime === 'service' ? BEARER_SECONDS : lifetime);
/** Seconds since 1970. A refresh token that expires with its bearer token would be of no use. */
export const bearerEnd = (world: World, lifetime: Lifetime): number => endOf(world, bearerSeconds(lifetime));
export const refreshEnd = (world: World, lifetime: Lifetime): number => endOf(world, Math.max(REFRESH_SECONDS, bearerSeconds(lifetime)));

const ALGORITHM = 'HS256';
const BEARER_TYPE = 'JWT';
const REFRESH_TYPE = 'JWTR';
/** The beginning of the recorded host's key. */
const KEY_ID = 'AQI';

export function bearerToken({ world, settings, number }: Call, { id, name, roles }: Caller): Promise<string> {
  const claims = {
    iss: 'ssjwt',
    sub: id,
    iat: secondsOf(world),
    exp: bearerEnd(world, settings.tokenLifetime),
    name,
    preferred_username: name,
    ...(roles.length === 0 ? {} : { roles }),
    jti: number,
  };
  return issueToken(world, claims, { typ: BEARER_TYPE, alg: ALGORITHM, kid: KEY_ID });
}

export function refreshToken({ world, settings, number }: Call, { id }: Caller): Promise<string> {
  const claims = { sub: id, iat: secondsOf(world), exp: refreshEnd(world, settings.tokenLifetime), jti: -number };
  return issueToken(world, claims, { typ: REFRESH_TYPE, alg: ALGORITHM, kid: KEY_ID });
}

/** A token of this world that is valid now; undefined for one that somebody else signed. A malformed one is an error (E9). */
export async function verifiedToken(world: World, token: string): Promise<ReadToken | undefined> {
  const parts = token.split('.');
  if (parts.length === 5) {
    for (const part of parts) fromBase64Url(part);
    throw new FrameworkError(500, 'Exception', 'PrivateKey required to decrypt JWE Token');
  }
  assertReadable(parts);
  const read = await readToken(world, token, ALGORITHM, [BEARER_TYPE, REFRESH_TYPE]);
  if (read === undefined) return undefined;
  if (read.isExpired) throw new FrameworkError(401, 'TokenException', 'Token has expired');
  const notBefore = read.claims['nbf'];
  if (typeof notBefore === 'number' && notBefore > secondsOf(world)) throw new FrameworkError(401, 'TokenException', 'Token not valid yet');
  return read;
}

/** Whom a token is about. */
export const subjectOf = ({ claims }: ReadToken): Caller | undefined => callers.find(({ id }) => String(id) === String(claims['sub']));

const INVALID = 'Token is invalid';

/** A new bearer token for a refresh token; what is wrong with its form is told, a wrong signature is just invalid. */
export async function renewedToken(call: Call, token: string): Promise<{ readonly caller: Caller; readonly token: string }> {
  const { length } = token.split('.');
  if (length !== 3 && length !== 5) throw new FrameworkError(400, 'ArgumentException', INVALID);
  let read: ReadToken | undefined;
  try {
    read = await verifiedToken(call.world, token);
  } catch (error) {
    if (!(error instanceof FrameworkError) || error.errorCode === 'TokenException') throw error;
    throw new FrameworkError(400, 'ArgumentException', error.message);
  }
  const caller = read === undefined ? undefined : subjectOf(read);
  if (caller === undefined) throw new FrameworkError(400, 'ArgumentException', INVALID);
  return { caller, token: await bearerToken(call, caller) };
}

/** What goes wrong before a signature is compared. */
function assertReadable(parts: readonly string[]): void {
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

const NOT_BASE64 =
  'The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.';

export function fromBase64(text: string): Uint8Array {
  const bare = text.replace(/[ \t\r\n]/g, '');
  if (bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(bare)) throw new FrameworkError(400, 'FormatException', NOT_BASE64);
  return fromLatin1(atob(bare));
}
