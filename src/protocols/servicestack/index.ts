/** An API behind ServiceStack, from its declaration: routes, formats, errors, sign-in and self-description follow from it. */
import type { Api } from '../protocol.ts';
import { mountMetadataRoutes } from './metadata/routes.ts';
import { exampleRoutes } from './example-routes.ts';
import { messageCodec } from './message-codec.ts';
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
