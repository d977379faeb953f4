/** A reply on its way out: straight to a socket, or as a `Response` with the same lines and bytes. */
import type { ServerResponse } from 'node:http';
import type { ReadableStream } from 'node:stream/web';
import type { Inbound, Reply } from './message.ts';
import { REASONS } from './reasons.ts';

type Body = ConstructorParameters<typeof Response>[0];
export type HeaderLines = Record<string, string | readonly string[]>;

const BODILESS = new Set([101, 204, 205, 304]);
const EXPOSED = 'X-Mock-Request-Id, Preference-Applied';

/** CORS that works with credentials: the caller's origin, never `*` (interface.md; servicestack.md §6 has the framework's). */
function cors(inbound: Inbound, headers: HeaderLines): void {
  const origin = inbound.header('origin');
  headers['Vary'] = 'Accept, Origin';
  if (origin === undefined) return;
  headers['Access-Control-Allow-Origin'] = origin;
  headers['Access-Control-Allow-Credentials'] = 'true';
  headers['Access-Control-Expose-Headers'] = EXPOSED;
  // A page from elsewhere that calls a server on this machine (Chromium's Private Network Access).
  if (inbound.header('access-control-request-private-network') !== undefined) headers['Access-Control-Allow-Private-Network'] = 'true';
}

/** The mock's own complaint, which is no answer of an API. */
export const mockErrorReply = (status: number, error: string, message: string): Reply => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ error, message }),
});

/** The headers that every answer of an API carries. */
export function commonHeaders(inbound: Inbound, reply: Reply, requestId: string, date: string, applied: string): HeaderLines {
  const headers: HeaderLines = { ...reply.headers };
  cors(inbound, headers);
  headers['X-Mock-Request-Id'] = requestId;
  if (applied !== '') headers['Preference-Applied'] = applied;
  headers['Date'] = date;
  // Node would send no length and an empty chunk.
  if (reply.body === null && inbound.method !== 'HEAD' && !BODILESS.has(reply.status)) headers['Content-Length'] = '0';
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

/** Straight to the socket: head and body in one write. */
export function toSocket(reply: Reply, headers: HeaderLines, outgoing: ServerResponse): Response {
  const { body, status } = reply;
  if (typeof body === 'string') headers['Content-Length'] = String(utf8Length(body));
  else if (body instanceof Uint8Array) headers['Content-Length'] = String(body.length);
  const lines = headers as Record<string, string>;
  if (reply.reason === undefined) outgoing.writeHead(status, lines);
  else outgoing.writeHead(status, reply.reason, lines);
  if (body === null) outgoing.end();
  else if (typeof body === 'string' || body instanceof Uint8Array) outgoing.end(body);
  else void pour(body as ReadableStream<Uint8Array>, outgoing);
  return alreadySent();
}

/** A long body, no faster than its reader takes it. */
async function pour(body: ReadableStream<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  const reader = body.getReader();
  let go: () => void = () => undefined;
  outgoing.on('drain', () => go());
  outgoing.once('close', () => {
    reader.cancel().catch(() => undefined);
    go();
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || outgoing.destroyed) break;
      if (!outgoing.write(value)) {
        await new Promise<void>((resolve) => {
          go = resolve;
        });
      }
    }
    outgoing.end();
  } catch {
    // The head is out: a cut answer is all that can be said.
    outgoing.destroy();
  }
}

const encoder = new TextEncoder();
// Node counts without encoding; a browser has no sockets to count for.
const utf8Length = (text: string): number => globalThis.Buffer.byteLength(text);
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const ASCII = /^[\x00-\x7f]*$/;

/** For `mock.fetch`: a standard `Response` with the same headers, the length of the body included. */
export function toFetchResponse(reply: Reply, headers: HeaderLines, method: string): Response {
  const isBodiless = BODILESS.has(reply.status);
  const body = typeof reply.body === 'string' ? sized(reply.body, headers) : reply.body;
  if (!isBodiless && (typeof body === 'string' || body instanceof Uint8Array)) headers['Content-Length'] = String(body.length);
  return new Response((isBodiless || method === 'HEAD' ? null : body) as Body, {
    status: reply.status,
    statusText: reply.reason ?? REASONS[reply.status] ?? '',
    headers: isPlain(headers) ? headers : linesOf(headers),
  });
}

/** A text as it is where its length is that of its bytes; `Response` would add a type to a text that has none. */
const sized = (text: string, headers: HeaderLines): string | Uint8Array =>
  headers['Content-Type'] !== undefined && ASCII.test(text) ? text : encoder.encode(text);

function isPlain(headers: HeaderLines): headers is Record<string, string> {
  for (const name in headers) if (typeof headers[name] !== 'string') return false;
  return true;
}

const linesOf = (headers: HeaderLines): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : value.map((line) => [name, line]),
  );
