/** A message type as the documents state it: its own members in declaration order, and the class it derives from. */
import type { Field } from './field.ts';

export type Fields = Readonly<Record<string, Field>>;

export interface Member {
  readonly name: string;
  readonly field: Field;
  /** The class that declares it: XML writes a member in that class's namespace. */
  readonly owner: Dto;
}

export interface Dto<F extends Fields = Fields, B extends Fields = Fields> {
  readonly name: string;
  readonly doc: string;
  /** XML namespace of a DataContract; `''` where a document has none. */
  readonly ns: string;
  readonly base: Dto<B> | undefined;
  readonly fields: F;
  /** Every member, inherited ones first, each class in declaration order: the order of neutral JSON. */
  readonly members: readonly Member[];
  /** The same by name. */
  readonly member: Readonly<Record<string, Member>>;
  /** Marked `[DataContract]` in the real service, so that generated code says so (ServiceStack's own types). */
  readonly isDataContract: boolean;
}

export interface DtoOptions<B extends Fields> {
  ns?: string;
  doc?: string;
  base?: Dto<B>;
  isDataContract?: boolean;
}

/**
 * Declares a DTO once; types, placeholders, wire formats, validation and documentation follow from it.
 *
 * @example
 * const Pet = dto('Pet', { ns: 'urn:pets' }, { Name: string('What it answers to.'), Legs: int() });
 * type Pet = Infer<typeof Pet>;                                       // { Name: string | null; Legs: number }
 */
export function dto<const F extends Fields, B extends Fields = Record<never, never>>(
  name: string,
  options: DtoOptions<B>,
  fields: F,
): Dto<F, B> {
  const self: { -readonly [K in keyof Dto<F, B>]: Dto<F, B>[K] } = {
    name,
    doc: options.doc ?? '',
    ns: options.ns ?? '',
    base: options.base,
    fields: Object.freeze(fields),
    members: [],
    member: {},
    isDataContract: options.isDataContract ?? false,
  };
  const own = Object.entries(fields).map(([member, field]) => ({ name: member, field, owner: self as unknown as Dto }));
  self.members = Object.freeze([...(options.base?.members ?? []), ...own]);
  self.member = Object.freeze(Object.fromEntries(self.members.map((member) => [member.name, member])));
  return Object.freeze(self);
}

type Own<F extends Fields> = { -readonly [K in keyof F]: F[K]['type'] };
type Simplify<T> = { [K in keyof T]: T[K] } & {};

/** The value of a DTO with every member present, in neutral JSON. */
export type Infer<D> = D extends Dto<infer F, infer B> ? Simplify<Own<B> & Own<F>> : never;

/** The members that a caller may send. */
export type Writable<D> =
  D extends Dto<infer F, infer B>
    ? Simplify<{
        -readonly [K in keyof (B & F) as (B & F)[K] extends Field<unknown, 'readOnly'> ? never : K]?: (B & F)[K] extends Field<infer T>
          ? T
          : never;
      }>
    : never;
