/** Calls that Node's server hands on without a Fetch `Request` between, which is half of what a short call costs. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { directInbound } from '../http/inbound.ts';
import type { Reply } from '../http/message.ts';
import { writeReply } from '../http/node-response.ts';
import type { HeaderLines } from '../http/outbound.ts';
import { breakSocket, SocketFault } from '../http/socket-fault.ts';
import type { Planner } from '../protocols/protocol.ts';
import type { WorldManager } from '../worlds/manager.ts';
import { serve, type Transport } from './serve.ts';

/** Serves one call of a route. */
export function serveDirectly(manager: WorldManager, planner: Planner, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const served = serve(manager, planner, directInbound(incoming, outgoing, manager.trustsProxy), new NodeTransport(incoming, outgoing));
  served?.catch(() => outgoing.destroy());
}

class NodeTransport implements Transport<void> {
  readonly fetcher = undefined;
  readonly #incoming: IncomingMessage;
  readonly #outgoing: ServerResponse;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse) {
    this.#incoming = incoming;
    this.#outgoing = outgoing;
  }
  send(reply: Reply, lines: HeaderLines): void {
    writeReply(reply, lines, this.#outgoing);
  }
  abandon(reason: unknown): void {
    if (reason instanceof SocketFault) breakSocket(this.#incoming, this.#outgoing, reason);
  }
}
