/** Executes what a call was bound to, a message or a batch: at once or in turns, and stored only where it can be answered. */
import type { Method } from '../../contract/operation.ts';
import type { Inbound, MaybePromise, Reply } from '../../http/message.ts';
import { inTurns, nextTurn } from '../../store/turns.ts';
import { atOnce, type Work } from '../../work.ts';
import type { World } from '../../store/world.ts';
import { isPlaceholder } from '../../wire/values/clr.ts';
import { answer, answerError, answerFailure, type Message } from './answer/answer.ts';
import type { AnswerContext } from './answer/answer-context.ts';
import { documentedSample } from './answer/documented-sample.ts';
import { type Failure, failureOf, FrameworkError } from './answer/failure.ts';
import { errorType, type ServiceOperation } from './operation.ts';
import { explain } from './explain.ts';
import type { ServiceRequest } from './request/request.ts';
import { ServiceError } from './service.ts';

/** A message, or the items of a batch. */
export type BoundOrBatch = Bound | readonly (Bound | null)[];
type Bound = Readonly<Record<string, unknown>>;

/** What was done, and what stopped it. */
interface BatchResult {
  readonly results: readonly (object | null)[];
  readonly error?: unknown;
}

/** Items of a batch, and of a list within one, that are executed in one go. */
const MAX_AT_ONCE = 100;
/** How often long work is begun again because something else was written meanwhile. */
const MAX_ATTEMPTS = 3;
/** Undoes what was written. */
const NOT_STORED = new Error('The answer cannot be written.');

const isWork = (result: object): result is Work<object> => typeof (result as Partial<Work<object>>).next === 'function';

const holdsLongList = (message: Bound): boolean =>
  Object.values(message).some((value) => Array.isArray(value) && value.length > MAX_AT_ONCE);

const emptyVerb = (): FrameworkError => {
  const message = 'Index and length must refer to a location within the string.';
  const error = { ErrorCode: 'ArgumentOutOfRangeException', FieldName: 'length', Message: message, Meta: null };
  return new FrameworkError(400, error.ErrorCode, `${message} (Parameter 'length')`, [error]);
};

export class Execution {
  readonly #context: AnswerContext;
  readonly #operation: ServiceOperation;
  readonly #request: ServiceRequest;
  readonly #isLong: boolean;
  readonly #placeholders: (() => readonly string[]) | undefined;

