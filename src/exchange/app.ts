/** The APIs, the admin app and what stands around them as one Hono app. */
import { Hono, type MiddlewareHandler } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';
import { type Bindings, type Env, transportOf } from '../http/connection.ts';
import { pathOf, routingPath } from '../http/target.ts';
import { alreadySent } from '../http/outbound.ts';
import type { WorldManager } from '../worlds/manager.ts';
import { version } from '../version.ts';
import { honoHandler, inboundFor } from './hono-transport.ts';
import type { RouteTable } from './route-table.ts';
import { navigates } from './unmatched.ts';

const ADMIN = '/__admin';
export const ADMIN_ROUTES = [ADMIN, `${ADMIN}/*`];
const ICON = '/favicon.ico';
/** What the app answers itself. */
export const HOST_ROUTES: readonly string[] = [...ADMIN_ROUTES, ICON, '/'];

export interface AppOptions {
  readonly manager: WorldManager;
  readonly table: RouteTable;
  /** Answers everything below `/__admin`; loaded when it is first asked for. */
  readonly admin: () => Promise<Pick<Hono<Env>, 'fetch'>>;
  readonly middleware: readonly MiddlewareHandler[];
}

export function hostApp({ manager, table, admin, middleware }: AppOptions): Hono<Env> {
  const app = new Hono<Env>({
    // Hono's default router compiles all routes into one expression at the first request: 30 ms for ours, against 4 ms.
    router: new TrieRouter(),
    getPath: (request, options) => routingPath(pathOf(request, transportOf(options?.env as Bindings | undefined))),
  });
  // Hono runs in the order of registration.
  for (const one of middleware) app.use(one);
  for (const pattern of ADMIN_ROUTES) app.all(pattern, async ({ req, env }) => (await admin()).fetch(req.raw, env));
  app.get(ICON, (c) => c.body(null, 204));
  app.get('/', async (c, next) => {
    const env = (c.env ?? {}) as Env['Bindings'];
    if (env.next !== undefined) return next();
    if (!navigates(c.req)) return c.json({ name: 'contacts-mock', version, health: `${inboundFor(manager, c).basePath}${ADMIN}/health` });
    const { LANDING_HEADERS, landingPage } = await import('./landing-page.ts');
    const page = landingPage({ inbound: inboundFor(manager, c), apis: manager.apis, routes: manager.routes() });
    return c.body(page, 200, LANDING_HEADERS);
  });
  for (const { pattern, planner } of table.rows) app.all(pattern, honoHandler(manager, planner));
  const otherwise = honoHandler(manager, table.unmatched);
  app.notFound((c) => {
    const { next } = (c.env ?? {}) as Env['Bindings'];
    if (next === undefined) return otherwise(c, async () => undefined) as Response;
    next();
    return alreadySent();
  });
  // A connection that is to break has to look broken in process as well: `mock.fetch` rejects.
  app.onError((error) => {
    throw error;
  });
  return app;
}
