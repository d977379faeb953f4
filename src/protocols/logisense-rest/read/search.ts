/** Filter and order, as both search styles state them (logisense.md §3, §3a): parsed with every mistake noted, then applied. */
import type { Key } from '../../../contract/entity.ts';
import { nearest, suggest } from '../../../mock-error.ts';
import type { World } from '../../../store/world.ts';
import { coerce } from '../write/bind.ts';
import { isObject, type JsonObject, withKnownNames } from '../json.ts';
import type { ModelTable } from '../model/model-table.ts';
import { malformed, unsupported, excerpt, type Problem, type Spot, wrongType } from '../problem.ts';

type Value = string | number | boolean | null;

export interface Condition {
  readonly member: string;
  readonly operator: string;
  readonly values: readonly Value[];
  /** How it joins the conditions before it. */
  readonly join: 'and' | 'or';
}
export interface Order {
  readonly member: string;
  readonly isDescending: boolean;
}
export interface Search {
  /** Groups combine with `and`. */
  readonly groups: readonly (readonly Condition[])[];
  readonly order: readonly Order[];
}
export const EVERYTHING: Search = { groups: [], order: [] };

/** The vendor lists the first seven and "etc."; `startsWith` stands in its metadata sample; the rest are ours. */
const OPERATORS: Readonly<Record<string, (value: Value, wanted: readonly Value[]) => boolean>> = {
  eq: (value, wanted) => wanted.includes(value),
  notEq: (value, wanted) => !wanted.includes(value),
  lt: (value, [wanted]) => both(value, wanted) && compare(value, wanted!) < 0,
  ltEq: (value, [wanted]) => both(value, wanted) && compare(value, wanted!) <= 0,
  gt: (value, [wanted]) => both(value, wanted) && compare(value, wanted!) > 0,
  gtEq: (value, [wanted]) => both(value, wanted) && compare(value, wanted!) >= 0,
  contains: (value, [wanted]) => both(value, wanted) && String(value).includes(String(wanted)),
  startsWith: (value, [wanted]) => both(value, wanted) && String(value).startsWith(String(wanted)),
  endsWith: (value, [wanted]) => both(value, wanted) && String(value).endsWith(String(wanted)),
  in: (value, wanted) => wanted.includes(value),
  notIn: (value, wanted) => !wanted.includes(value),
};
const OF_TEXT: ReadonlySet<string> = new Set(['contains', 'startsWith', 'endsWith']);
const OF_LISTS: ReadonlySet<string> = new Set(['in', 'notIn']);

const both = (value: Value, wanted: Value | undefined): boolean => value !== null && wanted !== null && wanted !== undefined;
/** Nulls first, texts by code unit: the same under every locale. */
const compare = (left: Value, right: Value): number => {
  if (left === right) return 0;
  if (left === null || right === null) return left === null ? -1 : 1;
  return left < right ? -1 : 1;
};

const NAMES = ['filters', 'search', 'groups', 'orderBy', 'condition', 'name', 'operator', 'value', 'direction'];

/** From the older header (`filters`, or `groups` of them) or a search's body (`search`). */
export function readSearch(table: ModelTable, sent: JsonObject, path: string, problems: Problem[]): Search {
  const from = withKnownNames(sent, NAMES);
  const groups: Condition[][] = [];
  const read = (holder: JsonObject, member: string, where: string): void => {
    const filters = listOf(holder[member], `${where}.${member}`, problems);
    const join = conjunctionOf(holder['condition'], `${where}.condition`, problems);
    groups.push(filters.flatMap((filter, i) => readCondition(table, filter, `${where}.${member}[${i}]`, join, problems)));
  };
  for (const member of ['filters', 'search']) if (from[member] !== undefined) read(from, member, path);
  for (const [i, group] of listOf(from['groups'], `${path}.groups`, problems).entries()) read(group, 'filters', `${path}.groups[${i}]`);
  const order = listOf(from['orderBy'], `${path}.orderBy`, problems).flatMap((entry, i) =>
    readOrder(table, entry, `${path}.orderBy[${i}]`, problems),
  );
  return { groups: groups.filter((group) => group.length > 0), order };
}

function listOf(value: unknown, path: string, problems: Problem[]): readonly JsonObject[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every(isObject)) return value.map((entry) => withKnownNames(entry, NAMES));
  problems.push(
    malformed(`'${path}' MUST be a list of objects.`, {
      message: `Write ${path} as a list of objects.`,
      member: path,
      rule: 'list',
      value,
    }),
  );
  return [];
}

function conjunctionOf(value: unknown, path: string, problems: Problem[], otherwise: 'and' | 'or' = 'and'): 'and' | 'or' {
  if (value === undefined || value === null || value === '') return otherwise;
  const word = excerpt(value).toLowerCase();
  if (word === 'and' || word === 'or') return word;
  problems.push(
    unsupported(`'${path}' MUST be 'and' or 'or'.`, {
      message: 'Conditions join with and, or with or.',
      member: path,
      rule: 'condition',
      value,
    }),
  );
  return otherwise;
}