  /**
   * @param isLong the body was long: others are let in between
   * @param placeholders members of the path, if each holds the placeholder that the documents show for its type
   */
  constructor(context: AnswerContext, operation: ServiceOperation, isLong: boolean, placeholders: (() => readonly string[]) | undefined) {
    this.#context = context;
    this.#operation = operation;
    this.#request = context.request;
    this.#isLong = isLong;
    this.#placeholders = placeholders;
  }
  /** As explanations name the operation. */
  get #name(): string {
    return `${this.#context.host.service.name}.${this.#operation.name}`;
  }

  perform(bound: BoundOrBatch): MaybePromise<Reply> {
    const { verb } = this.#request;
    const { verbs } = this.#operation;
    if (verbs !== 'all' && !verbs.includes(verb as Method)) return this.#withoutMethod();
    if (Array.isArray(bound)) return this.#performBatch(bound as readonly (Bound | null)[]);
    const message = bound as Bound;
    const inOneGo = (): MaybePromise<Reply> => this.#stored((world) => this.#answerOne(world, message));
    if (!this.#isLong || verb === 'GET') return inOneGo();
    const inSteps = async (world: World): Promise<Reply> => {
      const answered = await this.#doneInTurns(world, message);
      await nextTurn();
      return answered();
    };
    return this.#onFork(inSteps, inOneGo);
  }

  #answerOne(world: World, message: Bound): MaybePromise<Reply> {
    let result: Message;
    try {
      result = this.#run(world, message);
    } catch (error) {
      return this.#stopped(message, error);
    }
    return answer(this.#context, this.#operation.response, result);
  }

  /** Executes a message in turns. What it gives answers. */
  async #doneInTurns(world: World, message: Bound): Promise<() => MaybePromise<Reply>> {
    const { inbound } = this.#request.call;
    try {
      const result: Message = await inTurns(this.#runOnFork(world, message), inbound);
      return () => answer(this.#context, this.#operation.response, result);
    } catch (error) {
      inbound.signal.throwIfAborted();
      return () => this.#stopped(message, error);
    }
  }

  #stopped(message: Bound, error: unknown): MaybePromise<Reply> {
    const isMissing = error instanceof ServiceError && error.status === 404;
    return (isMissing ? this.#placeholderExample(message) : undefined) ?? this.#fail(this.#raised(error));
  }

  /** Nothing of what `work` writes stays where its answer cannot be written. */
  #stored(work: (world: World) => MaybePromise<Reply>): MaybePromise<Reply> {
    const { verb, call } = this.#request;
    if (verb === 'GET') return work(call.world);
    this.#context.isInOneGo = true;
    let reply!: MaybePromise<Reply>;
    try {
      call.world.transact(() => {
        reply = work(call.world);
        if (this.#context.isUnwritable) throw NOT_STORED;
      });
    } catch (error) {
      if (error !== NOT_STORED) throw error;
    }
    return reply;
  }

  /** A call with the ids of the documented sample request, which no record has, gets the documented sample response. */
  #placeholderExample(bound: Bound): MaybePromise<Reply> | undefined {
    const { call } = this.#request;
    const placeholders = call.nulls === 'placeholder' ? (this.#placeholders?.() ?? []) : [];
    if (placeholders.length === 0 || !placeholders.every((name) => isPlaceholder(this.#operation.request, name, bound[name])))
      return undefined;
    explain(call, {
      message: `This is the documented sample: ${placeholders.join(', ')} is the placeholder of the documents, and no record has it. Set the id that is meant; with Prefer: nulls=wire it is the service's 404.`,
      member: placeholders.join(', '),
      rule: 'placeholder',
      contract: this.#name,
    });
    return documentedSample(this.#context, this.#operation);
  }

  /** One after the other; the first error is the answer, and what was done before it stays done. */
  #performBatch(items: readonly (Bound | null)[]): MaybePromise<Reply> {
    // The framework asks every item for its type before the first is executed.
    if (!items.every((item) => item !== null)) {
      explain(this.#request.call, { message: 'An item of a batch is null; each has to be a message.', contract: this.#name });
      return answerError(
        this.#context,
        new FrameworkError(500, 'NullReferenceException', 'Object reference not set to an instance of an object.'),
      );
    }
    const { world, inbound } = this.#request.call;
    const batch = items as readonly Bound[];
    const inOneGo = (): MaybePromise<Reply> => this.#stored((own) => this.#answerBatch(atOnce(this.#runEach(own, batch, () => false))));
    if (batch.length <= MAX_AT_ONCE && !batch.some(holdsLongList)) return inOneGo();
    if (this.#request.verb === 'GET') return this.#batchOn(world.fork(), batch, inbound);
    return this.#onFork((fork) => this.#batchOn(fork, batch, inbound), inOneGo);
  }

  /** What takes long is executed in turns on a fork, which the world takes over whole unless it was written meanwhile. */
  async #onFork(work: (fork: World) => Promise<Reply>, inOneGo: () => MaybePromise<Reply>): Promise<Reply> {
    const { call } = this.#request;
    const explained = call.explanations?.length ?? 0;
    for (let attempts = MAX_ATTEMPTS; attempts > 0; attempts--) {
      const fork = call.world.fork();
      const reply = await work(fork);
      if (this.#context.isUnwritable || call.world.merge(fork)) return reply;
      if (call.explanations !== undefined) call.explanations.length = explained;
    }
    this.#context.isInOneGo = true;
    return inOneGo();
  }

  async #batchOn(world: World, items: readonly Bound[], caller: Inbound): Promise<Reply> {
    return this.#answerBatch(await inTurns(this.#runEach(world, items, holdsLongList), caller));
  }

  *#runEach(world: World, items: readonly Bound[], isLong: (item: Bound) => boolean): Work<BatchResult> {
    const results: (object | null)[] = [];
    for (const item of items) {
      try {
        results.push(isLong(item) ? yield* this.#runOnFork(world, item) : this.#run(world, item));
      } catch (error) {
        return { results, error };
      }
      yield;
    }
    return { results };
  }

  #answerBatch({ results, error }: BatchResult): MaybePromise<Reply> {
    const completed = { 'X-AutoBatch-Completed': String(results.length) };
    if (error === undefined) return answer(this.#context, this.#operation.response, results, { headers: completed });
    return this.#fail({ ...this.#raised(error), meta: { AutoBatchIndex: String(results.length) } }, completed);
  }

  #run(world: World, message: Bound): object {
    const run = (): object => {
      const work = this.#handle(world, message);
      return isWork(work) ? atOnce(work) : work;
    };
    return this.#request.verb === 'GET' ? run() : world.transact(run);
  }

  /** On a fork of its own: where it fails, nothing of it stays. */
  *#runOnFork(world: World, message: Bound): Work<object> {
    const fork = world.fork();
    const work = this.#handle(fork, message);
    const result = isWork(work) ? yield* work : work;
    world.merge(fork);
    return result;
  }

  #handle(world: World, message: Bound): object | Work<object> {
    const { verb, sent } = this.#request;
    return this.#context.host.service.handlers[this.#operation.name]!(message as never, { world, method: verb as Method, sent });
  }

  #raised(error: unknown): Failure {
    const { call } = this.#request;
    const message = error instanceof ServiceError ? error.message : `The mock itself failed: ${String(error)}. Please report it.`;
    explain(call, (error instanceof ServiceError ? error.explanation : undefined) ?? { message, contract: this.#name });
    return failureOf(error);
  }

  #fail(failure: Failure, headers?: Readonly<Record<string, string>>): MaybePromise<Reply> {
    return answerFailure(this.#context, errorType(this.#operation), failure, headers);
  }

  #withoutMethod(): MaybePromise<Reply> {
    const { verb, call } = this.#request;
    const { name, verbs } = this.#operation;
    // An empty override has no first letter to make a method's name of (servicestack.md §13 F11).
    if (verb === '') return answerError(this.#context, emptyVerb());
    const method = verb.charAt(0) + verb.slice(1).toLowerCase();
    explain(call, {
      message: `${name} takes ${(verbs as readonly string[]).join(', ')}.`,
      rule: 'a verb of the operation',
      value: verb,
      contract: this.#name,
    });
    const message = `Could not find method named ${method}(${name}) or Any(${name}) on Service ${this.#context.host.profile.serviceClass}`;
    return answerError(this.#context, new FrameworkError(405, 'NotImplementedException', message));
  }
}
