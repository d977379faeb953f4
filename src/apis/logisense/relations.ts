/**
 * Which generated record refers to which: drawn, and yet arithmetic on the ids, forwards and backwards, so that no scale
 * changes a value and "who refers to this?" never looks at the rest.
 */
import { mix, shuffle, unshuffle } from '../../store/random.ts';

/** What a relation may draw from: the seed under a name. */
interface Seeded {
  seedOf(name: string): number;
}

export const TYPES = 40;
export const BASE_TYPES = 30;
/** Contact types of the base kinds that decide taxes (logisense.md §15). */
export const BILLING = 2;
export const SERVICE = 4;
/** Generated contacts have these types. The documented DELETE names type 1, and 26 and up are free as well. */
const FIRST_USED = 2;
const LAST_USED = 25;

/** The once-only base kinds 1 to 5 belong to one type each; contact type 1 is for shipping, as in the document. */
export const baseTypeOfType = (type: number): number => (type <= BASE_TYPES ? ([2, 1][type - 1] ?? type) : type - 25);

/** The types of as many contacts in a row, shuffled for each such block: 12 for billing, 8 for service, two of each other type. */
const DECK: readonly number[] = Object.freeze(
  [...range(FIRST_USED, LAST_USED - FIRST_USED + 1)].flatMap((type) =>
    Array<number>({ [BILLING]: 12, [SERVICE]: 8 }[type] ?? 2).fill(type),
  ),
);
const keyOfBlock = (at: Seeded, name: string, block: number): number => mix(at.seedOf(name) ^ block);
/** The first card, one for billing, is contact 1's: its address can be the one for taxes. */
const turn = (key: number, block: number): number => (block === 0 ? shuffle(key, DECK.length, 0) : 0);

export function typeOfContact(at: Seeded, n: number): number {
  const block = Math.floor((n - 1) / DECK.length);
  const key = keyOfBlock(at, 'types', block);
  return DECK[(shuffle(key, DECK.length, (n - 1) % DECK.length) - turn(key, block) + DECK.length) % DECK.length]!;
}
export function* contactsOfType(at: Seeded, type: number, last: number): Generator<number> {
  const cards = DECK.flatMap((held, card) => (held === type ? [card] : []));
  if (cards.length === 0) return;
  for (let block = 0; block * DECK.length < last; block++) {
    const key = keyOfBlock(at, 'types', block);
    const places = cards.map((card) => unshuffle(key, DECK.length, (card + turn(key, block)) % DECK.length));
    for (const place of places.sort((left, right) => left - right)) {
      const n = block * DECK.length + place + 1;
      if (n <= last) yield n;
    }
  }
}

/** What a contact type can offer, in this order, as the data types' numbers. */
export const OFFERS = Object.freeze([
  { name: 'Email', dataTypeId: 1 },
  { name: 'Phone', dataTypeId: 3 },
  { name: 'Website', dataTypeId: 4 },
] as const);
const PHONE = 1;
/** How many each of the types 26 to 40 offers; the others offer all. */
const OFFERED = [2, 1, 0, 2, 1, 3, 0, 0, 1, 2, 0, 1, 1, 0, 1];

export interface PointType {
  readonly contactTypeId: number;
  /** Its place among what the type offers, from 0. */
  readonly offer: number;
}
/** The contact point types, by number from 1. */
const POINT_TYPES: readonly PointType[] = Object.freeze(
  [...range(1, TYPES)].flatMap((contactTypeId) =>
    [...range(0, OFFERED[contactTypeId - LAST_USED - 1] ?? OFFERS.length)].map((offer) => ({ contactTypeId, offer })),
  ),
);
export const POINT_TYPE_COUNT = POINT_TYPES.length;
export const pointType = (n: number): PointType | undefined => POINT_TYPES[n - 1];
export const pointTypesOf = (type: number): number[] =>
  POINT_TYPES.flatMap(({ contactTypeId }, i) => (contactTypeId === type ? [i + 1] : []));
const FIRST_POINT_TYPES = Array.from({ length: TYPES + 1 }, () => 0);
for (let n = POINT_TYPE_COUNT; n > 0; n--) FIRST_POINT_TYPES[pointType(n)!.contactTypeId] = n;

/** Each contact has the numbers of as many contact points: one of each offer, and a second telephone. */
export const POINTS = 4;
export const contactOfPoint = (point: number): number => Math.ceil(point / POINTS);
const offerOfPlace = (place: number): number => (place < OFFERS.length ? place : PHONE);
export const isSecond = (point: number): boolean => (point - 1) % POINTS >= OFFERS.length;
export const pointTypeOfPoint = (at: Seeded, point: number): number =>
  FIRST_POINT_TYPES[typeOfContact(at, contactOfPoint(point))]! + offerOfPlace((point - 1) % POINTS);
export const pointsOfContact = (contact: number): Iterable<number> => (contact > 0 ? range((contact - 1) * POINTS + 1, POINTS) : NONE);
/** The numbers that points of a type may have, of `contacts` contacts. */
export function* pointsOfType(at: Seeded, pointTypeId: number, contacts: number): Generator<number> {
  const type = pointType(pointTypeId);
  if (type === undefined) return;
  for (const contact of contactsOfType(at, type.contactTypeId, contacts))
    for (const point of pointsOfContact(contact)) if (offerOfPlace((point - 1) % POINTS) === type.offer) yield point;
}

/** Addresses of as many contacts in a row have as many numbers, shuffled: the number of one does not give away the other. */
const ADDRESS_BLOCK = 32;
export const addressNumbers = (contacts: number): number => Math.ceil(contacts / ADDRESS_BLOCK) * ADDRESS_BLOCK;
const inBlock = (move: typeof shuffle, at: Seeded, n: number): number => {
  const block = Math.floor((n - 1) / ADDRESS_BLOCK);
  return block * ADDRESS_BLOCK + move(keyOfBlock(at, 'addresses', block), ADDRESS_BLOCK, (n - 1) % ADDRESS_BLOCK) + 1;
};
/** Four of five contacts have an address. */
const hasAddress = (at: Seeded, contact: number): boolean => contact === 1 || mix(at.seedOf('address') ^ contact) % 5 > 0;
export const addressOfContact = (at: Seeded, contact: number): number | null =>
  hasAddress(at, contact) ? inBlock(shuffle, at, contact) : null;
/** The contact that a number of an address belongs to; undefined where it has none. */
export const contactOfAddress = (at: Seeded, address: number): number | undefined => {
  const contact = inBlock(unshuffle, at, address);
  return hasAddress(at, contact) ? contact : undefined;
};

export function* range(first: number, count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield first + i;
}
export const NONE: readonly number[] = [];
/** An identity as a number; 0, which no record has, for anything else. */
export const identityOf = (key: number | string): number => (typeof key === 'number' && Number.isInteger(key) && key > 0 ? key : 0);
/** The numbers up to `size` of which something holds: for small tables. */
export const numbersWhere = (size: number, holds: (n: number) => boolean): number[] => [...range(1, size)].filter(holds);
