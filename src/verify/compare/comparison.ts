/**
 * Compares the records of one answer with their DTO, all records of one place at a time: that is what tells a member that
 * nobody carries from one that some lack.
 */
import type { Dto, Member } from '../../contract/dto.ts';
import { type Field, string } from '../../contract/field.ts';
import type { AnswerFormat } from './answer-format.ts';
import { type Differences, memberOf, type Rule, within } from './finding.ts';
import { longestIncreasingSubsequence } from './increasing-subsequence.ts';
import { scalarDiffers } from './lexical-format.ts';
import { type ParsedMember, type ParsedValue, show } from './parsed-value.ts';
import { ABSENT, type RecordValue, type Value } from './record-value.ts';

export type Nulls = 'placeholder' | 'wire';

export interface Strictness {
  /** `wire`: a nullable member that is absent or null is never a finding. */
  readonly nulls: Nulls;
  /** Places where a list or an object may be absent from every record of an answer. */
  readonly optionalChildren?: RegExp | undefined;
  /** Members that only some of the documented items have. */
  readonly alternatives?: ReadonlySet<string>;
}

const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';

export const isCompound = (field: Field): boolean => ['object', 'list', 'map'].includes(field.facts.type);
export const isNullable = (field: Field): boolean => field.facts.isNullable || field.facts.type === 'string' || isCompound(field);

export class Comparison {
  readonly #format: AnswerFormat;
  readonly #differences: Differences;
  readonly #strictness: Strictness;
  /** Namespaces that were reported once, with the ones they stand for. */
  readonly #aliases = new Map<string, string>();

  constructor(format: AnswerFormat, differences: Differences, strictness: Strictness) {
    this.#format = format;
    this.#differences = differences;
    this.#strictness = strictness;
  }

  /**
   * The answer's root; undefined where it is so different that nothing in it can be compared. `isContent`: a member that the
   * answer is about, as against one that says how it went.
   */
  root(dto: Dto, root: ParsedMember, isContent: (member: Member) => boolean): RecordValue | undefined {
    if (this.#format.isOrdered) {
      if (root.name !== dto.name) {
        this.#differences.add(dto.name, 'envelope', `root <${dto.name}>`, `<${root.name}>`);
        return undefined;
      }
      this.#namespace(dto.name, dto.ns, root);
    }
    this.#envelope(dto, root.value, isContent);
    return this.#records(dto, [root.value], '')[0];
  }

