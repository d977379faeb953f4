/**
 * Which end point a path means. Paths are matched as ASP.NET does it: whatever the case, with or without a trailing slash,
 * percent-decoded, bare or below the vendor's base path, an id being a whole number (logisense.md §1).
 */
import { decodedOrAsSent } from '../../http/percent-encoding.ts';
import type { Call, Plan } from '../protocol.ts';
import { deleteOne } from './write/cascade.ts';
import { detailView } from './read/details.ts';
import type { Endpoint } from './endpoint.ts';
import { EndpointPlan, noMethod, noRoute } from './plans.ts';
import type { ModelTable } from './model/model-table.ts';
import type { Model } from './model/model.ts';
import { type MetadataSource, metadata } from './metadata/metadata.ts';
import { nearestAddress } from './nearest-address.ts';
import type { Verb } from './operation.ts';
import { patchOne } from './write/patch.ts';
import { readList, readOne, readPage } from './read/read.ts';
import { readSearchBody } from './read/search-body.ts';
import type { Resource } from './model/resource.ts';
import { baseOf, RestRequest } from './rest-request.ts';
import type { Service } from './service.ts';
import { createOne, type Target, updateOne } from './write/write.ts';

/** Method → end point. */
type Methods = Map<string, Endpoint>;

const ID = /^[+-]?\d{1,10}$/;
const MAX_INT32 = 2_147_483_647;

export class Routes {
  /** `/contact/#`, in lower case, `#` for an id → methods. */
  readonly #paths = new Map<string, Methods>();
  /** First segments of all paths, in lower case. */
  readonly names: ReadonlySet<string>;

