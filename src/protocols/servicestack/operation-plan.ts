/** One call of an operation: negotiated, bound, admitted, executed, answered; in this order, as ServiceStack does it (servicestack.md §2.4, §5). */
import type { Method } from '../../contract/operation.ts';
import { encode } from '../../wire/codec.ts';
import { sample } from '../../derive/sample.ts';
import { atOnce, inTurns, nextTurn, type Work } from '../../store/turns.ts';
import type { World } from '../../store/world.ts';
import { isPlaceholder } from '../../wire/values/clr.ts';
import type { Inbound, MaybePromise, Reply } from '../../http/message.ts';
import { type Call, isSampled, type Plan } from '../protocol.ts';
import type { AnswerContext } from './answer/answer-context.ts';
import { answer, answerError, answerFailure, type Message, reply } from './answer/answer.ts';
import { explain } from './explain.ts';
import { type Failure, failureOf, FrameworkError } from './answer/failure.ts';
import { asHeader, formatOf } from './formats.ts';
import { refusal } from './auth/guard.ts';
import { BROKEN_ACCEPT, type Negotiated } from './request/negotiate.ts';
import type { ServiceOperation } from './operation.ts';
import type { ServiceHost } from './service-host.ts';
import type { ServiceRequest } from './request/request.ts';
import { ErrorResponse } from './answer/response-status.ts';
import { ServiceError } from './service.ts';
import { REASONS } from '../../http/reasons.ts';

const emptyVerb = (): FrameworkError => {
  const message = 'Index and length must refer to a location within the string.';
  const error = { ErrorCode: 'ArgumentOutOfRangeException', FieldName: 'length', Message: message, Meta: null };
  return new FrameworkError(400, error.ErrorCode, `${message} (Parameter 'length')`, [error]);
};

/** What was done, and what stopped it. */
interface BatchResult {
  readonly results: readonly (object | null)[];
  readonly error?: unknown;
}

type Bound = Readonly<Record<string, unknown>>;
type BoundOrBatch = Bound | readonly (Bound | null)[];

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

/** Bytes of a body that is read and executed in one go. */
const MAX_BYTES = 32_768;
/** Items of a batch that are executed in one go. */
const MAX_AT_ONCE = 100;
/** How often long work is begun again because something else was written meanwhile. */
const MAX_ATTEMPTS = 3;
/** Undoes what was written. */
const NOT_STORED = new Error('The answer cannot be written.');

