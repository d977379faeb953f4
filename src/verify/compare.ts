/**
 * Compares the records of one answer with their DTO, all records of one place at a time: that is what tells a member that
 * nobody carries from one that some lack.
 */
import type { Dto, Member } from '../contract/dto.ts';
import { type Field, string } from '../contract/field.ts';
import type { Dialect } from './dialect.ts';
import { type Differences, memberOf, type Rule, within } from './finding.ts';
import { scalarDiffers } from './forms.ts';
import { longestRise } from './longest-rise.ts';
import { type Seen, type SeenChild, show } from './seen.ts';

/** A record as it was read: scalars as their text; null where there is no value; undefined where it could not be read. */
export type Read = string | null | undefined | ReadRecord | readonly Read[];
export interface ReadRecord {
  readonly [member: string]: Read;
}

export interface Strictness {
  /** `wire`: a nullable member that is absent or null is never a finding. */
  readonly nulls: 'placeholder' | 'wire';
  /** Lists and objects of a record may be absent from every record of an answer. */
  readonly areChildrenOptional: boolean;
  /** Members of alternative item forms: each item has those of its own form only. */
  readonly alternatives: ReadonlySet<string>;
}

const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';

export const isCompound = (field: Field): boolean => ['object', 'list', 'map'].includes(field.facts.type);
export const isNullable = (field: Field): boolean => field.facts.isNullable || field.facts.type === 'string' || isCompound(field);

export class Comparison {
  readonly #dialect: Dialect;
  readonly #differences: Differences;
  readonly #strictness: Strictness;
  /** Namespaces that were told to be wrong once, with the ones they stand for. */
  readonly #aliases = new Map<string, string>();

  constructor(dialect: Dialect, differences: Differences, strictness: Strictness) {
    this.#dialect = dialect;
    this.#differences = differences;
    this.#strictness = strictness;
  }

  /** The answer's root; undefined where it is so different that nothing in it can be compared. */
  root(dto: Dto, root: SeenChild): ReadRecord | undefined {
    if (this.#dialect.isOrdered) {
      if (root.name !== dto.name) {
        this.#differences.add(dto.name, 'envelope', `root <${dto.name}>`, `<${root.name}>`);
        return undefined;
      }
      this.namespace(dto.name, dto.ns, root);
    }
    this.#envelope(dto, root.value);
    return this.records(dto, [root.value], '')[0];
  }

  /** Something stands where the documented content should be. */
  #envelope(dto: Dto, root: Seen): void {
    const members = this.#dialect.members(dto);
    const contents = members.filter((member) => isCompound(member.field) && this.#dialect.isContent(member)).map(({ name }) => name);
    const seen = root.children.map(({ name }) => name);
    const isReplaced =
      seen.some((name) => !members.some((member) => member.name === name)) && !contents.some((name) => seen.includes(name));
    if (contents.length > 0 && isReplaced)
      this.#differences.add(contents[0] as string, 'envelope', `${dto.name} with ${contents.join(', ')}`, seen.join(', '));
  }

