/** What a family of APIs must offer: given a call, a plan for it. Protocols know no API; APIs know no HTTP. */
import type { Explanation, Inbound, MaybePromise, Reply, ServedBy } from '../http/message.ts';
import type { Key } from '../contract/entity.ts';
import type { Entities } from '../store/base.ts';
import type { World } from '../store/world.ts';
import type { Dto } from '../contract/dto.ts';
import type { Operation } from '../contract/operation.ts';
import type { Caller } from './callers.ts';
import type { ApiDescription } from '../derive/api-description.ts';

/** One call on its way: the request, its world, what the caller prefers, and what the journal is to know. */
export interface Call {
  readonly inbound: Inbound;
  readonly world: World;
  readonly settings: Settings;
  /** The number of the request in its world, from 1. */
  readonly number: number;
  /** Non-empty segments of the path, still percent-encoded. */
  readonly segments: readonly string[];
  readonly nulls: Settings['nulls'];
  /** The documented sample is wanted in place of an answer from the store. */
  readonly isExample: boolean;
  // What the journal entry shows besides request and response:
  operation: string | undefined;
  caller: string | undefined;
  /** What the operation received, in neutral JSON. */
  bound: unknown;
  /** In place of `bound` where the body tells it: how the journal reads it there. */
  boundIn: ((body: Uint8Array) => unknown) | undefined;
  explanations: Explanation[] | undefined;
  /** Tells the log what neither the caller nor the journal need know. */
  note(message: string): void;
}

export interface Plan {
  /** `api.Operation`; undefined for what is no operation (a metadata page, a sign-in). */
  readonly operation: string | undefined;
  /** Default: `mock`. */
  readonly servedBy?: ServedBy;
  proceed(): MaybePromise<Reply>;
  /** The answer that the service would give with a status that was forced upon it. */
  fail(status: number): MaybePromise<Reply>;
}

/** A plan whose answer asks no operation; a status that is forced upon it has no body. */
export const fixedPlan = (proceed: Plan['proceed'], operation?: string): Plan => ({
  operation,
  proceed,
  fail: (status) => ({ status, headers: {}, body: null }),
});

/** A plan whose answer is a status alone. */
export const bodilessPlan = (status: number): Plan => fixedPlan(() => ({ status, headers: {}, body: null }));

/** Whether a status that was forced upon an operation says that it went well, with something to show: its documented sample. */
export const isSampled = (status: number): boolean => status >= 200 && status < 300 && status !== 204 && status !== 205;

export type Planner = (call: Call) => MaybePromise<Plan>;

export interface Mount {
  /**
   * Adds a route for every method. Paths are compared in lower case, empty segments dropped and without a trailing slash; write the literal
   * segments of a pattern in lower case, `:name` for a value, `:name{regex}` as in Hono. Values are read from
   * `call.segments`, where their case and encoding are as sent.
   */
  route(pattern: string, plan: Planner): void;
}

/** One call that answers 200 in an untouched world, for `GET /__admin/routes` and the banner. */
export interface Example {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or an object that is sent as JSON. */
  readonly body?: unknown;
}

export interface Route {
  /** `api.Operation` */
  readonly operation: string;
  readonly method: string;
  /** As documented. */
  readonly path: string;
  readonly example: Example;
}

/** A message's text and back, without a call. */
export interface MessageCodec {
  /** By name. */
  readonly dtos: Readonly<Record<string, Dto>>;
  readonly formats: readonly string[];
  /** Absent members have their type's default. Throws an `EncodeError` for a value that the service could not write. */
  encode(dto: Dto, value: object, options: { readonly format: string; readonly nulls: Settings['nulls'] }): string;
  /** Throws a `DecodeError` for a text that the service could not read. */
  decode(dto: Dto, body: string | Uint8Array, options: { readonly format: string }): object;
}

/** A call of a real service and its answer, a successful one. */
export interface AnsweredCall {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Of the answer. */
  readonly contentType: string;
  readonly answer: Uint8Array;
}

/** What an answer shows of one record. */
export interface RecordedRow {
  /** `contacts` */
  readonly entity: string;
  readonly key: Key;
  readonly members: Readonly<Record<string, unknown>>;
  /** The answer shows all records of another entity that refer to this one: those that it does not show are not there. */
  readonly allOf?: { readonly entity: string; readonly foreignKey: string; readonly keys: readonly Key[] };
}

/** One documented API: what it serves, how it talks, what its untouched world holds. */
export interface Api {
  readonly name: string;
  readonly title: string;
  /** Where the routes of ServiceStack's clients begin: `''`, `/api`; left out where such clients cannot call it. */
  readonly basePath?: string;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly entities: Entities;
  /** Beginnings of paths, besides those of its operations, below which everything is this API's: `/ResourceServer`. */
  readonly basePaths?: readonly string[];
  /** Adds the API's routes. `others` are the APIs served beside it (a shared port divides the paths). */
  mount(mount: Mount, settings: Settings, apis: readonly Api[]): void;
  /** What to do with a path that no route has: undefined where it means nothing to this API and others are served beside it. */
  unmatched?(call: Call, isAlone: boolean): Plan | undefined;
  /** One entry for each operation and verb. */
  routes(world: World, settings: Settings): readonly Route[];
  /** What the API says about itself, for OpenAPI and for those who copy types; loaded when it is asked for. */
  describe(settings: Settings): Promise<ApiDescription>;
  /** A form of hidden fields, posted to `action`, that signs a browser in and sends it to a path; left out where no cookie signs in. */
  signInForm?(caller: Caller, path: string): { readonly action: string; readonly fields: Readonly<Record<string, string>> };
  /** The records that a successful answer of the real service shows, for `proxy --record`. Throws where it cannot be read. */
  recordedRows?(call: AnsweredCall): readonly RecordedRow[];
  /** For `encode` and `decode`. */
  readonly codec?: MessageCodec;
}

/** The options of `serve` and `createMock` that protocols look at; the defaults are in `options.ts`. */
export interface Settings {
  readonly auth: 'documented' | 'strict' | 'off';
  readonly nulls: 'placeholder' | 'wire';
  readonly defaultFormat: 'json' | 'html';
  readonly outputFormat: 'instance' | 'result';
  readonly examples: boolean;
  /** Seconds of the world's time; `service`: what each service gives. */
  readonly tokenLifetime: number | 'service';
}
