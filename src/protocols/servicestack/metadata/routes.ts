/** The addresses under which a service describes itself (servicestack.md §7); what they show is loaded when it is first asked for. */
import { fixedPlan, type Mount, type Planner } from '../../protocol.ts';
import type { ServiceHost } from '../service-host.ts';
import { ServiceRequest } from '../request/request.ts';

const ADDRESSES = {
  '/metadata': 'showIndex',
  '/json/metadata': 'showOperation',
  '/xml/metadata': 'showOperation',
  '/jsv/metadata': 'showOperation',
  '/csv/metadata': 'showOperation',
  '/jsonl/metadata': 'showOperation',
  '/operations/metadata': 'showOperations',
  '/types': 'showTypeLinks',
  '/types/metadata': 'showTypesMetadata',
  '/types/metadata.json': 'showTypesMetadata',
  '/types/typescript': 'showTypes',
  '/types/csharp': 'showTypes',
  '/types/mjs': 'showTypes',
  '/login': 'showLogin',
} as const;

const planFor =
  (described: ServiceHost, name: (typeof ADDRESSES)[keyof typeof ADDRESSES]): Planner =>
  (call) =>
    fixedPlan(async () => {
      const pages = await import('./pages.ts');
      return pages[name](described, new ServiceRequest(call, described.service.basePath));
    });

export function mountMetadataRoutes(mount: Mount, described: ServiceHost): void {
  for (const [path, name] of Object.entries(ADDRESSES))
    mount.route(['GET', 'HEAD'], described.service.basePath + path, planFor(described, name));
}
