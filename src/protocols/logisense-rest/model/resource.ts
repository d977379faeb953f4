/** Declares a resource: its model, its children, and one operation for each verb with what is documented beside it. */
import type { Dto } from '../../../contract/dto.ts';
import type { Method } from '../../../contract/operation.ts';
import type { Guid } from '../../../contract/field.ts';
import type { Model } from './model.ts';
import type { HeaderParameter, RestOperation, Verb } from '../operation.ts';
import { type Deviation, sampleOf } from './sample.ts';
import {
  createdOf,
  createOf,
  deletedOf,
  detailOf,
  ErrorAnswer,
  instanceOf,
  listOf,
  OutputFormat,
  Pagination,
  pageOf,
  type PatchType,
  patchedOf,
  patchOf,
  updatedOf,
  updateOf,
  UpdateRequest,
} from './variants.ts';

/** Rows that hang on a parent: many, each with the parent's key, or one that the parent links to. */
export interface Child {
  readonly model: Model;
  /** Keys below `details` in a PATCH; the first is the one of the read shape. */
  readonly names: readonly string[];
  readonly patch: readonly PatchType[];
  /** What keeps one of them from being deleted. */
  readonly restrictedBy?: readonly Dependent[];
  readonly type?: ChildType;
  readonly locked?: Locked;
  readonly relation:
    | { readonly form: 'many'; readonly foreignKey: string }
    /** `link`: the parent's stored member that no answer shows. `connector`: what results call the link. */
    | { readonly form: 'one'; readonly link: string; readonly connector: string };
}

/** What the row that says of which type a child is asks of it. A child is held to it when it is written, not when its parent is. */
export interface ChildType {
  /** The child's key to its type: `contactPointTypeId`. */
  readonly foreignKey: string;
  /** The type and the child's parent have the same value here: `contactTypeId`. */
  readonly shared: string;
  /** Where the type's flag is false, a parent has at most one child of it: `allowMultiple`. */
  readonly multiple: string;
}

/** Rows with this flag are neither updated nor deleted from a version of the API on; what they belong to takes them along. */
export interface Locked {
  readonly flag: string;
  readonly since: number;
}

/** What keeps a row from being deleted. */
export interface Dependent {
  /** What messages call the one that refers: `Contact`. */
  readonly name: string;
  readonly entity: string;
  readonly foreignKey: string;
}

/** What goes along with a deleted row: those that refer to it, and in turn those that refer to them. */
export interface Cascade {
  readonly model: Model;
  readonly foreignKey: string;
  readonly along: readonly Cascade[];
}

/** Members of the resource's DTO in which one documented body differs from the DTO's own samples. */
type Members = Readonly<Record<string, unknown>>;
interface Documented {
  readonly request?: Members;
  readonly response?: Members;
  /** For DELETE: the documented results as they stand, which name objects that do not exist (logisense.md §8). */
  readonly results?: object;
}

export interface Resource<N extends string = string, V extends Verb = Verb> {
  readonly name: N;
  /** Where it is found, if not under its name: `ContactType/Type`. */
  readonly path: string;
  /** The key of the set of root rows in a PATCH: `contacts`. */
  readonly plural: string;
  readonly model: Model;
  /** How later versions of the API show it, in order. */
  readonly later: readonly Model[];
  readonly children: readonly Child[];
  /** Names in a body that hold children, in lower case: `details`, and the children's own. */
  readonly childNames: ReadonlySet<string>;
  /** What a PATCH can do to rows of the resource itself. */
  readonly patch: readonly PatchType[];
  readonly dataFlow: Readonly<Record<string, readonly PatchType[]>>;
  readonly restrictedBy: readonly Dependent[];
  readonly cascades: readonly Cascade[];
  /** What the property tables show where the bodies show something else. */
  readonly tableSamples: Members;
  readonly operations: { readonly [K in V as `${N}.${K}`]: RestOperation<K> };
}

interface ResourceOptions<V extends Verb> {
  path?: string;
  plural: string;
  later?: readonly Model[];
  /** What `details` holds. */
  details?: Dto;
  children?: readonly Child[];
  patch?: readonly PatchType[];
  dataFlow?: Readonly<Record<string, readonly PatchType[]>>;
  restrictedBy?: readonly Dependent[];
  cascades?: readonly Cascade[];
  tableSamples?: Members;
  /** Every documented body has this one. */
  trackingId: Guid;
  verbs: { readonly [K in V]: Documented };
}

