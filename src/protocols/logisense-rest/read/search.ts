/** A filter and an order, as both search styles state them (logisense.md §3, §3a): read with every mistake noted. */
import { nearest, suggest } from '../../../mock-error.ts';
import type { Work } from '../../../work.ts';
import { coerce } from '../coerce.ts';
import { noticeUnknown } from '../header.ts';
import { isJsonObject, type JsonObject } from '../../../json-object.ts';
import { KnownNames, STEP } from '../json.ts';
import type { ModelTable } from '../model/model-table.ts';
import { excerpt, malformed, type Problem, type Spot, unsupported, wrongType } from '../problem.ts';
import type { RestRequest } from '../rest-request.ts';
import { type Condition, isOfList, isOfSeveral, isOfText, OPERATORS, operatorNamed, type Value } from './condition.ts';

export interface Order {
  readonly member: string;
  readonly isDescending: boolean;
}
export interface Search {
  /** Groups combine with `and`. */
  readonly groups: readonly (readonly Condition[])[];
  /** Each member once: a second mention decides nothing. */
  readonly order: readonly Order[];
}
export const EVERYTHING: Search = { groups: [], order: [] };

const GROUP = new KnownNames(['filters', 'condition']);
const FILTER = new KnownNames(['name', 'operator', 'value', 'condition']);
const ORDER = new KnownNames(['name', 'direction']);
/** The vendor's database takes 2,100 parameters in one query. */
const MAX_CONDITIONS = 2000;
/** Values of one condition. */
const MAX_VALUES = 200_000;

/** What is searched, and where mistakes are noted. */
interface Reading {
  readonly request: RestRequest;
  readonly table: ModelTable;
  readonly problems: Problem[];
}

/** From the older header (`filters`, or `groups` of them) or a search's body (`search`). */
export function* readSearch(request: RestRequest, table: ModelTable, sent: JsonObject, path: string, problems: Problem[]): Work<Search> {
  const reading: Reading = { request, table, problems };
  const groups: Condition[][] = [];
  const join = conjunctionOf(reading, sent['condition'], `${path}.condition`);
  for (const member of ['filters', 'search']) groups.push(yield* readFilters(reading, sent[member], `${path}.${member}`, join));
  for (const [i, entry] of listOf(reading, sent['groups'], `${path}.groups`).entries()) {
    const where = `${path}.groups[${i}]`;
    const group = yield* restored(reading, GROUP, entry, where);
    const own = conjunctionOf(reading, group['condition'], `${where}.condition`);
    groups.push(yield* readFilters(reading, group['filters'], `${where}.filters`, own));
  }
  const order = new Map<string, Order>();
  for (const [i, entry] of listOf(reading, sent['orderBy'], `${path}.orderBy`).entries()) {
    const where = `${path}.orderBy[${i}]`;
    const read = readOrder(reading, yield* restored(reading, ORDER, entry, where), where);
    if (read !== undefined && !order.has(read.member)) order.set(read.member, read);
    yield;
  }
  if (groups.reduce((sum, { length }) => sum + length, 0) > MAX_CONDITIONS) problems.push(tooManyConditions(path));
  return { groups: groups.filter((group) => group.length > 0), order: [...order.values()] };
}

function* readFilters(reading: Reading, sent: unknown, path: string, join: Condition['join']): Work<Condition[]> {
  const conditions: Condition[] = [];
  for (const [i, entry] of listOf(reading, sent, path).entries()) {
    const filter = yield* restored(reading, FILTER, entry, `${path}[${i}]`);
    const condition = yield* readCondition(reading, filter, `${path}[${i}]`, join);
    if (condition !== undefined) conditions.push(condition);
    yield;
  }
  return conditions;
}

/** An object with the names that are known as they are written; of the others it is noted that nobody reads them. */
function* restored({ request }: Reading, known: KnownNames, sent: JsonObject, path: string): Work<JsonObject> {
  const object = yield* known.restoring(sent);
  noticeUnknown(request, known, object, path);
  return object;
}

function listOf({ problems }: Reading, value: unknown, path: string): readonly JsonObject[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every(isJsonObject)) {
    return value;
  }
  problems.push(
    malformed(`'${path}' MUST be a list of objects.`, () => ({
      message: `Write ${path} as a list of objects.`,
      member: path,
      rule: 'list',
      value,
    })),
  );
  return [];
}

function conjunctionOf({ problems }: Reading, value: unknown, path: string, otherwise: Condition['join'] = 'and'): Condition['join'] {
  if (value === undefined || value === null || value === '') return otherwise;
  const word = excerpt(value).toLowerCase();
  if (word === 'and' || word === 'or') return word;
  problems.push(
    unsupported(`'${path}' MUST be 'and' or 'or'.`, () => ({
      message: 'Conditions join with and, or with or.',
      member: path,
      rule: 'condition',
      value,
    })),
  );
  return otherwise;
}

