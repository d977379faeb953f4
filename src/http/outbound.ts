/** A reply on its way out: a standard `Response`, with the headers that every answer carries. */
import type { ServerResponse } from 'node:http';
import { corsHeaders, VARY } from './cors.ts';
import type { Inbound, Reply } from './message.ts';
import { REASONS } from './reasons.ts';

type Body = ConstructorParameters<typeof Response>[0];
/** Names and values in turn, each line as it is sent. */
export type HeaderLines = string[];

export const BODILESS = new Set([101, 204, 205, 304]);

/** The mock's own error, which is no answer of an API. */
export const mockErrorReply = (status: number, error: string, message: string): Reply => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ error, message }),
});

const COMMON = /^(?:date|content-length|x-mock-request-id|x-mock-served-by)$/i;
/** What each answer has once, of the mock's own, whatever the reply says. */
const isCommon = (name: string): boolean => COMMON.test(name);

/** The headers of a reply with those that every answer carries. */
export function commonHeaders(inbound: Inbound, reply: Reply, requestId: string, date: string): HeaderLines {
  const origin = inbound.header('origin');
  const asksForPrivateNetwork = origin !== undefined && inbound.header('access-control-request-private-network') !== undefined;
  const headers = origin === undefined ? reply.headers : { ...reply.headers, ...corsHeaders(origin, asksForPrivateNetwork) };
  const lines = linesOf(headers, isCommon);
  lines.push('Vary', VARY, 'X-Mock-Request-Id', requestId, 'Date', date);
  // Node would send no length and an empty chunk.
  if (reply.body === null && inbound.method !== 'HEAD' && !BODILESS.has(reply.status)) lines.push('Content-Length', '0');
  return lines;
}

const OWN = /^x-mock-(?:request-id|served-by)$/i;
const LENGTH = /^content-length$/i;
const OF_ORIGIN = /^(?:access-control-.*|vary)$/i;

/** The headers of a real service's answer as they are, but that a page of another origin may read it. */
export function upstreamHeaders(inbound: Inbound, reply: Reply, requestId: string): HeaderLines {
  const origin = inbound.header('origin');
  if (origin === undefined) return receivedHeaders(reply, requestId);
  const lines = receivedHeaders(reply, requestId, (name) => OF_ORIGIN.test(name));
  lines.push(...linesOf(corsHeaders(origin, false)));
  const vary = Object.entries(reply.headers).flatMap(([name, value]) => (name.toLowerCase() === 'vary' ? value : []));
  lines.push('Vary', [...new Set([...vary, 'Origin'])].join(', '));
  return lines;
}

/** The headers of a real service's answer as they are, but for names of ours and a length where there can be no body. */
export function receivedHeaders(reply: Reply, requestId: string, isLeftOut: (name: string) => boolean = () => false): HeaderLines {
  const isBodiless = BODILESS.has(reply.status);
  const lines = linesOf(reply.headers, (name) => OWN.test(name) || (isBodiless && LENGTH.test(name)) || isLeftOut(name));
  lines.push('X-Mock-Request-Id', requestId);
  return lines;
}

function linesOf(headers: Reply['headers'], isLeftOut: (name: string) => boolean = () => false): HeaderLines {
  const lines: HeaderLines = [];
  for (const name in headers) {
    if (isLeftOut(name)) continue;
    const value = headers[name]!;
    if (typeof value === 'string') lines.push(name, value);
    else for (const line of value) lines.push(name, line);
  }
  return lines;
}

let sent: Response | undefined;
/** What a handler gives back where the socket has its answer already; node-server knows the mark and writes nothing. */
export function alreadySent(): Response {
  if (sent === undefined) {
    sent = new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
    // node-server's light `Response` would be written all the same; looking at the body turns it into a real one.
    void sent.body;
  }
  return sent;
}

const encoder = new TextEncoder();
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const ASCII = /^[\x00-\x7f]*$/;

/**
 * The standard `Response`, its length stated. node-server writes names and values of a plain object as they are; a reason
 * phrase it does not know, so that one is set on Node's own response.
 */
export function toResponse(reply: Reply, lines: HeaderLines, method: string, outgoing: ServerResponse | undefined): Response {
  const { status, reason } = reply;
  let { body } = reply;
  const isBodiless = BODILESS.has(status);
  // A text without a type would be given one.
  if (typeof body === 'string' && reply.headers['Content-Type'] === undefined) body = encoder.encode(body);
  let length = body instanceof Uint8Array ? body.length : undefined;
  if (typeof body === 'string') {
    if (outgoing !== undefined) length = reply.byteLength ?? Buffer.byteLength(body);
    // A browser has no `Buffer`.
    else length = ASCII.test(body) ? body.length : (body = encoder.encode(body)).length;
  }
  if (length !== undefined && !isBodiless) lines.push('Content-Length', String(length));
  if (outgoing !== undefined && reason !== undefined) outgoing.statusMessage = reason;
  return new Response((isBodiless || method === 'HEAD' ? null : body) as Body, {
    status,
    statusText: reason ?? REASONS[status] ?? '',
    headers: headersInit(lines),
  });
}

/** A plain object, or pairs where a name comes twice. */
function headersInit(lines: HeaderLines): Record<string, string> | [string, string][] {
  const plain: Record<string, string> = {};
  const pairs: [string, string][] = [];
  for (let i = 0; i < lines.length; i += 2) pairs.push([lines[i]!, (plain[lines[i]!] = lines[i + 1]!)]);
  return Object.keys(plain).length === pairs.length ? plain : pairs;
}
