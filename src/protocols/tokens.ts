/** Signed JWTs that are valid in the world that issued them, and expire by that world's clock alone. */
import { verify } from 'hono/jwt';
import { encodeBase64Url } from 'hono/utils/encode';
import { signing } from 'hono/utils/jwt/jws';
import { guidKind, toGuid } from '../store/ids.ts';
import type { World } from '../store/world.ts';

export type Claims = Readonly<Record<string, unknown>>;
export type Algorithm = 'HS256' | 'HS512';
/** The first part of a token, in the order in which a service writes it. */
export type TokenHeader = { readonly alg: Algorithm; readonly typ: string; readonly kid?: string };

const secretOf = (world: World): string => toGuid(guidKind(world.base.seed, `secret:${world.name}`), 0);

/** Times are seconds since 1970 on the world's clock. */
export const secondsOf = (world: World): number => Math.floor(world.now() / 1000);

/** 9999-12-31T23:59:59Z: neither a .NET date nor a cookie can say more, so what ends then never ends. */
export const LAST_SECOND = 253_402_300_799;

/** When something ends that starts now and lasts so many seconds. */
export const endOf = (world: World, lifetime: number): number => Math.min(secondsOf(world) + lifetime, LAST_SECOND);
export const hasEnded = (world: World, end: number): boolean => end <= secondsOf(world) && end < LAST_SECOND;

const utf8 = new TextEncoder();
const encoded = (part: object): string => withoutPadding(utf8.encode(JSON.stringify(part)).buffer);
const withoutPadding = (bytes: ArrayBufferLike): string => encodeBase64Url(bytes).replace(/=+$/, '');

/** Signs claims as they are; put `iat`, `nbf` and `exp` in from the world's clock (`secondsOf`, `endOf`). */
export async function issueToken(world: World, claims: Claims, header: TokenHeader): Promise<string> {
  const text = `${encoded(header)}.${encoded(claims)}`;
  return `${text}.${withoutPadding(await signing(secretOf(world), header.alg, utf8.encode(text)))}`;
}

export interface ReadToken {
  readonly claims: Claims;
  readonly isExpired: boolean;
}

/** The claims of a token that this world signed; undefined for any other text. `types`: what its header may call itself. */
export async function readToken(
  world: World,
  token: string,
  algorithm: Algorithm,
  types: readonly string[] = ['JWT'],
): Promise<ReadToken | undefined> {
  let claims: Claims;
  try {
    // hono would compare the times with the machine's clock.
    claims = await verify(token, secretOf(world), { alg: algorithm, typ: [...types], exp: false, nbf: false, iat: false });
  } catch {
    return undefined;
  }
  const expires = claims['exp'];
  return { claims, isExpired: typeof expires === 'number' && hasEnded(world, expires) };
}
