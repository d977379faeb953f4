/**
 * The records that a call asks for, in their order: all by arithmetic, those of a search by looking at one after another, in
 * turns, over one version of the world. What a search has found is kept for its next page until a record is written.
 */
import type { Key } from '../../../contract/entity.ts';
import type { Table } from '../../../store/table.ts';
import type { Work } from '../../../work.ts';
import type { World } from '../../../store/world.ts';
import type { ModelTable } from '../model/model-table.ts';
import { type Condition, comparable, compare, testOf, type Value } from './condition.ts';
import { Scan, type Selection, type Source } from './scan.ts';
import type { Order, Search } from './search.ts';
import { SortedScan } from './sorted-scan.ts';

/** All records of a table: pages are arithmetic. */
class Everything implements Selection {
  readonly looked = 0;
  readonly #rows: Table;
  readonly #source: Source;

  constructor(rows: Table, source: Source) {
    this.#rows = rows;
    this.#source = source;
  }
  // biome-ignore lint/correctness/useYield: nothing has to be looked at
  *count(): Work<number> {
    return this.#rows.count();
  }
  *keys(offset: number, limit: number): Generator<Key | undefined> {
    yield* first(this.#source(offset), limit);
  }
}

/** Searches of one version that are kept; the one asked for least lately goes first. */
const MAX_SEARCHES = 8;
/** A search with more values, or written longer, is not kept. */
const MAX_VALUES = 100;
const MAX_NAME = 10_000;

class Searches {
  readonly version: World;
  readonly #kept = new Map<string, Selection>();

