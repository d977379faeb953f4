/** A service as it is hosted: its operations, profile and settings, and what its pages say of them. */
import type { Inbound } from '../../http/message.ts';
import type { Settings } from '../protocol.ts';
import type { ServiceOperation } from './operation.ts';
import type { ServiceStackProfile } from './profile.ts';
import { SERVICESTACK_TYPES } from './answer/response-status.ts';
import type { Service } from './service.ts';
import type { Dto } from '../../contract/dto.ts';

export interface ServiceHost {
  readonly service: Service;
  readonly operations: Readonly<Record<string, ServiceOperation>>;
  readonly profile: ServiceStackProfile;
  readonly settings: Settings;
}

/** The path before every link to the service. */
export const baseOf = (inbound: Inbound, { service }: ServiceHost): string => inbound.basePath + service.basePath;

/** Types that come with ServiceStack's libraries: no page shows a table of them. */
export const isLibraryType = (dto: Dto): boolean => dto.ns === SERVICESTACK_TYPES;

/** An operation's path below the base path, as its `[Route]` has it. */
export const routeOf = ({ path }: ServiceOperation, { basePath }: Service): string =>
  path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;

/** `GET,POST`, or the page's word for any. */
export const verbsOf = ({ verbs }: ServiceOperation): string => (verbs === 'all' ? 'All Verbs' : verbs.join(','));

/** Whether this mock asks for a caller. */
export const asksForCaller = (operation: ServiceOperation, { auth }: Settings): boolean =>
  auth === 'strict' || (auth === 'documented' && operation.isAuthenticated);

/** The verb of the sample request: the first that brings a body (servicestack.md §7). */
export const sampleVerb = ({ methods }: ServiceOperation): string =>
  (['POST', 'PUT', 'PATCH'] as const).find((verb) => methods.includes(verb)) ?? methods[0] ?? 'GET';