const FORMS: Readonly<Record<Verb, { method: Method; path: string; doc: string; headers: readonly HeaderParameter[] }>> = {
  list: { method: 'GET', path: '/', doc: 'Lists all of them.', headers: [] },
  paged: { method: 'GET', path: '/Paged', doc: 'Lists a page of them.', headers: [header(Pagination, 'Which page.')] },
  pagedDetail: {
    method: 'GET',
    path: '/Paged/Detail',
    doc: 'Lists a page of them with their children.',
    headers: [header(Pagination, 'Which page.')],
  },
  get: { method: 'GET', path: '/{id}', doc: 'Reads one.', headers: [] },
  getDetail: { method: 'GET', path: '/{id}/Detail', doc: 'Reads one with its children.', headers: [] },
  patch: {
    method: 'PATCH',
    path: '/{id}',
    doc: 'Changes one and its children in one transaction.',
    headers: [header(UpdateRequest, 'What to change.')],
  },
  create: { method: 'POST', path: '/', doc: 'Creates one.', headers: [header(OutputFormat, 'How to show it.')] },
  update: {
    method: 'PUT',
    path: '/{id}',
    doc: 'Changes one.',
    headers: [header(UpdateRequest, 'What to change.'), header(OutputFormat, 'How to show it.')],
  },
  delete: { method: 'DELETE', path: '/{id}', doc: 'Deletes one and what hangs on it.', headers: [] },
};

function header(shape: Dto, doc: string): HeaderParameter {
  return { name: shape.name, doc, dto: shape, sample: sampleOf(shape) };
}

/**
 * Declares a resource of a LogiSense API.
 *
 * @example
 * const pet = resource(model(Pet, { entity: 'pets' }), { plural: 'pets', verbs: { list: {}, get: {} }, … });
 * pet.operations['Pet.get'].path;   // '/Pet/{id}'
 */
export function resource<N extends string, V extends Verb>(name: N, model: Model, options: ResourceOptions<V>): Resource<N, V> {
  const { path = name, children = [] } = options;
  const detail = options.details === undefined ? model.dto : detailOf(model.dto, options.details);
  const patch = patchOf(model, options.plural, children);
  const messages: Readonly<Record<Verb, { request?: () => Dto; response: () => Dto }>> = {
    list: { response: () => listOf(model.dto) },
    paged: { response: () => pageOf(model.dto) },
    pagedDetail: { response: () => pageOf(detail) },
    get: { response: () => instanceOf(model.dto) },
    getDetail: { response: () => instanceOf(detail) },
    patch: { request: () => patch.dto, response: () => patchedOf(model) },
    create: { request: () => createOf(model), response: () => createdOf(model.dto) },
    update: { request: () => updateOf(model), response: () => updatedOf(model.dto) },
    delete: { response: () => deletedOf(model.dto) },
  };
  // What the documents' PATCH samples leave empty or out: changes to the root, and all below `details`.
  const unsaid = { ...Object.fromEntries(model.dto.members.map((member) => [member.name, undefined])), details: {} };
  const operations: Record<string, RestOperation> = {};
  for (const [verb, documented] of Object.entries(options.verbs) as [Verb, Documented][]) {
    const form = FORMS[verb];
    const request = messages[verb].request?.();
    const response = messages[verb].response();
    const requestDeviations: Deviation[] =
      request === undefined
        ? []
        : verb === 'patch'
          ? [
              { dto: request, members: unsaid },
              { dto: patch.item, members: { identity: undefined, details: undefined, ...documented.request } },
            ]
          : [{ dto: request, members: documented.request ?? {} }];
    const responseDeviations: Deviation[] = [
      { dto: model.dto, members: documented.response ?? {} },
      { dto: detail, members: documented.response ?? {} },
      { dto: response, members: { trackingId: options.trackingId, ...(documented.results ? { results: documented.results } : {}) } },
    ];
    operations[`${name}.${verb}`] = Object.freeze({
      name: `${name}.${verb}`,
      doc: form.doc,
      methods: [form.method],
      path: `/${path}${form.path}`,
      resource: name,
      verb,
      request,
      response,
      error: ErrorAnswer,
      headers: form.headers,
      sample: { request: request && sampleOf(request, requestDeviations), response: sampleOf(response, responseDeviations) },
    });
  }
  return Object.freeze({
    name,
    path,
    plural: options.plural,
    model,
    later: options.later ?? [],
    children,
    childNames: new Set(['details', ...children.flatMap(({ names }) => names)].map((known) => known.toLowerCase())),
    patch: options.patch ?? [],
    dataFlow: options.dataFlow ?? {},
    restrictedBy: options.restrictedBy ?? [],
    cascades: options.cascades ?? [],
    tableSamples: options.tableSamples ?? {},
    operations: Object.freeze(operations) as Resource<N, V>['operations'],
  });
}

/** A read-only look-up object: list, page, one. */
export interface LookupResource {
  readonly name: string;
  readonly model: Model;
}
export const lookupResource = (model: Model): LookupResource => Object.freeze({ name: model.dto.name, model });
