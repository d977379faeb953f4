/** A reply on its way out through Node's server. */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import type { Reply } from './message.ts';
import { BODILESS, type HeaderLines } from './outbound.ts';

/** Writes a reply with its headers, its length stated. */
export function writeReply({ status, reason, body }: Reply, headers: HeaderLines, outgoing: ServerResponse): void {
  const isBodiless = BODILESS.has(status);
  if (isBodiless) delete headers['Content-Length'];
  else if (typeof body === 'string') headers['Content-Length'] = String(Buffer.byteLength(body));
  else if (body instanceof Uint8Array) headers['Content-Length'] = String(body.length);
  if (reason !== undefined) outgoing.statusMessage = reason;
  outgoing.writeHead(status, headers as OutgoingHttpHeaders);
  if (isBodiless || body === null || outgoing.req.method === 'HEAD') outgoing.end();
  else if (typeof body === 'string' || body instanceof Uint8Array) outgoing.end(body);
  else pipeline(Readable.fromWeb(body), outgoing, () => undefined);
}
