/** One call of an operation: negotiated, bound, admitted, executed, answered; in this order, as ServiceStack does it (servicestack.md §2.4, §5). */
import type { MaybePromise, Reply } from '../../http/message.ts';
import { REASONS } from '../../http/reasons.ts';
import { inTurns, nextTurn } from '../../store/turns.ts';
import { atOnce, type Work } from '../../work.ts';
import { isSampled, type Plan } from '../protocol.ts';
import { answer, answerError, answerFailure, reply } from './answer/answer.ts';
import type { AnswerContext } from './answer/answer-context.ts';
import { documentedSample } from './answer/documented-sample.ts';
import { FrameworkError } from './answer/failure.ts';
import { refusal } from './auth/guard.ts';
import { type BoundOrBatch, Execution } from './execution.ts';
import { errorType, type ServiceOperation } from './operation.ts';
import { BROKEN_ACCEPT, type Negotiated } from './request/negotiate.ts';
import type { ServiceRequest } from './request/request.ts';
import type { ServiceHost } from './service-host.ts';

/** What differs between the ways to an operation: its own route, ServiceStack's routes, batches. */
export interface RouteBinding {
  contentType(request: ServiceRequest): Negotiated | typeof BROKEN_ACCEPT;
  /** What the operation receives; a list for a batch. Throws a `FrameworkError`. */
  bind(request: ServiceRequest): Work<BoundOrBatch>;
  readonly isBatch: boolean;
  /** Members of the path, if each holds the placeholder that the documents show for its type. */
  placeholders?(): readonly string[];
}

/** No body and no content type: what an empty Accept header makes of the framework. */
const NOTHING: Reply = { status: 200, headers: {}, body: null };

/** Longer bodies are read and executed in turns. */
const MAX_SHORT_BODY = 32_768;

export class OperationPlan implements Plan {
  readonly operation: string;
  readonly #host: ServiceHost;
  readonly #operation: ServiceOperation;
  readonly #request: ServiceRequest;
  readonly #binding: RouteBinding;

  constructor(host: ServiceHost, operation: ServiceOperation, request: ServiceRequest, binding: RouteBinding) {
    this.operation = `${host.service.name}.${operation.name}`;
    this.#host = host;
    this.#operation = operation;
    this.#request = request;
    this.#binding = binding;
  }

  proceed(): MaybePromise<Reply> {
    const reply = this.#perform();
    const told = (late: Reply): Reply => {
      this.#request.notes.tell(this.#request.call);
      return late;
    };
    return reply instanceof Promise ? reply.then(told) : told(reply);
  }

  #perform(): MaybePromise<Reply> {
    const request = this.#request;
    const { call } = request;
    const context = this.#answerContext();
    if (context === undefined) return NOTHING;
    if (call.isExample) return documentedSample(context, this.#operation);
    const unbound = (error: unknown): MaybePromise<Reply> => {
      if (error instanceof FrameworkError) return answerError(context, error);
      throw error;
    };
    const { epoch } = call.world;
    let bound: MaybePromise<BoundOrBatch>;
    try {
      const binding = this.#binding.bind(request);
      bound = this.#isLong ? inTurns(binding, call.inbound) : atOnce(binding);
    } catch (error) {
      return unbound(error);
    }
    if (!(bound instanceof Promise)) return this.#proceedWith(context, bound);
    return bound.then((late) => {
      call.world.refuseIfReset(epoch);
      return this.#proceedWith(context, late);
    }, unbound);
  }

  #proceedWith(context: AnswerContext, bound: BoundOrBatch): MaybePromise<Reply> {
    this.#request.call.bound = bound;
    // Nobody is asked for where there is nothing to do (servicestack.md §12 E13: GET on a batch route).
    if (Array.isArray(bound) && bound.length === 0) return answer(context, this.#operation.response, []);
    return this.#isLong ? this.#inNextTurn(() => this.#admit(context, bound)) : this.#admit(context, bound);
  }

  get #isLong(): boolean {
    return (this.#request.call.inbound.body?.length ?? 0) > MAX_SHORT_BODY;
  }
  /** The body has just been read: that was enough for one turn. */
  async #inNextTurn(work: () => MaybePromise<Reply>): Promise<Reply> {
    const { world, inbound } = this.#request.call;
    const { epoch } = world;
    await nextTurn();
    inbound.signal.throwIfAborted();
    world.refuseIfReset(epoch);
    return work();
  }

  #admit(context: AnswerContext, bound: BoundOrBatch): MaybePromise<Reply> {
    const refused = refusal(context, this.#operation);
    if (refused instanceof Promise) return refused.then((late) => late ?? this.#execute(context, bound));
    return refused ?? this.#execute(context, bound);
  }
  #execute(context: AnswerContext, bound: BoundOrBatch): MaybePromise<Reply> {
    return new Execution(context, this.#operation, this.#isLong, this.#binding.placeholders).perform(bound);
  }

  fail(status: number): MaybePromise<Reply> {
    const context = this.#answerContext();
    if (context === undefined) return NOTHING;
    if (isSampled(status)) return documentedSample(context, this.#operation, status);
    if (status < 400) return reply(context, { status }, null);
    const errorCode = (REASONS[status] ?? `Status ${status}`).replace(/[^A-Za-z0-9]/g, '');
    const failure = { status, errorCode, message: 'This status was asked for.', reason: errorCode };
    return answerFailure(context, errorType(this.#operation), failure);
  }

  #answerContext(): AnswerContext | undefined {
    const contentType = this.#binding.contentType(this.#request);
    if (contentType === BROKEN_ACCEPT) return undefined;
    const { name } = this.#operation;
    return {
      host: this.#host,
      request: this.#request,
      contentType,
      operation: this.#binding.isBatch ? `${name}[]` : name,
      cookies: [],
    };
  }
}
