/** Who calls: a token from the login, the plain name of a user as an API key, or Basic; asked for under `--auth strict` only. */
import type { World } from '../../../store/world.ts';
import { type Caller, callerNamed, signIn } from '../../callers.ts';
import type { MaybePromise, Reply } from '../../../http/message.ts';
import type { Call } from '../../protocol.ts';
import { hasEnded, readToken } from '../../tokens.ts';
import { frameworkReply } from '../envelope.ts';
import { explain } from '../problem.ts';

/** Tokens that were found good, so that the next call need not wait for the check; the oldest go first. */
const REMEMBERED = 256;

interface Known {
  readonly caller: Caller;
  readonly expires: number;
}
const known = new WeakMap<World, Map<string, Known>>();

export function rememberToken(world: World, token: string, caller: Caller, expires: number): void {
  let tokens = known.get(world);
  if (tokens === undefined) known.set(world, (tokens = new Map()));
  if (tokens.size >= REMEMBERED) tokens.delete(tokens.keys().next().value as string);
  tokens.set(token, { caller, expires });
}

/** The bearer's text without the part that names a world. */
function bearerOf(call: Call): string | undefined {
  const header = call.inbound.header('authorization');
  if (header === undefined) return undefined;
  const token = /^bearer\s+(\S+)\s*$/i.exec(header)?.[1];
  return token?.split('@', 1)[0];
}

/** The user of a Basic header: a browser has no other way to show who it is (surface.md §1). */
function basicCaller(call: Call): Caller | undefined {
  const text = /^basic\s+(\S+)\s*$/i.exec(call.inbound.header('authorization') ?? '')?.[1];
  if (text === undefined) return undefined;
  try {
    const [, name = '', password = ''] = /^([^:]*):(.*)$/s.exec(atob(text)) ?? [];
    return signIn(name, password);
  } catch {
    return undefined;
  }
}

/** The caller, where that can be told at once; a promise where a token must be checked first. */
export function callerOf(call: Call): MaybePromise<Caller | undefined> {
  const token = bearerOf(call);
  if (token === undefined) return basicCaller(call);
  const named = callerNamed(token);
  if (named !== undefined) return named;
  const remembered = known.get(call.world)?.get(token);
  if (remembered !== undefined) return hasEnded(call.world, remembered.expires) ? undefined : remembered.caller;
  if (call.settings.auth !== 'strict') return undefined;
  return readToken(call.world, token, 'HS512').then((read) => {
    const caller = callerNamed(String(read?.claims['unique_name'] ?? ''));
    if (read === undefined || read.isExpired || caller === undefined) return undefined;
    rememberToken(call.world, token, caller, Number(read.claims['exp']));
    return caller;
  });
}

/** ASP.NET's default; no page shows what the vendor's says (logisense.md §2). */
export function unauthorized(call: Call): Reply {
  const message =
    'Sign in at /AuthorizationServer/api/v6/Access/Login and send Authorization: Bearer with the access_token, or with the name of a user.';
  explain(call, [() => ({ message, rule: 'authentication', member: 'Authorization' })]);
  return frameworkReply(401, 'Authorization has been denied for this request.', { 'WWW-Authenticate': 'Bearer' });
}
