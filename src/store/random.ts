/**
 * The one source of chance: a stream of numbers for each (seed, entity.member, record), so that neither the order of
 * access nor a new member or record changes a value that was there.
 */
/** Rounds that sfc32 needs before the counter in its key no longer shows (with 4 it does, with 8 it does not). */
const WARM_UP = 12;

let a = 0;
let b = 0;
let c = 0;
let d = 0;
/** The current stream has its key but has not been warmed up: most members never draw. */
let isCold = false;

const word = (): number => {
  const sum = (((a + b) | 0) + d) | 0;
  d = (d + 1) | 0;
  a = b ^ (b >>> 9);
  b = (c + (c << 3)) | 0;
  c = ((c << 21) | (c >>> 11)) + sum;
  c |= 0;
  return sum >>> 0;
};

/** The next number of the current stream in [0, 1), 53 bits. */
export const draw = (): number => {
  if (isCold) {
    isCold = false;
    for (let i = 0; i < WARM_UP; i++) word();
  }
  return (word() * 0x200000 + (word() >>> 11)) / 0x20000000000000;
};

/** Runs `make` on the stream of one value; streams may nest, as when a name is made of two other members. */
export function onStream<A, T>(seed: number, member: number, record: number, make: (argument: A) => T, argument: A): T {
  const a0 = a;
  const b0 = b;
  const c0 = c;
  const d0 = d;
  const wasCold = isCold;
  a = seed | 0;
  b = member | 0;
  c = record | 0;
  d = 1;
  isCold = true;
  try {
    return make(argument);
  } finally {
    a = a0;
    b = b0;
    c = c0;
    d = d0;
    isCold = wasCold;
  }
}

/** The one thing that nobody may foretell: a token for a control plane that others can reach. */
export const secret = (): string => crypto.randomUUID();

/** A 32-bit hash of a text (FNV-1a, finished as in MurmurHash3), the same on every machine. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}

/** A whole number from `from` to `to`, both included, that follows from a text alone. */
export const drawBetween = (text: string, from: number, to: number): number => from + (hash(text) % (to - from + 1));

/** MurmurHash3's finalizer: every bit of the input reaches every bit of the result. */
export function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The steps of a shuffle that go over more numbers than asked for: a power of four, so that halves are equal. */
const ROUNDS = 4;
const half = (size: number): number => Math.ceil((32 - Math.clz32(size - 1)) / 2);
const scramble = (key: number, round: number, half: number): number => mix((half ^ key) + Math.imul(round + 1, 0x9e3779b1));

/** A keyed shuffle of 0 … size-1 (size up to 2^30): the place of the i-th, by arithmetic (a Feistel network, walked until inside). */
export function shuffle(key: number, size: number, i: number): number {
  const bits = half(size);
  const mask = (1 << bits) - 1;
  let at = i;
  do {
    let left = at >>> bits;
    let right = at & mask;
    for (let round = 0; round < ROUNDS; round++) [left, right] = [right, left ^ (scramble(key, round, right) & mask)];
    at = (left << bits) | right;
  } while (at >= size);
  return at;
}

/** The inverse: which one stands at a place. */
export function unshuffle(key: number, size: number, place: number): number {
  const bits = half(size);
  const mask = (1 << bits) - 1;
  let at = place;
  do {
    let left = at >>> bits;
    let right = at & mask;
    for (let round = ROUNDS - 1; round >= 0; round--) [left, right] = [right ^ (scramble(key, round, left) & mask), left];
    at = (left << bits) | right;
  } while (at >= size);
  return at;
}
