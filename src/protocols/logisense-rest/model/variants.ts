/** The shapes in which one DTO travels: list, page, detail, create, update, patch and their answers, as DTOs of their own. */
import { dto, type Dto, type Fields } from '../../../contract/dto.ts';
import { bool, enumeration, guid, int, list, object, string } from '../../../contract/field.ts';
import { companions, type Model } from './model.ts';

/** What one item of a PATCH can do to a row. */
export const PATCH_TYPES = ['create', 'update', 'delete', 'attach', 'detach'] as const;
export type PatchType = (typeof PATCH_TYPES)[number];

const trackingId = guid('Number of the call; the journal knows it.');
const count = int('How many there are, on all pages.').sample(1);

/** What the `Pagination` header asks for; the answer repeats it. */
export const Pagination = dto(
  'Pagination',
  { doc: 'Which page of a list.' },
  {
    pageNumber: int('Which page, from 1.').sample(1),
    pageSize: int('How many items a page has.').sample(20),
    excludeTotalCount: bool('Whether to leave out how many there are.').sample(false),
  },
);

/** What the `OutputFormat` header asks for. */
export const OutputFormat = dto(
  'OutputFormat',
  { doc: 'How the items of a write are shown.' },
  {
    format: enumeration('OutputFormatName', ['instance', 'result'], 'Flat, or with action and type.').sample('result'),
  },
);

/** What the `UpdateRequest` header asks for. */
export const UpdateRequest = dto(
  'UpdateRequest',
  { doc: 'Which of the sent members are to be changed.' },
  {
    filters: list(string('A member.'), 'Names of members.'),
  },
);

export const ApiError = dto(
  'ApiError',
  { doc: 'One thing that is wrong.' },
  {
    code: int('The vendor’s number of the rule.').sample(13100000),
    message: string('The same in words.').sample("'StateId' (264) does not exist in 'State' for 'City'."),
  },
);

/** Every refused call: all errors at once, a failed write closed by code 2000 (logisense.md §5). */
export const ErrorAnswer = dto(
  'ErrorAnswer',
  { doc: 'Why a call was refused.' },
  {
    trackingId,
    type: string('What was asked for.').sample('create'),
    errors: list(
      object(() => ApiError),
      'All that is wrong.',
    ),
  },
);

const DeletedItem = dto(
  'DeletedItem',
  { doc: 'A row, a link or the rows behind a foreign key that went.' },
  {
    identity: int('The row.').nullable(),
    lhsId: int('Left end of a link.').nullable(),
    rhsId: int('Right end of a link.').nullable(),
    foreignKeyIdentity: int('The row whose dependents went.').nullable(),
    action: string('What was done.').sample('deleted'),
    dtoTypeKey: string('The type of the row.'),
  },
);

function written(name: string, type: string, item: Dto): Dto {
  const results = dto(`${name}Results`, {}, { totalCount: int('How many items follow.').sample(1), items: list(object(() => item)) });
  return dto(name, {}, { trackingId, type: string('What was done.').sample(type), results: object(() => results) });
}

export const listOf = (item: Dto) => dto(`${item.name}List`, {}, { trackingId, totalCount: count, items: list(object(() => item)) });
export const instanceOf = (item: Dto) => dto(`${item.name}Instance`, {}, { trackingId, instance: object(() => item) });
export function pageOf(item: Dto): Dto {
  const items = dto(`${item.name}PageItems`, {}, { totalCount: count.nullable(), items: list(object(() => item)) });
  return dto(`${item.name}Page`, {}, { trackingId, pagination: object(() => Pagination), pagedResults: object(() => items) });
}
export const createdOf = (item: Dto) => written(`${item.name}Created`, 'create', item);
export const updatedOf = (item: Dto) => written(`${item.name}Updated`, 'update', item);
export const deletedOf = (item: Dto) => written(`${item.name}Deleted`, 'delete', DeletedItem);
/** The form that the documents show; a link’s item has `lhsId` and `rhsId` in place of `identity` and `instance`. */
export function patchedOf({ dto: item, key }: Model): Dto {
  const result = dto(
    `${item.name}PatchResult`,
    {},
    {
      identity: int('The row; a link has none.').nullable().sample(1),
      action: string('What was done to it.').sample('created'),
      dtoTypeKey: string('The type of the row.').sample(key),
      instance: object(() => item, 'The row as it is now.'),
    },
  );
  return written(`${item.name}Patched`, 'patch', result);
}

/** A DTO with its children. */
export const detailOf = (item: Dto, details: Dto): Dto => dto(`${item.name}Detail`, { base: item }, { details: object(() => details) });

/** What a create sends: nothing that the server decides, nothing that only shows what a key leads to. */
export const createOf = (model: Model): Dto => dto(`${model.dto.name}Create`, {}, writable(model));
/** The same with the key that the documents repeat in the body. */
export const updateOf = (model: Model): Dto =>
  dto(`${model.dto.name}Update`, {}, { identity: int('The same as in the path.').sample(1), ...writable(model) });

function writable(model: Model): Fields {
  const shown = companions(model);
  const own = model.dto.members.filter(({ name, field }) => !field.facts.isReadOnly && !shown.has(name));
  return Object.fromEntries(own.map(({ name, field }) => [name, field]));
}

export interface PatchShape {
  readonly dto: Dto;
  /** An item of the root's own set, for its documented sample. */
  readonly item: Dto;
}

/** What a PATCH sends: members of the root, its children below `details`, and the set of root rows. */
export function patchOf(
  model: Model,
  plural: string,
  children: readonly { readonly model: Model; readonly names: readonly string[] }[],
): PatchShape {
  const setOf = (child: Model, deeper: Fields): { item: Dto; set: Dto } => {
    const item = dto(
      `${child.dto.name}PatchItem`,
      {},
      {
        patchType: enumeration('PatchType', PATCH_TYPES, 'What to do with the row.').sample('create'),
        patchClientId: int('The caller’s own label for the row.').nullable().sample(1),
        identity: int('The row; needed for all but create.').nullable(),
        ...writable(child),
        ...deeper,
      },
    );
    return { item, set: dto(`${child.dto.name}PatchSet`, {}, { items: list(object(() => item)) }) };
  };
  const sets = children.map(({ model: child, names }) => {
    const { set } = setOf(child, {});
    return [names[0] ?? '', object(() => set)] as const;
  });
  const changes = dto(`${model.dto.name}PatchDetails`, {}, Object.fromEntries(sets));
  const details = object(() => changes, 'Changes to the children.');
  const { item, set } = setOf(model, { details });
  return { dto: dto(`${model.dto.name}Patch`, {}, { ...writable(model), details, [plural]: object(() => set) }), item };
}
