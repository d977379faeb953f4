/** One request and its answer: world, wishes and faults, the protocol's plan, the journal, the headers of every answer. */
import type { HttpBindings } from '@hono/node-server';
import type { WorldManager } from '../worlds/manager.ts';
import type { WorldSession } from '../worlds/session.ts';
import { nextOutcome } from '../worlds/faults.ts';
import { MockError } from '../mock-error.ts';
import type { WorldSettings } from '../options.ts';
import type { Call, Explanation, MaybePromise, Plan, Planner, Reply, Settings } from '../protocols/protocol.ts';
import { httpTime, monotonic } from '../store/clock.ts';
import type { World } from '../store/world.ts';
import { type Incoming, inboundOf } from '../http/inbound.ts';
import type { Fault, Outcome } from '../http/outcome.ts';
import { preflight } from '../http/preflight.ts';
import { mockErrorReply, commonHeaders, type HeaderLines, toFetchResponse, toSocket } from '../http/outbound.ts';
import { breakSocket, SocketFault } from '../http/socket-fault.ts';
import { readPreferences } from './preferences.ts';

/** What a Hono handler is given as `env`: a socket's two sides where there is a socket. */
export type Env = Partial<HttpBindings> & {
  /** The world whose `fetch` was called. */
  readonly world?: string;
};
/** The part of Hono's `Context` that a call needs. */
export type Handler = (context: {
  readonly env: Env;
  /** Where there is no socket. */
  readonly req?: { readonly raw: Request };
  /** Where it was made to find the handler. */
  readonly inbound?: Incoming;
}) => MaybePromise<Response>;

/** The call that protocols see; once it is answered it is the journal's entry as well, so that nothing is copied. */
export class ServedCall implements Call {
  readonly inbound: Incoming;
  readonly session: WorldSession;
  readonly world: World;
  readonly settings: WorldSettings;
  readonly number: number;
  readonly started: number;
  nulls: Settings['nulls'];
  isExample: boolean;
  operation: string | undefined = undefined;
  caller: string | undefined = undefined;
  bound: unknown = undefined;
  explanations: Explanation[] | undefined = undefined;
  /** What `Preference-Applied` says. */
  applied = '';
  /** What was made to happen, by a wish or a rule. */
  outcome: Outcome | undefined = undefined;
  // Written when the answer stands:
  reply: Reply | undefined = undefined;
  /** Length of the answer's body where the journal kept less. */
  bodySize = 0;
  headers: HeaderLines | undefined = undefined;
  fault: Fault | undefined = undefined;
  /** The world's time. */
  at = 0;
  ms = 0;
  #segments: readonly string[] | undefined;

  constructor(inbound: Incoming, held: WorldSession, settings: WorldSettings, started: number) {
    this.inbound = inbound;
    this.session = held;
    this.world = held.world;
    this.settings = settings;
    this.started = started;
    this.number = ++held.world.requests;
    this.nulls = settings.nulls;
    this.isExample = settings.examples;
  }
  get segments(): readonly string[] {
    this.#segments ??= segmentsOf(this.inbound.path);
    return this.#segments;
  }
}

function segmentsOf(path: string): readonly string[] {
  const segments: string[] = [];
  for (let start = 1; start < path.length; ) {
    const end = path.indexOf('/', start);
    if (end !== start) segments.push(end < 0 ? path.slice(start) : path.slice(start, end));
    if (end < 0) break;
    start = end + 1;
  }
  return segments;
}

/** A Hono handler for one route. Answers without a promise where nothing has to be waited for. */
export function serveWith(control: WorldManager, planner: Planner): Handler {
  return ({ env, req, inbound = inboundOf(req?.raw as Request, env) }) => {
    const reading = inbound.readBody();
    if (reading === undefined) return perform(control, planner, inbound, env);
    return reading.then(
      () => perform(control, planner, inbound, env),
      // The caller went away: nobody is there to read it.
      () => new Response(null, { status: 400 }),
    );
  };
}

