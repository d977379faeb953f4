/** ServiceStack's own paths to every operation: `/json/reply/X`, `/api/X`, batches at `X[]` (servicestack.md §6, §13 F10). */
import { nearest, suggest } from '../../mock-error.ts';
import { type Api, fixedPlan, type Mount, type Plan } from '../protocol.ts';
import { answerError } from './answer/answer.ts';
import { FrameworkError } from './answer/failure.ts';
import { apiIndex } from './api-index.ts';
import { signInNames, signInOperation, signInPlan } from './auth/sign-in.ts';
import { explain } from './explain.ts';
import { contentTypeOf, FORMAT_PATTERN, formatNamed } from './formats.ts';
import { OperationPlan } from './operation-plan.ts';
import { optionsPlan } from './own-route.ts';
import { bindBatch, bindPredefined } from './request/bind.ts';
import { queryStringContentType, BROKEN_ACCEPT, type Negotiated, negotiate } from './request/negotiate.ts';
import type { ServiceRequest } from './request/request.ts';
import { NOTHING, requestPlanner } from './request-planner.ts';
import type { ServiceHost } from './service-host.ts';

export function mountPredefinedRoutes(mount: Mount, host: ServiceHost, apis: readonly Api[]): void {
  const { basePath } = host.service;
  const replies = requestPlanner(host, (request) => replyPlan(host, request));
  mount.route(`${basePath}/:format{${FORMAT_PATTERN}}/:action{(?:reply|oneway)}/*`, replies);
  // ServiceStack leaves `/api/X` away where its own base path has "api" in it.
  if (basePath.includes('api')) return;
  const planner = requestPlanner(host, (request) => apiPlan(host, request));
  mount.route('/api', planner);
  mount.route(`/api/${apiPattern(host, apis)}`, planner);
}

/** Where another service lives below `/api`, only names of operations lead here; its `/api/metadata`, `/api/auth` … are its own. */
function apiPattern({ service, operations }: ServiceHost, apis: readonly Api[]): string {
  const isShared = apis.some(
    (api) => api.name !== service.name && Object.values(api.operations).some(({ path }) => path.toLowerCase().startsWith('/api/')),
  );
  if (!isShared) return '*';
  const names = [...Object.values(operations).map(({ name }) => name), ...signInNames].map((name) => name.toLowerCase());
  return `:operation{(?:${names.join('|')})(?:\\[\\])?(?:\\..*)?}`;
}

/** A route's own format. */
interface RouteFormat {
  /** Of the body; without it no body is read. */
  readonly reads: string | undefined;
  /** Of the answer where the query names none; without it the answer is negotiated. */
  readonly writes: string | undefined;
  /** The same where there is no such operation. */
  readonly otherwise?: string;
}

function replyPlan(host: ServiceHost, request: ServiceRequest): Plan {
  const [format = '', action = '', name] = request.pathInfo.split('/').filter(Boolean);
  const contentType = contentTypeOf(formatNamed(format.toLowerCase()) ?? 'json');
  if (name !== undefined) return namedPlan(host, request, name, { reads: contentType, writes: contentType });
  if (request.verb === 'OPTIONS') return optionsPlan(request.call, host, undefined);
  // The framework takes the last segment for the name, and stumbles where nothing stands behind it.
  if (request.pathInfo.endsWith('/')) return unknownOperation(host, request, action, contentType);
  explain(request.call, {
    message: `Name an operation: ${request.pathInfo}/${namesOf(host)[0]}.`,
    rule: `one of ${namesOf(host).join(', ')}`,
  });
  const error = new FrameworkError(500, 'NullReferenceException', 'Object reference not set to an instance of an object.');
  return errorPlan(host, request, action, contentType, error);
}

function apiPlan(host: ServiceHost, request: ServiceRequest): Plan {
  const { pathInfo } = request;
  const name = pathInfo === '/api' ? '' : pathInfo.slice(pathInfo.lastIndexOf('/') + 1);
  if (name === '')
    return request.verb === 'OPTIONS' ? optionsPlan(request.call, host, undefined) : fixedPlan(() => apiIndex(host, request));
  const dot = name.indexOf('.');
  const extension = dot < 0 ? 'json' : name.slice(dot + 1);
  const format = formatNamed(extension);
  if (format !== undefined) {
    const contentType = contentTypeOf(format);
    return namedPlan(host, request, dot < 0 ? name : name.slice(0, dot), { reads: contentType, writes: contentType });
  }
  // An extension that names no format leaves the answer to Accept, and the body unread.
  const lower = extension.toLowerCase();
  const known = formatNamed(lower);
  return namedPlan(host, request, name.slice(0, dot), {
    reads: undefined,
    writes: undefined,
    otherwise: known === undefined ? `application/${lower}` : contentTypeOf(known),
  });
}

function namedPlan(host: ServiceHost, request: ServiceRequest, name: string, format: RouteFormat): Plan {
  const isBatch = name.endsWith('[]');
  const wanted = (isBatch ? name.slice(0, -2) : name).toLowerCase();
  const operation = Object.values(host.operations).find((candidate) => candidate.name.toLowerCase() === wanted);
  if (request.verb === 'OPTIONS') return optionsPlan(request.call, host, operation);
  const contentType = (): Negotiated | typeof BROKEN_ACCEPT =>
    format.writes === undefined ? negotiate(request, host.settings) : (queryStringContentType(request) ?? format.writes);
  if (operation !== undefined) {
    const bind = isBatch ? bindBatch : bindPredefined;
    return new OperationPlan(host, operation, request, {
      contentType,
      bind: () => bind(operation.request, format.reads, request),
      isBatch,
    });
  }
  const signIn = signInOperation(name);
  if (signIn === undefined) return unknownOperation(host, request, name, format.otherwise ?? format.writes ?? contentTypeOf('json'));
  const answered = contentType();
  return answered === BROKEN_ACCEPT ? NOTHING : signInPlan(host, signIn, request, answered, format.reads);
}

const namesOf = ({ operations }: ServiceHost): readonly string[] => Object.values(operations).map(({ name }) => name);

function unknownOperation(host: ServiceHost, request: ServiceRequest, name: string, contentType: string): Plan {
  const names = namesOf(host);
  explain(request.call, {
    message: `There is no operation ${name}. ${suggest(name, names, `There are ${names.join(', ')}.`, String)}`,
    rule: `one of ${names.join(', ')}`,
    value: name,
    nearest: nearest(name, names),
  });
  const error = new FrameworkError(405, 'NotImplementedException', 'The operation does not exist for this service');
  return errorPlan(host, request, name, contentType, error);
}

const errorPlan = (host: ServiceHost, request: ServiceRequest, operation: string, contentType: string, error: FrameworkError): Plan =>
  fixedPlan(() =>
    answerError({ host, request, contentType: queryStringContentType(request) ?? contentType, operation, cookies: [] }, error),
  );
