/** DELETE: the row, then what goes along with it by foreign key; refused where something that stays still refers to it. */
import type { Key, StoredRecord } from '../../../contract/entity.ts';
import type { World } from '../../../store/world.ts';
import type { Reply } from '../../../http/message.ts';
import type { Call } from '../../protocol.ts';
import { written } from '../envelope.ts';
import { inUse, Refusal } from '../problem.ts';
import { record } from '../read/read.ts';
import type { Cascade, Resource } from '../model/resource.ts';
import type { Service } from '../service.ts';

export function deleteOne(call: Call, service: Service, resource: Resource, identity: number): Reply {
  const { world } = call;
  const table = service.tableOf(resource.model);
  record(world, table, identity);
  const users = resource.restrictedBy.filter(({ entity, foreignKey }) =>
    isReferredTo(world, service.tableId(entity), foreignKey, identity),
  );
  if (users.length > 0)
    throw new Refusal(
      400,
      users.map(({ name }) => inUse(table.name, identity, name)),
    );
  const items = world.transact(() => {
    const items = resource.cascades.flatMap((cascade) => takeAlong(world, service, cascade, identity));
    table.of(world).delete(identity);
    return [`{"identity":${identity},"action":"deleted","dtoTypeKey":"${table.model.key}"}`, ...items];
  });
  return written(call, 'delete', items);
}

/** Whether any record refers to this one: stops at the first. */
export function isReferredTo(world: World, table: string, foreignKey: string, identity: Key): boolean {
  return !world
    .table(table)
    .referring(foreignKey as keyof StoredRecord & string, identity)
    .next().done;
}

/** Deletes what refers to a row; one item for each foreign key by which something went (logisense.md §8). */
function takeAlong(world: World, service: Service, { model, foreignKey, along }: Cascade, identity: number): string[] {
  const rows = service.tableOf(model).of(world);
  const keys = [...rows.referring(foreignKey, identity)] as number[];
  if (keys.length === 0) return [];
  const deeper = keys
    .sort((left, right) => left - right)
    .flatMap((key) => along.flatMap((cascade) => takeAlong(world, service, cascade, key)));
  for (const key of keys) rows.delete(key);
  return [`{"foreignKeyIdentity":${identity},"action":"deleted","dtoTypeKey":"${model.key}"}`, ...deeper];
}
