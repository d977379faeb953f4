/** Signed JWTs that are valid in the world that issued them, and expire by that world's clock alone. */
import { sign, verify } from 'hono/jwt';
import { guidKind, toGuid } from '../store/ids.ts';
import type { World } from '../store/world.ts';

export type Claims = Readonly<Record<string, unknown>>;

const secretOf = (world: World): string => toGuid(guidKind(world.base.seed, `secret:${world.name}`), 0);

/** Times are seconds since 1970 on the world's clock. */
export const secondsOf = (world: World): number => Math.floor(world.now() / 1000);

/** Signs claims as they are; put `iat`, `nbf` and `exp` in from the world's clock (`secondsOf`). */
export const issueToken = (world: World, claims: Claims, algorithm: 'HS256' | 'HS512' = 'HS256'): Promise<string> =>
  sign({ ...claims }, secretOf(world), algorithm);

export interface ReadToken {
  readonly claims: Claims;
  readonly isExpired: boolean;
}

/** The claims of a token that this world signed; undefined for any other text. */
export async function readToken(world: World, token: string, algorithm: 'HS256' | 'HS512' = 'HS256'): Promise<ReadToken | undefined> {
  let claims: Claims;
  try {
    // hono would compare the times with the machine's clock.
    claims = await verify(token, secretOf(world), { alg: algorithm, exp: false, nbf: false, iat: false });
  } catch {
    return undefined;
  }
  const expires = claims['exp'];
  return { claims, isExpired: typeof expires === 'number' && expires <= secondsOf(world) };
}
