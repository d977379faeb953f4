/** The structure that JSON and JSV share: members by name, left out where there is nothing to write. */
import type { Dto, Member } from '../contract/dto.ts';
import { everyScalar, type Field, type FieldType } from '../contract/field.ts';
import { leaveOut } from './long-lists.ts';
import { clrTypeName, type TextOf } from './values/clr.ts';
import {
  assertDepth,
  casedName,
  compiled,
  derivedFirst,
  settingsFor,
  isDefault,
  memberReader,
  memoized,
  fallbackValue,
  type Write,
  type WriterSettings,
} from './writer.ts';

/** What tells one of the two from the other. */
export interface Notation {
  readonly textOf: (type: FieldType) => TextOf;
  /** A name with the colon after it. */
  readonly name: (name: string) => string;
  /** A key of a map. */
  readonly key: (key: string) => string;
  readonly string: (value: string) => string;
  /** The text of a member without a value; empty: the member is left out. */
  readonly nothing: (settings: WriterSettings) => string;
  /** The text of an item without a value, which takes its place all the same. */
  readonly noItem: string;
  /** Scalars that are left out although they have a value. */
  readonly isLeftOut: (field: Field, settings: WriterSettings) => ((value: unknown) => boolean) | undefined;
}

type Compile = (field: Field, owner: Dto, settings: WriterSettings, depth: number) => Write;

export interface CompactWriter {
  /** The writer of a DTO's records. */
  readonly record: (dto: Dto, settings: WriterSettings) => (record: object) => string;
  /** The writer of one member's values that are there. */
  readonly value: (member: Member, settings: WriterSettings) => Write;
}

/** Makes the writers of a notation. */
export function compact(notation: Notation): CompactWriter {
  const scalar: Compile = (field, owner, { profile }) => notation.textOf(field.facts.type)(field, profile, owner);

  const object: Compile = (field, _, settings, depth) => {
    const dto = field.facts.of!();
    let write: ((record: object) => string) | undefined;
    // Compiled when first needed, for a DTO may contain itself.
    return (record: object) => (write ??= objectAt(dto, settings, depth + 1))(record);
  };

  const list: Compile = (field, owner, settings, depth) => {
    const item = field.facts.item!;
    const write = compileField[item.facts.type](item, owner, settings, depth) as (value: unknown) => string;
    // Recordings encode/*/list-null-item.
    const nothing = item.facts.type === 'object' ? '{}' : notation.noItem;
    const writeItem = (value: unknown): string => (value === null || value === undefined ? nothing : write(value));
    return (items: readonly unknown[]) => {
      const mark = leaveOut(items, writeItem, ',');
      if (mark !== undefined) return `[${mark}]`;
      let text = '[';
      for (let i = 0; i < items.length; i++) {
        if (i > 0) text += ',';
        text += writeItem(items[i]);
      }
      return `${text}]`;
    };
  };

  // Entries without a value are left out, whatever the profile says about nulls (recording encode/trendsic/status-errors).
  const map: Compile = () => (entries: Readonly<Record<string, string | null>>) => {
    let text = '';
    for (const key of Object.keys(entries)) {
      const value = entries[key];
      if (value !== null && value !== undefined) text += `${text && ','}${notation.key(key)}:${notation.string(value)}`;
    }
    return `{${text}}`;
  };

  const compileField: Record<FieldType, Compile> = {
    ...everyScalar(scalar),
    object,
    list,
    map,
  };

  /** A member's value with the default, placeholder or nothing in its place; empty: left out. */
  const compileMember = ({ field, owner }: Member, settings: WriterSettings, depth: number): ((value: unknown) => string) => {
    const write = compileField[field.facts.type](field, owner, settings, depth) as (value: unknown) => string;
    const fallback = fallbackValue(field, settings.nulls);
    const nothing = fallback === undefined ? notation.nothing(settings) : write(fallback);
    const isLeftOut = notation.isLeftOut(field, settings);
    if (settings.profile.isDefaultOmitted === true && field.facts.type !== 'enum') {
      const isOmitted = isDefault(field);
      return (value) => (isOmitted(value) || isLeftOut?.(value) === true ? '' : write(value));
    }
    return isLeftOut === undefined
      ? (value) => (value === null ? nothing : write(value))
      : (value) => (value === null ? nothing : isLeftOut(value) ? '' : write(value));
  };

  function objectAt(dto: Dto, outer: WriterSettings, depth: number): (record: object) => string {
    assertDepth(depth, dto);
    const settings = settingsFor(dto, outer);
    const parts = derivedFirst(dto).map((member) => ({
      head: notation.name(casedName(member.name, settings.profile)),
      read: memberReader(member),
      write: compileMember(member, settings, depth),
    }));
    const { profile } = settings;
    const type =
      profile.isTyped === true && profile.isTypeExcluded !== true
        ? notation.name('__type') + notation.string(clrTypeName(dto, profile))
        : '';
    return memoized((record) => {
      let text = `{${type}`;
      let separator = type === '' ? '' : ',';
      for (const { head, read, write } of parts) {
        const value = write(read(record));
        if (value === '') continue;
        text += separator + head + value;
        separator = ',';
      }
      return `${text}}`;
    }, settings);
  }

  return {
    record: compiled((dto, settings) => objectAt(dto, settings, 0)),
    value: ({ field, owner }, settings) => compileField[field.facts.type](field, owner, settings, 0),
  };
}
