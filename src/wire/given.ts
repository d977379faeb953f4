/**
 * Which members of a decoded object its sender gave. Neutral JSON has every member, so a zero that was sent looks like a
 * zero that was not; a write that leaves the rest of a record alone must tell them apart. Every reader makes its objects with
 * `blank` and sets their members with `give`.
 */
import type { Dto } from '../contract/dto.ts';

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

/** What a body held and no member took. */
export interface PassedOver {
  /** As it was sent, shortened. */
  readonly name: string;
  /** No member is called so; its value is not one; in XML, it came behind its place, or in another namespace. */
  readonly why: 'unknown' | 'unreadable' | 'late' | 'namespace';
  /** The text of a value that is none, shortened. */
  readonly text?: string;
}

/** Kept of each object. */
const MAX_PASSED_OVER = 5;
const MAX_TEXT = 100;
const passedOver = new WeakMap<object, PassedOver[]>();

export function passOver(record: object, name: string, why: PassedOver['why'], text?: string): void {
  let found = passedOver.get(record);
  if (found === undefined) passedOver.set(record, (found = []));
  if (found.length >= MAX_PASSED_OVER) return;
  const short = name.slice(0, MAX_TEXT);
  found.push(text === undefined ? { name: short, why } : { name: short, why, text: text.slice(0, MAX_TEXT) });
}

/** What was passed over in a message and in the objects that it holds, each with the type of the object. */
export function* passedOverIn(dto: Dto, record: Readonly<Record<string, unknown>>): Generator<readonly [Dto, PassedOver]> {
  for (const one of passedOver.get(record) ?? []) yield [dto, one];
  for (const [name, of] of holdersOf(dto)) {
    const held = record[name] as Held;
    if (held === null || held === undefined) continue;
    for (const one of Array.isArray(held) ? held : [held]) if (one !== null) yield* passedOverIn(of(), one);
  }
}
const holders = new WeakMap<Dto, readonly (readonly [member: string, of: () => Dto])[]>();
/** The members that hold objects. */
function holdersOf(dto: Dto): readonly (readonly [string, () => Dto])[] {
  let found = holders.get(dto);
  if (found === undefined) {
    found = dto.members.flatMap(({ name, field }) => {
      const { of } = (field.facts.item ?? field).facts;
      return of === undefined ? [] : [[name, of] as const];
    });
    holders.set(dto, found);
  }
  return found;
}
type Held = Readonly<Record<string, unknown>> | readonly (Readonly<Record<string, unknown>> | null)[] | null | undefined;
