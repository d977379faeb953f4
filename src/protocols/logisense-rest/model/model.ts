/** How a DTO is kept: which entity holds it, what its foreign keys lead to, what a caller must send and what the server fills. */
import type { Dto } from '../../../contract/dto.ts';

/** Where a foreign key leads. */
export interface Lookup {
  /** The entity: `contactTypes`. */
  readonly entity: string;
  /** What messages call it: `ContactType`. */
  readonly target: string;
  /** Members that show what the key leads to, ours → its. Those a caller may write stand in for the key. */
  readonly shows: Readonly<Record<string, string>>;
  /** A caller's value is not taken: the server keeps the key (a child's parent, the owner). */
  readonly isManaged?: boolean;
}

export interface Model<D extends Dto = Dto> {
  readonly dto: D;
  /** `dtoTypeKey` of results: `contact`. */
  readonly key: string;
  /** The entity that holds its records: `contacts`. */
  readonly entity: string;
  /** By foreign key. */
  readonly lookups: Readonly<Record<string, Lookup>>;
  /** Members without which there is no record. */
  readonly required: readonly string[];
  /** Members that the server fills when a record is made. */
  readonly initial: Readonly<Record<string, unknown>>;
  /** Members that take the world's time whenever a record changes. */
  readonly stamped: readonly string[];
  /** The first version of the API that shows records so; undefined for all versions. */
  readonly since: number | undefined;
}

interface ModelOptions {
  entity: string;
  lookups?: Readonly<Record<string, Lookup>>;
  required?: readonly string[];
  initial?: Readonly<Record<string, unknown>>;
  stamped?: readonly string[];
  since?: number;
}

export const model = <D extends Dto>(dto: D, options: ModelOptions): Model<D> =>
  Object.freeze({
    dto,
    key: camelCase(dto.name),
    entity: options.entity,
    lookups: Object.freeze(options.lookups ?? {}),
    required: options.required ?? [],
    initial: options.initial ?? {},
    stamped: options.stamped ?? [],
    since: options.since,
  });

/** `ContactType` → `contactType` */
export const camelCase = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
/** `contactTypeId` → `ContactTypeId`, the form of names in the vendor's messages (logisense.md §5). */
export const pascalCase = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Members that show what a foreign key leads to: shown → key. */
export const companions = ({ lookups }: Model): ReadonlyMap<string, string> =>
  new Map(Object.entries(lookups).flatMap(([key, { shows }]) => Object.keys(shows).map((shown) => [shown, key] as const)));
