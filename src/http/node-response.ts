/** A reply on its way out through Node's server. */
import type { ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import type { Reply } from './message.ts';
import { BODILESS, type HeaderLines } from './outbound.ts';

/** Writes a reply with its headers, its length stated. */
export function writeReply({ status, reason, body, byteLength }: Reply, lines: HeaderLines, outgoing: ServerResponse): void {
  const isBodiless = BODILESS.has(status);
  const length = typeof body === 'string' ? (byteLength ?? Buffer.byteLength(body)) : body instanceof Uint8Array ? body.length : undefined;
  if (length !== undefined && !isBodiless) lines.push('Content-Length', String(length));
  if (reason !== undefined) outgoing.statusMessage = reason;
  outgoing.writeHead(status, lines);
  if (isBodiless || body === null || outgoing.req.method === 'HEAD') outgoing.end();
  // Node writes a text that is known to be ASCII without looking for longer characters.
  else if (typeof body === 'string') outgoing.end(body, length === body.length ? 'latin1' : 'utf8');
  else if (body instanceof Uint8Array) outgoing.end(body);
  else pipeline(Readable.fromWeb(body), outgoing, () => undefined);
}
