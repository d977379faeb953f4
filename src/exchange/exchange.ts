/** One request and its answer: world, wishes and faults, the protocol's plan, the journal, the headers of every answer. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Control } from '../control/control.ts';
import type { Call, Explanation, MaybePromise, Plan, Planner, Reply, Settings } from '../protocols/protocol.ts';
import { httpTime, monotonic } from '../store/clock.ts';
import type { World } from '../store/world.ts';
import { FetchInbound, type Incoming, NodeInbound } from './inbound.ts';
import { dress, preflight, toFetchResponse, toNodeResponse } from './outbound.ts';

/** The call that protocols see; the rest of the exchange keeps its own notes in it. */
export class Exchange implements Call {
  readonly inbound: Incoming;
  readonly world: World;
  readonly settings: Settings;
  readonly number: number;
  readonly nulls: Settings['nulls'];
  readonly isExample: boolean;
  readonly started = monotonic();
  operation: string | undefined = undefined;
  caller: string | undefined = undefined;
  bound: unknown = undefined;
  explanations: Explanation[] | undefined = undefined;
  #segments: readonly string[] | undefined;

  constructor(inbound: Incoming, world: World, settings: Settings) {
    this.inbound = inbound;
    this.world = world;
    this.settings = settings;
    this.number = ++world.requests;
    this.nulls = settings.nulls;
    this.isExample = settings.examples;
  }
  get segments(): readonly string[] {
    this.#segments ??= this.inbound.path.split('/').filter(Boolean);
    return this.#segments;
  }
}

/** A Hono handler for one route. Answers without a promise where nothing has to be waited for. */
export function serveWith(control: Control, planner: Planner): (context: Context) => MaybePromise<Response> {
  return (context) => {
    const bindings = context.env as Partial<HttpBindings>;
    const inbound = bindings.incoming === undefined ? new FetchInbound(context.req.raw) : new NodeInbound(bindings.incoming);
    const answer = (exchange: Exchange, reply: Reply): Response => {
      const requestId = control.record(exchange, reply);
      const headers = dress(inbound, reply, requestId, httpTime(exchange.world.now()));
      if (bindings.outgoing !== undefined) return toNodeResponse(reply, headers, bindings.outgoing as never);
      return toFetchResponse(reply, headers, inbound.method);
    };
    const run = (): MaybePromise<Response> => {
      const exchange = new Exchange(inbound, control.worldOf(inbound), control.settings);
      const proceed = (plan: Plan): MaybePromise<Response> => {
        exchange.operation = plan.operation;
        const reply = plan.proceed();
        return reply instanceof Promise ? reply.then((late) => answer(exchange, late)) : answer(exchange, reply);
      };
      const plan = planner(exchange);
      return plan instanceof Promise ? plan.then(proceed) : proceed(plan);
    };
    const reading = inbound.readBody();
    return reading === undefined ? run() : reading.then(run);
  };
}

/** OPTIONS anywhere, and what no route matches. */
export const unmatched: Planner = (call) => ({
  operation: undefined,
  proceed: () => (call.inbound.method === 'OPTIONS' ? preflight(call.inbound) : { status: 404, headers: {}, body: null }),
  fail: (status) => ({ status, headers: {}, body: null }),
});
