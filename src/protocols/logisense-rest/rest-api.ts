/** A LogiSense API, made from its resources. */
import { preflight } from '../../http/cors.ts';
import { type Api, type Example, fixedPlan, type Planner, type Route, type Settings } from '../protocol.ts';
import type { World } from '../../store/world.ts';
import { isReferredTo } from './write/cascade.ts';
import { loginPlan } from './auth/login.ts';
import { noRoute } from './plans.ts';
import { messageCodec } from './message-codec.ts';
import type { RestOperation } from './operation.ts';
import type { Resource } from './model/resource.ts';
import { recordedRows } from './recorded.ts';
import { Routes } from './routes.ts';
import { Service, type ServiceOptions } from './service.ts';

export function restApi(options: ServiceOptions): Api {
  const service = new Service(options);
  const routes = new Routes(service);
  const api: Api = {
    name: options.name,
    title: options.title,
    operations: Object.assign({}, ...options.resources.map(({ operations }) => operations)),
    entities: options.entities,
    codec: messageCodec(Object.assign({}, ...options.resources.map(({ operations }) => operations))),
    mount(mount) {
      const route = (path: string, planner: Planner): void =>
        mount.route(path, (call) => (call.inbound.method === 'OPTIONS' ? fixedPlan(() => preflight(call.inbound)) : planner(call)));
      for (const name of [...routes.names, 'resourceserver']) route(`/${name}/*`, (call) => routes.plan(call));
      for (const path of ['/authorizationserver/access/login', '/authorizationserver/api/:version{v[0-9]+}/access/login']) {
        route(path, (call) => loginPlan(call, options.actingOwner));
      }
    },
    unmatched(call, isAlone) {
      if (isAlone) return routes.unmatched(call);
      const nearest = routes.nearest(call);
      return nearest === undefined ? undefined : noRoute(call, nearest, { status: 404, headers: {}, body: null });
    },
    routes: (world, settings) =>
      options.resources.flatMap((resource) =>
        Object.values(resource.operations).map((operation) => routeOf(service, resource, operation, world, settings)),
      ),
    recordedRows({ target, answer }) {
      const table = routes.tableAt(target.split('?', 1)[0] ?? '');
      return table === undefined ? [] : recordedRows(service, table.model, JSON.parse(new TextDecoder().decode(answer)) as object);
    },
    async describe(settings) {
      const { description } = await import('./metadata/openapi.ts');
      return description(options, settings);
    },
  };
  return Object.freeze(api);
}

function routeOf(service: Service, resource: Resource, operation: RestOperation, world: World, settings: Settings): Route {
  const method = operation.methods[0]!;
  const identity = operation.verb === 'delete' ? firstDeletable(service, resource, world) : 1;
  const headers: Record<string, string> = {};
  if (settings.auth === 'strict') headers['Authorization'] = 'Bearer worker';
  if (operation.request !== undefined) headers['Content-Type'] = 'application/json';
  const example: Example = {
    method,
    // Without the trailing slash, which is taken both ways: a proxy that knows the paths of OpenAPI lets it pass.
    path: operation.path.replace('{id}', String(identity)).replace(/\/$/, ''),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(operation.sample.request === undefined ? {} : { body: operation.sample.request }),
  };
  return { operation: `${service.options.name}.${operation.name}`, method, path: operation.path, example };
}

/** The first record to which nothing refers that would stay. */
function firstDeletable(service: Service, resource: Resource, world: World): number {
  for (const key of service.tableOf(resource.model).of(world).keys()) {
    if (!resource.restrictedBy.some((user) => isReferredTo(world, service.tableId(user.entity), user.foreignKey, key)))
      return key as number;
  }
  return 1;
}
