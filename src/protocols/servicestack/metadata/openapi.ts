/** What a ServiceStack service says about itself, for `openapi` and `types`: every verb of every operation, every format of its messages. */
import type { Dto } from '../../../contract/dto.ts';
import type { Method } from '../../../contract/operation.ts';
import type { ApiDescription, OpenApiPart } from '../../../derive/api-description.ts';
import { type Schema, type SchemaRules, Schemas } from '../../../derive/json-schema.ts';
import { isReference, typesOf } from '../../../derive/metadata.ts';
import { sample } from '../../../derive/sample.ts';
import { isScalar, type Field } from '../../../contract/field.ts';
import { encode } from '../../../wire/codec.ts';
import { contentTypeOf, FORMATS, type WireFormat } from '../formats.ts';
import type { ServiceOperation } from '../operation.ts';
import { asksForCaller, type ServiceHost } from '../service-host.ts';
import type { ServiceStackProfile } from '../profile.ts';
import { ErrorResponse } from '../answer/response-status.ts';
import { allTypes, LANGUAGES, type Language } from './type-files.ts';

const WIRE_FORMATS = FORMATS.filter((format): format is WireFormat => format !== 'html');

/** Any form that .NET reads: with and without dashes, in braces or parentheses. */
const ANY_GUID = '^[{(]?[0-9A-Fa-f]{8}(-?[0-9A-Fa-f]{4}){3}-?[0-9A-Fa-f]{12}[)}]?$';
const GUIDS: Record<ServiceStackProfile['guid'], Schema> = {
  N: { type: 'string', pattern: '^[0-9a-f]{32}$' },
  D: { type: 'string', format: 'uuid' },
};
const DATES: Record<ServiceStackProfile['date'], Schema> = {
  iso: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,7})?(Z|[+-]\\d{2}:\\d{2})?$' },
  wcf: { type: 'string', pattern: '^/Date\\(-?\\d+([+-]\\d{4})?\\)/$' },
};

const rulesOf = (profile: ServiceStackProfile): SchemaRules => ({
  guid: ({ facts }, use) =>
    use === 'write' ? { type: 'string', pattern: ANY_GUID } : GUIDS[facts.isNullable ? profile.nullableGuid : profile.guid],
  dateTime: (use) => (use === 'write' ? { type: 'string' } : DATES[profile.date]),
  isAlwaysThere: ({ facts }) => !facts.isNullable && !isReference(facts.type),
  // Left out by one service, `null` by the other, a placeholder with `--nulls placeholder`: all of them are taken.
  canBeNull: ({ facts }) => facts.isNullable || isReference(facts.type),
});

const HAS_BODY: Record<Method, boolean> = { GET: false, HEAD: false, DELETE: false, OPTIONS: false, POST: true, PUT: true, PATCH: true };

/** One scheme, since clients that are given one credential send it by every scheme that an operation lists, the last of which counts. */
const SECURITY_SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description:
      'A JWT of a sign-in, or in this mock the plain name of a user. Basic (the name twice) and the cookies of a sign-in are taken as well.',
  },
} as const;

export function apiDescription(host: ServiceHost): ApiDescription {
  const operations = Object.values(host.operations);
  return {
    types: [...typesOf(...operations.flatMap(({ request, response }) => [request, response]))],
    languages: Object.fromEntries(Object.keys(LANGUAGES).map((name) => [name, () => allTypes(name as Language, host)])),
    openapi: openapiPart(host),
  };
}

function openapiPart(host: ServiceHost): OpenApiPart {
  const { service, operations, profile } = host;
  const all = Object.values(operations);
  const parts: Parts = {
    schemas: new Schemas(rulesOf(profile), [...all.map(({ response }) => response), ErrorResponse]),
    responses: {},
    requestBodies: {},
    host,
  };
  const paths = Object.fromEntries(all.map((operation) => [operation.path, pathItem(operation, parts)]));
  return {
    summary: `A double of the service at ${service.host}.`,
    version: 'undocumented',
    tags: all.map(({ name, doc }) => ({ name, description: doc })),
    paths,
    schemas: parts.schemas.components,
    responses: parts.responses,
    requestBodies: parts.requestBodies,
    securitySchemes: all.some((operation) => asksForCaller(operation, host.settings)) ? SECURITY_SCHEMES : {},
  };
}

