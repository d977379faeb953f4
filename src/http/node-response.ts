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
  else if (typeof body === 'string') endWith(body, length === body.length ? 'latin1' : 'utf8', outgoing);
  else if (body instanceof Uint8Array) outgoing.end(body);
  else pipeline(Readable.fromWeb(body), outgoing, () => undefined);
}

/**
 * The same as `end(body)`, which writes an empty text behind the body and so has Node put an array of two together. Written
 * by itself, the head and the body are one text, and nothing is left to be written at the end.
 */
function endWith(body: string, encoding: BufferEncoding, outgoing: ServerResponse): void {
  const { socket } = outgoing;
  socket?.cork();
  outgoing.write(body, encoding);
  socket?.uncork();
  outgoing.end();
}
