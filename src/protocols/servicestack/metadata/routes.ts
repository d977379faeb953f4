/** The addresses under which a service describes itself (servicestack.md §7, §13 F10); what they show is loaded when it is first asked for. */
import { preflight } from '../../../http/cors.ts';
import { bodilessPlan, fixedPlan, type Mount, type Planner } from '../../protocol.ts';
import { explain } from '../explain.ts';
import { FORMATS } from '../formats.ts';
import { ServiceRequest } from '../request/request.ts';
import type { ServiceHost } from '../service-host.ts';

type Page = Exclude<keyof typeof import('./pages.ts'), symbol>;

const PAGES: Readonly<Record<string, Page>> = {
  '/metadata': 'metadata',
  ...Object.fromEntries(FORMATS.filter((format) => format !== 'html').map((format) => [`/${format}/metadata`, 'metadata' as const])),
  '/operations/metadata': 'operationsData',
  '/types': 'typeLinks',
  '/types/metadata': 'typesData',
  '/types/metadata.json': 'typesData',
  '/types/csharp': 'types',
  '/types/js': 'types',
  '/types/mjs': 'types',
  '/types/typescript': 'types',
  '/types/typescript.d': 'types',
  '/login': 'login',
  '/login.html': 'login',
};

export function mountMetadataRoutes(mount: Mount, host: ServiceHost): void {
  const { basePath } = host.service;
  for (const [path, page] of Object.entries(PAGES)) mount.route(basePath + path, planner(host, path, page));
  // A host below a path of its own takes that path twice (recorded: more-paths/1-1378).
  if (basePath !== '') mount.route(`${basePath + basePath}/metadata`, planner(host, `${basePath}/metadata`, 'metadata'));
}

const planner =
  (host: ServiceHost, path: string, page: Page): Planner =>
  (call) => {
    const { basePath } = host.service;
    const request = new ServiceRequest(call, basePath);
    const { pathInfo } = request;
    if (pathInfo === '/metadata/') {
      const headers = { Location: `${call.inbound.origin}${basePath}/metadata` };
      return fixedPlan(() => ({ status: 302, headers, body: null }));
    }
    // The sign-in page is a file to the framework, and the index is found by its whole path.
    const isThere = page === 'login' ? pathInfo === path : path !== '/metadata' || pathInfo.toLowerCase() === path;
    if (!isThere) {
      explain(call, { message: `There is no ${call.inbound.path}; ask for ${basePath}${path}.`, nearest: basePath + path });
      return bodilessPlan(404);
    }
    if (request.verb === 'OPTIONS') return fixedPlan(() => preflight(call.inbound));
    return fixedPlan(async () => (await import('./pages.ts'))[page](host, request));
  };
