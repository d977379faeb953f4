/**
 * XML as .NET's DataContractSerializer writes it (servicestack.md §3.5): base class first, then ordinal by name within each
 * class; a prefix `d<depth>p1` where a member's type lives in another namespace. Which element carries which declaration
 * depends on the contract alone, so every tag is made once.
 */
import type { Dto, Member } from '../../contract/dto.ts';
import { everyScalar, type Field, type FieldType } from '../../contract/field.ts';
import { leaveOut } from '../long-lists.ts';
import { CLR, xmlText } from '../values/clr.ts';
import { assertDepth, compiled, settingsFor, memberReader, memoized, fallbackValue, type WriterSettings } from '../writer.ts';

export const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
export const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
export const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';

/** Prefixes in force, the innermost last; `''` is the default namespace. */
interface Scope {
  readonly depth: number;
  readonly bound: readonly (readonly [prefix: string, ns: string])[];
}

const ordinal = (a: Member, b: Member): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** Members in the order of XML; ServiceStack's own types number theirs. Get-only members are not there. */
export function xmlMembers(dto: Dto): readonly Member[] {
  const own = dto.members.filter(({ owner, field }) => owner === (dto as unknown) && field.facts.compute === undefined);
  return [...(dto.base === undefined ? [] : xmlMembers(dto.base)), ...(dto.isDataContract ? own : own.sort(ordinal))];
}

/** The namespace that a field's type lives in; undefined for simple types. */
const namespaceOf: Record<FieldType, (field: Field) => string | undefined> = {
  ...everyScalar(() => undefined),
  object: ({ facts }) => facts.of!().ns,
  list: ({ facts }) => facts.item!.facts.of?.().ns ?? ARRAYS,
  map: () => ARRAYS,
};
export const typeNamespace = (field: Field): string | undefined => namespaceOf[field.facts.type](field);

/** Name of a list's items. */
export const itemName = (item: Field): string => item.facts.of?.().name ?? CLR[item.facts.type].xmlName;

interface Tag {
  readonly scope: Scope;
  /** Without the closing `>`. */
  readonly open: string;
  readonly close: string;
  readonly nil: string;
}

/** An element's tags; `declared` is a namespace that its content needs. */
function tag(name: string, ns: string, outer: Scope, declared: string | undefined): Tag {
  const depth = outer.depth + 1;
  const prefix = outer.bound.findLast(([, uri]) => uri === ns)?.[0];
  let { bound } = outer;
  let declaration = '';
  if (declared !== undefined && declared !== '' && declared !== ns && !bound.some(([, uri]) => uri === declared)) {
    declaration = ` xmlns:d${depth}p1="${declared}"`;
    bound = [...bound, [`d${depth}p1`, declared]];
  }
  let own = '';
  if (prefix === undefined) {
    own = ` xmlns="${ns}"`;
    bound = [...bound.filter(([other]) => other !== ''), ['', ns]];
  }
  const qualified = prefix === undefined || prefix === '' ? name : `${prefix}:${name}`;
  return {
    scope: { depth, bound },
    open: `<${qualified}${declaration}${own}`,
    close: `</${qualified}>`,
    nil: `<${qualified}${declaration} i:nil="true"${own} />`,
  };
}

type Content = (value: never) => string;
type Compile = (field: Field, owner: Dto, settings: WriterSettings, scope: Scope) => { content: Content; isEmptyShort: boolean };

const scalar: Compile = (field, owner, { profile }) => ({ content: CLR[field.facts.type].xml(field, profile, owner), isEmptyShort: false });