/** What verbs have in common stands once, under `components`. */
interface Parts {
  readonly schemas: Schemas;
  readonly responses: Record<string, Schema>;
  readonly requestBodies: Record<string, Schema>;
  readonly host: ServiceHost;
}

function shared(kind: 'responses' | 'requestBodies', name: string, parts: Parts, make: () => Schema): Schema {
  parts[kind][name] ??= make();
  return { $ref: `#/components/${kind}/${name}` };
}

function pathItem(operation: ServiceOperation, parts: Parts): Schema {
  const verbs = operation.methods.map((method) => [method.toLowerCase(), verb(operation, method, parts)]);
  return { summary: operation.doc, parameters: parametersIn(operation, 'path', parts.schemas), ...Object.fromEntries(verbs) };
}

function verb(operation: ServiceOperation, method: Method, parts: Parts): Schema {
  const asks = asksForCaller(operation, parts.host.settings) && method !== 'OPTIONS';
  const roles = operation.anyRole.length === 0 || !asks ? '' : ` Any of the roles ${operation.anyRole.join(', ')} will do.`;
  return {
    operationId: `${operation.name}.${method.toLowerCase()}`,
    tags: [operation.name],
    summary: summary(operation, method),
    description: `${operation.doc}${roles}`,
    security: asks ? Object.keys(SECURITY_SCHEMES).map((name) => ({ [name]: [] })) : [],
    ...(method === 'OPTIONS' ? {} : { parameters: [...parametersIn(operation, 'query', parts.schemas), FORMAT_PARAMETER] }),
    ...(HAS_BODY[method] ? { requestBody: requestBody(operation, parts) } : {}),
    responses: responses(operation, method, asks, parts),
  };
}

function summary({ doc, verbDocs }: ServiceOperation, method: Method): string {
  if (method === 'OPTIONS') return 'What a page of another origin may send';
  const text = (verbDocs[method] ?? doc).replace(/\.$/, '');
  return method === 'HEAD' ? `${text}; without the body` : text;
}

const FORMAT_PARAMETER = {
  name: 'format',
  in: 'query',
  description: 'The format of the answer, whatever Accept says.',
  schema: { type: 'string', enum: FORMATS },
};

/** Every scalar member may stand in the query; where its table names another place, the description says so. */
function parametersIn({ request, path }: ServiceOperation, place: 'path' | 'query', schemas: Schemas): Schema[] {
  const isInPath = (name: string): boolean => path.includes(`{${name}}`);
  return request.members
    .filter(({ name, field }) => isScalar(field.facts.type) && isInPath(name) === (place === 'path'))
    .map(({ name, field }) => ({
      name,
      in: place,
      required: place === 'path',
      description: field.facts.doc + remarks(field, place),
      schema: schemas.value(field, 'write'),
    }));
}

function remarks({ facts }: Field, place: string): string {
  const remark = [
    // ServiceStack does not look (servicestack.md §2.4), so neither does this description.
    ...(facts.isRequired && place !== 'path' ? ['documented as required, not enforced'] : []),
    ...(facts.place !== undefined && facts.place !== place ? [`documented in: ${facts.place}`] : []),
  ].join('; ');
  return remark === '' ? '' : ` (${remark})`;
}

const requestBody = ({ request }: ServiceOperation, parts: Parts): Schema =>
  shared('requestBodies', request.name, parts, () => ({
    description: `${request.name}, in any format; values of path and query go before those of the body.`,
    required: false,
    content: {
      ...contents(request, 'write', parts),
      'application/x-www-form-urlencoded': { schema: parts.schemas.message(request, 'write') },
    },
  }));

/**
 * A message in every format. The schema is the message's in all of them, and so are the examples' values: generated clients
 * then know one type for an answer. How the value is written stands beside it; HTML is a page that shows it.
 */
function contents(dto: Dto, use: 'read' | 'write', { schemas, host }: Parts, error?: object, schema = schemas.message(dto, use)): Schema {
  const { profile, settings } = host;
  const write = (format: WireFormat): string =>
    encode(dto, error ?? sample(dto), { format, profile, nulls: settings.nulls, layout: format === 'xml' ? 'page' : 'wire' });
  const value: unknown = JSON.parse(write('json'));
  return Object.fromEntries([
    ...WIRE_FORMATS.map((format) => {
      const written = format === 'json' ? {} : { description: `\`\`\`${format}\n${write(format).trimEnd()}\n\`\`\`` };
      const example =
        error === undefined
          ? { documented: { summary: 'With the documented placeholders', ...written, value } }
          : { error: { ...written, value } };
      return [contentTypeOf(format), { schema, examples: example }];
    }),
    ...(use === 'read' ? [[contentTypeOf('html'), { schema }]] : []),
  ]);
}

