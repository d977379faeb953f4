/** The plan for a call of an end point, and for one that reaches none. */
import type { MaybePromise, Reply } from '../../http/message.ts';
import { type Call, isSampled, type Plan } from '../protocol.ts';
import type { Caller } from '../callers.ts';
import { callerOf, unauthorized } from './auth/access.ts';
import { frameworkReply, jsonReply, problemReply } from './envelope.ts';
import type { Endpoint } from './endpoint.ts';
import { excerpt, explain, forcedProblem, Refusal } from './problem.ts';
import type { RestRequest } from './rest-request.ts';
import { noticeUnread } from './unread.ts';

export class EndpointPlan implements Plan {
  readonly operation: string;
  readonly #request: RestRequest;
  readonly #endpoint: Endpoint;
  readonly #identity: number;

  constructor(request: RestRequest, endpoint: Endpoint, identity: number) {
    this.operation = endpoint.operation;
    this.#request = request;
    this.#endpoint = endpoint;
    this.#identity = identity;
  }

  proceed(): MaybePromise<Reply> {
    const caller = callerOf(this.#request.call);
    return caller instanceof Promise ? caller.then((late) => this.#answer(late)) : this.#answer(caller);
  }

  #answer(caller: Caller | undefined): MaybePromise<Reply> {
    const { call } = this.#request;
    call.caller = caller?.name;
    if (caller === undefined && call.settings.auth === 'strict') return unauthorized(call);
    const { example, work } = this.#endpoint;
    if (call.isExample && example !== undefined) return jsonReply(200, example);
    try {
      noticeUnread(this.#request, this.#endpoint);
      const reply = work(this.#request, this.#identity);
      if (!(reply instanceof Promise)) return this.#explained(reply);
      return reply.then(
        (late) => this.#explained(late),
        (error: unknown) => this.#refused(error),
      );
    } catch (error) {
      return this.#refused(error);
    }
  }
  #explained(reply: Reply): Reply {
    const { call, notices } = this.#request;
    if (notices.length > 0) explain(call, notices);
    return reply;
  }
  #refused(error: unknown): Reply {
    if (!(error instanceof Refusal)) throw error;
    const { call } = this.#request;
    const { status, problems } = error;
    if (status < 500) return this.#explained(problemReply(call, this.#endpoint.type, status, problems));
    explain(
      call,
      problems.map((problem) => problem.explain),
    );
    return this.#explained(forcedReply(call, this.#endpoint.type, status));
  }

  fail(status: number): Reply {
    const { example, type } = this.#endpoint;
    return example !== undefined && isSampled(status) ? jsonReply(status, example) : forcedReply(this.#request.call, type, status);
  }
}

/** What the service answers with a status that was forced upon it: its envelope where it refuses, ASP.NET's where it breaks. */
export function forcedReply(call: Call, type: Endpoint['type'], status: number): Reply {
  if (status < 400) return { status, headers: {}, body: null };
  if (status === 401) return unauthorized(call);
  if (status === 400 || status === 404) return problemReply(call, type, status, [forcedProblem]);
  return frameworkReply(status, status >= 500 ? 'An error has occurred.' : 'The request could not be processed.');
}

/** ASP.NET's answer to a path that reaches no controller, or another one where this API cannot say that nobody has the path. */
export const noRoute = (call: Call, nearest: string | undefined, reply?: Reply): Plan => ({
  operation: undefined,
  ...(reply !== undefined && { servedBy: 'none' }),
  proceed: () => {
    const { origin, target } = call.inbound;
    const advice = nearest === undefined ? 'An id is a whole number.' : `Did you mean ${nearest}?`;
    const message = `No route of this API has this path. ${advice}`;
    explain(call, [() => ({ message, rule: 'route', value: excerpt(target), ...(nearest !== undefined && { nearest }) })]);
    return reply ?? frameworkReply(404, `No HTTP resource was found that matches the request URI '${origin}${target}'.`);
  },
  fail: (status) => forcedReply(call, 'retrieve', status),
});
export const noMethod = (call: Call, allowed: readonly string[]): Plan => ({
  operation: undefined,
  proceed: () => {
    const { method } = call.inbound;
    explain(call, [() => ({ message: `This path takes ${allowed.join(', ')}.`, rule: 'method', value: method })]);
    return frameworkReply(405, `The requested resource does not support http method '${method}'.`, { Allow: allowed.join(', ') });
  },
  fail: (status) => forcedReply(call, 'retrieve', status),
});
