/**
 * A page of an entity's records. The store finds a place among ten million by arithmetic; a search looks at one record after
 * the other, in turns with other calls and for a bounded time, and says where to go on.
 */
import type { Key, StoredRecord } from '../../contract/entity.ts';
import { MockError, suggest } from '../../mock-error.ts';
import type { BaseTable } from '../../store/base.ts';
import type { Work } from '../../work.ts';
import type { World } from '../../store/world.ts';
import { keyIn } from '../../worlds/records.ts';
import { canBeAsked, referring } from './relations.ts';
import { fieldOf, targetOf } from '../../derive/stored-member.ts';

/** `generated`: as in an untouched world. `changed`: written over a generated one. `made`: the untouched world has none. */
export type Origin = 'generated' | 'changed' | 'made' | 'deleted';

export interface RecordView {
  readonly key: Key;
  readonly origin: Origin;
  /** Of a deleted one: what the untouched world has. */
  readonly record: StoredRecord;
}

export interface RecordPage {
  /** `api.entity` */
  readonly entity: string;
  /** How many there are without a filter; null where only counting would tell. */
  readonly total: number | null;
  readonly records: readonly RecordView[];
  /** The `offset` at which to go on; null at the end. */
  readonly next: number | null;
}

export interface RecordQuery {
  readonly offset: number;
  readonly limit: number;
  /** The one to look at; undefined: any. */
  readonly member: string | undefined;
  /** What it holds: a part of a text, a number or a key as it is; undefined: every record. */
  readonly q: string | undefined;
  /** Only what was written, deleted ones included. */
  readonly isWritten: boolean;
}

/** Records looked at, after which a search answers with what it has. */
const MAX_SEARCHED = 10_000;
/** Up to here a sparse table is counted. */
const MAX_COUNTED = 20_000;

export function* recordPage(world: World, table: BaseTable, query: RecordQuery): Work<RecordPage> {
  const { q, member, limit, isWritten } = query;
  if (member !== undefined && !Object.hasOwn(table.entity.members, member)) {
    const members = Object.keys(table.entity.members);
    throw new MockError(
      'unknown-member',
      `${table.id} has no member "${member}".`,
      suggest(member, members, `It has ${members.join(', ')}.`),
    );
  }
  const test = q === undefined ? () => true : matcher(world, table, member, q);
  const records: RecordView[] = [];
  // A text that is a key means that record before all others, however far it is.
  const meant = q === undefined || isWritten || member !== undefined ? undefined : keyFrom(table, q);
  const first = meant !== undefined && world.has(table, meant) ? meant : undefined;
  if (first !== undefined && query.offset === 0) records.push(viewOf(world, table, first));
  let looked = 0;
  let next: number | null = null;
  for (const [after, key] of places(world, table, query)) {
    if (key !== undefined && key !== first && (isWritten || test(key))) records.push(viewOf(world, table, key));
    if (records.length >= limit || ++looked >= MAX_SEARCHED) {
      next = after;
      break;
    }
    yield;
  }
  const isCounted = table.isDense || table.size <= MAX_COUNTED;
  return { entity: table.id, total: q === undefined && !isWritten && isCounted ? world.table(table.id).count() : null, records, next };
}

export function viewOf(world: World, table: BaseTable, key: Key): RecordView {
  const written = world.written(table.id, key);
  const number = table.numberOf(key);
  const record = written ?? (number === undefined ? undefined : table.record(number));
  const origin = written === undefined ? 'generated' : written === null ? 'deleted' : number === undefined ? 'made' : 'changed';
  return { key, origin, record: record as StoredRecord };
}

type Place = readonly [after: number, key: Key | undefined];

/** The keys to look at from the query's offset on, each with the offset after it; undefined where a number has no record. */
function places(world: World, table: BaseTable, { offset, member, q, isWritten }: RecordQuery): Iterable<Place> {
  if (isWritten) return numbered(writtenKeys(world, table), offset);
  if (q !== undefined) {
    const key = keyFrom(table, q);
    if (member === table.entity.key) return numbered(key !== undefined && world.has(table, key) ? [key] : [], offset);
    const target = member === undefined ? undefined : targetOf(table, member);
    const wanted = target === undefined ? undefined : keyFrom(table.base.table(target), q);
    if (wanted !== undefined && canBeAsked(table, member!)) return numbered(referring(world, table, member!, wanted), offset);
  }
  return table.isDense ? counted(world, table, offset) : sparse(world, table, offset);
}

function* numbered(keys: Iterable<Key>, offset: number): Generator<Place> {
  let i = 0;
  for (const key of keys) if (++i > offset) yield [i, key];
}
function* counted(world: World, table: BaseTable, offset: number): Generator<Place> {
  for (const key of world.table(table.id).keys(offset)) yield [++offset, key];
}
/** Offsets are numbers here: how many records lie before one, only counting would tell. */
function* sparse(world: World, table: BaseTable, offset: number): Generator<Place> {
  for (let n = offset + 1; n <= table.size; n++) {
    const key = table.has(n) ? table.keyOf(n) : undefined;
    yield [n, key !== undefined && world.has(table, key) ? key : undefined];
  }
  const added = writtenKeys(world, table).filter((key) => table.numberOf(key) === undefined && world.has(table, key));
  for (let i = Math.max(0, offset - table.size); i < added.length; i++) yield [table.size + i + 1, added[i]];
}
const writtenKeys = (world: World, table: BaseTable): Key[] =>
  [...world.entriesOf(table.id).keys()].sort((left, right) => (left < right ? -1 : 1));

/** The key that a text is, whatever the case of a GUID; undefined where it cannot be one. */
export const keyFrom = (table: BaseTable, text: string): Key | undefined => keyIn(table, text.toLowerCase());

/** Texts match by a part, whatever the case; all else as it is. */
function matcher(world: World, table: BaseTable, member: string | undefined, q: string): (key: Key) => boolean {
  const wanted = q.toLowerCase();
  const there = world.table(table.id);
  const testOf = (name: string): ((value: unknown) => boolean) => {
    const { type } = fieldOf(table, name).facts;
    if (type === 'list') return (value) => value !== null && (value as unknown[]).some((item) => String(item).toLowerCase() === wanted);
    if (type !== 'string' && type !== 'dateTime') return (value) => String(value).toLowerCase() === wanted;
    return (value) => value !== null && String(value).toLowerCase().includes(wanted);
  };
  if (member !== undefined) {
    const test = testOf(member);
    return (key) => test(there.member(key, member));
  }
  const tests = Object.keys(table.entity.members).map((name) => [name, testOf(name)] as const);
  return (key) => {
    const record = there.get(key) as StoredRecord;
    return tests.some(([name, test]) => test(record[name]));
  };
}