export function searchedMember(table: ModelTable, name: unknown, path: string, problems: Problem[]): string | undefined {
  const field = typeof name === 'string' ? table.memberNamed(name) : undefined;
  if (field !== undefined) return field.name;
  const typed = typeof name === 'string' ? name : undefined;
  const names = table.model.dto.members.map((member) => member.name);
  const explanation = {
    message: `Name a member of ${table.name}. ${suggest(typed, names, `It has ${names.join(', ')}.`, String)}`,
    member: path,
    rule: 'known member',
    value: name,
    nearest: typed === undefined ? undefined : nearest(typed, names),
  };
  problems.push(unsupported(`'${excerpt(name)}' is not a property of '${table.name}'.`, explanation));
  return undefined;
}

function readCondition(table: ModelTable, filter: JsonObject, path: string, join: 'and' | 'or', problems: Problem[]): Condition[] {
  const member = searchedMember(table, filter['name'], `${path}.name`, problems);
  const operator = Object.keys(OPERATORS).find((name) => name.toLowerCase() === excerpt(filter['operator'] ?? 'eq').toLowerCase());
  const own = conjunctionOf(filter['condition'], `${path}.condition`, problems, join);
  if (operator === undefined) {
    const near = nearest(excerpt(filter['operator']), Object.keys(OPERATORS));
    const explanation = {
      message: `Use one of ${Object.keys(OPERATORS).join(', ')}.`,
      member: `${path}.operator`,
      rule: 'operator',
      value: filter['operator'],
    };
    problems.push(
      unsupported(
        `'${excerpt(filter['operator'])}' is not an operator.`,
        near === undefined ? explanation : { ...explanation, nearest: near },
      ),
    );
  }
  if (member === undefined || operator === undefined) return [];
  const type = table.memberNamed(member)!.type;
  const spot: Spot = { member, path: `${path}.value`, dto: table.name };
  const comparedType = OF_TEXT.has(operator) ? 'string' : type;
  const values = split(filter['value'], OF_LISTS.has(operator) || comparedType !== 'string').map((value) => {
    const coerced = coerce(comparedType, value);
    if (coerced === undefined) problems.push(wrongType(spot, value, type === 'bool' ? 'Boolean' : 'Number'));
    return coerced as Value;
  });
  return [{ member, operator, values, join: own }];
}

/** "List values are comma-separated in `value`" (logisense.md §3); a text is one only where the operator says so. */
function split(value: unknown, isList: boolean): unknown[] {
  if (Array.isArray(value)) return value;
  return isList && typeof value === 'string' && value.includes(',') ? value.split(',').map((part) => part.trim()) : [value ?? null];
}

function readOrder(table: ModelTable, entry: JsonObject, path: string, problems: Problem[]): Order[] {
  const member = searchedMember(table, entry['name'], `${path}.name`, problems);
  const direction = excerpt(entry['direction'] ?? 'asc').toLowerCase();
  if (direction !== 'asc' && direction !== 'desc') {
    problems.push(
      unsupported(`'${path}.direction' MUST be 'asc' or 'desc'.`, {
        message: 'Order asc or desc.',
        member: `${path}.direction`,
        rule: 'direction',
        value: entry['direction'],
      }),
    );
  }
  return member === undefined ? [] : [{ member, isDescending: direction === 'desc' }];
}

/** The keys of the records that match, in order. Unordered ones come one at a time, so that a stream need not hold them. */
export function find(world: World, table: ModelTable, { groups, order }: Search): Iterable<Key> {
  const matching = filter(world, table, groups);
  const isNatural = order.length === 0 || (order[0]!.member === 'identity' && !order[0]!.isDescending);
  return isNatural ? matching : sorted(world, table, order, matching);
}

function* filter(world: World, table: ModelTable, groups: Search['groups']): Generator<Key> {
  for (const key of candidates(world, table, groups)) if (matches(world, table, key as number, groups)) yield key;
}

function matches(world: World, table: ModelTable, key: number, groups: Search['groups']): boolean {
  return groups.every((conditions) =>
    conditions.reduce((before, { member, operator, values, join }, i) => {
      if (i > 0 && join === 'and' && !before) return false;
      if (i > 0 && join === 'or' && before) return true;
      return OPERATORS[operator]!(table.member(world, key, member) as Value, values);
    }, true),
  );
}

/** Who can match at all: where a key or an invertible foreign key must equal a value, nobody else is looked at. */
function candidates(world: World, table: ModelTable, groups: Search['groups']): Iterable<Key> {
  const rows = table.of(world);
  const sure = groups.filter((group) => group.every(({ join }, i) => i === 0 || join === 'and')).flat();
  for (const { member, operator, values } of sure) {
    if (operator !== 'eq' || !values.every((value) => typeof value === 'number')) continue;
    const wanted = [...new Set(values as number[])];
    if (member === rows.base.entity.key) return wanted.sort((left, right) => left - right).filter((key) => rows.has(key));
    if (rows.base.entity.referrers?.[member] !== undefined) {
      return wanted.flatMap((value) => [...rows.referring(member, value)] as number[]).sort((left, right) => left - right);
    }
  }
  return rows.keys();
}

function sorted(world: World, table: ModelTable, order: readonly Order[], keys: Iterable<Key>): Key[] {
  const rows = [...keys].map((key) => ({ key, values: order.map(({ member }) => table.member(world, key as number, member) as Value) }));
  rows.sort((left, right) => {
    for (let i = 0; i < order.length; i++) {
      const difference = compare(left.values[i]!, right.values[i]!);
      if (difference !== 0) return order[i]!.isDescending ? -difference : difference;
    }
    return 0;
  });
  return rows.map(({ key }) => key);
}
