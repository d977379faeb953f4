/**
 * Which members of a decoded object its sender gave. Neutral JSON has every member, so a zero that was sent looks like a
 * zero that was not; a write that leaves the rest of a record alone must tell them apart.
 */
const given = new WeakMap<object, readonly string[]>();

/** Called by every reader for an object that it has filled up with defaults. */
export function noteGiven<T extends object>(record: T, members: readonly string[]): T {
  given.set(record, members);
  return record;
}

/** The members that were given, in the order in which they came; of an object that was made in code, all that it has. */
export const givenMembers = (record: object): readonly string[] => given.get(record) ?? Object.keys(record);
