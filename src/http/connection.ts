/** How a call came to the mock: through a listener of ours, in process, or through somebody else's server. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Where the mock listens. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  /** Asked for on `/__admin` where the host is no loopback address. */
  readonly adminToken: string | undefined;
}

/** A call of `mock.fetch` or of a world's `fetch`: only the process itself can make one, since nobody else can make an instance. */
export class InProcess {
  /** The world whose `fetch` was called; `''` for the unnamed one. */
  readonly world: string;
  /** The path before the API's own in the request's address: `/billing`. */
  readonly mount: string;
  /** In place of a `Cookie` line, which a browser lets no program set. */
  readonly cookie: string | undefined;

  constructor(world: string, { mount = '', cookie }: { readonly mount?: string | undefined; readonly cookie?: string | undefined } = {}) {
    this.world = world;
    this.mount = mount;
    this.cookie = cookie;
  }
}

/** What a Hono handler is given as `env`. (Declared here: node-server's own `HttpBindings` drags in types of the DOM.) */
export type Bindings = {
  readonly incoming?: IncomingMessage;
  readonly outgoing?: ServerResponse;
  readonly inProcess?: InProcess;
  /** Where a path that nobody serves goes in a chain of handlers of Node's servers. */
  readonly next?: () => void;
};
export type Env = { Bindings: Bindings };

/** What of an `env` says how the call came; `app.request()` of Hono gives none. */
export const transportOf = (
  env: Bindings | undefined,
): { readonly incoming: IncomingMessage | undefined; readonly inProcess: InProcess | undefined } => ({
  incoming: env?.incoming,
  inProcess: env?.inProcess instanceof InProcess ? env.inProcess : undefined,
});

// Decided when the connection is accepted: a socket that is destroyed meanwhile has forgotten its port.
const listeners = new WeakMap<Socket, Listener>();

export const acceptedBy = (socket: Socket, listener: Listener): void => void listeners.set(socket, listener);
/** The listener of ours that accepted a connection; undefined for every other connection. */
export const listenerOf = (socket: Socket | undefined): Listener | undefined => (socket === undefined ? undefined : listeners.get(socket));