  /** Something stands where the documented content should be. */
  #envelope(dto: Dto, root: ParsedValue, isContent: (member: Member) => boolean): void {
    const members = this.#format.members(dto);
    const contents = members.filter((member) => isCompound(member.field) && isContent(member)).map(({ name }) => name);
    const found = root.children.map(({ name }) => name);
    const isReplaced =
      found.some((name) => !members.some((member) => member.name === name)) && !contents.some((name) => found.includes(name));
    if (contents.length > 0 && isReplaced)
      this.#differences.add(contents[0] as string, 'envelope', `${dto.name} with ${contents.join(', ')}`, found.join(', '));
  }

  /** Records that stand in one place of the answer. */
  #records(dto: Dto, found: readonly ParsedValue[], path: string): (RecordValue | undefined)[] {
    const members = this.#format.members(dto);
    const known = new Map(members.map((member, i) => [member.name, i]));
    const readable = found.filter((record) => this.#isRecord(dto, record, known, path));
    const children = readable.map((record) => this.#children(record, members, known, path));
    const reads: Record<string, Value>[] = readable.map(() => ({}));
    for (const member of members) {
      const values = this.#member(
        member.field,
        children.map((child) => child.get(member.name)),
        within(path, member.name),
      );
      values.forEach((value, i) => {
        (reads[i] as Record<string, Value>)[member.name] = value;
      });
    }
    const readOf = new Map(readable.map((record, i) => [record, reads[i]]));
    return found.map((record) => readOf.get(record));
  }

  /** The values of one member in all records of a place. */
  #member(field: Field, values: readonly (ParsedValue | undefined)[], path: string): Value[] {
    this.#absence(field, values, path);
    const read = this.#values(field, values.filter((value) => value !== undefined && value.is !== 'null') as readonly ParsedValue[], path);
    let next = 0;
    return values.map((value) => (value === undefined ? ABSENT : value.is === 'null' ? null : read[next++]));
  }

  #namespace(path: string, wanted: string, found: ParsedMember): void {
    const ns = found.ns ?? '';
    if (ns === wanted || this.#aliases.get(ns) === wanted) return;
    this.#aliases.set(ns, wanted);
    this.#differences.add(path, 'namespace', wanted === '' ? 'no namespace' : wanted, ns === '' ? 'no namespace' : ns);
  }

  /** Reports a member that should be there and is not. */
  #absence(field: Field, values: readonly (ParsedValue | undefined)[], path: string): void {
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
    if (isCompound(field)) return this.#format.allowsNullChildren ? undefined : 'type';
    return isCarried || this.#format.nullCarries ? undefined : 'missing';
  }

  /** No record has the member. */
  #absentRule(field: Field, path: string): Rule | undefined {
    if (this.#strictness.nulls === 'wire' && isNullable(field)) return undefined;
    if (this.#strictness.alternatives?.has(memberOf(path))) return undefined;
    if (!isCompound(field)) return this.#format.mayLeaveOut(field) ? undefined : 'missing';
    const isWritten = field.facts.type === 'list' || this.#format.writesNulls;
    return isWritten && !this.#strictness.optionalChildren?.test(path) ? 'missing' : undefined;
  }

  #wanted(field: Field): string {
    const { type, of } = field.facts;
    if (type === 'object') return `a ${of?.().name ?? 'record'}`;
    if (type === 'list' || type === 'map') return `a ${type}`;
    return this.#format.lexicalFormats[type](field).wanted;
  }

  /** Values that are there. */
  #values(field: Field, found: readonly ParsedValue[], path: string): Value[] {
    const { type, of } = field.facts;
    if (type === 'object') return of === undefined ? [] : this.#records(of(), found, path);
    if (type === 'list') return this.#lists(field, found, path);
    if (type === 'map') return found.map((value) => this.#map(value, path));
    return found.map((value) => {
      const differs = scalarDiffers(field, value, this.#format.lexicalFormats, this.#format.isTyped);
      if (differs === undefined) return value.text;
      this.#differences.add(path, differs.rule, differs.wanted, show(value));
      return undefined;
    });
  }

  #lists(field: Field, found: readonly ParsedValue[], path: string): Value[] {
    const item = field.facts.item as Field;
    const dto = item.facts.of?.();
    const isList = found.map((value) => {
      const isOne = value.is === 'list' || (value.is === 'element' && value.text.trim() === '');
      if (!isOne) this.#differences.add(path, 'type', 'a list', show(value));
      return isOne;
    });
    const items = found.flatMap((value, i) => (isList[i] ? value.children : []));
    const isItem = items.map((child) => {
      if (!this.#format.isOrdered || dto === undefined) return true;
      if (child.name !== dto.name) {
        this.#differences.add(`${path}[].${child.name}`, 'unexpected', `<${dto.name}>`, `<${child.name}>`);
        return false;
      }
      this.#namespace(`${path}[].${dto.name}`, dto.ns, child);
      return true;
    });
    for (const { value } of items) if (value.is === 'null') this.#differences.add(`${path}[]`, 'type', this.#wanted(item), 'null');
    const whole = items.filter(({ value }, i) => isItem[i] && value.is !== 'null').map(({ value }) => value);
    const read = this.#values(item, whole, `${path}[]`);
    const readOf = new Map<ParsedValue, Value>(whole.map((value, i) => [value, read[i]]));
    return found.map((value, i) => (isList[i] ? value.children.map((child) => readOf.get(child.value)) : undefined));
  }

  #map(found: ParsedValue, path: string): Value {
    const entries: Record<string, Value> = {};
    for (const child of found.children) {
      const [key, value] = this.#format.isOrdered ? child.value.children.map((part) => part.value) : [undefined, child.value];
      if (this.#format.isOrdered) this.#namespace(`${path}[]`, ARRAYS, child);
      entries[key?.text ?? child.name] = value === undefined ? undefined : this.#values(TEXT, [value], path)[0];
    }
    return entries;
  }

  #isRecord(dto: Dto, found: ParsedValue, known: ReadonlyMap<string, number>, path: string): boolean {
    const isObject = found.is === 'object' || (found.is === 'element' && found.text.trim() === '');
    const where = path === '' ? 'body' : path;
    if (!isObject) this.#differences.add(where, path === '' ? 'envelope' : 'type', `a ${dto.name}`, show(found));
    // Not one name fits: something was put around the record, or another record stands in its place.
    else if (found.children.length > 0 && found.children.length < known.size && !found.children.some(({ name }) => known.has(name))) {
      this.#differences.add(where, 'envelope', `a ${dto.name} (${[...known.keys()].slice(0, 3).join(', ')} …)`, show(found));
    } else return true;
    return false;
  }

  /** The members of a record by name, after reporting those that should not be there and those out of place. */
  #children(record: ParsedValue, members: readonly Member[], known: ReadonlyMap<string, number>, path: string): Map<string, ParsedValue> {
    const found = new Map<string, ParsedValue>();
    const positions: number[] = [];
    for (const child of record.children) {
      const position = known.get(child.name);
      const where = within(path, child.name);
      if (position === undefined) this.#differences.add(where, 'unexpected', 'nothing', show(child.value));
      else if (found.has(child.name)) this.#differences.add(where, 'unexpected', 'the member once', 'the member twice');
      else {
        found.set(child.name, child.value);
        positions.push(position);
        if (this.#format.isOrdered) this.#namespace(where, (members[position] as Member).owner.ns, child);
      }
    }
    if (this.#format.isOrdered) this.#order(members, positions, path);
    return found;
  }

  #order(members: readonly Member[], positions: readonly number[], path: string): void {
    if (positions.every((position, i) => i === 0 || position > (positions[i - 1] as number))) return;
    const inPlace = new Set(longestIncreasingSubsequence(positions));
    positions.forEach((position, i) => {
      if (inPlace.has(position)) return;
      const name = (at: number | undefined): string => (at === undefined ? 'the end' : (members[at]?.name ?? ''));
      const next = positions.filter((other) => other > position).sort((left, right) => left - right)[0];
      this.#differences.add(within(path, name(position)), 'order', `before ${name(next)}`, `before ${name(positions[i + 1])}`);
    });
  }
}

const TEXT = string();
