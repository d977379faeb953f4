/** The request from a Fetch `Request`: the same bytes, without a port. */
import { SentRequest } from './sent-request.ts';
import { targetOf, type Transport } from './target.ts';

export class FetchRequest extends SentRequest {
  readonly #request: Request;
  #values: ReadonlyMap<string, string> | undefined;
  readonly #cookie: string | undefined;

  constructor(request: Request, transport: Transport) {
    super(request.method, targetOf(request, transport), transport.trustsProxy ?? false);
    this.#request = request;
    this.#cookie = transport.inProcess?.cookie;
  }
  get signal(): AbortSignal {
    return this.#request.signal;
  }
  get isUnread(): boolean {
    return !this.wasRead && this.#request.body !== null;
  }
  bodyStream(): AsyncIterable<Uint8Array> | undefined {
    return (this.#request.body as AsyncIterable<Uint8Array> | null) ?? undefined;
  }
  readBody(): Promise<void> | undefined {
    const stream = this.bodyStream();
    return stream === undefined ? undefined : this.collect(stream);
  }
  protected sentHeader(name: string): string | undefined {
    // Read once: each `get` of a `Headers` checks and converts its argument, and a call looks for half a dozen names.
    this.#values ??= new Map(this.#request.headers);
    if (name === 'cookie' && this.#cookie !== undefined) return this.#cookie;
    return this.#values.get(name) ?? (name === 'host' ? new URL(this.#request.url).host : undefined);
  }
  protected sentLines(name: string): readonly string[] {
    const value = this.sentHeader(name);
    return value === undefined ? [] : [value];
  }
  rawHeaders(): readonly string[] {
    return [...this.#request.headers].flat();
  }
  protected base(): string {
    return new URL(this.#request.url).origin;
  }
}
