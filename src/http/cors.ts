/** Calls from other origins: CORS that works with credentials, and the answer to every OPTIONS (servicestack.md §6, §12 E8). */
import type { Inbound, Reply } from './message.ts';

const EXPOSED = 'X-Mock-Request-Id, X-Mock-Served-By, X-Mock-Explanation, Link, Preference-Applied';

/** What every answer depends on. */
export const VARY = 'Accept, Origin';

/** The caller's origin is reflected, never `*`. */
export const corsHeaders = (origin: string, asksForPrivateNetwork: boolean): Record<string, string> => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Expose-Headers': EXPOSED,
  // A page from elsewhere that calls a server on this machine (Chromium's Private Network Access).
  ...(asksForPrivateNetwork && { 'Access-Control-Allow-Private-Network': 'true' }),
});

/** A browser's question before a call from another origin; the call that it asks for comes later. */
export const isPreflight = (inbound: Inbound): boolean =>
  inbound.method === 'OPTIONS' && inbound.header('access-control-request-method') !== undefined;

/** What every OPTIONS answers, known route or not, before authentication. */
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
