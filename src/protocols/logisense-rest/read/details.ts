/** A record with its children, as the `/Detail` routes show it: a child that is not there is left out (logisense.md §9). */
import type { StoredRecord } from '../../../contract/entity.ts';
import type { World } from '../../../store/world.ts';
import type { ModelTable, View } from '../model/model-table.ts';
import type { Child, Resource } from '../model/resource.ts';
import type { Service } from '../service.ts';

/** The identities of a parent's children, ascending. */
export function childrenOf(service: Service, world: World, parent: StoredRecord, { model, relation }: Child): Iterable<number> {
  if (relation.form === 'one') return parent[relation.link] === null ? [] : [parent[relation.link] as number];
  const rows = service.tableOf(model).of(world);
  return rows.referring(relation.foreignKey, parent['identity'] as number) as Iterable<number>;
}

export function detailView(service: Service, table: ModelTable, { children }: Resource): View {
  return {
    name: `${table.view.name} with details`,
    *write(world, record, isOnce) {
      const flat = isOnce ? table.textOnce(world, record) : table.text(world, record);
      yield `${flat.slice(0, -1)},"details":{`;
      let between = '';
      for (const child of children) {
        const childTable = service.tableOf(child.model);
        const rows = childTable.of(world);
        const isMany = child.relation.form === 'many';
        let count = 0;
        for (const identity of childrenOf(service, world, record, child)) {
          const start = count++ > 0 ? ',' : `${between}"${child.names[0]}":${isMany ? '[' : ''}`;
          yield start + childTable.text(world, rows.get(identity)!);
        }
        if (count === 0) continue;
        if (isMany) yield ']';
        between = ',';
      }
      yield '}}';
    },
  };
}
