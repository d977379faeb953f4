/**
 * The one source of chance: a stream of numbers for each (seed, entity.member, record), so that neither the order of
 * access nor a new member or record changes a value that was there.
 */
import type { Faker } from '@faker-js/faker';
import { faker as english } from '@faker-js/faker/locale/en';

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

/**
 * faker on the current stream. The locale's instance brings its class along: importing the class from the package's
 * root would load all seventy locales (ten times the time to start).
 */
export const faker: Faker = new (english.constructor as typeof Faker)({
  locale: english.rawDefinitions,
  randomizer: { next: draw, seed: () => undefined },
});

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
