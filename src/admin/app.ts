/** `/__admin`: finds the route, reads the body, turns mistakes into answers that say what to do. Loaded at its first use. */
import type { Context } from 'hono';
import type { Env } from '../exchange/served-call.ts';
import { type Incoming, inboundOf } from '../http/inbound.ts';
import { REASONS } from '../http/reasons.ts';
import { MockError, suggest } from '../mock-error.ts';
import { type AdminCall, type AdminRoute, routes } from './routes.ts';
import type { WorldManager } from '../worlds/manager.ts';
import { type Listener, refusal } from './guard.ts';
import type { MockWorld } from '../worlds/mock-world.ts';

export interface AdminContext {
  readonly manager: WorldManager;
  readonly world: (name: string) => MockWorld;
  readonly listenerOf: (env: Env) => Listener | undefined;
  readonly shutdown: () => void;
}

/** What a mistake answers where it is not 400. */
const STATUSES: Readonly<Record<string, number>> = {
  'unknown-snapshot': 404,
  'unknown-request': 404,
  'no-such-route': 404,
  'wrong-verb': 405,
};

function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  const bytes = new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
  const always = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': String(bytes.length), 'Cache-Control': 'no-store' };
  return new Response(bytes, { status, statusText: REASONS[status] ?? '', headers: { ...always, ...headers } });
}

export async function answerAdmin(adminContext: AdminContext, context: Context): Promise<Response> {
  const env = context.env as Env;
  // The machine's time is no business of the plane's: the same call has the same answer.
  if (env.outgoing !== undefined) env.outgoing.sendDate = false;
  const inbound = inboundOf(context.req.raw, env);
  try {
    await inbound.readBody();
  } catch {
    return new Response(null, { status: 400 });
  }
  try {
    const [path, ...segments] = pathOf(inbound);
    const refused = refusal(inbound, adminContext.listenerOf(env));
    // The console's page is no secret; what it shows is asked for with the token.
    if (refused !== undefined && !(refused.status === 401 && path === '' && segments.length === 0)) {
      return json(
        refused.status,
        { error: refused.error, message: refused.message },
        refused.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {},
      );
    }
    const { route, values } = find(inbound.method, [path ?? '', ...segments]);
    const call = adminCall(adminContext, inbound, values, context);
    const answer = await route.answer(call);
    return answer instanceof Response ? answer : json(200, answer ?? {}, route.headers);
  } catch (error) {
    if (error instanceof MockError)
      return json(STATUSES[error.code] ?? 400, { error: error.code, message: error.message, ...details(error) });
    const message = `contacts-mock itself failed while it answered ${inbound.method} ${inbound.path}: ${error instanceof Error ? error.message : String(error)}`;
    adminContext.manager.log?.({ event: 'mistake', message, stack: error instanceof Error ? error.stack : undefined });
    return json(500, { error: 'mock-failed', message });
  }
}

const details = (error: MockError): object =>
  error.code === 'no-such-route' ? { routes: routes.map(({ method, path }) => `${method} /__admin/${path}`) } : {};

/** The segments after `/__admin`, decoded; one empty one for the plane itself. */
function pathOf(inbound: Incoming): string[] {
  const segments = inbound.path.split('/').filter(Boolean).slice(1);
  try {
    return segments.length === 0 ? [''] : segments.map(decodeURIComponent);
  } catch {
    throw new MockError('bad-path', `The path ${inbound.path} is not percent-encoded as it should be.`, 'Encode "%" as "%25".');
  }
}

function find(sent: string, segments: readonly string[]): { readonly route: AdminRoute; readonly values: readonly string[] } {
  const method = sent === 'HEAD' ? 'GET' : sent;
  const there = routes.filter(({ path }) => {
    const wanted = path.split('/');
    return wanted.length === segments.length && wanted.every((segment, i) => segment.startsWith('{') || segment === segments[i]);
  });
  // A literal name goes before a placeholder: `requests/unmatched` is no id.
  const [route] = there
    .filter((candidate) => candidate.method === method)
    .sort((left, right) => Number(left.path.includes('{')) - Number(right.path.includes('{')));
  if (route !== undefined) return { route, values: segments.filter((_, i) => route.path.split('/')[i]?.startsWith('{')) };
  const path = segments.join('/');
  const others = there.map((candidate) => candidate.method);
  if (others.length > 0) throw new MockError('wrong-verb', `/__admin/${path} has no ${method}.`, `It has ${others.join(', ')}.`);
  const paths = new Set(routes.map((candidate) => candidate.path));
  throw new MockError(
    'no-such-route',
    `There is no /__admin/${path}.`,
    suggest(path, paths, 'The routes are listed below.', (near) => `/__admin/${near}`),
  );
}

function adminCall(adminContext: AdminContext, inbound: Incoming, values: readonly string[], context: Context): AdminCall {
  const { manager } = adminContext;
  return {
    adminContext,
    manager,
    context,
    values,
    query: new URLSearchParams(inbound.query),
    origin: inbound.origin,
    session: () => manager.worlds.use(manager.nameIn(inbound), manager.now()),
    world() {
      return adminContext.world(this.session().world.name);
    },
    json() {
      const text = new TextDecoder().decode(inbound.body ?? new Uint8Array());
      try {
        return JSON.parse(text) as unknown;
      } catch (error) {
        const what = text === '' ? 'The request has no body.' : `The body is no JSON: ${(error as Error).message}.`;
        throw new MockError('bad-json', what, 'Send a JSON object.');
      }
    },
    hasBody: inbound.body !== undefined,
  };
}
