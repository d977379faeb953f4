/**
 * Which generated record refers to which: arithmetic on the ids, forwards and backwards, so that no scale changes a value and
 * "who refers to this?" never looks at the rest.
 */

/** Contact types that generated contacts use; the others can be deleted. */
export const USED_TYPES = 25;
export const TYPES = 40;
export const BASE_KINDS = 30;

// Contact n has contact type 1 + 7 (n - 1) mod 25; 18 is the inverse of 7.
export const typeOfContact = (n: number): number => 1 + (((n - 1) * 7) % USED_TYPES);
const firstContactOfType = (type: number): number => 1 + (((type - 1) * 18) % USED_TYPES);
export function* contactsOfType(type: number, last: number): Generator<number> {
  if (type < 1 || type > USED_TYPES) return;
  for (let n = firstContactOfType(type); n <= last; n += USED_TYPES) yield n;
}

// Every used type offers three kinds of contact point; of the others one offers two, the next one, the next none, and so on.
export const OFFERS = ['Email', 'Phone', 'Website'] as const;
export const kindsOfType = (type: number): number => (type <= USED_TYPES ? 3 : 2 - ((type - USED_TYPES - 1) % 3));
export const kindsBefore = (type: number): number => {
  if (type <= USED_TYPES + 1) return 3 * (type - 1);
  const rest = type - USED_TYPES - 1;
  return 3 * USED_TYPES + 3 * Math.floor(rest / 3) + [0, 2, 3][rest % 3]!;
};
export const KINDS = kindsBefore(TYPES + 1);
export const typeOfKind = (kind: number): number => {
  let type = Math.min(1 + Math.floor((kind - 1) / 3), USED_TYPES + 1);
  while (kindsBefore(type + 1) < kind) type++;
  return type;
};

// Contacts have three, two, one and no contact points in turn.
export const pointsOfContact = (n: number): number => 3 - ((n - 1) % 4);
export const pointsBefore = (n: number): number => 6 * Math.floor((n - 1) / 4) + [0, 3, 5, 6][(n - 1) % 4]!;
export const contactOfPoint = (point: number): number => 4 * Math.floor((point - 1) / 6) + [1, 1, 1, 2, 2, 3][(point - 1) % 6]!;
export const slotOfPoint = (point: number): number => point - pointsBefore(contactOfPoint(point)) - 1;

// Every fifth contact has no address.
export const addressOfContact = (n: number): number | null => (n % 5 === 0 ? null : n - Math.floor(n / 5));
export const contactOfAddress = (address: number): number => address + Math.floor((address - 1) / 4);

export const range = function* (first: number, count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield first + i;
};
export const none: readonly number[] = [];
export const asNumber = (key: number | string): number => (typeof key === 'number' && Number.isInteger(key) ? key : 0);
/** Numbers of a small table whose value by arithmetic is this. */
export const where = (size: number, matches: (n: number) => boolean): number[] => [...range(1, size)].filter(matches);