const COMPILE: Record<FieldType, Compile> = {
  ...everyScalar(scalar),
  object: ({ facts }, _, settings, scope) => {
    const dto = facts.of!();
    let write: ((record: object) => string) | undefined;
    // Compiled when first needed, for a DTO may contain itself.
    return { content: (record: object) => (write ??= members(dto, settings, scope))(record), isEmptyShort: true };
  },
  list: ({ facts }, owner, settings, scope) => {
    const item = facts.item!;
    const { write, nil } = element(item, owner, settings, tag(itemName(item), item.facts.of?.().ns ?? ARRAYS, scope, typeNamespace(item)));
    const writeItem = (value: unknown): string => (value === null || value === undefined ? nil : write(value));
    return {
      content: (items: readonly unknown[]) => {
        const mark = leaveOut(items, writeItem, '');
        if (mark !== undefined) return mark;
        let text = '';
        for (const value of items) text += writeItem(value);
        return text;
      },
      isEmptyShort: true,
    };
  },
  map: (_, __, ___, scope) => {
    const entry = tag('KeyValueOfstringstring', ARRAYS, scope, undefined);
    const key = tag('Key', ARRAYS, entry.scope, undefined);
    const value = tag('Value', ARRAYS, entry.scope, undefined);
    return {
      content: (entries: Readonly<Record<string, string | null>>) => {
        let text = '';
        for (const name of Object.keys(entries)) {
          const held = entries[name];
          text += `${entry.open}>${key.open}>${xmlText(name)}${key.close}`;
          text += `${held === null || held === undefined ? value.nil : `${value.open}>${xmlText(held)}${value.close}`}${entry.close}`;
        }
        return text;
      },
      isEmptyShort: true,
    };
  },
};

/** The writer of an element around a value that is there, and the element of one that is not. */
function element(field: Field, owner: Dto, settings: WriterSettings, tags: Tag): { write: (value: unknown) => string; nil: string } {
  const compiledField = COMPILE[field.facts.type](field, owner, settings, tags.scope);
  const content = compiledField.content as (value: unknown) => string;
  const { isEmptyShort } = compiledField;
  const { open, close, nil } = tags;
  const start = `${open}>`;
  const empty = `${open} />`;
  const write = isEmptyShort
    ? (value: unknown): string => {
        const text = content(value);
        return text === '' ? empty : start + text + close;
      }
    : (value: unknown): string => start + content(value) + close;
  return { write, nil };
}

/** The writer of a DTO's members in a scope. */
function members(dto: Dto, outer: WriterSettings, scope: Scope): (record: object) => string {
  return memoized(membersAnew(dto, outer, scope), settingsFor(dto, outer));
}

function membersAnew(dto: Dto, outer: WriterSettings, scope: Scope): (record: object) => string {
  assertDepth(scope.depth, dto);
  const settings = settingsFor(dto, outer);
  const parts = xmlMembers(dto).map((member) => {
    const { field, owner, name } = member;
    const ns = typeNamespace(field);
    const { write, nil } = element(field, owner, settings, tag(name, owner.ns, scope, ns === owner.ns ? undefined : ns));
    const fallback = fallbackValue(field, settings.nulls);
    return { read: memberReader(member), write, nothing: fallback === undefined ? nil : write(fallback) };
  });
  return (record) => {
    let text = '';
    for (const { read, write, nothing } of parts) {
      const value = read(record);
      text += value === null ? nothing : write(value);
    }
    return text;
  };
}

const rootScope = (ns: string): Scope => ({
  depth: 1,
  bound: [
    ['i', INSTANCE],
    ['', ns],
  ],
});
const openRoot = (name: string, ns: string): string => `<${name} xmlns:i="${INSTANCE}"${ns === '' ? '' : ` xmlns="${ns}"`}`;
const root = (name: string, ns: string, content: string): string =>
  content === '' ? `${openRoot(name, ns)} />` : `${openRoot(name, ns)}>${content}</${name}>`;

/** A DTO as a document. */
export const writeXml = compiled((dto, settings) => {
  const write = membersAnew(dto, settings, rootScope(dto.ns));
  return memoized((record) => DECLARATION + root(dto.name, dto.ns, write(record)), settings);
});

/** A list of DTOs as a document, without the declaration, piece by piece. */
export const writeXmlList = compiled((dto, settings) => {
  const tags = tag(dto.name, dto.ns, rootScope(dto.ns), undefined);
  const write = members(dto, settings, tags.scope);
  const name = `ArrayOf${dto.name}`;
  return function* (records: readonly (object | null)[]): Generator<string> {
    if (records.length === 0) return yield root(name, dto.ns, '');
    yield `${openRoot(name, dto.ns)}>`;
    for (const record of records) yield record === null ? tags.nil : `${tags.open}>${write(record)}${tags.close}`;
    yield `</${name}>`;
  };
});

/** Without the declaration, each tag on a line of its own, as the documented samples stand; text is not touched, for it contains no `<`. */
export const spreadXml = (xml: string): string =>
  xml
    .slice(DECLARATION.length)
    .replace(/><(?!\/)/g, '>\n<')
    .replace(/(<\/[^>]*>|\/>)(?=<\/)/g, '$1\n');