  constructor(service: Service) {
    for (const resource of service.options.resources) this.#addAll(resourceEndpoints(service, resource));
    for (const { name, model } of service.options.lookups) this.#addAll(lookupEndpoints(service, name, model));
    this.names = new Set([...this.#paths.keys()].map((path) => path.split('/', 2)[1]!));
  }
  #addAll(endpoints: readonly Endpoint[]): void {
    for (const endpoint of endpoints) {
      const path = `/${endpoint.path.toLowerCase().replace('{id}', '#')}`;
      let methods = this.#paths.get(path);
      if (methods === undefined) this.#paths.set(path, (methods = new Map()));
      methods.set(endpoint.method, endpoint);
    }
  }

  /** The end points of a path, by method; undefined where it has none. */
  #find(sent: readonly string[]) {
    const segments = sent.some((segment) => segment.includes('%')) ? sent.map(decodedOrAsSent) : sent;
    const base = baseOf(segments);
    let identity = 0;
    let path = '';
    for (let i = base?.length ?? segments.length; i < segments.length; i++) {
      const segment = segments[i]!;
      const isId = ID.test(segment);
      if (isId) identity = Number(segment);
      path += `/${isId ? '#' : segment.includes('#') ? '' : segment.toLowerCase()}`;
    }
    const methods = base === undefined || Math.abs(identity) > MAX_INT32 ? undefined : this.#paths.get(path);
    return { base, identity, methods };
  }
  /** What the records at a path are. */
  tableAt(path: string): ModelTable | undefined {
    return this.#find(path.split('/').filter(Boolean)).methods?.values().next().value?.table;
  }
  plan(call: Call): Plan {
    const { method } = call.inbound;
    const { base, identity, methods } = this.#find(call.segments);
    if (methods === undefined) return this.unmatched(call);
    const endpoint = methods.get(method === 'HEAD' ? 'GET' : method);
    return endpoint === undefined
      ? noMethod(call, [...methods.keys()])
      : new EndpointPlan(new RestRequest(call, base!), endpoint, identity);
  }
  unmatched(call: Call): Plan {
    return noRoute(call, this.nearest(call));
  }
  /** The address that a path nobody has may have meant. */
  nearest(call: Call): string | undefined {
    const templates = [...this.#paths.values()].map((methods) => [...methods.values()][0]!.path);
    return nearestAddress(call.segments.map(decodedOrAsSent), templates);
  }
}

type Add = (
  method: string,
  path: string,
  verb: string,
  work: Endpoint['work'],
  more?: Partial<Pick<Endpoint, 'type' | 'example' | 'headers' | 'hasBody'>>,
) => void;

/** Collects the end points of one resource, each of which knows the others. */
function collector(service: Service, name: string, path: string, table: ModelTable): { readonly endpoints: Endpoint[]; readonly add: Add } {
  const endpoints: Endpoint[] = [];
  const add: Add = (method, below, verb, work, more = {}) => {
    endpoints.push({
      operation: `${service.options.name}.${name}.${verb}`,
      method,
      path: below === '' ? path : `${path}/${below}`,
      type: 'retrieve',
      example: undefined,
      headers: [],
      hasBody: false,
      table,
      siblings: endpoints,
      work,
      ...more,
    });
  };
  return { endpoints, add };
}

function lookupEndpoints(service: Service, name: string, model: Model): readonly Endpoint[] {
  const table = service.tableOf(model);
  const { endpoints, add } = collector(service, name, name, table);
  add('GET', '', 'list', (request) => readList(request, table, table.view), { headers: ['SearchRequest'] });
  add('GET', 'Paged', 'paged', (request) => readPage(request, table, table.view), { headers: ['Pagination', 'SearchRequest'] });
  add('GET', '{id}', 'get', (request, id) => readOne(request, table, id, table.view));
  addMetadata(service, { name, path: name, model, dataFlow: {} }, endpoints, add);
  return endpoints;
}

function resourceEndpoints(service: Service, resource: Resource): readonly Endpoint[] {
  const tables = [resource.model, ...resource.later].map((model) => service.tableOf(model));
  const details = new Map(tables.map((table) => [table, detailView(service, table, resource)]));
  /** The table of the version that a call addresses. */
  const tableOf = ({ version }: RestRequest): ModelTable => tables.findLast(({ model }) => (model.since ?? 0) <= version) ?? tables[0]!;
  const targetOf = (request: RestRequest): Target => ({ service, resource, table: tableOf(request) });
  const work: Readonly<Record<Verb, Endpoint['work']>> = {
    list: (request) => readList(request, tableOf(request), tableOf(request).view),
    paged: (request) => readPage(request, tableOf(request), tableOf(request).view),
    pagedDetail: (request) => readPage(request, tableOf(request), details.get(tableOf(request))!),
    get: (request, id) => readOne(request, tableOf(request), id, tableOf(request).view),
    getDetail: (request, id) => readOne(request, tableOf(request), id, details.get(tableOf(request))!),
    patch: (request, id) => patchOne(request, targetOf(request), id),
    create: (request) => createOne(request, targetOf(request)),
    update: (request, id) => updateOne(request, targetOf(request), id),
    delete: (request, id) => deleteOne(request, targetOf(request), id),
  };
  const { endpoints, add } = collector(service, resource.name, resource.path, tables[0]!);
  for (const { verb, methods, path, sample, request } of Object.values(resource.operations)) {
    add(methods[0]!, path.slice(resource.path.length + 2), verb, work[verb], {
      type: verb === 'create' || verb === 'update' || verb === 'patch' || verb === 'delete' ? verb : 'retrieve',
      example: JSON.stringify(sample.response),
      headers: HEADERS_READ[verb] ?? [],
      hasBody: request !== undefined,
    });
  }
  add('POST', 'Search', 'search', (request) => readSearchBody(request, tableOf(request)), { hasBody: true });
  addMetadata(service, resource, endpoints, add);
  return endpoints;
}

/** The headers with JSON that a verb looks at. */
const HEADERS_READ: { readonly [V in Verb]?: Endpoint['headers'] } = {
  list: ['SearchRequest'],
  paged: ['Pagination', 'SearchRequest'],
  pagedDetail: ['Pagination', 'SearchRequest'],
  create: ['OutputFormat'],
  update: ['UpdateRequest', 'OutputFormat'],
  patch: ['UpdateRequest'],
};

const METHOD_NAMES: Readonly<Record<string, string>> = { GET: 'Get', POST: 'Post', PUT: 'Put', PATCH: 'Patch', DELETE: 'Delete' };

function addMetadata(service: Service, source: Omit<MetadataSource, 'routes'>, endpoints: readonly Endpoint[], add: Add): void {
  const routes = endpoints.map(({ method, path }) => {
    const below = path.slice(source.path.length + 1);
    const suffix = below.startsWith('Paged') ? 'Paged' : below === 'Search' ? 'Search' : '';
    return { name: `${METHOD_NAMES[method]}${suffix}`, template: below.replace('{id}', '{id:int}') };
  });
  const whole = { ...source, routes };
  add('GET', 'Metadata', 'metadata', ({ call }) => metadata(call, service, whole, false));
  add('GET', 'Metadata/sql', 'metadataSql', ({ call }) => metadata(call, service, whole, true));
}
