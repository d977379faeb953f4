/** The paths that lead to operations: their own, `/json/reply/X`, `/api/X` and batches (servicestack.md §4.3, §6). */
import { type Api, bodilessPlan, type Call, fixedPlan, type Mount, type Plan, type Planner } from '../protocol.ts';
import { preflight } from '../../http/cors.ts';
import { nearest, suggest } from '../../mock-error.ts';
import { answerError } from './answer/answer.ts';
import { bindBatch, bindPredefined, bindRoute, type PathValues } from './request/bind.ts';
import { explain } from './explain.ts';
import { FrameworkError } from './answer/failure.ts';
import { contentTypeOf, FORMATS, formatNamed } from './formats.ts';
import { askedByQuery, negotiate } from './request/negotiate.ts';
import type { ServiceOperation } from './operation.ts';
import { OperationPlan, type RouteBinding } from './operation-plan.ts';
import type { ServiceHost } from './service-host.ts';
import { NULL_BYTE } from '../../http/path-info.ts';
import { isFormType, ServiceRequest } from './request/request.ts';
import { signInNames, signInOperation, signInPlan } from './auth/sign-in.ts';

const NOT_FOUND = bodilessPlan(404);
const BAD_REQUEST = bodilessPlan(400);
const TOO_LARGE = bodilessPlan(413);

/** An operation's own route, taken apart once. */
interface Route {
  readonly operation: ServiceOperation;
  /** Literals in lower case; undefined where a value stands. */
  readonly literals: readonly (string | undefined)[];
  readonly names: readonly string[];
  /** Verbs as the framework keeps them: it looks for the call's verb in this text. */
  readonly verbs: string | undefined;
}

export function mountRoutes(mount: Mount, described: ServiceHost, apis: readonly Api[]): void {
  const { service, operations } = described;
  for (const operation of Object.values(operations)) mountRoute(mount, described, operation);
  const planner = predefined(described);
  for (const format of FORMATS)
    for (const action of ['reply', 'oneway']) mount.route('all', `${service.basePath}/${format}/${action}/*`, planner);
  // ServiceStack leaves `/api/X` away where its own base path has "api" in it (servicestack.md §6).
  if (!service.basePath.includes('api')) for (const path of jsonApiPaths(described, apis)) mount.route('all', path, jsonApi(described));
}

/** Where another service lives below `/api`, only names of operations lead here; its `/api/metadata`, `/api/auth` … are its own. */
function jsonApiPaths({ service, operations }: ServiceHost, apis: readonly Api[]): readonly string[] {
  const isShared = apis.some(
    (api) => api.name !== service.name && Object.values(api.operations).some(({ path }) => path.toLowerCase().startsWith('/api/')),
  );
  if (!isShared) return ['/api/:operation'];
  const names = [...Object.values(operations).map(({ name }) => name), ...signInNames].map((name) => name.toLowerCase());
  return names.flatMap((name) => ['', '[]', ...FORMATS.map((format) => `.${format}`)].map((ending) => `/api/${name}${ending}`));
}

function mountRoute(mount: Mount, described: ServiceHost, operation: ServiceOperation): void {
  const { basePath } = described.service;
  const segments = operation.path.slice(basePath.length).split('/').filter(Boolean);
  const names = segments.map((segment) => (segment.startsWith('{') ? segment.slice(1, -1) : ''));
  const literals = segments.map((segment) => (segment.startsWith('{') ? undefined : segment.toLowerCase()));
  const verbs = operation.verbs === 'all' ? undefined : operation.verbs.join(',');
  const planner = ownRoute(described, { operation, literals, names, verbs });
  const pattern = basePath + segments.map((segment, i) => (names[i] === '' ? `/${segment.toLowerCase()}` : `/:${names[i]}`)).join('');
  mount.route('all', pattern, planner);
  // A suffix after a value is part of the value's segment; after a literal it is a segment of its own.
  if (names.at(-1) === '') for (const format of FORMATS) mount.route('all', `${pattern}.${format}`, planner);
}

