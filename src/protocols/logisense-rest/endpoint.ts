/** One method on one path of a resource, and the plan for a call of it. */
import type { MaybePromise, Reply } from '../../http/message.ts';
import { type Call, isSampled, type Plan } from '../protocol.ts';
import type { Caller } from '../callers.ts';
import { callerOf, unauthorized } from './auth/access.ts';
import { frameworkReply, jsonReply, problemReply, type WriteType } from './envelope.ts';
import { explain } from './explain.ts';
import { forcedProblem, Refusal } from './problem.ts';

export interface Endpoint {
  /** `logisense.Contact.get` */
  readonly operation: string;
  /** `type` of its errors. */
  readonly type: WriteType | 'retrieve';
  /** The documented answer; undefined for what the documents do not show. */
  readonly example: string | undefined;
  readonly work: (call: Call, identity: number) => Reply;
}

export class EndpointPlan implements Plan {
  readonly operation: string;
  readonly #call: Call;
  readonly #endpoint: Endpoint;
  readonly #identity: number;

  constructor(call: Call, endpoint: Endpoint, identity: number) {
    this.operation = endpoint.operation;
    this.#call = call;
    this.#endpoint = endpoint;
    this.#identity = identity;
  }

  proceed(): MaybePromise<Reply> {
    const caller = callerOf(this.#call);
    return caller instanceof Promise ? caller.then((late) => this.#answer(late)) : this.#answer(caller);
  }

  #answer(caller: Caller | undefined): Reply {
    const call = this.#call;
    call.caller = caller?.name;
    if (caller === undefined && call.settings.auth === 'strict') return unauthorized(call);
    const { example, work, type } = this.#endpoint;
    if (call.isExample && example !== undefined) return jsonReply(200, example);
    try {
      return work(call, this.#identity);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const reply = problemReply(call, type, error.status, error.problems);
      explain(call, ...error.notices);
      return reply;
    }
  }

  fail(status: number): Reply {
    const { example, type } = this.#endpoint;
    return example !== undefined && isSampled(status) ? jsonReply(status, example) : forcedReply(this.#call, type, status);
  }
}

/** What the service answers with a status that was forced upon it: its envelope where it refuses, ASP.NET's where it breaks. */
export function forcedReply(call: Call, type: Endpoint['type'], status: number): Reply {
  if (status < 400) return { status, headers: {}, body: null };
  if (status === 401) return unauthorized(call);
  if (status === 400 || status === 404) return problemReply(call, type, status, [forcedProblem]);
  return frameworkReply(status, status >= 500 ? 'An error has occurred.' : 'The request could not be processed.');
}

/** ASP.NET's answers to what reaches no controller. */
export const noRoute = (call: Call): Plan => ({
  operation: undefined,
  proceed: () => {
    const { origin, target } = call.inbound;
    explain(call, { message: 'No route of this API has this path; an id is a whole number.', rule: 'route', value: target });
    return frameworkReply(404, `No HTTP resource was found that matches the request URI '${origin}${target}'.`);
  },
  fail: (status) => forcedReply(call, 'retrieve', status),
});
export const noMethod = (call: Call, allowed: readonly string[]): Plan => ({
  operation: undefined,
  proceed: () => {
    const { method } = call.inbound;
    explain(call, { message: `This path takes ${allowed.join(', ')}.`, rule: 'method', value: method });
    return frameworkReply(405, `The requested resource does not support http method '${method}'.`, { Allow: allowed.join(', ') });
  },
  fail: (status) => forcedReply(call, 'retrieve', status),
});
