/** A record with its children, as the `/Detail` routes show it: a child that is not there is left out (logisense.md §9). */
import type { StoredRecord } from '../../../contract/entity.ts';
import type { World } from '../../../store/world.ts';
import type { Child, Resource } from '../model/resource.ts';
import type { Service } from '../service.ts';

/** The identities of a parent's children, ascending. */
export function childrenOf(service: Service, world: World, parent: StoredRecord, { model, relation }: Child): number[] {
  if (relation.form === 'one') return parent[relation.link] === null ? [] : [parent[relation.link] as number];
  const rows = service.tableOf(model).of(world);
  return ([...rows.referring(relation.foreignKey, parent['identity'] as number)] as number[]).sort((left, right) => left - right);
}

export function detailText(service: Service, world: World, resource: Resource, record: StoredRecord): string {
  const parts: string[] = [];
  for (const child of resource.children) {
    const table = service.tableOf(child.model);
    const texts = childrenOf(service, world, record, child).map((identity) =>
      table.text(world, table.of(world).get(identity) as StoredRecord),
    );
    if (texts.length === 0) continue;
    parts.push(`"${child.names[0]}":${child.relation.form === 'many' ? `[${texts.join(',')}]` : texts[0]}`);
  }
  return `${service.tableOf(resource.model).text(world, record).slice(0, -1)},"details":{${parts.join(',')}}}`;
}
