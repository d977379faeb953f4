/** One route of `/__admin`: what it means, and a handler that is given the world that its request names. */
import type { Context } from 'hono';
import { type Env, InProcess, transportOf } from '../http/connection.ts';
import { inboundOf } from '../http/inbound.ts';
import type { SentRequest } from '../http/sent-request.ts';
import type { MaybePromise } from '../http/message.ts';
import { MockError } from '../mock-error.ts';
import { isDeeper } from '../wire/json/limits.ts';
import { MAX_DEPTH } from '../worlds/files.ts';
import type { MockWorld } from '../worlds/mock-world.ts';
import type { WorldManager } from '../worlds/manager.ts';
import type { WorldSession } from '../worlds/session.ts';
import type { Access } from './guard.ts';

/** What the handlers of `/__admin` act on. */
export interface AdminContext {
  readonly manager: WorldManager;
  readonly adminToken: string | undefined;
  readonly adminHosts: readonly string[];
  readonly world: (name: string) => MockWorld;
  readonly shutdown: () => void;
}

export interface AdminRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/__admin`, as in Hono: `/snapshots/:name`. */
  readonly path: string;
  /** One line for `GET /__admin/quickstart`. */
  readonly meaning: string;
  /** Default: `guarded`. */
  readonly access?: Access;
  /** What is answered as JSON, or a response of its own. */
  readonly answer: (call: AdminCall) => MaybePromise<unknown>;
}

/** The longest body that is taken. */
const MAX_BODY = 64_000_000;

export class AdminCall {
  readonly c: Context<Env>;
  readonly context: AdminContext;
  /** Every route of `/__admin`. */
  readonly routes: readonly AdminRoute[];
  readonly manager: WorldManager;
  #inbound: SentRequest | undefined;

  constructor(c: Context<Env>, context: AdminContext, routes: readonly AdminRoute[]) {
    this.c = c;
    this.routes = routes;
    this.context = context;
    this.manager = context.manager;
  }
  get inbound(): SentRequest {
    this.#inbound ??= inboundOf(this.c.req.raw, { ...transportOf(this.c.env), trustsProxy: this.manager.trustsProxy });
    return this.#inbound;
  }
  /** What stands for a placeholder of the path. */
  param(name: string): string {
    return this.c.req.param(name) as string;
  }
  query(name: string): string | undefined {
    return this.c.req.query(name);
  }
  /** The session of the world that the request names. */
  session(): WorldSession {
    const { inProcess } = this.c.env ?? {};
    return this.manager.sessionFor(this.inbound, inProcess instanceof InProcess ? inProcess.world : undefined);
  }
  world(): MockWorld {
    return this.context.world(this.session().world.name);
  }
  /** The body; a mistake where it is not JSON. */
  async json(): Promise<unknown> {
    const text = await this.text();
    if (isDeeper(text, MAX_DEPTH)) throw new MockError('bad-json', `The body is nested more than ${MAX_DEPTH} levels deep.`, 'Send less.');
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      const what = text === '' ? 'The request has no body.' : `The body is not JSON: ${(error as Error).message}.`;
      throw new MockError('bad-json', what, 'Send a JSON object.');
    }
  }
  async text(): Promise<string> {
    if (Number(this.c.req.header('content-length') ?? 0) > MAX_BODY)
      throw new MockError('too-large', 'The body is larger than 64 MB.', 'Give the records as a file: --data FILE.');
    return this.c.req.text();
  }
}