  constructor(version: World) {
    this.version = version;
  }
  *selection(table: ModelTable, search: Search): Work<Selection> {
    // The values of a search may be many: it is then found anew.
    if (search.groups.flat().some(({ values }) => values.length > MAX_VALUES)) return yield* selectionOf(this.version, table, search);
    const name = JSON.stringify([table.view.name, search]);
    const selection = this.#kept.get(name) ?? (yield* selectionOf(this.version, table, search));
    this.#kept.delete(name);
    if (name.length <= MAX_NAME) this.#kept.set(name, selection);
    if (this.#kept.size > MAX_SEARCHES) this.#kept.delete(this.#kept.keys().next().value as string);
    return selection;
  }
}

export interface Selected {
  /** The world as it is now: what is selected is read there. */
  readonly version: World;
  readonly selection: Selection;
}

export function* select(world: World, table: ModelTable, search: Search): Work<Selected> {
  const searches = world.memoize(table.api, 'searches', () => new Searches(world.version(table.api)));
  return { version: searches.version, selection: yield* searches.selection(table, search) };
}

/** Many values take a while to be sorted, and to be compared with. */
function* selectionOf(version: World, table: ModelTable, { groups, order }: Search): Work<Selection> {
  const rows = table.of(version);
  const { key, order: listed } = rows.base.entity;
  const wanted = orderOf(order, key, listed);
  const narrowed = narrow(rows, groups);
  const natural = narrowed === undefined ? sourceOf(rows, wanted, key, listed) : isAscending(wanted, key) ? narrowed : undefined;
  if (groups.length === 0 && natural !== undefined) return new Everything(rows, natural);
  yield;
  const scan = new Scan(natural ?? narrowed ?? ((position) => rows.keys(position)), matching(version, table, groups));
  if (natural !== undefined) return scan;
  return new SortedScan(
    scan,
    wanted,
    comparing((found, member) => table.member(version, found, member) as Value),
  );
}

/** Texts that are kept in the form in which they are compared: most records share theirs with others. */
const MAX_TEXTS = 20_000;

function comparing(read: (key: number, member: string) => Value): (key: number, member: string) => Value {
  const texts = new Map<string, Value>();
  return (key, member) => {
    const value = read(key, member);
    if (typeof value !== 'string') return value;
    let text = texts.get(value);
    if (text === undefined) {
      text = comparable(value);
      if (texts.size < MAX_TEXTS) texts.set(value, text);
    }
    return text;
  };
}

/** What decides the order: each member once, none behind the key. */
function orderOf(order: readonly Order[], key: string, listed: string | undefined): readonly Order[] {
  if (order.length === 0) return [{ member: listed ?? key, isDescending: false }];
  const end = order.findIndex(({ member }) => member === key);
  return end < 0 ? order : order.slice(0, end + 1);
}
const isAscending = ([first]: readonly Order[], key: string): boolean => first!.member === key && !first!.isDescending;

/** The table's own keys in this order; undefined where they have to be sorted. */
function sourceOf(rows: Table, order: readonly Order[], key: string, listed: string | undefined): Source | undefined {
  const [{ member, isDescending }, ...others] = order as [Order, ...Order[]];
  if (member === key) return (position) => (isDescending ? rows.keysDescending(position) : rows.keys(position));
  const isOwn = member === listed && !isDescending && others.every((other) => other.member === key && !other.isDescending);
  return isOwn ? (position) => rows.listed(position) : undefined;
}

/** More lists of keys than this are not merged: looking at every record is cheaper. */
const MAX_MERGED = 64;

/** Who can match at all, ascending: where a key or an invertible foreign key must have a value, nobody else is looked at. */
function narrow(rows: Table, groups: Search['groups']): Source | undefined {
  const sure = groups.filter((group) => group.every(({ join }, i) => i === 0 || join === 'and')).flat();
  for (const { member, operator, values } of sure) {
    if ((operator !== 'eq' && operator !== 'in') || !values.every((value) => typeof value === 'number')) continue;
    const wanted = [...new Set(values as number[])];
    if (member === rows.base.entity.key) {
      const keys = Float64Array.from(wanted).sort();
      return (position) => behind(existing(rows, keys), position);
    }
    if (rows.base.entity.referrers?.[member] === undefined || wanted.length > MAX_MERGED) continue;
    return (position) => behind(merged(wanted.map((value) => rows.referring(member, value) as Generator<number>)), position);
  }
  return undefined;
}

function matching(version: World, table: ModelTable, groups: Search['groups']): (key: number) => boolean {
  const tests = groups.map((conditions) => conditions.map((condition: Condition) => ({ ...condition, test: testOf(condition) })));
  const isOfOne = groups.flat().length < 2;
  return (key) => {
    // A member that several conditions name is generated once.
    const values = new Map<string, Value>();
    const read = (member: string): Value => {
      if (isOfOne) return comparable(table.member(version, key, member) as Value);
      let value = values.get(member);
      if (value === undefined) values.set(member, (value = comparable(table.member(version, key, member) as Value)));
      return value;
    };
    return tests.every((conditions) => {
      let isMet = true;
      for (let i = 0; i < conditions.length; i++) {
        const { member, join, test } = conditions[i]!;
        if (i > 0 && isMet === (join === 'or')) continue;
        isMet = test(read(member));
      }
      return isMet;
    });
  };
}

function* first(keys: Iterable<Key | undefined>, limit: number): Generator<Key | undefined> {
  let left = limit;
  if (left === 0) return;
  for (const key of keys) {
    yield key;
    if (key !== undefined && --left === 0) return;
  }
}

function* behind(keys: Iterable<Key | undefined>, position: number): Generator<Key | undefined> {
  let left = position;
  for (const key of keys) {
    if (key === undefined) yield undefined;
    else if (left-- <= 0) yield key;
  }
}
function* existing(rows: Table, keys: Iterable<number>): Generator<Key | undefined> {
  for (const key of keys) yield rows.has(key) ? key : undefined;
}

/** Ascending keys of several ascending sources, none of which shares one with another. */
function* merged(sources: readonly Iterator<number>[]): Generator<number> {
  if (sources.length === 1) {
    yield* { [Symbol.iterator]: () => sources[0]! };
    return;
  }
  const heads = sources.map((source) => ({ source, key: source.next().value as number | undefined }));
  const alive = heads.filter(({ key }) => key !== undefined).sort((left, right) => compare(left.key!, right.key!));
  while (alive.length > 0) {
    const head = alive.shift()!;
    yield head.key!;
    head.key = head.source.next().value as number | undefined;
    if (head.key === undefined) continue;
    const at = alive.findIndex(({ key }) => key! > head.key!);
    alive.splice(at < 0 ? alive.length : at, 0, head);
  }
}
