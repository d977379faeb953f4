/** A GET that works in an untouched world: the links of the pages that answer when they are followed. */
import type { World } from '../../../store/world.ts';
import type { ServiceOperation } from '../operation.ts';
import type { Service } from '../service.ts';

export function exampleCall(operation: ServiceOperation, { examples }: Service, world: World): string {
  const values = { ...(examples[operation.name]?.(world, 'GET') ?? {}) };
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    delete values[name];
    return encodeURIComponent(String(value));
  });
  const query = Object.entries(values).flatMap(([name, value]) =>
    value === null || typeof value === 'object' ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`],
  );
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}
