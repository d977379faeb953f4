/** The path that an operation declares, as ServiceStack matches it (servicestack.md §2.1, §4.3). */
import { preflight } from '../../http/cors.ts';
import { bodilessPlan, fixedPlan, type Call, type Mount, type Plan } from '../protocol.ts';
import { explain } from './explain.ts';
import { contentTypeOf, FORMATS, formatNamed, suffixed } from './formats.ts';
import type { ServiceOperation } from './operation.ts';
import { OperationPlan } from './operation-plan.ts';
import { bindRoute, type PathValues } from './request/bind.ts';
import { negotiate } from './request/negotiate.ts';
import type { ServiceRequest } from './request/request.ts';
import { requestPlanner } from './request-planner.ts';
import type { ServiceHost } from './service-host.ts';
import { readParameter } from '../../wire/query.ts';
import { isPlaceholder } from '../../wire/values/clr.ts';

const NOT_FOUND = bodilessPlan(404);

/** The path, taken apart once. */
interface Route {
  readonly operation: ServiceOperation;
  /** Literals in lower case; undefined where a value stands. */
  readonly literals: readonly (string | undefined)[];
  readonly names: readonly string[];
  /** Verbs as the framework keeps them: it looks for the call's verb in this text. */
  readonly verbs: string | undefined;
}

export function mountOwnRoute(mount: Mount, host: ServiceHost, operation: ServiceOperation): void {
  const { basePath } = host.service;
  const segments = operation.path.slice(basePath.length).split('/').filter(Boolean);
  const names = segments.map((segment) => (segment.startsWith('{') ? segment.slice(1, -1) : ''));
  const literals = segments.map((segment) => (segment.startsWith('{') ? undefined : segment.toLowerCase()));
  const route = { operation, literals, names, verbs: operation.verbs === 'all' ? undefined : operation.verbs.join(',') };
  // A suffix after a value is part of the value's segment; after a literal it takes a pattern.
  const pattern = literals.map((literal, i) =>
    literal === undefined ? `:${names[i]}` : i === literals.length - 1 ? suffixed(literal) : literal,
  );
  mount.route(
    [basePath, ...pattern].join('/'),
    requestPlanner(host, (request) => ownPlan(host, route, request)),
  );
}

function ownPlan(host: ServiceHost, route: Route, request: ServiceRequest): Plan {
  if (request.verb === 'OPTIONS') return optionsPlan(request.call, host, route.operation);
  const { pathInfo } = request;
  const dot = pathInfo.lastIndexOf('.');
  const suffix = dot < 0 ? undefined : formatNamed(pathInfo.slice(dot + 1));
  const path = valuesOf(route, suffix === undefined ? pathInfo : pathInfo.slice(0, dot));
  if (path === undefined || route.verbs?.includes(request.verb) === false) return notFound(request.call, route, request.verb);
  return new OperationPlan(host, route.operation, request, {
    contentType: suffix === undefined ? (each) => negotiate(each, host.settings) : () => contentTypeOf(suffix),
    bind: (each) => bindRoute(route.operation.request, path, each),
    isBatch: false,
    placeholders: () => placeholdersIn(route.operation, path, request.call.world.now()),
  });
}

function placeholdersIn({ request }: ServiceOperation, path: PathValues, now: number): readonly string[] {
  const isOne = ([name, text]: PathValues[number]): boolean => {
    const read = readParameter(request, name, text, now);
    return read !== undefined && 'value' in read && isPlaceholder(request, name, read.value);
  };
  return path.every(isOne) ? path.map(([name]) => name) : [];
}

function valuesOf({ literals, names }: Route, pathInfo: string): PathValues | undefined {
  const values: [string, string][] = [];
  let i = 0;
  for (const segment of pathInfo.split('/')) {
    if (segment === '') continue;
    const literal = literals[i];
    if (i >= literals.length || (literal !== undefined && literal !== segment.toLowerCase())) return undefined;
    if (literal === undefined) values.push([names[i]!, segment]);
    i++;
  }
  return i === literals.length ? values : undefined;
}

function notFound(call: Call, { operation }: Route, verb: string): Plan {
  const verbs = operation.verbs === 'all' ? 'every verb' : operation.verbs.join(', ');
  explain(call, {
    message: `No route matches ${verb} ${call.inbound.path}. ${operation.path} takes ${verbs}; a suffix is one of ${FORMATS.map((name) => `.${name}`).join(' ')}.`,
    rule: 'a route and its verbs',
    value: verb,
    contract: operation.name,
  });
  return NOT_FOUND;
}

/** Answered before everything else, known route or not (servicestack.md §12 E8). */
export const optionsPlan = (call: Call, { service }: ServiceHost, operation: ServiceOperation | undefined): Plan =>
  fixedPlan(() => preflight(call.inbound), operation === undefined ? undefined : `${service.name}.${operation.name}`);
