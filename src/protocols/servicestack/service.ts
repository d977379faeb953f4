/** What an API behind ServiceStack declares: its operations, one handler for each, and how its host is set up. */
import type { Method } from '../../contract/operation.ts';
import type { Entities } from '../../store/base.ts';
import type { Work } from '../../work.ts';
import type { World } from '../../store/world.ts';
import type { RecordedRow } from '../protocol.ts';
import type { Explanation } from '../../http/message.ts';
import type { ResponseError } from './answer/response-status.ts';
import type { SentMembers } from '../../wire/reading.ts';

/** An error that a service raises: it becomes the status and a ResponseStatus in the asked format (servicestack.md §4). */
export class ServiceError extends Error {
  readonly status: number;
  /** `ErrorCode`, which is also the reason phrase. */
  readonly errorCode: string;
  readonly explanation: Explanation | undefined;
  /** One entry for each member that is wrong. */
  readonly errors: readonly ResponseError[];

  constructor(status: number, errorCode: string, message: string, explanation?: Explanation, errors: readonly ResponseError[] = []) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.explanation = explanation;
    this.errors = errors;
  }
}

export interface ServiceContext {
  readonly world: World;
  readonly method: Method;
  /** Which members of each object in the request its sender gave. */
  readonly sent: SentMembers;
}

/**
 * Gets the bound request in neutral JSON with every member present; gives the response (absent members: their default). What
 * may take long is a generator, which yields where others may be let in. What it wrote is undone where it throws.
 */
export type Handler = (request: never, context: ServiceContext) => object | Work<object>;

/** Values that make an operation answer 200 in an untouched world; path members go to the path, others to query or body. */
export type ExampleOf = (world: World, method: Method) => Readonly<Record<string, unknown>>;

export interface Service {
  readonly name: string;
  /** Heading of the self-description pages. */
  readonly title: string;
  /** The host that the documents name, for sample requests on the pages. */
  readonly host: string;
  /** Where ServiceStack's own paths start: `''` or `/api`. */
  readonly basePath: string;
  /** Generated classes start with empty lists, as this service's older version of the framework writes them. */
  readonly initializesLists?: boolean;
  readonly entities: Entities;
  readonly handlers: Readonly<Record<string, Handler>>;
  /** The records that an operation's answer shows; `values`: what stands for the names in its path. */
  readonly recorded?: Readonly<Record<string, (answer: never, values: Readonly<Record<string, string>>) => readonly RecordedRow[]>>;
  readonly examples: Readonly<Record<string, ExampleOf>>;
}
