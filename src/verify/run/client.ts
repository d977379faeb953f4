/** Asks the server under test; an answer that failed differs from one that never came, and after three in vain nothing more is asked. */
import { MockError } from '../../mock-error.ts';
import { monotonic } from '../../store/clock.ts';
import { type Exchange, type ExchangeRequest, type ExchangeResponse, headerLines } from '../exchange.ts';
import { failureOf, refuseIfSecure } from './failure.ts';

export interface ClientOptions {
  readonly base: string;
  readonly fetch: typeof fetch;
  /** Milliseconds that a call waits. */
  readonly timeout: number;
}

export interface TimedExchange extends Exchange {
  readonly milliseconds: number;
  /** More came than is worth keeping in memory: the rest was not read. */
  readonly isTooLong: boolean;
}

/** Some 200,000 records; a list of millions is not read to its end. */
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_UNANSWERED = 3;
/** What servers of https answer to http where they answer at all. */
const PLAIN_TO_SECURE = /HTTP request (was sent )?to (an )?HTTPS/i;

export class Client {
  readonly #options: ClientOptions;
  #unanswered = 0;
  #answered = 0;
  #calls = 0;

  constructor(options: ClientOptions) {
    this.#options = { ...options, base: options.base.replace(/\/+$/, '') };
  }
  /** Where the admin routes would be if the server is a mock: beside the base URL, or before the path that it ends in. */
  get adminBases(): readonly string[] {
    const { base } = this.#options;
    const { origin, pathname } = new URL(base);
    const world = /^\/__worlds\/[^/]+/.exec(pathname)?.[0] ?? '';
    return [...new Set([base, `${origin}${world}`])].map((address) => `${address}/__admin`);
  }
  get calls(): number {
    return this.#calls;
  }
  /** Whether any call was answered. */
  get isConnected(): boolean {
    return this.#answered > 0;
  }

  /**
   * `target`: below the base URL; a whole address is asked as it is.
   * @throws MockError where no connection can be made, or too many calls in a row got no answer
   */
  async ask(sent: ExchangeRequest): Promise<TimedExchange> {
    this.#calls++;
    const request = { ...sent, headers: headerLines(Object.entries(sent.headers)) };
    const start = monotonic();
    const { response, isTooLong = false } = await this.#send(request);
    return { request, response, isTooLong, milliseconds: monotonic() - start };
  }

  async #send({ method, target, headers, body }: ExchangeRequest): Promise<{ response: ExchangeResponse; isTooLong?: boolean }> {
    const { base, fetch: send, timeout } = this.#options;
    let response: Response;
    try {
      response = await send(target.startsWith('/') ? `${base}${target}` : target, {
        method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeout),
        ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> }),
      });
    } catch (error) {
      return { response: { status: 0, headers: {}, body: undefined, failure: await this.#unansweredBecause(error) } };
    }
    this.#unanswered = 0;
    const known = { status: response.status, headers: headerLines(response.headers), body: undefined };
    try {
      const bytes = await bodyOf(response);
      if (bytes === undefined) return { response: known, isTooLong: true };
      if (this.#answered++ === 0 && response.status === 400 && PLAIN_TO_SECURE.test(new TextDecoder().decode(bytes)))
        await refuseIfSecure(base);
      return { response: { ...known, body: bytes } };
    } catch (error) {
      if (error instanceof MockError) throw error;
      return { response: { ...known, failure: `a broken body: ${failureOf(error, this.#options).message}` } };
    }
  }

  /** What a finding says of it. @throws MockError where there is no point in asking on */
  async #unansweredBecause(error: unknown): Promise<string> {
    const { base } = this.#options;
    const { message, fix, isFinal } = failureOf(error, this.#options);
    if (isFinal && !this.isConnected) throw new MockError('not-connected', message, fix);
    if (!this.isConnected && this.#unanswered === 0) await refuseIfSecure(base);
    if (++this.#unanswered >= MAX_UNANSWERED)
      throw new MockError(
        'no-answer',
        `${base} gave no answer to ${MAX_UNANSWERED} calls in a row; the last: ${message.replace(/\.$/, '')}.`,
        fix,
      );
    return message;
  }
}

/** Undefined where it is too long. */
async function bodyOf({ body }: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    // Leaving the loop hangs up.
    if (size > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