const NEVER: Schema = { description: 'Only where it is forced upon the call. No body.' };

function responses(operation: ServiceOperation, method: Method, asks: boolean, parts: Parts): Schema {
  if (method === 'OPTIONS') return { 200: { description: 'CORS headers, no body.' }, 400: NEVER, default: NEVER };
  const withBody = (name: string, description: string, content: () => Schema, headers?: Schema): Schema =>
    method === 'HEAD'
      ? { description }
      : shared('responses', name, parts, () => ({ description, ...(headers === undefined ? {} : { headers }), content: content() }));
  const failed = ({ name, description, error, headers }: DocumentedError): Schema =>
    withBody(
      operation.errorResponse === 'typed' ? operation.name + name : name,
      description,
      () => errorContents(operation, error, parts),
      headers,
    );
  const { unauthorized, forbidden, ...always } = ERRORS;
  return {
    200: withBody(operation.name, 'The answer; in HTML a page that shows it.', () => contents(operation.response, 'read', parts)),
    ...(asks && method !== 'HEAD' ? { 302: { description: 'To the sign-in page, for a browser without a session.' } } : {}),
    ...(asks ? { 401: failed(unauthorized) } : {}),
    ...(asks && operation.anyRole.length > 0 ? { 403: failed(forbidden) } : {}),
    400: failed(always.unreadable),
    404: failed(always.missing),
    405: failed(always.unknown),
    413: failed(always.large),
    500: failed(always.other),
    default: failed(always.other),
  };
}

/** Pages and plain words for browsers; for the others the operation's own response, or `ErrorResponse` before the service was asked. */
function errorContents({ errorResponse, response }: ServiceOperation, error: object, parts: Parts): Schema {
  const generic = parts.schemas.message(ErrorResponse, 'read');
  const [dto, schema] =
    errorResponse === 'typed' ? [response, { anyOf: [parts.schemas.message(response, 'read'), generic] }] : [ErrorResponse, generic];
  return { ...contents(dto, 'read', parts, error, schema), 'text/plain': { schema: { type: 'string' } } };
}

interface DocumentedError {
  readonly name: string;
  readonly description: string;
  readonly error: object;
  readonly headers?: Schema;
}

const failure = (ErrorCode: string, Message: string, Errors: readonly object[] = []): object => ({
  ResponseStatus: { ErrorCode, Message, StackTrace: null, Errors, Meta: null },
});

const ERRORS = {
  unreadable: {
    name: 'BadRequest',
    description: 'A value that cannot be read, or a message that cannot.',
    error: failure('SerializationException', "Unable to bind to request 'Message'", [
      { ErrorCode: 'SerializationException', FieldName: 'Member', Message: "'abc' is an Invalid value for 'Member'", Meta: null },
    ]),
  },
  unauthorized: {
    name: 'Unauthorized',
    description: 'Nobody asks: no body. Somebody unknown asks: why.',
    error: failure('Unauthorized', 'Invalid Username or Password'),
    headers: { 'WWW-Authenticate': { description: 'The first way to sign in.', schema: { type: 'string' } } },
  },
  forbidden: {
    name: 'Forbidden',
    description: 'The caller has none of the roles: plain words.',
    error: failure('Forbidden', 'Invalid Role'),
  },
  missing: {
    name: 'NotFound',
    description: 'There is no such contact. Plain words for a browser.',
    error: failure('NotFound', 'Contact 5000000 does not exist'),
  },
  unknown: {
    name: 'NotAllowed',
    description: 'A format that the service does not write (no body), or credentials of a kind that it does not take.',
    error: failure('NotSupportedException', "Invalid algorithm 'none', expected 'HS256'"),
  },
  large: {
    name: 'TooLarge',
    description: 'A form of more than 30,000,000 bytes. No body.',
    error: failure('ContentTooLarge', 'Content Too Large'),
  },
  other: { name: 'Failed', description: 'Any other error.', error: failure('Exception', 'Something went wrong') },
} as const satisfies Record<string, DocumentedError>;
