/** A request as it was sent and the answer to it, whatever carries them, and why a call failed. */
import type { ReadableStream } from 'node:stream/web';

export type MaybePromise<T> = T | Promise<T>;

/** The longest body that Kestrel takes unless it is told otherwise. */
export const MAX_BYTES = 30_000_000;

/** A request as it was sent, whatever brought it (a socket or `mock.fetch`). */
export interface Inbound {
  /** Upper case. */
  readonly method: string;
  /** Path and query as sent, not normalised, without `basePath`. */
  readonly target: string;
  /** The target before `?`, still percent-encoded. */
  readonly path: string;
  /** The target after `?`, still percent-encoded; empty where there is none. */
  readonly query: string;
  /** What stands before the target in the caller's address: the prefix of a proxy, a mount's path, `/__worlds/NAME`. `''` or `/mock/__worlds/a`. */
  readonly basePath: string;
  /** `http://host:port` as the caller addresses the server, followed by `basePath`. */
  readonly origin: string;
  /** A header's lines joined by a comma; the name in lower case. */
  header(name: string): string | undefined;
  /** A header's lines as they were sent. */
  lines(name: string): readonly string[];
  /** The body, read before the protocol is asked; undefined where none was sent. */
  readonly body: Uint8Array | undefined;
  /** More than `MAX_BYTES` were sent; `body` is undefined then. */
  readonly isOversized: boolean;
  /** Aborted when the caller goes away before it has its answer; work that takes long should stop then. */
  readonly signal: AbortSignal;
}

export type ReplyBody = string | Uint8Array | ReadableStream<Uint8Array> | null;

export interface Reply {
  readonly status: number;
  /** Reason phrase, where it is not the standard one. */
  readonly reason?: string;
  /** Names as the service spells them; a list is sent as several lines. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: ReplyBody;
  /**
   * Length of a text in bytes. Where the parts of a text are counted, and not the whole, V8 leaves it the tree of its parts, and
   * the journal shares those that are kept anyway.
   */
  readonly byteLength?: number | undefined;
}

/** Who gave an answer: the mock, a real service behind it, or nobody (our own 404 for a path that nothing serves). */
export type ServedBy = 'mock' | 'upstream' | 'none';

/** Why a call failed, in plain words; the journal shows it, the body stays as the service writes it. */
export interface Explanation {
  /** One sentence that says what to do. */
  readonly message: string;
  readonly member?: string;
  readonly rule?: string;
  readonly value?: unknown;
  /** The nearest valid name, where one was misspelt. */
  readonly nearest?: string | undefined;
  /** Where the contract says so: an operation, DTO or member. */
  readonly contract?: string;
}