  /** Records that stand in one place of the answer. */
  records(dto: Dto, seen: readonly Seen[], path: string): (ReadRecord | undefined)[] {
    const members = this.#dialect.members(dto);
    const known = new Map(members.map((member, i) => [member.name, i]));
    const readable = seen.filter((record) => this.#isRecord(dto, record, known, path));
    const reads = new Map<Seen, Record<string, Read>>(readable.map((record) => [record, {}]));
    const children = new Map(readable.map((record) => [record, this.#children(record, members, known, path)]));
    for (const member of members) {
      const owners: Seen[] = [];
      const values: (Seen | undefined)[] = [];
      for (const [record, found] of children) {
        owners.push(record);
        values.push(found.get(member.name));
      }
      const read = this.member(member, values, within(path, member.name));
      owners.forEach((owner, i) => {
        (reads.get(owner) as Record<string, Read>)[member.name] = read[i];
      });
    }
    return seen.map((record) => reads.get(record));
  }

  /** The values of one member in all records of a place. */
  member(member: Member, values: readonly (Seen | undefined)[], path: string): Read[] {
    this.#absence(member.field, values, path);
    const present = values.filter((value): value is Seen => value !== undefined && value.is !== 'null');
    const read = this.#values(member.field, present, path);
    let next = 0;
    return values.map((value) => (value === undefined || value.is === 'null' ? null : read[next++]));
  }

  namespace(path: string, wanted: string, seen: SeenChild): void {
    const ns = seen.ns ?? '';
    if (ns === wanted || this.#aliases.get(ns) === wanted) return;
    this.#aliases.set(ns, wanted);
    this.#differences.add(path, 'namespace', wanted === '' ? 'no namespace' : wanted, ns === '' ? 'no namespace' : ns);
  }

  /** Tells a member that should be there and is not. */
  #absence(field: Field, values: readonly (Seen | undefined)[], path: string): void {
    const nulls = values.filter((value) => value?.is === 'null').length;
    const isCarried = values.some((value) => value !== undefined && value.is !== 'null');
    if (nulls === 0 && (isCarried || values.length === 0)) return;
    const rule = nulls > 0 ? this.#nullRule(field, isCarried) : this.#absentRule(field, path);
    if (rule !== undefined) this.#differences.add(path, rule, this.#wanted(field), nulls > 0 ? 'null' : 'nothing');
  }

  /** Some records have null where a value is wanted; `isCarried`: others have one. */
  #nullRule(field: Field, isCarried: boolean): Rule | undefined {
    if (!isNullable(field)) return 'type';
    if (this.#strictness.nulls === 'wire') return undefined;
    // A list without items is an empty list; a null in its place breaks whoever walks it.
    if (field.facts.type === 'list') return 'type';
    if (isCompound(field)) return this.#dialect.allowsNullChildren ? undefined : 'type';
    return isCarried || this.#dialect.nullCarries ? undefined : 'missing';
  }

  /** No record has the member. */
  #absentRule(field: Field, path: string): Rule | undefined {
    if (this.#strictness.nulls === 'wire' && isNullable(field)) return undefined;
    if (this.#strictness.alternatives.has(memberOf(path))) return undefined;
    if (!isCompound(field)) return this.#dialect.mayLeaveOut(field) ? undefined : 'missing';
    const isWritten = field.facts.type === 'list' || this.#dialect.writesNulls;
    const isOptional = this.#strictness.areChildrenOptional && path.includes('[]');
    return isWritten && !isOptional ? 'missing' : undefined;
  }

  #wanted(field: Field): string {
    const { type, of } = field.facts;
    if (type === 'object') return `a ${of?.().name ?? 'record'}`;
    if (type === 'list' || type === 'map') return `a ${type}`;
    return this.#dialect.forms[type](field).wanted;
  }

  /** Values that are there. */
  #values(field: Field, seen: readonly Seen[], path: string): Read[] {
    const { type, of } = field.facts;
    if (type === 'object') return of === undefined ? [] : this.records(of(), seen, path);
    if (type === 'list') return this.#lists(field, seen, path);
    if (type === 'map') return seen.map((value) => this.#map(value, path));
    return seen.map((value) => {
      const differs = scalarDiffers(field, value, this.#dialect.forms, this.#dialect.isTyped);
      if (differs === undefined) return value.text;
      this.#differences.add(path, differs.rule, differs.wanted, show(value));
      return undefined;
    });
  }

  #lists(field: Field, seen: readonly Seen[], path: string): Read[] {
    const item = field.facts.item as Field;
    const dto = item.facts.of?.();
    const isList = seen.map((value) => {
      const isOne = value.is === 'list' || (value.is === 'element' && value.text.trim() === '');
      if (!isOne) this.#differences.add(path, 'type', 'a list', show(value));
      return isOne;
    });
    const items = seen.flatMap((value, i) => (isList[i] ? value.children : []));
    const isItem = items.map((child) => {
      if (!this.#dialect.isOrdered || dto === undefined) return true;
      if (child.name !== dto.name) {
        this.#differences.add(`${path}[].${child.name}`, 'unexpected', `<${dto.name}>`, `<${child.name}>`);
        return false;
      }
      this.namespace(`${path}[].${dto.name}`, dto.ns, child);
      return true;
    });
    for (const { value } of items) if (value.is === 'null') this.#differences.add(`${path}[]`, 'type', this.#wanted(item), 'null');
    const whole = items.filter(({ value }, i) => isItem[i] && value.is !== 'null').map(({ value }) => value);
    const read = this.#values(item, whole, `${path}[]`);
    const readOf = new Map(whole.map((value, i) => [value, read[i]]));
    return seen.map((value, i) => (isList[i] ? value.children.map((child) => readOf.get(child.value)) : undefined));
  }

  #map(seen: Seen, path: string): Read {
    const entries: Record<string, Read> = {};
    for (const child of seen.children) {
      const [key, value] = this.#dialect.isOrdered ? child.value.children.map((part) => part.value) : [undefined, child.value];
      if (this.#dialect.isOrdered) this.namespace(`${path}[]`, ARRAYS, child);
      entries[key?.text ?? child.name] = value === undefined ? undefined : this.#values(TEXT, [value], path)[0];
    }
    return entries;
  }

  #isRecord(dto: Dto, seen: Seen, known: ReadonlyMap<string, number>, path: string): boolean {
    const isObject = seen.is === 'object' || (seen.is === 'element' && seen.text.trim() === '');
    const where = path === '' ? 'body' : path;
    if (!isObject) this.#differences.add(where, path === '' ? 'envelope' : 'type', `a ${dto.name}`, show(seen));
    // Not one name fits: something was put around the record, or another record stands in its place.
    else if (seen.children.length > 0 && seen.children.length < known.size && !seen.children.some(({ name }) => known.has(name))) {
      this.#differences.add(where, 'envelope', `a ${dto.name} (${[...known.keys()].slice(0, 3).join(', ')} …)`, show(seen));
    } else return true;
    return false;
  }

  /** The members of a record by name, having told the ones that should not be there and those out of place. */
  #children(record: Seen, members: readonly Member[], known: ReadonlyMap<string, number>, path: string): Map<string, Seen> {
    const found = new Map<string, Seen>();
    const positions: number[] = [];
    for (const child of record.children) {
      const position = known.get(child.name);
      const where = within(path, child.name);
      if (position === undefined) this.#differences.add(where, 'unexpected', 'nothing', show(child.value));
      else if (found.has(child.name)) this.#differences.add(where, 'unexpected', 'the member once', 'the member twice');
      else {
        found.set(child.name, child.value);
        positions.push(position);
        if (this.#dialect.isOrdered) this.namespace(where, (members[position] as Member).owner.ns, child);
      }
    }
    if (this.#dialect.isOrdered) this.#order(members, positions, path);
    return found;
  }

  #order(members: readonly Member[], positions: readonly number[], path: string): void {
    if (positions.every((position, i) => i === 0 || position > (positions[i - 1] as number))) return;
    const inPlace = new Set(longestRise(positions));
    positions.forEach((position, i) => {
      if (inPlace.has(position)) return;
      const name = (at: number | undefined): string => (at === undefined ? 'the end' : (members[at]?.name ?? ''));
      const next = positions.filter((other) => other > position).sort((left, right) => left - right)[0];
      this.#differences.add(within(path, name(position)), 'order', `before ${name(next)}`, `before ${name(positions[i + 1])}`);
    });
  }
}

const TEXT = string();
