/** Asks the server under test for the checks: with the credentials there are, and not on where the whole API is closed. */
import type { Settings } from '../../protocols/protocol.ts';
import type { Compared } from '../compare/answer.ts';
import type { AgreementOptions } from '../compare/agreement.ts';
import type { Nulls } from '../compare/comparison.ts';
import { References } from '../compare/references.ts';
import type { HeaderLines } from '../exchange.ts';
import type { Answered } from './check.ts';
import type { Client, TimedExchange } from './client.ts';
import type { Ids } from './ids.ts';

export interface Call {
  /** `api.Operation` */
  readonly operation: string;
  /** See `CheckedCall`. */
  readonly name: string;
  readonly call: string;
  readonly method: string;
  readonly target: string;
  readonly headers: HeaderLines;
  readonly body?: string | undefined;
  readonly isAnonymous?: boolean | undefined;
}

/** Every call of an API would be answered like this one. */
export class ClosedApi extends Error {}

export interface AskerOptions {
  readonly client: Client;
  readonly ids: Ids;
  readonly nulls: Nulls;
  readonly isWriting: boolean;
  readonly bearer: string | undefined;
  /** Who has to sign in: of a mock its setting, of other servers what is documented. */
  readonly auth: Settings['auth'];
  readonly onCall: ((operation: string, call: string) => void) | undefined;
}

export class Asker implements AgreementOptions {
  readonly ids: Ids;
  readonly nulls: Nulls;
  readonly isWriting: boolean;
  readonly references = new References();
  readonly #options: AskerOptions;
  readonly #open = new Set<string>();

  constructor(options: AskerOptions) {
    this.#options = options;
    this.ids = options.ids;
    this.nulls = options.nulls;
    this.isWriting = options.isWriting;
  }

  /** A `--bearer` overrules the credentials of a mock's own example. */
  credentials(operation: string): HeaderLines {
    const { bearer } = this.#options;
    return bearer === undefined ? this.ids.credentials(operation) : { authorization: `Bearer ${bearer}` };
  }

  /** Whether a call without a sign-in has to be refused. */
  asksForSignIn(isDocumented: boolean): boolean {
    const { auth } = this.#options;
    return auth === 'strict' || (auth === 'documented' && isDocumented);
  }

  /** @throws ClosedApi where the API's first answer is a refusal or a redirect */
  async ask(call: Call, compare: (exchange: TimedExchange) => Compared): Promise<Answered> {
    const { client, onCall } = this.#options;
    const { operation, name, method, target, headers, body } = call;
    onCall?.(operation, call.call);
    const exchange = await client.ask({
      method,
      target,
      headers: { ...(call.isAnonymous ? {} : this.credentials(operation)), ...headers },
      body: body === undefined ? undefined : new TextEncoder().encode(body),
    });
    this.#refuseClosed(operation.slice(0, operation.indexOf('.')), exchange);
    return { operation, name, call: call.call, exchange, ...compare(exchange) };
  }

  #refuseClosed(api: string, { response: { status, headers } }: TimedExchange): void {
    if (this.#open.has(api)) return;
    this.#open.add(api);
    if (status === 401) {
      const { bearer } = this.#options;
      throw new ClosedApi(
        bearer === undefined
          ? 'the server asks for a sign-in (401); give a token with --bearer'
          : 'the server does not take the token (401); give another one with --bearer',
      );
    }
    if (status === 403) throw new ClosedApi('the server refuses the caller (403); give the token of one who may call it with --bearer');
    if (status >= 300 && status < 400)
      throw new ClosedApi(
        `the server redirects to ${headers['location'] ?? 'nowhere'} (${status}); verify that address, or, if it is a page for signing in, give a token with --bearer`,
      );
  }
}
