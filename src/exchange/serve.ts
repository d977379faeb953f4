/** Handles one request: picks the world, applies Prefer and fault rules, runs the protocol's plan, records the call. */
import type { Context, Handler } from 'hono';
import { type Bindings, type Env, InProcess, transportOf } from '../http/connection.ts';
import { inboundOf, type SentRequest } from '../http/inbound.ts';
import type { MaybePromise, Reply } from '../http/message.ts';
import { alreadySent, commonHeaders, type HeaderLines, mockErrorReply, toResponse, upstreamHeaders } from '../http/outbound.ts';
import { breakSocket, SocketFault } from '../http/socket-fault.ts';
import { explanationHeader, explanationOf } from '../journal/explanation.ts';
import { MockError, statusOf } from '../mock-error.ts';
import type { Plan, Planner } from '../protocols/protocol.ts';
import { httpTime } from '../store/clock.ts';
import { nextOutcome } from '../worlds/faults.ts';
import type { WorldManager } from '../worlds/manager.ts';
import { forwarded } from './forwarding.ts';
import { play } from './outcomes.ts';
import { readPreferences } from './preferences.ts';
import { ServedCall } from './served-call.ts';

/** A Hono handler for one route. Answers without a promise where nothing has to be waited for. */
export function serveWith(manager: WorldManager, planner: Planner): Handler<Env> {
  return (c: Context<Env>) => {
    const inbound = inboundFor(manager, c);
    const env = c.env ?? {};
    // Where a call may go on to a real service, a long body is left to flow there.
    const reading = manager.upstreams !== undefined && inbound.isUnread ? undefined : inbound.readBody();
    if (reading === undefined) return perform(manager, planner, inbound, env);
    return reading.then(
      () => perform(manager, planner, inbound, env),
      // The caller went away: nobody is there to read it.
      () => new Response(null, { status: 400 }),
    );
  };
}

/** `app.request()` of Hono gives no `env`. */
export const inboundFor = (manager: WorldManager, { env, req }: Context<Env>): SentRequest =>
  inboundOf(req.raw, { ...transportOf(env), trustsProxy: manager.trustsProxy });

function perform(manager: WorldManager, planner: Planner, inbound: SentRequest, env: Bindings): MaybePromise<Response> {
  let call: ServedCall;
  try {
    const session = manager.sessionFor(inbound, env.inProcess instanceof InProcess ? env.inProcess.world : undefined);
    call = new ServedCall(inbound, session, session.settings ?? manager.settings, manager.log);
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
      for (const ignored of preferences.ignored) call.explain(ignored);
    }
    const plan = planner(call);
    const reply =
      manager.upstreams !== undefined
        ? forwardOr(manager, call, planner, plan)
        : plan instanceof Promise
          ? plan.then((late) => follow(call, late))
          : follow(call, plan);
    if (!(reply instanceof Promise)) return answer(manager, call, reply, env);
    return reply.then(
      (late) => answer(manager, call, late, env),
      (error: unknown) => fail(manager, call, error, env),
    );
  } catch (error) {
    return fail(manager, call, error, env);
  }
}

/** Where real services stand behind the mock: theirs what is theirs, and the rest as without them. */
async function forwardOr(manager: WorldManager, call: ServedCall, planner: Planner, planned: MaybePromise<Plan>): Promise<Reply> {
  let plan = await planned;
  call.operation = plan.operation;
  const reply = await forwarded(manager, call, plan);
  if (reply !== undefined) return reply;
  if (call.inbound.isUnread) {
    await call.inbound.readBody();
    call.explanations = undefined;
    plan = await planner(call);
  }
  return follow(call, plan);
}

/** Carries the plan out, unless a preference or a rule says otherwise. A preflight is nobody's call: it plays nothing. */
function follow(call: ServedCall, plan: Plan): MaybePromise<Reply> {
  call.operation = plan.operation;
  call.servedBy = plan.servedBy ?? 'mock';
  if (call.isPreflight) {
    call.outcome = undefined;
    return plan.proceed();
  }
  if (call.outcome === undefined && call.world.extras.size > 0) call.outcome = nextOutcome(call.world, call);
  return call.outcome === undefined && call.settings.fixedDelay === 0 ? plan.proceed() : play(call, plan);
}

function answer(manager: WorldManager, call: ServedCall, reply: Reply, env: Bindings): Response {
  const { inbound } = call;
  call.finish();
  const requestId = manager.requestId(call.number);
  const headers =
    call.servedBy === 'upstream' ? upstreamHeaders(inbound, reply, requestId) : commonHeaders(inbound, reply, requestId, httpTime(call.at));
  if (call.applied !== '') headers['Preference-Applied'] = call.applied;
  headers['X-Mock-Served-By'] = call.servedBy;
  call.reply = reply;
  call.headers = headers;
  if (reply.status >= 400 || call.explanations !== undefined) explain(manager, call, requestId, headers);
  call.record = manager.record(call);
  return toResponse(reply, headers, inbound.method, env.outgoing);
}

/** The reason of a failure, and of what was sent and not read, finds its reader; what was asked for explains itself. */
function explain(manager: WorldManager, call: ServedCall, requestId: string, headers: HeaderLines): void {
  const isAskedFor = call.outcome?.code !== undefined || call.outcome?.answer !== undefined;
  if (call.settings.explain === 'off' || (isAskedFor && call.explanations === undefined)) return;
  const explanation = explanationOf(manager, call);
  if (explanation === undefined) return;
  // Computed once: the log and the journal show the same.
  call.explanations ??= [explanation];
  headers['X-Mock-Explanation'] = explanationHeader(explanation);
  headers['Link'] = `<${call.inbound.basePath}/__admin#/requests/${requestId}>; rel="help"`;
}

/** What was thrown on the way: a connection that was to break, a caller that left, or a mistake of the mock's own. */
function fail(manager: WorldManager, call: ServedCall, error: unknown, env: Bindings): Response {
  if (error instanceof SocketFault) {
    call.finish();
    call.fault = error.fault;
    manager.record(call);
    if (env.incoming === undefined || env.outgoing === undefined) throw error;
    return breakSocket(env.incoming, env.outgoing, error.fault, manager.noise(call.number));
  }
  if (error instanceof MockError) {
    call.explain({ message: error.message, rule: error.code });
    return answer(manager, call, mockErrorReply(statusOf(error), error.code, error.message), env);
  }
  if (call.inbound.signal.aborted) {
    call.explain({ message: 'The caller went away before it was answered; nothing was done.', rule: 'aborted' });
    answer(manager, call, mockErrorReply(499, 'aborted', 'The caller went away.'), {});
    if (env.outgoing === undefined) throw error;
    return alreadySent();
  }
  const what = error instanceof Error ? error.message : String(error);
  const message = `contacts-mock itself failed while it answered ${call.inbound.method} ${call.inbound.path}: ${what}`;
  call.explain({ message, rule: 'mistake' });
  manager.log?.({ event: 'mistake', message, stack: error instanceof Error ? error.stack : undefined });
  return answer(manager, call, mockErrorReply(500, 'mock-failed', message), env);
}

/** A world that cannot be had: the mock's own error, journaled in the unnamed world. */
function refuse(manager: WorldManager, inbound: SentRequest, env: Bindings, error: unknown): Response {
  return fail(manager, new ServedCall(inbound, manager.worlds.get(''), manager.settings, manager.log), error, env);
}
