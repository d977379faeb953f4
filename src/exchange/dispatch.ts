/**
 * From a request to its handler: by Hono's router, without middleware between, so that nothing has to be composed or waited
 * for. Paths that were asked for lately are remembered with their handlers.
 */
import type { Hono } from 'hono';
import type { Env, Handler } from './served-call.ts';
import { type Incoming, inboundOf, routingPath } from '../http/inbound.ts';

/** Paths remembered per verb; then it starts again. */
const MAX_KNOWN = 4096;

/** The handler of a call; undefined where the call is the plane's, which answers through Hono. */
export type Dispatch = (inbound: Incoming) => Handler | undefined;

export function dispatch(app: Hono, adminContext: string, otherwise: Handler): Dispatch {
  const known = new Map<string, Map<string, Handler | undefined>>();
  const find = (verb: string, path: string): Handler | undefined => {
    const route = routingPath(path);
    if (route === adminContext || route.startsWith(`${adminContext}/`)) return undefined;
    // HEAD goes the way of GET; Hono would make a second response from the first and lose lines of headers.
    const matched = app.router.match(verb === 'HEAD' ? 'GET' : verb, route)[0][0];
    return (matched?.[0][0] ?? otherwise) as unknown as Handler;
  };
  return ({ method, path }) => {
    let paths = known.get(method);
    if (paths === undefined) known.set(method, (paths = new Map()));
    let handler = paths.get(path);
    if (handler === undefined) {
      handler = find(method, path);
      if (paths.size >= MAX_KNOWN) paths.clear();
      paths.set(path, handler);
    }
    return handler;
  };
}

/** Lets `app.fetch` answer what is not the plane's directly. */
export function answerDirectly(app: Hono, handlerOf: Dispatch): void {
  const throughHono = app.fetch;
  app.fetch = (request, env = {}, context) => {
    const inbound = inboundOf(request, env as Env);
    const handler = handlerOf(inbound);
    return handler === undefined ? throughHono(request, env, context) : handler({ env: env as Env, req: { raw: request }, inbound });
  };
}
