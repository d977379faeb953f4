/** What no route matches: OPTIONS, a page for a browser that navigates, and nothing for everybody else. */
import { isPreflight, preflight } from '../http/cors.ts';
import { nearOperations } from '../journal/nearest-operations.ts';
import { type Api, bodilessPlan, fixedPlan, type Planner } from '../protocols/protocol.ts';
import type { WorldManager } from '../worlds/manager.ts';

/** A person who typed an address or clicked a link, as browsers say it. */
export const navigates = (request: { header(name: string): string | undefined }): boolean =>
  request.header('sec-fetch-mode') === 'navigate';

/** Whether every API lives below a path of its own, and the call went to none of them (recorded: more-paths/1-1182). */
const isOutside = (apis: readonly Api[], path: string): boolean =>
  apis.every(({ basePath }) => basePath !== undefined && !`${path.toLowerCase()}/`.startsWith(`${basePath}/`));

export const unmatched =
  (manager: WorldManager): Planner =>
  (call) => {
    const { inbound } = call;
    if (inbound.method === 'OPTIONS' && (isPreflight(inbound) || !isOutside(manager.apis, inbound.path)))
      return fixedPlan(() => preflight(inbound));
    if (!navigates(inbound)) {
      for (const api of manager.apis) {
        const plan = api.unmatched?.(call, manager.apis.length === 1);
        if (plan !== undefined) return plan;
      }
      return { ...bodilessPlan(404), servedBy: 'none' };
    }
    const page = async () => {
      const { LANDING_HEADERS, landingPage } = await import('./landing-page.ts');
      const routes = manager.routes();
      const [nearest] = nearOperations(routes, inbound.method, inbound.path);
      return { status: 404, headers: LANDING_HEADERS, body: landingPage({ inbound, apis: manager.apis, routes, missed: { nearest } }) };
    };
    return { ...fixedPlan(page), servedBy: 'none' };
  };
