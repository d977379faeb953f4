/** Asks the server under test and keeps what came back as bytes; tells an answer that failed from one that never came. */
import { MockError } from '../mock-error.ts';

export interface Asked {
  readonly method: string;
  /** Below the base URL, with the query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly contentType: string | null;
  /** Undefined where the bytes did not arrive whole or are no UTF-8; `failure` says which. */
  readonly text: string | undefined;
  readonly failure: string | undefined;
}

/** What a network says when nobody took the call. */
const NOT_CONNECTED =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|CERT|TLS|SSL|EADDRNOTAVAIL|bad port/i;
const PATIENCE_MS = 60_000;

const reasonOf = (error: unknown): string => {
  const { cause } = error as { cause?: { code?: string; message?: string; errors?: readonly { code?: string }[] } };
  const first = cause?.errors?.[0]?.code;
  return cause?.code ?? first ?? cause?.message ?? (error as Error).message;
};

export class Client {
  readonly #base: string;
  readonly #fetch: typeof fetch;
  readonly #bearer: string | undefined;
  #isConnected = false;
  #calls = 0;

  constructor(base: string, send: typeof fetch, bearer: string | undefined) {
    this.#base = base.replace(/\/+$/, '');
    this.#fetch = send;
    this.#bearer = bearer;
  }
  get calls(): number {
    return this.#calls;
  }

  /** @throws MockError where no connection could be made; any other failure is an answer that differs. */
  async ask({ method, path, headers = {}, body }: Asked): Promise<Answer> {
    this.#calls++;
    const authorization = this.#bearer === undefined ? {} : { authorization: `Bearer ${this.#bearer}` };
    let response: Response;
    try {
      response = await this.#fetch(`${this.#base}${path}`, {
        method,
        headers: { ...headers, ...authorization },
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...(body === undefined ? {} : { body }),
      });
    } catch (error) {
      const reason = reasonOf(error);
      if (!this.#isConnected && NOT_CONNECTED.test(reason)) {
        throw new MockError('not-connected', `No connection to ${this.#base} (${reason}).`, 'Start the server, or check the address.');
      }
      return { status: 0, contentType: null, text: undefined, failure: `no answer (${reason})` };
    }
    this.#isConnected = true;
    const { status } = response;
    const contentType = response.headers.get('content-type');
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await response.arrayBuffer());
      return { status, contentType, text, failure: undefined };
    } catch (error) {
      return {
        status,
        contentType,
        text: undefined,
        failure: error instanceof TypeError && error.cause === undefined ? 'bytes that are no UTF-8' : `a broken body (${reasonOf(error)})`,
      };
    }
  }
}
