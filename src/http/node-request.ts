/** The request from a Node socket. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { hold } from './held-bodies.ts';
import { SentRequest } from './sent-request.ts';
import { originForm, type Target, targetOf } from './target.ts';

/** Set by our own listener, which reads short bodies before the request is handled; node-server knows it too. */
export type ReadAhead = IncomingMessage & {
  rawBody?: Uint8Array;
  /** Bytes of the body that are held until the call has its answer. */
  heldBytes?: number | undefined;
  /** There was no room to hold it. */
  isOversized?: boolean;
};

/** From a socket. Header objects are not built: only the names that are asked for are looked up. */
abstract class NodeRequest extends SentRequest {
  readonly #incoming: ReadAhead;

  constructor(incoming: IncomingMessage, method: string, target: Target, trustsProxy: boolean) {
    super(method, target, trustsProxy);
    this.#incoming = incoming;
  }
  protected sentHeader(name: string): string | undefined {
    const value = this.#incoming.headers[name];
    return typeof value === 'object' ? value.join(', ') : value;
  }
  protected sentLines(name: string): readonly string[] {
    const lines: string[] = [];
    const raw = this.#incoming.rawHeaders;
    for (let i = 0; i < raw.length; i += 2) {
      if (raw[i]!.length === name.length && raw[i]!.toLowerCase() === name) lines.push(raw[i + 1]!);
    }
    return lines;
  }
  rawHeaders(): readonly string[] {
    return this.#incoming.rawHeaders;
  }
  protected base(): string {
    const { encrypted } = this.#incoming.socket as { encrypted?: boolean };
    return `${encrypted ? 'https' : 'http'}://${this.header('host') ?? 'localhost'}`;
  }
  protected override hold(bytes: number): boolean {
    // Somebody else's server bounds what it takes itself.
    if (this.#incoming.heldBytes === undefined) return true;
    this.#incoming.isOversized ||= !hold(bytes);
    if (!this.#incoming.isOversized) this.#incoming.heldBytes += bytes;
    return !this.#incoming.isOversized;
  }
  get isUnread(): boolean {
    const { headers, rawBody } = this.#incoming;
    const length = headers['content-length'];
    return (
      !this.wasRead && rawBody === undefined && ((length !== undefined && length !== '0') || headers['transfer-encoding'] !== undefined)
    );
  }
  bodyStream(): AsyncIterable<Uint8Array> | undefined {
    if (!this.isUnread) return undefined;
    // Fetch gives GET and HEAD no body; these services read theirs.
    return this.method === 'GET' || this.method === 'HEAD' ? this.#incoming : this.stream(this.#incoming);
  }
  readBody(): Promise<void> | undefined {
    const { rawBody } = this.#incoming;
    if (rawBody !== undefined) {
      this.bodySize = rawBody.length;
      this.isOversized = this.#incoming.isOversized === true;
      if (rawBody.length > 0) this.body = rawBody;
      return undefined;
    }
    const stream = this.bodyStream();
    return stream === undefined ? undefined : this.collect(stream);
  }
  /** The body where nothing has read it. */
  protected abstract stream(incoming: IncomingMessage): AsyncIterable<Uint8Array> | undefined;
}

/** As Node's server gives it to its handler. */
export class DirectRequest extends NodeRequest {
  readonly #outgoing: ServerResponse;
  #signal: AbortSignal | undefined;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse, trustsProxy: boolean) {
    super(incoming, incoming.method!, { mount: '', target: originForm(incoming.url!) }, trustsProxy);
    this.#outgoing = outgoing;
  }
  get signal(): AbortSignal {
    this.#signal ??= abortedWith(this.#outgoing);
    return this.#signal;
  }
  protected stream(incoming: IncomingMessage): AsyncIterable<Uint8Array> {
    return incoming;
  }
}

/** A signal of its own for those that ask: most calls have their answer before. */
function abortedWith(outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController();
  const leave = (): void => {
    if (!outgoing.writableFinished) controller.abort(new Error('The caller went away.'));
  };
  if (outgoing.closed) leave();
  else outgoing.once('close', leave);
  return controller.signal;
}

/** As it passed Hono, and whatever stands before it. */
export class BridgedRequest extends NodeRequest {
  readonly #request: Request;

  constructor(request: Request, incoming: IncomingMessage, trustsProxy: boolean) {
    super(incoming, request.method, targetOf(request, { incoming }), trustsProxy);
    this.#request = request;
  }
  get signal(): AbortSignal {
    return this.#request.signal;
  }
  protected stream(): AsyncIterable<Uint8Array> | undefined {
    return (this.#request.body as AsyncIterable<Uint8Array> | null) ?? undefined;
  }
}
