/**
 * Which members of a decoded object its sender gave. Neutral JSON has every member, so a zero that was sent looks like a
 * zero that was not; a write that leaves the rest of a record alone must tell them apart. Every reader makes its objects with
 * `blank` and sets their members with `give`.
 */
const given = new WeakMap<object, Set<string>>();

/** Of an object whose members are all at their defaults nothing was given yet. */
export function withoutGiven<T extends object>(record: T): T {
  given.set(record, new Set());
  return record;
}

/** Sets a member to what was sent. */
export function give(record: Record<string, unknown>, member: string, value: unknown): void {
  record[member] = value;
  given.get(record)?.add(member);
}

/** The members that were given, in the order in which they came; of an object that was made in code, all that it has. */
export const givenMembers = (record: object): readonly string[] => [...(given.get(record) ?? Object.keys(record))];
