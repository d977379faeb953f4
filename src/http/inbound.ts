/** The request, whichever transport brought it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { FetchRequest } from './fetch-request.ts';
import { BridgedRequest, DirectRequest } from './node-request.ts';
import type { SentRequest } from './sent-request.ts';
import type { Transport } from './target.ts';

/** As Hono was given it: from a socket where there is one. */
export const inboundOf = (request: Request, transport: Transport): SentRequest =>
  transport.incoming === undefined
    ? new FetchRequest(request, transport)
    : new BridgedRequest(request, transport.incoming, transport.trustsProxy ?? false);

/** As Node's server gives it to its handler. */
export const directInbound = (incoming: IncomingMessage, outgoing: ServerResponse, trustsProxy: boolean): SentRequest =>
  new DirectRequest(incoming, outgoing, trustsProxy);
