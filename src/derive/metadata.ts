/** What the documents' tables say, out of the contract: which messages an operation has, and the rows of each. */
import type { Dto } from '../contract/dto.ts';
import type { Enumeration, Field, FieldType, Place } from '../contract/field.ts';

export interface ParameterRow {
  readonly name: string;
  readonly place: Place;
  /** The table's word for the type. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly doc: string;
  /** The message or enumeration that the type names, for a link. */
  readonly refersTo: string | undefined;
}

/** A table of a page: the own members of a message (inherited ones stand in the table of their class), or an enumeration. */
export type MemberTable =
  | { readonly kind: 'message'; readonly name: string; readonly doc: string; readonly rows: readonly ParameterRow[] }
  | { readonly kind: 'enumeration'; readonly name: string; readonly values: readonly string[] };

const WORDS: Record<FieldType, (field: Field) => string> = {
  string: () => 'string',
  int: () => 'int',
  long: () => 'long',
  decimal: () => 'decimal',
  double: () => 'double',
  bool: () => 'bool',
  guid: () => 'Guid',
  dateTime: () => 'DateTime',
  enum: ({ facts }) => facts.enumeration!.name,
  object: ({ facts }) => facts.of!().name,
  list: ({ facts }) => `List<${clrType(facts.item!)}>`,
  map: () => 'Dictionary<string, string>',
};

/** Types that hold null without .NET's `?`. */
export const isReference = (type: FieldType): boolean => type === 'string' || type === 'object' || type === 'list' || type === 'map';

/** A field's .NET type: `List<Contact>`, `Guid?`. */
export const clrType = (field: Field): string =>
  `${WORDS[field.facts.type](field)}${field.facts.isNullable && !isReference(field.facts.type) ? '?' : ''}`;

/** What a field's type refers to, through lists. */
export const referredDto = ({ facts }: Field): Dto | undefined => (facts.type === 'list' ? referredDto(facts.item!) : facts.of?.());
export const referredEnumeration = ({ facts }: Field): Enumeration | undefined =>
  facts.type === 'list' ? referredEnumeration(facts.item!) : facts.enumeration;

/** What the messages are made of, each once: itself, then its base, then what its members refer to. */
export function* typesOf(...roots: readonly Dto[]): Generator<Dto | Enumeration> {
  const seen = new Set<string>();
  function* walk(type: Dto | Enumeration | undefined): Generator<Dto | Enumeration> {
    if (type === undefined || seen.has(type.name)) return;
    seen.add(type.name);
    yield type;
    if ('values' in type) return;
    yield* walk(type.base);
    for (const field of Object.values(type.fields)) yield* walk(referredEnumeration(field) ?? referredDto(field));
  }
  for (const root of roots) yield* walk(root);
}

/**
 * The place that the framework prints where the contract states none (servicestack.md §7): for the request itself `path` or
 * `body` (`query` where no route takes a body), for every other message `form`.
 */
export interface PlaceRule {
  readonly request: Dto;
  readonly path: string;
  readonly takesBody: boolean;
}

const placeOf = (dto: Dto, name: string, field: Field, rule: PlaceRule): Place => {
  if (field.facts.place !== undefined) return field.facts.place;
  if (dto !== rule.request) return 'form';
  if (rule.path.includes(`{${name}}`)) return 'path';
  return rule.takesBody ? 'body' : 'query';
};

/** The tables of one operation, in the order of the documents' pages; messages of `hidden` are left out. */
export function memberTables(rule: PlaceRule, roots: readonly Dto[], hidden: (dto: Dto) => boolean): MemberTable[] {
  const tables: MemberTable[] = [];
  for (const type of typesOf(...roots)) {
    if ('values' in type) tables.push({ kind: 'enumeration', name: type.name, values: type.values });
    else if (!hidden(type)) tables.push({ kind: 'message', name: type.name, doc: type.doc, rows: rowsOf(type, rule) });
  }
  return tables;
}

const rowsOf = (dto: Dto, rule: PlaceRule): ParameterRow[] =>
  Object.entries(dto.fields).map(([name, field]) => ({
    name,
    place: placeOf(dto, name, field, rule),
    type: field.facts.documentedType ?? clrType(field),
    isRequired: field.facts.isRequired,
    doc: field.facts.doc,
    refersTo: (referredEnumeration(field) ?? referredDto(field))?.name,
  }));
