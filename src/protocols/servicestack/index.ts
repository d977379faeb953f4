/** An API behind ServiceStack, from its declaration: routes, formats, errors, sign-in and self-description follow from it. */
import type { Dto } from '../../contract/dto.ts';
import { typesOf } from '../../derive/metadata.ts';
import { START_OF_TIME } from '../../store/clock.ts';
import { decode, encode, FORMATS, type Format } from '../../wire/codec.ts';
import type { Api, MessageCodec } from '../protocol.ts';
import { formatOf } from './formats.ts';
import { ErrorResponse } from './answer/response-status.ts';
import { mountMetadataRoutes } from './metadata/routes.ts';
import { exampleRoutes } from './example-routes.ts';
import type { ServiceOperation } from './operation.ts';
import { mountOwnRoute } from './own-route.ts';
import { mountPredefinedRoutes } from './predefined-routes.ts';
import type { ServiceStackProfile } from './profile.ts';
import type { Service } from './service.ts';
import { mountSignIn } from './auth/sign-in.ts';

/** What others than its callers may want to know: how the service writes. */
export interface ServiceStackApi extends Api {
  readonly operations: Readonly<Record<string, ServiceOperation>>;
  readonly profile: ServiceStackProfile;
}

/**
 * Makes an API out of a service, its operations and the settings of its host.
 *
 * @example
 * export const canvara = servicestack({ name: 'canvara', basePath: '/api', entities, handlers, examples, … }, operations, profile);
 */
export function servicestack(
  service: Service,
  operations: Readonly<Record<string, ServiceOperation>>,
  profile: ServiceStackProfile,
): ServiceStackApi {
  return {
    name: service.name,
    title: service.title,
    basePath: service.basePath,
    operations,
    profile,
    codec: messageCodec(operations, profile),
    entities: service.entities,
    mount(mount, settings, apis) {
      const host = { service, operations, profile, settings };
      for (const operation of Object.values(operations)) mountOwnRoute(mount, host, operation);
      mountPredefinedRoutes(mount, host, apis);
      mountSignIn(mount, host);
      mountMetadataRoutes(mount, host);
    },
    signInForm: ({ name }, path) => ({
      action: `${service.basePath}/auth/credentials`,
      fields: { UserName: name, Password: name, continue: path },
    }),
    routes: (world) => exampleRoutes(service, operations, world),
    recordedRows({ target, contentType, answer }) {
      const format = formatOf(contentType);
      const called = operationIn(operations, target.split('?', 1)[0] ?? '');
      if (format === undefined || format === 'html' || called === undefined) return [];
      const recorded = service.recorded?.[called.operation.name];
      if (recorded === undefined) return [];
      const { value } = decode(called.operation.response, answer, { format, now: START_OF_TIME, isWhole: true });
      // Read as .NET reads it, a time without a zone is one of the machine's.
      const isZoned = new TextDecoder().decode(answer).includes('+00:00');
      return recorded((isZoned ? value : withoutZone(value)) as never, called.values);
    },
    async describe(settings) {
      const { apiDescription } = await import('./metadata/openapi.ts');
      return apiDescription({ service, operations, profile, settings });
    },
  };
}

const withoutZone = (value: unknown): unknown => {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/.test(value) ? value.slice(0, -'+00:00'.length) : value;
  if (Array.isArray(value)) return value.map(withoutZone);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutZone(member)]));
};

/** The operation whose own path a path is, and what stands for its names; a suffix is no part of them. */
function operationIn(operations: Readonly<Record<string, ServiceOperation>>, path: string) {
  for (const operation of Object.values(operations)) {
    const pattern = operation.path.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/.]+)');
    const found = new RegExp(`^${pattern}(\\.\\w+)?/?$`, 'i').exec(path);
    if (found !== null) return { operation, values: found.groups ?? {} };
  }
  return undefined;
}

/** A service's messages in its five formats, for those who want the bytes without a server. */
function messageCodec(operations: Readonly<Record<string, ServiceOperation>>, profile: ServiceStackProfile): MessageCodec {
  const messages = Object.values(operations).flatMap(({ request, response }) => [request, response]);
  const types = [...typesOf(...messages, ErrorResponse)].filter((type): type is Dto => 'members' in type);
  return {
    dtos: Object.fromEntries(types.map((dto) => [dto.name, dto])),
    formats: FORMATS,
    encode: (dto, value, { format, nulls }) => encode(dto, value, { format: format as Format, profile, nulls }),
    decode: (dto, body, { format }) => decode(dto, body, { format: format as Format, now: START_OF_TIME, isWhole: true }).value,
  };
}
