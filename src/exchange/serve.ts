/** Handles one request: picks the world, applies Prefer and fault rules, runs the protocol's plan, records the call. */
import type { SentRequest } from '../http/sent-request.ts';
import type { MaybePromise, Reply } from '../http/message.ts';
import { commonHeaders, type HeaderLines, mockErrorReply, upstreamHeaders } from '../http/outbound.ts';
import { SocketFault } from '../http/socket-fault.ts';
import { explanationHeader, explanationOf } from '../journal/explanation.ts';
import { MockError, statusOf } from '../mock-error.ts';
import type { Plan, Planner } from '../protocols/protocol.ts';
import { httpTime, monotonic } from '../store/clock.ts';
import { nextOutcome } from '../worlds/faults.ts';
import type { WorldManager } from '../worlds/manager.ts';
import { forwarded, isOwn } from './forwarding.ts';
import { play } from './outcomes.ts';
import { readPreferences } from './preferences.ts';
import { ServedCall } from './served-call.ts';

/** What carries a call: where its answer goes. */
export interface Transport<Sent> {
  /** The world whose `fetch` was called; undefined for a call that came in another way. */
  readonly fetcher: string | undefined;
  send(reply: Reply, lines: HeaderLines): Sent;
  /** There is no answer: the connection is to break (a `SocketFault`), or the caller is gone. */
  abandon(reason: unknown): Sent;
}

/** Serves one call. Answers without a promise where nothing has to be waited for. */
export function serve<Sent>(manager: WorldManager, planner: Planner, inbound: SentRequest, transport: Transport<Sent>): MaybePromise<Sent> {
  // Where a call may go on to a real service, a long body is left to flow there.
  const reading = manager.upstreams !== undefined && inbound.isUnread ? undefined : inbound.readBody();
  if (reading === undefined) return perform(manager, planner, inbound, transport);
  return reading.then(
    () => perform(manager, planner, inbound, transport),
    (error: unknown) => transport.abandon(error),
  );
}

function perform<Sent>(manager: WorldManager, planner: Planner, inbound: SentRequest, transport: Transport<Sent>): MaybePromise<Sent> {
  let call: ServedCall;
  try {
    const now = monotonic();
    const session = manager.sessionFor(inbound, transport.fetcher, now);
    call = new ServedCall(inbound, session, session.settings ?? manager.settings, manager.log, now);
  } catch (error) {
    return refuse(manager, inbound, transport, error);
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
      manager.upstreams !== undefined && !isOwn(call, plan)
        ? forwardOr(manager, call, planner, plan)
        : plan instanceof Promise
          ? plan.then((late) => follow(call, late))
          : follow(call, plan);
    if (!(reply instanceof Promise)) return answer(manager, call, reply, transport);
    return reply.then(
      (late) => answer(manager, call, late, transport),
      (error: unknown) => fail(manager, call, error, transport),
    );
  } catch (error) {
    return fail(manager, call, error, transport);
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

function answer<Sent>(manager: WorldManager, call: ServedCall, reply: Reply, transport: Transport<Sent>): Sent {
  const { inbound } = call;
  call.finish();
  const requestId = manager.requestId(call.number);
  const lines =
    call.servedBy === 'upstream' ? upstreamHeaders(inbound, reply, requestId) : commonHeaders(inbound, reply, requestId, httpTime(call.at));
  lines.push('X-Mock-Served-By', call.servedBy);
  if (call.applied !== '') lines.push('Preference-Applied', call.applied);
  call.reply = reply;
  call.answeredHeaders = lines;
  if (reply.status >= 400 || call.explanations !== undefined) explain(manager, call, requestId, lines);
  const sent = transport.send(reply, lines);
  // After the length was added to the lines.
  call.record = manager.record(call);
  return sent;
}

/** The reason of a failure, and of what was sent and not read, finds its reader; what was asked for explains itself. */
function explain(manager: WorldManager, call: ServedCall, requestId: string, lines: HeaderLines): void {
  const isAskedFor = call.outcome?.code !== undefined || call.outcome?.answer !== undefined;
  if (call.settings.explain === 'off' || (isAskedFor && call.explanations === undefined)) return;
  const explanation = explanationOf(manager, call);
  if (explanation === undefined) return;
  // Computed once: the log and the journal show the same.
  call.explanations ??= [explanation];
  lines.push('X-Mock-Explanation', explanationHeader(explanation));
  lines.push('Link', `<${call.inbound.basePath}/__admin#/requests/${requestId}>; rel="help"`);
}

/** What was thrown on the way: a connection that was to break, a caller that left, or a mistake of the mock's own. */
function fail<Sent>(manager: WorldManager, call: ServedCall, error: unknown, transport: Transport<Sent>): Sent {
  if (error instanceof SocketFault) {
    call.finish();
    call.fault = error.fault;
    manager.record(call);
    return transport.abandon(error);
  }
  if (error instanceof MockError) {
    call.explain({ message: error.message, rule: error.code });
    return answer(manager, call, mockErrorReply(statusOf(error), error.code, error.message), transport);
  }
  if (call.inbound.signal.aborted) {
    call.explain({ message: 'The caller went away before it was answered; nothing was done.', rule: 'aborted' });
    answer(manager, call, mockErrorReply(499, 'aborted', 'The caller went away.'), NOBODY);
    return transport.abandon(error);
  }
  const what = error instanceof Error ? error.message : String(error);
  const message = `contacts-mock itself failed while it answered ${call.inbound.method} ${call.inbound.path}: ${what}`;
  call.explain({ message, rule: 'mistake' });
  manager.log?.({ event: 'mistake', message, stack: error instanceof Error ? error.stack : undefined });
  return answer(manager, call, mockErrorReply(500, 'mock-failed', message), transport);
}

/** A world that cannot be had: the mock's own error, journaled in the unnamed world. */
function refuse<Sent>(manager: WorldManager, inbound: SentRequest, transport: Transport<Sent>, error: unknown): Sent {
  return fail(manager, new ServedCall(inbound, manager.worlds.get(''), manager.settings, manager.log), error, transport);
}

/** Who is sent the answer that a caller did not wait for. */
const NOBODY: Transport<void> = { fetcher: undefined, send: () => undefined, abandon: () => undefined };
