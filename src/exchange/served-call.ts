/** One request and its answer: world, wishes and faults, the protocol's plan, the journal, the headers of every answer. */
import type { HttpBindings } from '@hono/node-server';
import type { WorldManager } from '../worlds/manager.ts';
import type { WorldSession } from '../worlds/session.ts';
import { nextOutcome } from '../worlds/faults.ts';
import { MockError } from '../mock-error.ts';
import type { WorldSettings } from '../options.ts';
import type { Explanation, MaybePromise, Reply } from '../http/message.ts';
import { type Call, fixedPlan, type Plan, type Planner, type Settings } from '../protocols/protocol.ts';
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

  constructor(inbound: Incoming, session: WorldSession, settings: WorldSettings, started: number) {
    this.inbound = inbound;
    this.session = session;
    this.world = session.world;
    this.settings = settings;
    this.started = started;
    this.number = ++session.world.requests;
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
export function serveWith(manager: WorldManager, planner: Planner): Handler {
  return ({ env, req, inbound = inboundOf(req?.raw as Request, env) }) => {
    const reading = inbound.readBody();
    if (reading === undefined) return perform(manager, planner, inbound, env);
    return reading.then(
      () => perform(manager, planner, inbound, env),
      // The caller went away: nobody is there to read it.
      () => new Response(null, { status: 400 }),
    );
  };
}

function perform(manager: WorldManager, planner: Planner, inbound: Incoming, env: Env): MaybePromise<Response> {
  let call: ServedCall;
  try {
    const started = monotonic();
    const session = manager.sessionFor(inbound, started);
    call = new ServedCall(inbound, session, session.settings ?? manager.settings, started);
  } catch (error) {
    return refuse(manager, inbound, env, error);
  }
  try {
    const preferences = readPreferences(inbound);
    if (preferences !== undefined) {
      call.isExample ||= preferences.isExample;
      call.nulls = preferences.nulls ?? call.nulls;
      call.outcome = preferences.outcome;
      call.applied = preferences.applied;
      if (preferences.ignored.length > 0) call.explanations = [...preferences.ignored];
    }
    const plan = planner(call);
    const reply = plan instanceof Promise ? plan.then((late) => follow(call, late)) : follow(call, plan);
    if (!(reply instanceof Promise)) return answer(manager, call, reply, env);
    return reply.then(
      (late) => answer(manager, call, late, env),
      (error: unknown) => fail(manager, call, error, env),
    );
  } catch (error) {
    return fail(manager, call, error, env);
  }
}

/** Carries the plan out, unless a wish or a rule wants something else. */
function follow(call: ServedCall, plan: Plan): MaybePromise<Reply> {
  call.operation = plan.operation;
  const extras = call.world.extras;
  if (call.outcome === undefined && extras.size > 0) call.outcome = nextOutcome(call.world, plan.operation);
  const { outcome } = call;
  const wait = (outcome?.delay ?? 0) + call.settings.fixedDelay;
  if (outcome === undefined && wait === 0) return plan.proceed();
  const act = (): MaybePromise<Reply> => {
    if (outcome?.fault !== undefined) throw new SocketFault(outcome.fault);
    return outcome?.code === undefined ? plan.proceed() : plan.fail(outcome.code);
  };
  return wait === 0 ? act() : new Promise((resolve) => setTimeout(resolve, wait)).then(act);
}

function answer(manager: WorldManager, call: ServedCall, reply: Reply, env: Env): Response {
  const { inbound } = call;
  const requestId = manager.requestId(call);
  call.at = call.world.now();
  const headers = commonHeaders(inbound, reply, requestId, httpTime(call.at), call.applied);
  call.reply = reply;
  call.headers = headers;
  manager.record(call);
  return env.outgoing === undefined ? toFetchResponse(reply, headers, inbound.method) : toSocket(reply, headers, env.outgoing as never);
}

/** What was thrown on the way: a broken connection that was asked for, or a mistake of the mock's own. */
function fail(manager: WorldManager, call: ServedCall, error: unknown, env: Env): Response {
  if (!(error instanceof SocketFault)) {
    const what = error instanceof Error ? error.message : String(error);
    const message = `contacts-mock itself failed while it answered ${call.inbound.method} ${call.inbound.path}: ${what}`;
    call.explanations = [...(call.explanations ?? []), { message, rule: 'mistake' }];
    manager.log?.({ event: 'mistake', message, stack: error instanceof Error ? error.stack : undefined });
    return answer(manager, call, mockErrorReply(500, 'mock-failed', message), env);
  }
  call.at = call.world.now();
  call.fault = error.fault;
  manager.record(call);
  if (env.incoming === undefined || env.outgoing === undefined) throw error;
  return breakSocket(env.incoming as never, env.outgoing as never, error.fault, manager.noise(call));
}

/** A world that cannot be had: the mock's own complaint, journaled in the unnamed world. */
function refuse(manager: WorldManager, inbound: Incoming, env: Env, error: unknown): Response {
  const session = manager.worlds.get('');
  const call = new ServedCall(inbound, session, manager.settings, monotonic());
  if (!(error instanceof MockError)) return fail(manager, call, error, env);
  call.explanations = [{ message: error.message, rule: error.code }];
  return answer(manager, call, mockErrorReply(400, error.code, error.message), env);
}

/** OPTIONS anywhere, and what no route matches. */
export const unmatched: Planner = (call) =>
  fixedPlan(() => (call.inbound.method === 'OPTIONS' ? preflight(call.inbound) : { status: 404, headers: {}, body: null }));
