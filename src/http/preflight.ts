/** What every OPTIONS answers, known route or not, before authentication (recorded: `routes`, servicestack.md E8). */
import type { Inbound, Reply } from './message.ts';

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
