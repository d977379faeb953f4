/** A reply on its way out: a standard `Response`, with the headers that every answer carries. */
import type { ServerResponse } from 'node:http';
import { corsHeaders, VARY } from './cors.ts';
import type { Inbound, Reply } from './message.ts';
import { REASONS } from './reasons.ts';

type Body = ConstructorParameters<typeof Response>[0];
export type HeaderLines = Record<string, string | readonly string[]>;

export const BODILESS = new Set([101, 204, 205, 304]);

/** The mock's own error, which is no answer of an API. */
export const mockErrorReply = (status: number, error: string, message: string): Reply => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ error, message }),
});

/** The headers of a reply with those that every answer carries. */
export function commonHeaders(inbound: Inbound, reply: Reply, requestId: string, date: string): HeaderLines {
  // Not `{ ...reply.headers }`: V8 makes a hidden class of its own for each such copy that a member is added to.
  const headers: HeaderLines = Object.assign({}, reply.headers);
  const origin = inbound.header('origin');
  if (origin === undefined) headers['Vary'] = VARY;
  else Object.assign(headers, corsHeaders(origin, inbound.header('access-control-request-private-network') !== undefined));
  headers['X-Mock-Request-Id'] = requestId;
  headers['Date'] = date;
  // Node would send no length and an empty chunk.
  if (reply.body === null && inbound.method !== 'HEAD' && !BODILESS.has(reply.status)) headers['Content-Length'] = '0';
  return headers;
}

/** The headers of a real service's answer as they are, but that a page of another origin may read it. */
export function upstreamHeaders(inbound: Inbound, reply: Reply, requestId: string): HeaderLines {
  const origin = inbound.header('origin');
  const isKept = origin === undefined ? () => true : (name: string) => !/^access-control-/i.test(name) && name.toLowerCase() !== 'vary';
  const headers: HeaderLines = Object.fromEntries(Object.entries(reply.headers).filter(([name]) => isKept(name)));
  if (origin !== undefined) {
    const vary = Object.entries(reply.headers).flatMap(([name, value]) => (name.toLowerCase() === 'vary' ? value : []));
    Object.assign(headers, corsHeaders(origin, false), { Vary: [...new Set([...vary, 'Origin'])].join(', ') });
  }
  headers['X-Mock-Request-Id'] = requestId;
  return headers;
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
export function toResponse(reply: Reply, headers: HeaderLines, method: string, outgoing: ServerResponse | undefined): Response {
  const { status, reason } = reply;
  let { body } = reply;
  const isBodiless = BODILESS.has(status);
  if (typeof body === 'string') {
    // A text without a type would be given one.
    if (headers['Content-Type'] === undefined) body = encoder.encode(body);
    else if (outgoing !== undefined) headers['Content-Length'] = String(Buffer.byteLength(body));
    else if (ASCII.test(body)) headers['Content-Length'] = String(body.length);
    else body = encoder.encode(body);
  }
  if (body instanceof Uint8Array) headers['Content-Length'] = String(body.length);
  if (isBodiless) delete headers['Content-Length'];
  if (outgoing !== undefined && reason !== undefined) outgoing.statusMessage = reason;
  return new Response((isBodiless || method === 'HEAD' ? null : body) as Body, {
    status,
    statusText: reason ?? REASONS[status] ?? '',
    headers: isPlain(headers) ? headers : linesOf(headers),
  });
}

function isPlain(headers: HeaderLines): headers is Record<string, string> {
  for (const name in headers) if (typeof headers[name] !== 'string') return false;
  return true;
}

const linesOf = (headers: HeaderLines): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : value.map((line) => [name, line]),
  );
