/**
 * What a caller sends as members of a record: numbers in quotation marks are numbers, names stand in for ids, read-only and
 * unknown members are not read (logisense.md §6). Everything wrong is noted, not only the first thing.
 */
import { nearest, suggest } from '../../../mock-error.ts';
import type { Work } from '../../../store/turns.ts';
import type { World } from '../../../store/world.ts';
import { coerce, TYPE_NAMES } from '../coerce.ts';
import { type JsonObject, STEP } from '../json.ts';
import type { ModelTable } from '../model/model-table.ts';
import { excerpt, type Explain, missingTarget, notPositive, type Problem, required, type Spot, wrongType } from '../problem.ts';
import type { RestRequest } from '../rest-request.ts';

export type Members = Readonly<Record<string, unknown>>;

/** A member that was sent and not taken. */
export interface Untaken {
  readonly name: string;
  readonly value: unknown;
  readonly path: string;
  /** Because an `UpdateRequest` header does not name it. */
  readonly isFilteredOut: boolean;
}
export interface Bound {
  /** To be stored. */
  readonly members: Members;
  readonly untaken: readonly Untaken[];
}

export interface Binding {
  readonly request: RestRequest;
  readonly world: World;
  readonly table: ModelTable;
  readonly body: JsonObject;
  /** Where the body stands in the request: `''`, `details.contactPoints.items[0]`. */
  readonly path: string;
  /** A new record must have its required members; an existing one must keep them. */
  readonly isNew: boolean;
  /** The members that an `UpdateRequest` header lets through. */
  readonly only?: ReadonlySet<string> | undefined;
  /** Names in the body that are not members: `patchType`, `details`. */
  readonly isOther: (sent: string) => boolean;
}

export function* bind(binding: Binding, problems: Problem[]): Work<Bound> {
  const { request, world, table, body, path, isNew, only, isOther } = binding;
  const members: Record<string, unknown> = {};
  const names: Record<string, unknown> = {};
  const untaken: Untaken[] = [];
  /** Members that are wrong already: nobody need be told that they are missing as well. */
  const faulty = new Set<string>();
  const at = (member: string): Spot => ({ member, path: path === '' ? member : `${path}.${member}`, dto: table.name });
  let looked = 0;
  for (const sent in body) {
    if (++looked % STEP === 0) yield;
    const member = table.memberNamed(sent);
    if (member === undefined) {
      if (!isOther(sent)) request.notice(unknownMember(table, at(sent)));
      continue;
    }
    const { name } = member;
    const isFilteredOut = only !== undefined && !only.has(name);
    if (!member.isWritable || isFilteredOut) {
      untaken.push({ name, value: body[sent], path: at(name).path, isFilteredOut: member.isWritable });
      continue;
    }
    const coerced = coerce(member.type, body[sent]);
    if (coerced === undefined) {
      problems.push(wrongType(at(name), body[sent], TYPE_NAMES[member.type] ?? 'value'));
      faulty.add(name);
    } else if (member.isCompanion) {
      names[name] = coerced;
      untaken.push({ name, value: coerced, path: at(name).path, isFilteredOut: false });
    } else members[name] = coerced;
  }
  for (const lookup of table.lookups) if (!follow(world, lookup, members, names, at, problems)) faulty.add(lookup.key);
  for (const member of table.model.required) {
    const isMissing = member in members ? members[member] === null : isNew;
    if (!isMissing || faulty.has(member)) continue;
    problems.push(member in table.model.lookups ? notPositive(at(member), members[member]) : required(at(member)));
  }
  return { members, untaken };
}

/** Whether a foreign key leads somewhere; it is taken from the name where only that was sent. */
function follow(
  world: World,
  { key, tableId, target, shows }: ModelTable['lookups'][number],
  members: Record<string, unknown>,
  names: Members,
  at: (member: string) => Spot,
  problems: Problem[],
): boolean {
  const id = members[key] as number | null | undefined;
  if (!id) {
    const sent = Object.keys(shows).find((shown) => typeof names[shown] === 'string');
    if (sent !== undefined) {
      const found = world.table(tableId).keyNamed(shows[sent]!, names[sent] as string);
      if (found === undefined) problems.push(missingTarget(at(sent), names[sent], target));
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

const unknownMember =
  (table: ModelTable, { member, path }: Spot): Explain =>
  () => {
    const near = nearest(member, table.memberNames);
    const advice = suggest(member, table.memberNames, `It has ${table.memberNames.join(', ')}.`, String);
    const message = `${table.name} has no member ${excerpt(member)}; it was not read. ${advice}`;
    const explanation = { message, member: excerpt(path), rule: 'known member' };
    return near === undefined ? explanation : { ...explanation, nearest: near, contract: `${table.name}.${near}` };
  };

/** Notes the members that were sent and not taken, but for those that say what the record holds anyway. */
export function noticeUntaken(request: RestRequest, world: World, table: ModelTable, identity: number, untaken: readonly Untaken[]): void {
  for (const { name, value, path, isFilteredOut } of untaken) {
    const held = table.member(world, identity, name);
    if (value === null || value === 0 || value === '' || isSame(value, held)) continue;
    const reason = isFilteredOut ? 'the UpdateRequest header does not name it' : 'the server keeps it';
    request.notice(() => ({
      message: `\`${path}\` was not read: ${reason}; it stays ${excerpt(held)}.`,
      member: path,
      rule: isFilteredOut ? 'UpdateRequest' : 'read-only',
      value,
      contract: `${table.name}.${name}`,
    }));
  }
}

const isSame = (sent: unknown, held: unknown): boolean =>
  sent === held ||
  ((typeof sent === 'string' || typeof sent === 'boolean') && sent.toString().toLowerCase() === String(held).toLowerCase());
