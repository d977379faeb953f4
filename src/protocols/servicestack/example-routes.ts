/** A call of each operation and verb that answers 200 in an untouched world, for `GET /__admin/routes` and the banner. */
import { METHODS, type Method } from '../../contract/operation.ts';
import type { World } from '../../store/world.ts';
import type { Example, Route } from '../protocol.ts';
import type { ServiceOperation } from './operation.ts';
import type { Service } from './service.ts';

/** The first of the documented roles signs the examples. */
const CREDENTIALS = { Authorization: 'Bearer worker' };

export const exampleRoutes = (service: Service, operations: Readonly<Record<string, ServiceOperation>>, world: World): readonly Route[] =>
  Object.values(operations).flatMap((operation) =>
    METHODS.filter((method) => operation.methods.includes(method)).map((method) => ({
      operation: `${service.name}.${operation.name}`,
      method,
      path: operation.path,
      example: exampleOf(service, operation, method, world),
    })),
  );

/** Path and query carry the values of verbs without a body. */
export function exampleOf({ examples }: Service, operation: ServiceOperation, method: Method, world: World): Example {
  const values: Record<string, unknown> = { ...examples[operation.name]?.(world, method) };
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    delete values[name];
    return encodeURIComponent(String(value));
  });
  const hasBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
  if (hasBody) return { method, path, headers: { ...CREDENTIALS, 'Content-Type': 'application/json' }, body: values };
  const query = Object.entries(values)
    .filter(([, value]) => value !== null && typeof value !== 'object')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
  return { method, path: query === '' ? path : `${path}?${query}`, headers: CREDENTIALS };
}
