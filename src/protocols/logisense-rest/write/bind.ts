/**
 * What a caller sends as members of a record: numbers in quotation marks are numbers, names stand in for ids, read-only and
 * unknown members are passed over (logisense.md §6). Everything wrong is noted, not only the first thing.
 */
import { nearest, suggest } from '../../../mock-error.ts';
import type { World } from '../../../store/world.ts';
import type { Explanation } from '../../../http/message.ts';
import type { JsonObject } from '../json.ts';
import type { ModelTable } from '../model/model-table.ts';
import { missingTarget, notPositive, type Problem, required, type Spot, wrongType } from '../problem.ts';

/** What binding found wrong, and what it passed over: a misspelt name is no error, but explains one. */
export interface Diagnostics {
  readonly problems: Problem[];
  readonly notices: Explanation[];
}

/** Names of a message that are no members: `patchType`, `details`. */
const NO_OTHERS: ReadonlySet<string> = new Set();

export type Members = Readonly<Record<string, unknown>>;

export interface Binding {
  readonly world: World;
  readonly table: ModelTable;
  readonly body: JsonObject;
  /** Where the body stands in the request: `''`, `details.contactPoints.items[0]`. */
  readonly path: string;
  /** A new record must have its required members; an existing one must keep them. */
  readonly isNew: boolean;
  /** The members that an `UpdateRequest` header lets through. */
  readonly only?: ReadonlySet<string> | undefined;
  readonly others?: ReadonlySet<string>;
}

/** The members to store. */
export function bind({ world, table, body, path, isNew, only, others = NO_OTHERS }: Binding, { problems, notices }: Diagnostics): Members {
  const members: Record<string, unknown> = {};
  const names: Record<string, unknown> = {};
  /** Members that are wrong already: nobody need be told that they are missing as well. */
  const faulty = new Set<string>();
  const at = (member: string): Spot => ({ member, path: path === '' ? member : `${path}.${member}`, dto: table.name });
  for (const sent of Object.keys(body)) {
    const member = table.memberNamed(sent);
    if (member === undefined) {
      if (!others.has(sent)) notices.push(unknownMember(table, at(sent)));
      continue;
    }
    const { name } = member;
    if (!member.isWritable || (only !== undefined && !only.has(name))) continue;
    const coerced = coerce(member.type, body[sent]);
    if (coerced === undefined) {
      problems.push(wrongType(at(name), body[sent], WORDS[member.type] ?? 'value'));
      faulty.add(name);
    } else if (member.isCompanion) names[name] = coerced;
    else members[name] = coerced;
  }
  for (const lookup of table.lookups) if (!follow(world, lookup, members, names, at, problems)) faulty.add(lookup.key);
  for (const member of table.model.required) {
    const isMissing = member in members ? members[member] === null : isNew;
    if (!isMissing || faulty.has(member)) continue;
    problems.push(member in table.model.lookups ? notPositive(at(member), members[member]) : required(at(member)));
  }
  return members;
}

/** Whether a foreign key leads somewhere; it is taken from the name where only that was sent. */
function follow(
  world: World,
  lookup: ModelTable['lookups'][number],
  members: Record<string, unknown>,
  names: Members,
  at: (member: string) => Spot,
  problems: Problem[],
): boolean {
  const { key, tableId, target, shows } = lookup;
  const id = members[key] as number | null | undefined;
  if (!id) {
    const given = Object.keys(shows).find((shown) => typeof names[shown] === 'string');
    if (given !== undefined) {
      const found = idOf(world, tableId, shows[given]!, names[given] as string);
      if (found === undefined) problems.push(missingTarget(at(given), names[given], target));
      else members[key] = found;
      return found !== undefined;
    }
  }
  if (typeof id !== 'number') return true;
  if (id <= 0) problems.push(notPositive(at(key), id));
  else if (!world.table(tableId).has(id)) problems.push(missingTarget(at(key), id, target));
  else return true;
  return false;
}

function idOf(world: World, tableId: string, member: string, name: string): number | undefined {
  const rows = world.table(tableId);
  for (const key of rows.keys()) if (rows.member(key, member) === name) return key as number;
  return undefined;
}

export function unknownMember(table: ModelTable, { member, path }: Spot): Explanation {
  const names = table.model.dto.members.map(({ name }) => name);
  const near = nearest(member, names);
  const advice = suggest(member, names, `It has ${names.join(', ')}.`, String);
  const explanation = {
    message: `${table.name} has no member ${member}; it was passed over. ${advice}`,
    member: path,
    rule: 'known member',
  };
  return near === undefined ? explanation : { ...explanation, nearest: near, contract: `${table.name}.${near}` };
}

const WORDS: Readonly<Record<string, string>> = { int: 'Number', double: 'Number', bool: 'Boolean', string: 'String', dateTime: 'Date' };
const LEAST = -2_147_483_648;
const MOST = 2_147_483_647;

/** The value converted to a type as Json.NET converts it; null for none, undefined where it cannot be one. */
export function coerce(type: string, value: unknown): unknown {
  if (value === null) return null;
  switch (type) {
    case 'int': {
      if (value === '') return null;
      const number = typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : value;
      return typeof number === 'number' && Number.isInteger(number) && number >= LEAST && number <= MOST ? number + 0 : undefined;
    }
    case 'double': {
      if (value === '') return null;
      const number = typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value) ? Number(value) : value;
      return typeof number === 'number' && Number.isFinite(number) ? number + 0 : undefined;
    }
    case 'bool':
      if (typeof value === 'boolean') return value;
      if (typeof value === 'number') return value !== 0;
      if (value === '') return null;
      return typeof value === 'string' && /^\s*(true|false)\s*$/i.test(value) ? value.trim().toLowerCase() === 'true' : undefined;
    case 'string':
      if (typeof value === 'string') return value;
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
    default:
      return typeof value === 'string' ? value : undefined;
  }
}
