/** `GET /api`: the operations of a service at the root, by tag (servicestack.md §13 F10). */
import type { Reply } from '../../http/message.ts';
import { signInNames } from './auth/sign-in.ts';
import { contentTypeOf } from './formats.ts';
import type { ServiceRequest } from './request/request.ts';
import type { ServiceHost } from './service-host.ts';

/** The framework sets the bare type and writes JSON, whatever the caller accepts. */
export function apiIndex(host: ServiceHost, request: ServiceRequest): Reply {
  const base = request.call.inbound.origin + host.service.basePath;
  const entry = (name: string, returns?: string): object => ({
    Name: name,
    Returns: returns,
    Links: { api: `${base}/api/${name}`, ui: `${base}/ui/${name}` },
  });
  const operations = Object.values(host.operations).map(({ name, response, errorResponse }) =>
    entry(name, errorResponse === 'typed' ? response.name : undefined),
  );
  const index = { other: operations, auth: signInNames.map((name) => entry(name)) };
  return { status: 200, headers: { 'Content-Type': contentTypeOf('json') }, body: JSON.stringify(index) };
}
