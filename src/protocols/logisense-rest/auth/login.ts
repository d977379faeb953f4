/** Sign-in: a form in, a pair of tokens out (logisense.md §2). */
import { isoTime } from '../../../store/clock.ts';
import { type Caller, callerNamed, signIn } from '../../callers.ts';
import type { Reply } from '../../../http/message.ts';
import type { Call, Plan } from '../../protocol.ts';
import { endOf, issueToken, readToken, secondsOf, type TokenHeader } from '../../tokens.ts';
import { rememberToken } from './access.ts';
import { frameworkReply, jsonReply } from '../envelope.ts';
import { explain } from '../problem.ts';

/** What the service gives; `--token-lifetime service` does too. */
const SERVICE_LIFETIME = 1800;
const HEADER: TokenHeader = { alg: 'HS512', typ: 'JWT' };
const ISSUER = 'http://authorizationserver.logisense.com';

export const loginPlan = (call: Call, actingOwner: number): Plan => ({
  operation: undefined,
  proceed: () => login(call, actingOwner),
  fail: (status) =>
    status < 400 ? { status, headers: {}, body: null } : refuse(call, status, 'server_error', 'The request could not be processed.'),
});

async function login(call: Call, actingOwner: number): Promise<Reply> {
  if (call.inbound.method !== 'POST') {
    return frameworkReply(405, `The requested resource does not support http method '${call.inbound.method}'.`, { Allow: 'POST' });
  }
  const type = call.inbound.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    return refuse(call, 400, 'invalid_request', 'The body must be application/x-www-form-urlencoded.');
  }
  const form = new URLSearchParams(new TextDecoder().decode(call.inbound.body));
  const grant = form.get('grant_type');
  const client = form.get('client_id') ?? '';
  if (client === '') return refuse(call, 400, 'invalid_client', 'client_id is missing; any text will do.');
  if (grant !== 'password' && grant !== 'refresh_token') {
    return refuse(call, 400, 'unsupported_grant_type', 'grant_type must be password or refresh_token.');
  }
  const caller = grant === 'password' ? byPassword(form) : await byRefreshToken(call, form.get('refresh_token') ?? '', client);
  if (caller === undefined) {
    return refuse(
      call,
      400,
      'invalid_grant',
      grant === 'password' ? 'The user name or password is incorrect.' : 'The refresh token is unknown or has expired.',
    );
  }
  call.caller = caller.name;
  return tokens(call, caller, client, actingOwner);
}

/** With a user name and password, or with a client secret: here the name of a user. */
const byPassword = (form: URLSearchParams): Caller | undefined =>
  form.has('client_secret') && !form.has('username')
    ? callerNamed(form.get('client_secret') ?? '')
    : signIn(form.get('username') ?? '', form.get('password') ?? '');

async function byRefreshToken(call: Call, token: string, client: string): Promise<Caller | undefined> {
  const read = await readToken(call.world, token, 'HS512');
  if (read === undefined || read.isExpired || read.claims['refreshTokenGuid'] === undefined || read.claims['aud'] !== client)
    return undefined;
  return callerNamed(String(read.claims['sub']));
}

async function tokens(call: Call, caller: Caller, client: string, actingOwner: number): Promise<Reply> {
  const { world, settings } = call;
  const lifetime = settings.tokenLifetime === 'service' ? SERVICE_LIFETIME : settings.tokenLifetime;
  const issued = secondsOf(world);
  const expires = endOf(world, lifetime);
  const owner = String(actingOwner);
  // The order of the claims, and ids as text, are those of the vendor's sample tokens.
  const access = await issueToken(
    world,
    {
      ownerId: owner,
      actingOwnerId: owner,
      userId: String(caller.id),
      roleId: String(caller.id),
      isInteractive: 'False',
      unique_name: caller.name,
      sub: caller.name,
      iss: ISSUER,
      aud: client,
      exp: expires,
      nbf: issued,
    },
    HEADER,
  );
  const refresh = await issueToken(
    world,
    {
      refreshTokenGuid: world.base.guid('refresh', call.number).replaceAll('-', ''),
      ownerId: owner,
      actingOwnerId: owner,
      userId: String(caller.id),
      aud: client,
      sub: caller.name,
      jti: world.base.guid('jti', call.number),
      iat: issued,
      nbf: issued,
      exp: expires,
      iss: ISSUER,
    },
    HEADER,
  );
  rememberToken(world, access, caller, expires);
  const body = {
    access_token: access,
    refresh_token: refresh,
    token_type: 'bearer',
    expires_in: lifetime,
    audience: client,
    '.issued': toSecond(issued),
    '.expires': toSecond(expires),
    actingOwnerId: actingOwner,
  };
  return jsonReply(200, JSON.stringify(body), { 'Cache-Control': 'no-store' });
}

/** `2022-11-01T19:49:41Z` */
const toSecond = (seconds: number): string => `${isoTime(seconds * 1000).slice(0, 19)}Z`;

/** OAuth's form of an error; no page shows the vendor's. */
function refuse(call: Call, status: number, error: string, description: string): Reply {
  const message = `${description} The users are worker, agent, administrator, admin and visitor; each one’s password is its name.`;
  explain(call, [() => ({ message, rule: error })]);
  return jsonReply(status, JSON.stringify({ error, error_description: description }));
}