/** The member of a record that is searched, sorted by or shown. */
export function searchedMember(table: ModelTable, name: unknown, path: string, problems: Problem[]): string | undefined {
  const field = typeof name === 'string' ? table.memberNamed(name) : undefined;
  if (field !== undefined) return field.name;
  problems.push(
    unsupported(`'${excerpt(name)}' is not a property of '${table.name}'.`, () => {
      const typed = typeof name === 'string' ? name : undefined;
      const near = typed === undefined ? undefined : nearest(typed, table.memberNames);
      const advice = suggest(typed, table.memberNames, `It has ${table.memberNames.join(', ')}.`, String);
      const explanation = { message: `Name a member of ${table.name}. ${advice}`, member: path, rule: 'known member', value: name };
      return near === undefined ? explanation : { ...explanation, nearest: near };
    }),
  );
  return undefined;
}

function* readCondition(reading: Reading, filter: JsonObject, path: string, join: Condition['join']): Work<Condition | undefined> {
  const { request, table, problems } = reading;
  const member = searchedMember(table, filter['name'], `${path}.name`, problems);
  const operator = operatorNamed(excerpt(filter['operator'] ?? 'eq'));
  const own = conjunctionOf(reading, filter['condition'], `${path}.condition`, join);
  if (operator === undefined) problems.push(unknownOperator(filter['operator'], `${path}.operator`));
  if (member === undefined || operator === undefined) return undefined;
  const { type } = table.memberNamed(member)!;
  const spot: Spot = { member, path: `${path}.value`, dto: table.name };
  const comparedType = isOfText(operator) ? 'string' : type;
  const values: Value[] = [];
  if (countOf(filter['value']) > MAX_VALUES) {
    const explanation = { message: `Send at most ${MAX_VALUES} values at once.`, member: spot.path, rule: 'values' };
    problems.push(unsupported(`'${spot.path}' MUST NOT hold more than ${MAX_VALUES} values.`, () => explanation));
    return undefined;
  }
  for (const value of split(filter['value'], isOfList(operator) || comparedType !== 'string')) {
    const coerced = coerce(comparedType, value);
    if (coerced === undefined) problems.push(wrongType(spot, value, type === 'bool' ? 'Boolean' : 'Number'));
    if (values.push(coerced as Value) % STEP === 0) yield;
  }
  if (values.length > 1 && !isOfSeveral(operator)) {
    request.notice(() => ({
      message: `${operator} takes one value; of \`${excerpt(filter['value'])}\` only the first was read.`,
      member: spot.path,
      rule: 'one value',
      value: filter['value'],
    }));
  }
  return { member, operator, values, join: own };
}

/** How many values a list has, or a text if it is one. */
function countOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  let count = 1;
  if (typeof value === 'string') for (let at = value.indexOf(','); at >= 0; at = value.indexOf(',', at + 1)) count++;
  return count;
}

/** "List values are comma-separated in `value`" (logisense.md §3); a text is one only where the operator says so. */
function* split(value: unknown, isList: boolean): Generator<unknown> {
  if (Array.isArray(value)) yield* value;
  else if (!isList || typeof value !== 'string' || !value.includes(',')) yield value ?? null;
  else for (const part of value.split(',')) yield part.trim();
}

const unknownOperator = (sent: unknown, path: string): Problem =>
  unsupported(`'${excerpt(sent)}' is not an operator.`, () => {
    const near = nearest(excerpt(sent), OPERATORS);
    const explanation = { message: `Use one of ${OPERATORS.join(', ')}.`, member: path, rule: 'operator', value: sent };
    return near === undefined ? explanation : { ...explanation, nearest: near };
  });

const tooManyConditions = (path: string): Problem =>
  unsupported(`'${path}' MUST NOT hold more than ${MAX_CONDITIONS} conditions.`, () => ({
    message: 'Write values of one member as a list: {"name":"identity","operator":"in","value":"1,2,3"}.',
    member: path,
    rule: 'conditions',
  }));

function readOrder({ table, problems }: Reading, term: JsonObject, path: string): Order | undefined {
  const member = searchedMember(table, term['name'], `${path}.name`, problems);
  const direction = excerpt(term['direction'] ?? 'asc').toLowerCase();
  if (direction !== 'asc' && direction !== 'desc') {
    problems.push(
      unsupported(`'${path}.direction' MUST be 'asc' or 'desc'.`, () => ({
        message: 'Order asc or desc.',
        member: `${path}.direction`,
        rule: 'direction',
        value: term['direction'],
      })),
    );
  }
  return member === undefined ? undefined : { member, isDescending: direction === 'desc' };
}
