/**
 * GUIDs as a keyed bijection: (kind, number) ↔ GUID under the seed. A GUID can be looked up by arithmetic alone, a foreign
 * one leads nowhere, and no two records share one.
 */
import type { Guid } from '../contract/field.ts';
import { hash, mix } from './random.ts';

/** The free bits of a version-4 GUID: 32 + 28 + 30 + 32 = 122, as four words of a generalized Feistel network. */
const WIDTHS = [0xffffffff, 0x0fffffff, 0x3fffffff, 0xffffffff] as const;
const STEPS = 12;

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export interface GuidKind {
  readonly seed: number;
  readonly tag: number;
}

export const guidKind = (seed: string, name: string): GuidKind => ({ seed: hash(`guid:${seed}`), tag: hash(`guid:${name}`) });

const noise = (seed: number, step: number, x: number, y: number, z: number): number =>
  mix((Math.imul(mix((Math.imul(mix(x ^ seed) ^ y, 0x9e3779b1) + z) | 0) ^ step, 0x85ebca77) + seed) | 0);

/** The characters of a GUID, made in place: as pieces of text it would be twenty of them. */
const codes = Array.from('00000000-0000-4000-8000-000000000000', (character) => character.charCodeAt(0));
const DIGITS = Array.from('0123456789abcdef', (character) => character.charCodeAt(0));
/** Writes the low `count` digits of a value before a place. */
function put(value: number, count: number, end: number): void {
  let rest = value;
  for (let at = end - 1; at >= end - count; at--) {
    codes[at] = DIGITS[rest & 15]!;
    rest >>>= 4;
  }
}

// The id of a request is asked for twice, by its headers and by its body.
let lastSeed = 0;
let lastTag = 0;
let lastNumber = -1;
let lastGuid = '' as Guid;

/** The GUID of the `number`-th thing of a kind (0 to 2^32 - 1). */
export function toGuid(kind: GuidKind, number: number): Guid {
  if (number === lastNumber && kind.tag === lastTag && kind.seed === lastSeed) return lastGuid;
  const w = [number >>> 0, kind.tag & WIDTHS[1], 0, (kind.tag >>> 4) >>> 0];
  for (let step = 0; step < STEPS; step++) {
    const i = step & 3;
    w[i] = (w[i]! ^ (noise(kind.seed, step, w[(i + 1) & 3]!, w[(i + 2) & 3]!, w[(i + 3) & 3]!) & WIDTHS[i]!)) >>> 0;
  }
  const [w0, w1, w2, w3] = w as [number, number, number, number];
  const high = (0x80000000 | w2) >>> 0;
  put(w0, 8, 8);
  put(w1 >>> 12, 4, 13);
  put(w1, 3, 18);
  put(high >>> 16, 4, 23);
  put(high, 4, 28);
  put(w3, 8, 36);
  lastSeed = kind.seed;
  lastTag = kind.tag;
  lastNumber = number;
  lastGuid = String.fromCharCode(...codes) as Guid;
  return lastGuid;
}

/** The number behind a GUID of this kind; undefined for every other text. */
export function fromGuid(kind: GuidKind, guid: string): number | undefined {
  if (!GUID.test(guid)) return undefined;
  const part = (from: number, to: number): number => Number.parseInt(guid.slice(from, to), 16);
  const w = [
    part(0, 8),
    ((part(9, 13) << 12) | part(15, 18)) >>> 0,
    ((part(19, 23) * 0x10000 + part(24, 28)) & WIDTHS[2]) >>> 0,
    part(28, 36),
  ];
  for (let step = STEPS - 1; step >= 0; step--) {
    const i = step & 3;
    w[i] = (w[i]! ^ (noise(kind.seed, step, w[(i + 1) & 3]!, w[(i + 2) & 3]!, w[(i + 3) & 3]!) & WIDTHS[i]!)) >>> 0;
  }
  return w[1] === (kind.tag & WIDTHS[1]) && w[2] === 0 && w[3] === (kind.tag >>> 4) >>> 0 ? w[0] : undefined;
}
