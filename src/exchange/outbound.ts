/** A reply as a `Response`, in the form that costs the transport least: plain headers, text or bytes. */
import type { ServerResponse } from 'node:http';
import type { Inbound, Reply } from '../protocols/protocol.ts';

type Body = ConstructorParameters<typeof Response>[0];

const EXPOSED = 'X-Mock-Request-Id, Preference-Applied';

/** CORS that works with credentials: the caller's origin, never `*` (interface.md; servicestack.md §6 has the framework's). */
function cors(inbound: Inbound, headers: Record<string, string | readonly string[]>): void {
  const origin = inbound.header('origin');
  headers['Vary'] = 'Accept, Origin';
  if (origin === undefined) return;
  headers['Access-Control-Allow-Origin'] = origin;
  headers['Access-Control-Allow-Credentials'] = 'true';
  headers['Access-Control-Expose-Headers'] = EXPOSED;
}

/** What every OPTIONS answers, known route or not, before authentication (recorded: `routes`, servicestack.md E8). */
export function preflight(inbound: Inbound): Reply {
  return {
    status: 200,
    headers: {
      'Access-Control-Allow-Origin': inbound.header('origin') ?? '*',
      'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE, PATCH, OPTIONS, HEAD',
      'Access-Control-Allow-Headers': inbound.header('access-control-request-headers') ?? 'Content-Type',
      'Access-Control-Max-Age': '600',
    },
    body: null,
  };
}

/** The headers that every answer of an API carries. */
export function dress(inbound: Inbound, reply: Reply, requestId: string, date: string): Record<string, string | readonly string[]> {
  const headers: Record<string, string | readonly string[]> = { ...reply.headers };
  cors(inbound, headers);
  headers['X-Mock-Request-Id'] = requestId;
  headers['Date'] = date;
  return headers;
}

/** Through node-server: its light `Response` hands plain headers and a text straight to the socket. */
export function toNodeResponse(reply: Reply, headers: Record<string, string | readonly string[]>, outgoing: ServerResponse): Response {
  // node-server drops `statusText`; the reason phrase has to be set on the socket's side.
  if (reply.reason !== undefined) outgoing.statusMessage = reply.reason;
  return new Response(reply.body as Body, { status: reply.status, headers: headers as Record<string, string> });
}

const BODILESS = new Set([101, 204, 205, 304]);

/** For `mock.fetch`: a standard `Response` with the same headers. */
export function toFetchResponse(reply: Reply, headers: Record<string, string | readonly string[]>, method: string): Response {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') all.append(name, value);
    else for (const line of value) all.append(name, line);
  }
  const body = method === 'HEAD' || BODILESS.has(reply.status) ? null : (reply.body as Body);
  const response = new Response(body, { status: reply.status, headers: all, ...(reply.reason === undefined ? {} : { statusText: reply.reason }) });
  // `Response` adds a type to a text that has none; the socket does not.
  if (headers['Content-Type'] === undefined && typeof reply.body === 'string') response.headers.delete('content-type');
  return response;
}
