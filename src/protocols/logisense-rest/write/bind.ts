/**
 * What a caller sends as members of a record: numbers in quotation marks are numbers, names stand in for ids, read-only and
 * unknown members are not read (logisense.md §6). Everything wrong is noted, not only the first thing.
 */
import { nearest, suggest } from '../../../mock-error.ts';
import type { Work } from '../../../work.ts';
import type { World } from '../../../store/world.ts';
import { coerce, TYPE_NAMES } from '../coerce.ts';
import type { JsonObject } from '../../../json-object.ts';
import { STEP } from '../json.ts';
import type { ModelTable } from '../model/model-table.ts';
import { excerpt, type Explain, missingTarget, notPositive, type Problem, required, type Spot, wrongType } from '../problem.ts';
import type { RestRequest } from '../rest-request.ts';

export type Members = Readonly<Record<string, unknown>>;

/** A member that was sent and not taken. */
export interface IgnoredMember {
  readonly name: string;
  readonly value: unknown;
  readonly path: string;
  /** Because an `UpdateRequest` header does not name it. */
  readonly isFilteredOut: boolean;
}
export interface Bound {
  /** To be stored. */
  readonly members: Members;
  readonly ignored: readonly IgnoredMember[];
}

export interface Binding {
  readonly request: RestRequest;
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

/** Binds a body to a record, member by member. */
export class Binder {
  readonly #binding: Binding;
  readonly #problems: Problem[];
  readonly #members: Record<string, unknown> = {};
  /** What foreign keys lead to, by its name. */
  #names: Record<string, unknown> | undefined;
  readonly #ignored: IgnoredMember[] = [];
  /** Members that are wrong already: nobody need be told that they are missing as well. */
  readonly #faulty: string[] = [];
  /** Names that were sent and are not members. */
  readonly others: string[] = [];

  constructor(binding: Binding, problems: Problem[]) {
    this.#binding = binding;
    this.#problems = problems;
  }
  takeAll(): void {
    for (const sent in this.#binding.body) this.#take(sent);
  }
  *taking(): Work<void> {
    let looked = 0;
    for (const sent in this.#binding.body) {
      if (++looked % STEP === 0) yield;
      this.#take(sent);
    }
  }
  #take(sent: string): void {
    const { request, table, body, only, isOther } = this.#binding;
    const member = table.memberNamed(sent);
    if (member === undefined) {
      if (isOther(sent)) this.others.push(sent);
      else request.notice(unknownMember(table, this.#at(sent)));
      return;
    }
    const { name } = member;
    const isFilteredOut = only !== undefined && !only.has(name);
    if (!member.isWritable || isFilteredOut) {
      this.#ignored.push({ name, value: body[sent], path: this.#at(name).path, isFilteredOut: member.isWritable });
      return;
    }
    const coerced = coerce(member.type, body[sent]);
    if (coerced === undefined) {
      this.#problems.push(wrongType(this.#at(name), body[sent], TYPE_NAMES[member.type] ?? 'value'));
      this.#faulty.push(name);
    } else if (member.isCompanion) {
      this.#names ??= {};
      this.#names[name] = coerced;
      this.#ignored.push({ name, value: coerced, path: this.#at(name).path, isFilteredOut: false });
    } else this.#members[name] = coerced;
  }
  #at(member: string): Spot {
    const { path, table } = this.#binding;
    return { member, path: path === '' ? member : `${path}.${member}`, dto: table.name };
  }

  /** What was taken, its foreign keys followed in a world. */
  bound(world: World): Bound {
    const { table, isNew } = this.#binding;
    const members = this.#members;
    for (const lookup of table.lookups) if (!this.#follow(world, lookup)) this.#faulty.push(lookup.key);
    for (const member of table.model.required) {
      const isMissing = member in members ? members[member] === null : isNew;
      if (!isMissing || this.#faulty.includes(member)) continue;
      this.#problems.push(member in table.model.lookups ? notPositive(this.#at(member), members[member]) : required(this.#at(member)));
    }
    return { members, ignored: this.#ignored };
  }
  /** Whether a foreign key leads somewhere; it is taken from the name where only that was sent. */
  #follow(world: World, { key, tableId, target, shows }: ModelTable['lookups'][number]): boolean {
    const id = this.#members[key] as number | null | undefined;
    if (!id && this.#names !== undefined) {
      const names = this.#names;
      const sent = Object.keys(shows).find((shown) => typeof names[shown] === 'string');
      if (sent !== undefined) {
        const found = world.table(tableId).keyNamed(shows[sent]!, names[sent] as string);
        if (found === undefined) this.#problems.push(missingTarget(this.#at(sent), names[sent], target));
        else this.#members[key] = found;
        return found !== undefined;
      }
    }
    if (typeof id !== 'number') return true;
    if (id <= 0) this.#problems.push(notPositive(this.#at(key), id));
    else if (!world.table(tableId).has(id)) this.#problems.push(missingTarget(this.#at(key), id, target));
    else return true;
    return false;
  }
}

export function* bind(binding: Binding, world: World, problems: Problem[]): Work<Bound> {
  const binder = new Binder(binding, problems);
  yield* binder.taking();
  return binder.bound(world);
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
export function noticeIgnored(
  request: RestRequest,
  world: World,
  table: ModelTable,
  identity: number,
  ignored: readonly IgnoredMember[],
): void {
  for (const { name, value, path, isFilteredOut } of ignored) {
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