const isWork = (given: object): given is Work<object> => typeof (given as Partial<Work<object>>).next === 'function';

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
    if (call.isExample) return this.#example(context);
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
    return (this.#request.call.inbound.body?.length ?? 0) > MAX_BYTES;
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

  fail(status: number): MaybePromise<Reply> {
    const context = this.#answerContext();
    if (context === undefined) return NOTHING;
    if (isSampled(status)) return this.#example(context, status);
    if (status < 400) return reply(context, { status }, null);
    const errorCode = (REASONS[status] ?? `Status ${status}`).replace(/[^A-Za-z0-9]/g, '');
    return this.#fail(context, { status, errorCode, message: 'This status was asked for.', reason: errorCode });
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

  #execute(context: AnswerContext, bound: BoundOrBatch): MaybePromise<Reply> {
    const { verb, call } = this.#request;
    const operation = this.#operation;
    if (operation.verbs !== 'all' && !operation.verbs.includes(verb as Method)) return this.#withoutMethod(context, verb, call);
    if (Array.isArray(bound)) return this.#executeBatch(context, bound as readonly (Bound | null)[]);
    const done = (world: World): (() => MaybePromise<Reply>) => this.#done(context, world, bound as Bound);
    const inOneGo = (): MaybePromise<Reply> => this.#stored(context, call.world, () => done(call.world)());
    if (!this.#isLong || verb === 'GET') return inOneGo();
    const inSteps = async (world: World): Promise<Reply> => {
      const answered = await this.#doneInTurns(context, world, bound as Bound);
      await nextTurn();
      return answered();
    };
    return this.#onFork(context, inSteps, inOneGo);
  }

  /** Executes a message; what it gives answers. */
  #done(context: AnswerContext, world: World, message: Bound): () => MaybePromise<Reply> {
    try {
      const result: Message = this.#run(world, message);
      return () => answer(context, this.#operation.response, result);
    } catch (error) {
      return this.#stopped(context, message, error);
    }
  }

  /** The same in turns, on a fork of its own: where it fails, nothing of it stays. */
  async #doneInTurns(context: AnswerContext, world: World, message: Bound): Promise<() => MaybePromise<Reply>> {
    const { inbound } = this.#request.call;
    try {
      const fork = world.fork();
      const given = this.#handle(fork, message);
      const result: Message = isWork(given) ? await inTurns(given, inbound) : given;
      world.merge(fork);
      return () => answer(context, this.#operation.response, result);
    } catch (error) {
      inbound.signal.throwIfAborted();
      return this.#stopped(context, message, error);
    }
  }

  #stopped(context: AnswerContext, message: Bound, error: unknown): () => MaybePromise<Reply> {
    const isMissing = error instanceof ServiceError && error.status === 404;
    const example = isMissing ? this.#placeholderExample(context, message) : undefined;
    return () => example ?? this.#fail(context, this.#raised(error));
  }

  /** Nothing of what `work` writes stays where its answer cannot be written. */
  #stored(context: AnswerContext, world: World, work: () => MaybePromise<Reply>): MaybePromise<Reply> {
    if (this.#request.verb === 'GET') return work();
    context.isInOneGo = true;
    let reply!: MaybePromise<Reply>;
    try {
      world.transact(() => {
        reply = work();
        if (context.isUnwritable) throw NOT_STORED;
      });
    } catch (error) {
      if (error !== NOT_STORED) throw error;
    }
    return reply;
  }

  /** A call with the ids of the documented sample request, which no record has, gets the documented sample response. */
  #placeholderExample(context: AnswerContext, bound: Bound): MaybePromise<Reply> | undefined {
    const { call } = this.#request;
    const placeholders = call.nulls === 'placeholder' ? (this.#binding.placeholders?.() ?? []) : [];
    if (placeholders.length === 0 || !placeholders.every((name) => isPlaceholder(this.#operation.request, name, bound[name])))
      return undefined;
    explain(call, {
      message: `This is the documented sample: ${placeholders.join(', ')} is the placeholder of the documents, and no record has it. Set the id that is meant; with Prefer: nulls=wire it is the service's 404.`,
      member: placeholders.join(', '),
      rule: 'placeholder',
      contract: this.operation,
    });
    return this.#example(context);
  }

  /** One after the other; the first error is the answer, and what was done before it stays done. */
  #executeBatch(context: AnswerContext, items: readonly (Bound | null)[]): MaybePromise<Reply> {
    // The framework asks every item for its type before the first is executed.
    if (!items.every((item) => item !== null)) {
      explain(this.#request.call, { message: 'An item of a batch is null; each has to be a message.', contract: this.operation });
      return answerError(
        context,
        new FrameworkError(500, 'NullReferenceException', 'Object reference not set to an instance of an object.'),
      );
    }
    const { world, inbound } = this.#request.call;
    const batch = items as readonly Bound[];
    const inOneGo = (): MaybePromise<Reply> =>
      this.#stored(context, world, () => this.#answerBatch(context, atOnce(this.#runEach(world, batch))));
    if (batch.length <= MAX_AT_ONCE) return inOneGo();
    if (this.#request.verb === 'GET') return this.#batchOn(world.fork(), batch, context, inbound);
    return this.#onFork(context, (fork) => this.#batchOn(fork, batch, context, inbound), inOneGo);
  }

  /** What takes long is executed in turns on a fork, which the world takes over whole unless it was written meanwhile. */
  async #onFork(context: AnswerContext, work: (fork: World) => Promise<Reply>, inOneGo: () => MaybePromise<Reply>): Promise<Reply> {
    const { call } = this.#request;
    const explained = call.explanations?.length ?? 0;
    for (let attempts = MAX_ATTEMPTS; attempts > 0; attempts--) {
      const fork = call.world.fork();
      const reply = await work(fork);
      if (context.isUnwritable || call.world.merge(fork)) return reply;
      if (call.explanations !== undefined) call.explanations.length = explained;
    }
    context.isInOneGo = true;
    return inOneGo();
  }

  async #batchOn(world: World, items: readonly Bound[], context: AnswerContext, caller: Inbound): Promise<Reply> {
    return this.#answerBatch(context, await inTurns(this.#runEach(world, items), caller));
  }

  *#runEach(world: World, items: readonly Bound[]): Work<BatchResult> {
    const results: (object | null)[] = [];
    for (const item of items) {
      try {
        results.push(this.#run(world, item));
      } catch (error) {
        return { results, error };
      }
      yield;
    }
    return { results };
  }

  #answerBatch(context: AnswerContext, { results, error }: BatchResult): MaybePromise<Reply> {
    const completed = { 'X-AutoBatch-Completed': String(results.length) };
    if (error === undefined) return answer(context, this.#operation.response, results, { headers: completed });
    return this.#fail(context, { ...this.#raised(error), meta: { AutoBatchIndex: String(results.length) } }, completed);
  }

  #run(world: World, message: Bound): object {
    const run = (): object => {
      const given = this.#handle(world, message);
      return isWork(given) ? atOnce(given) : given;
    };
    return this.#request.verb === 'GET' ? run() : world.transact(run);
  }

  #handle(world: World, message: Bound): object | Work<object> {
    const { verb, sent } = this.#request;
    return this.#host.service.handlers[this.#operation.name]!(message as never, { world, method: verb as Method, sent });
  }

  #raised(error: unknown): Failure {
    const { call } = this.#request;
    if (error instanceof ServiceError) {
      explain(call, error.explanation ?? { message: error.message, contract: this.operation });
    } else explain(call, { message: `The mock itself failed: ${String(error)}. Please report it.`, contract: this.operation });
    return failureOf(error);
  }

  #fail(context: AnswerContext, failure: Failure, headers?: Readonly<Record<string, string>>): MaybePromise<Reply> {
    const { errorResponse, response } = this.#operation;
    return answerFailure(context, errorResponse === 'typed' ? response : ErrorResponse, failure, headers);
  }

  #withoutMethod(context: AnswerContext, verb: string, call: Call): MaybePromise<Reply> {
    const { name, verbs } = this.#operation;
    // An empty override has no first letter to make a method's name of (servicestack.md §13 F11).
    if (verb === '') return answerError(context, emptyVerb());
    const method = verb.charAt(0) + verb.slice(1).toLowerCase();
    explain(call, {
      message: `${name} takes ${(verbs as readonly string[]).join(', ')}.`,
      rule: 'a verb of the operation',
      value: verb,
      contract: this.operation,
    });
    const message = `Could not find method named ${method}(${name}) or Any(${name}) on Service ${this.#host.profile.serviceClass}`;
    return answerError(context, new FrameworkError(405, 'NotImplementedException', message));
  }

  /** The documented sample: XML as the pages show it, without declaration and a tag a line. */
  #example(context: AnswerContext, status = 200): MaybePromise<Reply> {
    const { response } = this.#operation;
    const message = sample(response) as Readonly<Record<string, unknown>>;
    if (formatOf(context.contentType) !== 'xml') return answer(context, response, message, { status });
    const text = encode(response, message, { format: 'xml', profile: this.#host.profile, nulls: 'placeholder', layout: 'page' });
    return reply(context, { status, headers: { 'Content-Type': asHeader(context.contentType) } }, text);
  }
}
