/** Asks the server under test and keeps what came back as bytes; tells an answer that failed from one that never came. */
import { MockError } from '../mock-error.ts';

export interface Asked {
  readonly method: string;
  /** Below the base URL, with the query; a whole address is asked as it is. */
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
  /** More came than is worth keeping in memory: the rest was not read. */
  readonly isTooLong: boolean;
}

/** What a network says when nobody took the call. */
const NOT_CONNECTED =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|CERT|TLS|SSL|EADDRNOTAVAIL|bad port/i;
const PATIENCE_MS = 30_000;
/** Some 200,000 records; a list of millions is not read to its end. */
const MAX_BYTES = 32 * 1024 * 1024;

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
  /** Where the control plane would be if the server is a mock: beside the base URL, or before the path that it ends in. */
  get adminBases(): readonly string[] {
    const { origin, pathname } = new URL(this.#base);
    const world = /^\/__worlds\/[^/]+/.exec(pathname)?.[0] ?? '';
    return [...new Set([this.#base, `${origin}${world}`])].map((base) => `${base}/__admin`);
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
      response = await this.#fetch(path.startsWith('/') ? `${this.#base}${path}` : path, {
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
      return { status: 0, contentType: null, text: undefined, failure: `no answer (${reason})`, isTooLong: false };
    }
    this.#isConnected = true;
    const { status } = response;
    const contentType = response.headers.get('content-type');
    const told = { status, contentType, text: undefined, failure: undefined, isTooLong: false };
    try {
      const bytes = await bodyOf(response);
      if (bytes === undefined) return { ...told, isTooLong: true };
      return { ...told, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
    } catch (error) {
      const isText =
        error instanceof TypeError &&
        error.cause === undefined &&
        (error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
      return { ...told, failure: isText ? 'bytes that are no UTF-8' : `a broken body (${reasonOf(error)})` };
    }
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
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
