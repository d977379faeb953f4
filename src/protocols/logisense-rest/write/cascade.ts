/** DELETE: the row, then what goes along with it by foreign key; refused where something that stays still refers to it. */
import type { Key } from '../../../contract/entity.ts';
import type { World } from '../../../store/world.ts';
import type { Reply } from '../../../http/message.ts';
import { writeReply } from '../envelope.ts';
import { inUse, refuseIfAny } from '../problem.ts';
import { record } from '../read/read.ts';
import type { Cascade } from '../model/resource.ts';
import type { RestRequest } from '../rest-request.ts';
import type { Service } from '../service.ts';
import type { Target } from './write.ts';

export function deleteOne({ world, call }: RestRequest, { service, resource, table }: Target, identity: number): Reply {
  record(world, table, identity);
  const users = resource.restrictedBy.filter(({ entity, foreignKey }) =>
    isReferredTo(world, service.tableId(entity), foreignKey, identity),
  );
  refuseIfAny(users.map(({ name }) => inUse(table.name, identity, name)));
  const items = world.transact(() => {
    const items = resource.cascades.flatMap((cascade) => deleteReferring(world, service, cascade, identity));
    table.of(world).delete(identity);
    return [`{"identity":${identity},"action":"deleted","dtoTypeKey":"${table.model.key}"}`, ...items];
  });
  return writeReply(call, 'delete', items);
}

/** Whether any record refers to this one. */
export const isReferredTo = (world: World, tableId: string, foreignKey: string, identity: Key): boolean =>
  world.table(tableId).isReferring(foreignKey, identity);

/** Deletes what refers to a row; one item for each foreign key by which something went (logisense.md §8). */
function deleteReferring(world: World, service: Service, { model, foreignKey, along }: Cascade, identity: number): string[] {
  const rows = service.tableOf(model).of(world);
  const keys = [...rows.referring(foreignKey, identity)] as number[];
  if (keys.length === 0) return [];
  const deeper = keys.flatMap((key) => along.flatMap((cascade) => deleteReferring(world, service, cascade, key)));
  for (const key of keys) rows.delete(key);
  return [`{"foreignKeyIdentity":${identity},"action":"deleted","dtoTypeKey":"${model.key}"}`, ...deeper];
}
