/** An API behind ServiceStack, from its declaration: routes, formats, errors, sign-in and self-description follow from it. */
import type { Dto } from '../../contract/dto.ts';
import { typesOf } from '../../derive/metadata.ts';
import { START_OF_TIME } from '../../store/clock.ts';
import { decode, encode, FORMATS, type Format } from '../../wire/codec.ts';
import type { Api, MessageCodec } from '../protocol.ts';
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
    async describe(settings) {
      const { apiDescription } = await import('./metadata/openapi.ts');
      return apiDescription({ service, operations, profile, settings });
    },
  };
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