function ownRoute(described: ServiceHost, route: Route): Planner {
  const { basePath } = described.service;
  return (call) => {
    const early = beforeRouting(call);
    if (early !== undefined) return early;
    const request = new ServiceRequest(call, basePath);
    if (request.verb === 'OPTIONS') return optionsPlan(call, described, route.operation);
    const { pathInfo } = request;
    const dot = pathInfo.lastIndexOf('.');
    const suffix = dot < 0 ? undefined : formatNamed(pathInfo.slice(dot + 1));
    const path = valuesOf(route, suffix === undefined ? pathInfo : pathInfo.slice(0, dot));
    if (path === undefined || route.verbs?.includes(request.verb) === false) return notFound(call, route, request.verb);
    return new OperationPlan(described, route.operation, request, {
      contentType: suffix === undefined ? (asked) => negotiate(asked, described.settings) : () => contentTypeOf(suffix),
      bind: (asked) => bindRoute(route.operation.request, path, asked),
      isBatch: false,
    });
  };
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

const predefined =
  (described: ServiceHost): Planner =>
  (call) => {
    const early = beforeRouting(call);
    if (early !== undefined) return early;
    const request = new ServiceRequest(call, described.service.basePath);
    // Without a name the last segment is taken for one.
    const [format = '', action = '', name = action] = request.pathInfo.split('/').filter(Boolean);
    return predefinedPlan(described, request, contentTypeOf(formatNamed(format.toLowerCase()) ?? 'json'), name);
  };

const jsonApi =
  (described: ServiceHost): Planner =>
  (call) => {
    const early = beforeRouting(call);
    if (early !== undefined) return early;
    const request = new ServiceRequest(call, described.service.basePath);
    const name = request.pathInfo.slice(request.pathInfo.lastIndexOf('/') + 1);
    const dot = name.indexOf('.');
    if (dot < 0) return predefinedPlan(described, request, contentTypeOf('json'), name);
    const extension = name.slice(dot + 1);
    const format = formatNamed(extension);
    return predefinedPlan(
      described,
      request,
      format === undefined ? `application/${extension}` : contentTypeOf(format),
      name.slice(0, dot),
    );
  };

function predefinedPlan(described: ServiceHost, request: ServiceRequest, contentType: string, name: string): Plan {
  const { operations } = described;
  const isBatch = name.endsWith('[]');
  const wanted = (isBatch ? name.slice(0, -2) : name).toLowerCase();
  const operation = Object.values(operations).find((candidate) => candidate.name.toLowerCase() === wanted);
  if (request.verb === 'OPTIONS') return optionsPlan(request.call, described, operation);
  const signIn = operation === undefined ? signInOperation(name) : undefined;
  if (signIn !== undefined) return signInPlan(described, signIn, request, contentType);
  if (operation === undefined) return unknownOperation(described, request, contentType, name);
  return new OperationPlan(described, operation, request, isBatch ? batchWay(operation, contentType) : singleWay(operation, contentType));
}

const singleWay = (operation: ServiceOperation, contentType: string): RouteBinding => ({
  contentType: (request) => askedByQuery(request) ?? contentType,
  bind: (request) => bindPredefined(operation.request, contentType, request),
  isBatch: false,
});

const batchWay = (operation: ServiceOperation, contentType: string): RouteBinding => ({
  contentType: (request) => askedByQuery(request) ?? contentType,
  bind: (request) => bindBatch(operation.request, contentType, request),
  isBatch: true,
});

function unknownOperation(described: ServiceHost, request: ServiceRequest, contentType: string, name: string): Plan {
  const names = Object.values(described.operations).map((operation) => operation.name);
  explain(request.call, {
    message: `There is no operation ${name}. ${suggest(name, names, `There are ${names.join(', ')}.`, String)}`,
    rule: `one of ${names.join(', ')}`,
    value: name,
    nearest: nearest(name, names),
  });
  const asked = { described, request, contentType: askedByQuery(request) ?? contentType, operation: name, cookies: [] };
  return fixedPlan(() =>
    answerError(asked, new FrameworkError(405, 'NotImplementedException', 'The operation does not exist for this service')),
  );
}

function beforeRouting({ inbound }: Call): Plan | undefined {
  if (inbound.path.includes(NULL_BYTE)) return BAD_REQUEST;
  // A form is read while the verb is looked for, outside of every deserializer: Kestrel itself answers.
  return inbound.isOversized && isFormType(inbound.header('content-type')) ? TOO_LARGE : undefined;
}

/** Answered before everything else, known route or not (servicestack.md §12 E8). */
const optionsPlan = (call: Call, { service }: ServiceHost, operation: ServiceOperation | undefined): Plan =>
  fixedPlan(() => preflight(call.inbound), operation === undefined ? undefined : `${service.name}.${operation.name}`);
