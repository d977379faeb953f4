/** What the console draws tables and forms from: the APIs, their entities and the members of each. */
import type { Api } from '../../protocols/protocol.ts';
import { callers } from '../../protocols/callers.ts';
import { canBeNull } from '../../derive/misfit.ts';
import { fieldOf, targetOf } from '../../derive/stored-member.ts';
import type { Base, BaseTable } from '../../store/base.ts';

export interface MemberView {
  readonly name: string;
  /** As in contracts: `string`, `int`, `dateTime`. */
  readonly type: string;
  readonly doc: string;
  readonly isNullable: boolean;
  /** What an enumeration can be. */
  readonly values?: readonly string[];
  /** The entity that the member leads to: `api.entity`. */
  readonly refersTo?: string;
}

export interface EntityView {
  /** `api.entity` */
  readonly entity: string;
  /** The member that is the key. */
  readonly key: string;
  readonly identity: 'number' | 'guid';
  /** How many numbers an untouched world has for them. */
  readonly size: number;
  /** `--scale` sets the size: what the API is about, and no look-up. */
  readonly isScaled: boolean;
  readonly members: readonly MemberView[];
}
export interface ContractView {
  readonly apis: readonly {
    readonly name: string;
    readonly title: string;
    /** Where the routes of ServiceStack's clients begin; left out where it has none. */
    readonly basePath?: string;
    readonly entities: readonly EntityView[];
  }[];
  /** The users of every world; the password is the name. */
  readonly users: readonly { readonly name: string; readonly roles: readonly string[] }[];
}

export function contractView(apis: readonly Api[], base: Base): ContractView {
  const tables = [...base.tables.values()];
  return {
    apis: apis.map(({ name, title, basePath }) => ({
      name,
      title,
      ...(basePath !== undefined && { basePath }),
      entities: tables.filter(({ api }) => api === name).map(entityView),
    })),
    users: callers.map(({ name, roles }) => ({ name, roles })),
  };
}

const entityView = (table: BaseTable): EntityView => ({
  entity: table.id,
  key: table.entity.key,
  identity: table.entity.identity,
  size: table.size,
  isScaled: typeof table.entity.size === 'object',
  members: Object.keys(table.entity.members).map((name) => {
    const field = fieldOf(table, name);
    const { type, doc, enumeration } = field.facts;
    const refersTo = targetOf(table, name);
    return {
      name,
      type,
      doc,
      isNullable: canBeNull(field),
      ...(enumeration && { values: enumeration.values }),
      ...(refersTo !== undefined && { refersTo }),
    };
  }),
});
