/** Calls that come through Hono: from `mock.fetch`, another Hono app, somebody else's server, or a listener with middleware. */
import type { Context, Handler } from 'hono';
import { type Bindings, type Env, InProcess, transportOf } from '../http/connection.ts';
import { inboundOf } from '../http/inbound.ts';
import type { SentRequest } from '../http/sent-request.ts';
import type { Reply } from '../http/message.ts';
import { alreadySent, type HeaderLines, toResponse } from '../http/outbound.ts';
import { breakSocket, SocketFault } from '../http/socket-fault.ts';
import type { Planner } from '../protocols/protocol.ts';
import type { WorldManager } from '../worlds/manager.ts';
import { serve, type Transport } from './serve.ts';

/** A Hono handler for one route. */
export const honoHandler =
  (manager: WorldManager, planner: Planner): Handler<Env> =>
  (c) =>
    serve(manager, planner, inboundFor(manager, c), new HonoTransport(c.req.method, c.env ?? {}));

/** `app.request()` of Hono gives no `env`. */
export const inboundFor = (manager: WorldManager, { env, req }: Context<Env>): SentRequest =>
  inboundOf(req.raw, { ...transportOf(env), trustsProxy: manager.trustsProxy });

class HonoTransport implements Transport<Response> {
  readonly #method: string;
  readonly #env: Bindings;

  constructor(method: string, env: Bindings) {
    this.#method = method;
    this.#env = env;
  }
  get fetcher(): string | undefined {
    const { inProcess } = this.#env;
    return inProcess instanceof InProcess ? inProcess.world : undefined;
  }
  send(reply: Reply, lines: HeaderLines): Response {
    return toResponse(reply, lines, this.#method, this.#env.outgoing);
  }
  abandon(reason: unknown): Response {
    const { incoming, outgoing } = this.#env;
    if (incoming === undefined || outgoing === undefined) throw reason;
    if (reason instanceof SocketFault) breakSocket(incoming, outgoing, reason);
    return alreadySent();
  }
}
