/** `/__admin` as a Hono app of its own: the guard, the routes, and mistakes as answers that say what to do. */
import { type Context, Hono } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';
import { type Env, transportOf } from '../http/connection.ts';
import { pathOf } from '../http/target.ts';
import { MockError, nearest, statusOf } from '../mock-error.ts';
import { guard } from './guard.ts';
import { json } from './json.ts';
import { AdminCall, type AdminContext, type AdminRoute } from './route.ts';
import { consoleRoutes } from './routes/console.ts';
import { journalRoutes } from './routes/journal.ts';
import { recordRoutes } from './routes/records.ts';
import { scenarioRoutes } from './routes/scenarios.ts';
import { serverRoutes } from './routes/server.ts';
import { situationRoutes } from './routes/situation.ts';
import { stateRoutes } from './routes/state.ts';
import { worldRoutes } from './routes/worlds.ts';

/** Every route; the README's table is drawn from it. */
export const routes: readonly AdminRoute[] = [
  ...consoleRoutes,
  ...serverRoutes,
  ...worldRoutes,
  ...scenarioRoutes,
  ...stateRoutes,
  ...recordRoutes,
  ...situationRoutes,
  ...journalRoutes,
];

/** The path below `/__admin`, its names as they were sent. */
const getPath = (request: Request, options?: { env?: Env['Bindings'] }): string =>
  `/${pathOf(request, transportOf(options?.env)).split('/').filter(Boolean).slice(1).join('/')}`;

export function adminApp(context: AdminContext): Hono<Env> {
  const app = new Hono<Env>({ router: new TrieRouter(), getPath });
  const open = new Map(routes.flatMap(({ path, access }) => (access === undefined ? [] : [[path, access] as const])));
  app.use(async ({ env }, next) => {
    // The machine's time is no business of the caller's: the same call has the same answer.
    const { outgoing } = (env ?? {}) as { outgoing?: { sendDate?: boolean } };
    if (outgoing !== undefined) outgoing.sendDate = false;
    await next();
  });
  app.use(
    guard(
      { adminToken: context.adminToken, adminHosts: context.adminHosts, accessOf: (path) => open.get(path) ?? 'guarded' },
      ({ status, error, message }) => json(status, { error, message }, status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
    ),
  );
  // A literal name goes before a placeholder: `requests/unmatched` is not an id.
  for (const route of [...routes].sort((left, right) => Number(left.path.includes(':')) - Number(right.path.includes(':')))) {
    app.on(route.method, route.path, async (c) => {
      const answer = await route.answer(new AdminCall(c, context, routes));
      return answer instanceof Response
        ? answer
        : json(200, answer ?? {}, route.access === 'public' ? { 'Access-Control-Allow-Origin': '*' } : {});
    });
  }
  app.notFound((c) => {
    throw unknownRoute(c);
  });
  app.onError((error, c) => {
    if (error instanceof MockError) {
      const listed =
        error.code === 'no-such-route' ? { routes: routes.map(({ method, path }) => `${method} /__admin${spelled(path)}`) } : {};
      return json(statusOf(error), { error: error.code, message: error.message, ...listed });
    }
    const message = `contacts-mock itself failed while it answered ${c.req.method} /__admin${c.req.path}: ${error.message}`;
    context.manager.log?.({ event: 'mistake', message, stack: error.stack });
    return json(500, { error: 'mock-failed', message });
  });
  return app;
}

/** `/snapshots/{name}`, as the documents of APIs write it. */
export const spelled = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');

function unknownRoute({ req: { path, method } }: Context<Env>): MockError {
  const sent = path.split('/');
  const there = routes.filter((route) => {
    const wanted = route.path.split('/');
    return wanted.length === sent.length && wanted.every((segment, i) => segment.startsWith(':') || segment === sent[i]);
  });
  if (there.length > 0) {
    return new MockError('wrong-verb', `/__admin${path} has no ${method}.`, `It has ${there.map((route) => route.method).join(', ')}.`);
  }
  const near = nearest(path.slice(1, 200), new Set(routes.map((route) => spelled(route.path).slice(1))));
  const fix = near === undefined ? 'The routes are listed below.' : `Did you mean /__admin/${near}?`;
  return new MockError('no-such-route', `There is no /__admin${path.slice(0, 200)}.`, fix);
}
