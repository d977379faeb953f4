/** What written records weigh in memory, about: for a bound that must cost next to nothing where a record is written. */

/** Of an entry: its place in a map, and the record itself. */
const ENTRY = 100;
/** Of a member or an item: its place, and a number that stands beside it. */
const VALUE = 12;
/** Of a text beside its characters, which may take two bytes each. */
const TEXT = 24;

/** Bytes. */
export const weightOf = (entry: object | null): number => ENTRY + (entry === null ? 0 : membersOf(entry));

function membersOf(value: object): number {
  let weight = 0;
  for (const name in value) {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    weight += VALUE;
    if (typeof member === 'string') weight += member === '' ? 0 : TEXT + 2 * member.length;
    else if (typeof member === 'object' && member !== null) weight += VALUE + membersOf(member);
  }
  return weight;
}