function perform(control: WorldManager, planner: Planner, inbound: Incoming, env: Env): MaybePromise<Response> {
  let exchange: ServedCall;
  try {
    const started = monotonic();
    const held = control.sessionFor(inbound, started);
    exchange = new ServedCall(inbound, held, held.settings ?? control.settings, started);
  } catch (error) {
    return refuse(control, inbound, env, error);
  }
  try {
    const wishes = readPreferences(inbound);
    if (wishes !== undefined) {
      exchange.isExample ||= wishes.isExample;
      exchange.nulls = wishes.nulls ?? exchange.nulls;
      exchange.outcome = wishes.outcome;
      exchange.applied = wishes.applied;
      if (wishes.ignored.length > 0) exchange.explanations = [...wishes.ignored];
    }
    const plan = planner(exchange);
    const reply = plan instanceof Promise ? plan.then((late) => follow(exchange, late)) : follow(exchange, plan);
    if (!(reply instanceof Promise)) return answer(control, exchange, reply, env);
    return reply.then(
      (late) => answer(control, exchange, late, env),
      (error: unknown) => fail(control, exchange, error, env),
    );
  } catch (error) {
    return fail(control, exchange, error, env);
  }
}

/** Carries the plan out, unless a wish or a rule wants something else. */
function follow(exchange: ServedCall, plan: Plan): MaybePromise<Reply> {
  exchange.operation = plan.operation;
  const extras = exchange.world.extras;
  if (exchange.outcome === undefined && extras.size > 0) exchange.outcome = nextOutcome(exchange.world, plan.operation);
  const { outcome } = exchange;
  const wait = (outcome?.delay ?? 0) + exchange.settings.fixedDelay;
  if (outcome === undefined && wait === 0) return plan.proceed();
  const act = (): MaybePromise<Reply> => {
    if (outcome?.fault !== undefined) throw new SocketFault(outcome.fault);
    return outcome?.code === undefined ? plan.proceed() : plan.fail(outcome.code);
  };
  return wait === 0 ? act() : new Promise((resolve) => setTimeout(resolve, wait)).then(act);
}

function answer(control: WorldManager, exchange: ServedCall, reply: Reply, env: Env): Response {
  const { inbound } = exchange;
  const requestId = control.requestId(exchange);
  exchange.at = exchange.world.now();
  const headers = commonHeaders(inbound, reply, requestId, httpTime(exchange.at), exchange.applied);
  exchange.reply = reply;
  exchange.headers = headers;
  control.record(exchange);
  return env.outgoing === undefined ? toFetchResponse(reply, headers, inbound.method) : toSocket(reply, headers, env.outgoing as never);
}

/** What was thrown on the way: a broken connection that was asked for, or a mistake of the mock's own. */
function fail(control: WorldManager, exchange: ServedCall, error: unknown, env: Env): Response {
  if (!(error instanceof SocketFault)) {
    const what = error instanceof Error ? error.message : String(error);
    const message = `contacts-mock itself failed while it answered ${exchange.inbound.method} ${exchange.inbound.path}: ${what}`;
    exchange.explanations = [...(exchange.explanations ?? []), { message, rule: 'mistake' }];
    control.log?.({ event: 'mistake', message, stack: error instanceof Error ? error.stack : undefined });
    return answer(control, exchange, mockErrorReply(500, 'mock-failed', message), env);
  }
  exchange.at = exchange.world.now();
  exchange.fault = error.fault;
  control.record(exchange);
  if (env.incoming === undefined || env.outgoing === undefined) throw error;
  return breakSocket(env.incoming as never, env.outgoing as never, error.fault, control.noise(exchange));
}

/** A world that cannot be had: the mock's own complaint, journaled in the unnamed world. */
function refuse(control: WorldManager, inbound: Incoming, env: Env, error: unknown): Response {
  const held = control.worlds.get('');
  const exchange = new ServedCall(inbound, held, control.settings, monotonic());
  if (!(error instanceof MockError)) return fail(control, exchange, error, env);
  exchange.explanations = [{ message: error.message, rule: error.code }];
  return answer(control, exchange, mockErrorReply(400, error.code, error.message), env);
}

/** OPTIONS anywhere, and what no route matches. */
export const unmatched: Planner = (call) => ({
  operation: undefined,
  proceed: () => (call.inbound.method === 'OPTIONS' ? preflight(call.inbound) : { status: 404, headers: {}, body: null }),
  fail: (status) => ({ status, headers: {}, body: null }),
});
