/** The four ways in which a connection goes wrong: on the socket as they really happen, in process as a rejected promise. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './outcome.ts';

/** What undici says for the same, so that a client's own handling is met: `TypeError: fetch failed`, the reason in `cause`. */
const CAUSES: Readonly<Record<Fault, { readonly code: string; readonly message: string }>> = {
  EMPTY_RESPONSE: { code: 'UND_ERR_SOCKET', message: 'other side closed' },
  MALFORMED_RESPONSE_CHUNK: { code: 'UND_ERR_SOCKET', message: 'terminated' },
  RANDOM_DATA_THEN_CLOSE: { code: 'HPE_INVALID_CONSTANT', message: 'Expected HTTP/' },
  CONNECTION_RESET_BY_PEER: { code: 'ECONNRESET', message: 'read ECONNRESET' },
};

/** A connection that was broken on purpose. */
export class SocketFault extends TypeError {
  readonly fault: Fault;
  /** The random data: no HTTP, and the same for the same call. */
  readonly noise: Uint8Array;

  constructor(fault: Fault, noise: Uint8Array) {
    const { code, message } = CAUSES[fault];
    super('fetch failed', { cause: Object.assign(new Error(message), { code }) });
    this.fault = fault;
    this.noise = noise;
  }
}

/** Enough to be cut off in the middle: the chunk that is announced is longer than what comes. */
const CUT_CHUNK = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n{"items":[';

/**
 * Breaks the connection of a call. What a client sees: curl exits with 52 on an empty answer, 18 on a cut one, 56 on a
 * reset. Where answers to earlier requests are still on their way (HTTP pipelining), they go out first.
 */
export function breakSocket({ socket }: IncomingMessage, outgoing: ServerResponse, { fault, noise }: SocketFault): void {
  // A caller that went away first is not our error.
  socket.on('error', () => undefined);
  const breakNow = (): void => {
    outgoing.detachSocket(socket);
    if (fault === 'CONNECTION_RESET_BY_PEER') socket.resetAndDestroy();
    else {
      if (fault === 'EMPTY_RESPONSE') socket.end();
      else socket.end(fault === 'MALFORMED_RESPONSE_CHUNK' ? CUT_CHUNK : noise);
      socket.destroySoon();
    }
  };
  // Node gives a response its socket when those before it are written; a connection that is gone gets none.
  if (outgoing.socket === socket) breakNow();
  else outgoing.once('socket', breakNow);
}
