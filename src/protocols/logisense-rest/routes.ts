/**
 * Which end point a path means. Paths are matched as ASP.NET does it: whatever the case, with or without a trailing slash, bare
 * or below the vendor's base path, an id being a whole number (logisense.md §1).
 */
import type { Call, Plan } from '../protocol.ts';
import { deleteOne } from './write/cascade.ts';
import { detailText } from './read/details.ts';
import { type Endpoint, EndpointPlan, noMethod, noRoute } from './endpoint.ts';
import type { ModelTable } from './model/model-table.ts';
import { type Described, metadata } from './metadata/metadata.ts';
import type { Verb } from './operation.ts';
import { patchOne } from './write/patch.ts';
import { readList, readOne, readPage, readSearchBody, type View } from './read/read.ts';
import type { Resource } from './model/resource.ts';
import type { Service } from './service.ts';
import { createOne, updateOne } from './write/write.ts';

/** Method → end point. */
type Methods = Record<string, Endpoint>;
/** What follows the resource's name, in lower case, `#` for an id (no path can hold one) → methods. */
type Paths = Map<string, Methods>;

const ID = /^[+-]?\d{1,10}$/;
const MOST = 2_147_483_647;

export class Routes {
  readonly #resources = new Map<string, Paths>();

  constructor(service: Service) {
    for (const resource of service.options.resources) this.#resources.set(resource.name.toLowerCase(), resourcePaths(service, resource));
    for (const { name, model } of service.options.lookups) {
      const table = service.tableOf(model);
      const flat = flatView(table);
      const paths: Paths = new Map();
      const add = adder(service, name, paths);
      add('GET', '', 'list', (call) => readList(call, table, flat));
      add('GET', 'paged', 'paged', (call) => readPage(call, table, flat));
      add('GET', '#', 'get', (call, id) => readOne(call, table, id, flat));
      addMetadata(service, { name, model, dataFlow: {}, routes: [] }, paths, add);
      this.#resources.set(name.toLowerCase(), paths);
    }
  }

  get names(): Iterable<string> {
    return this.#resources.keys();
  }

  plan(call: Call): Plan {
    const { segments } = call;
    const start = baseOf(segments);
    const paths = start < segments.length ? this.#resources.get(segments[start]!.toLowerCase()) : undefined;
    if (paths === undefined || segments.length > start + 3) return noRoute(call);
    const first = segments[start + 1];
    const second = segments[start + 2];
    let identity = 0;
    let path = '';
    if (first !== undefined) {
      if (ID.test(first)) {
        identity = Number(first);
        path = '#';
      } else path = first.toLowerCase();
      if (second !== undefined) path += `/${second.toLowerCase()}`;
    }
    const methods = Math.abs(identity) > MOST ? undefined : paths.get(path);
    if (methods === undefined) return noRoute(call);
    const endpoint = methods[call.inbound.method === 'HEAD' ? 'GET' : call.inbound.method];
    return endpoint === undefined ? noMethod(call, Object.keys(methods)) : new EndpointPlan(call, endpoint, identity);
  }
}

/** Where the resource's name stands: first, or after `ResourceServer/api/v6`, or after that and `internal`. */
function baseOf(segments: readonly string[]): number {
  if (segments[0]?.toLowerCase() !== 'resourceserver') return 0;
  if (segments[1]?.toLowerCase() !== 'api' || !/^v\d+$/i.test(segments[2] ?? '')) return segments.length;
  return segments[3]?.toLowerCase() === 'internal' ? 4 : 3;
}

type Add = (method: string, path: string, verb: string, work: Endpoint['work'], type?: Endpoint['type'], example?: object) => void;

const adder =
  (service: Service, name: string, paths: Paths): Add =>
  (method, path, verb, work, type = 'retrieve', example) => {
    let methods = paths.get(path);
    // No prototype: a method's name must not find `constructor`.
    if (methods === undefined) paths.set(path, (methods = Object.create(null) as Methods));
    methods[method] = {
      operation: `${service.options.name}.${name}.${verb}`,
      type,
      example: example === undefined ? undefined : JSON.stringify(example),
      work,
    };
  };

const flatView = (table: ModelTable): View => ({
  name: 'flat',
  text: (world, record) => table.text(world, record),
  textOnce: (world, record) => table.textOnce(world, record),
});

function resourcePaths(service: Service, resource: Resource): Paths {
  const table = service.tableOf(resource.model);
  const flat = flatView(table);
  const text: View['text'] = (world, record) => detailText(service, world, resource, record);
  const deep: View = { name: 'deep', text, textOnce: text };
  const forms: Readonly<Record<Verb, readonly [method: string, path: string, work: Endpoint['work'], type?: Endpoint['type']]>> = {
    list: ['GET', '', (call) => readList(call, table, flat)],
    paged: ['GET', 'paged', (call) => readPage(call, table, flat)],
    pagedDetail: ['GET', 'paged/detail', (call) => readPage(call, table, deep)],
    get: ['GET', '#', (call, id) => readOne(call, table, id, flat)],
    getDetail: ['GET', '#/detail', (call, id) => readOne(call, table, id, deep)],
    patch: ['PATCH', '#', (call, id) => patchOne(call, service, resource, id), 'patch'],
    create: ['POST', '', (call) => createOne(call, table), 'create'],
    update: ['PUT', '#', (call, id) => updateOne(call, table, id), 'update'],
    delete: ['DELETE', '#', (call, id) => deleteOne(call, service, resource, id), 'delete'],
  };
  const paths: Paths = new Map();
  const add = adder(service, resource.name, paths);
  for (const { verb, sample } of Object.values(resource.operations)) {
    const [method, path, work, type] = forms[verb];
    add(method, path, verb, work, type, sample.response);
  }
  add('POST', 'search', 'search', (call) => readSearchBody(call, table));
  addMetadata(service, { ...resource, routes: [] }, paths, add);
  return paths;
}

const VERBS: Readonly<Record<string, string>> = { GET: 'Get', POST: 'Post', PUT: 'Put', PATCH: 'Patch', DELETE: 'Delete' };

function addMetadata(service: Service, described: Described, paths: Paths, add: Add): void {
  const routes = [...paths].flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      name: `${VERBS[method]}${path.startsWith('paged') ? 'Paged' : path === 'search' ? 'Search' : ''}`,
      template: path.replace('#', '{id:int}').replace(/(^|\/)[a-z]/g, (start) => start.toUpperCase()),
    })),
  );
  const whole = { ...described, routes };
  add('GET', 'metadata', 'metadata', (call) => metadata(call, service, whole, false));
  add('GET', 'metadata/sql', 'metadataSql', (call) => metadata(call, service, whole, true));
}
