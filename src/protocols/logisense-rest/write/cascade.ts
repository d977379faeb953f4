/** DELETE: the row, then what goes along with it by foreign key; refused where something that stays still refers to it. */
import type { Key } from '../../../contract/entity.ts';
import type { Work } from '../../../work.ts';
import type { World } from '../../../store/world.ts';
import type { MaybePromise, Reply } from '../../../http/message.ts';
import { writeReply } from '../envelope.ts';
import { inUse, refuseIfAny } from '../problem.ts';
import { record } from '../read/read.ts';
import type { Cascade } from '../model/resource.ts';
import type { RestRequest } from '../rest-request.ts';
import type { Service } from '../service.ts';
import { transact } from './transaction.ts';
import type { Target } from './write.ts';

export function deleteOne(request: RestRequest, { service, resource, table }: Target, identity: number): MaybePromise<Reply> {
  const deleted = transact(request, function* (world) {
    record(world, table, identity);
    const users = resource.restrictedBy.filter(({ entity, foreignKey }) =>
      isReferredTo(world, service.tableId(entity), foreignKey, identity),
    );
    refuseIfAny(users.map(({ name }) => inUse(table.name, identity, name)));
    const items = [`{"identity":${identity},"action":"deleted","dtoTypeKey":"${table.model.key}"}`];
    for (const cascade of resource.cascades) yield* deleteReferring(world, service, cascade, identity, items);
    table.of(world).delete(identity);
    return items;
  });
  const reply = (items: readonly string[]): Reply => writeReply(request.call, 'delete', items);
  return deleted instanceof Promise ? deleted.then(reply) : reply(deleted);
}

/** Whether any record refers to this one. */
export const isReferredTo = (world: World, tableId: string, foreignKey: string, identity: Key): boolean =>
  world.table(tableId).isReferring(foreignKey, identity);

/** Deletes what refers to a row; one item for each foreign key by which something went (logisense.md §8). */
function* deleteReferring(
  world: World,
  service: Service,
  { model, foreignKey, along }: Cascade,
  identity: number,
  items: string[],
): Work<void> {
  const rows = service.tableOf(model).of(world);
  const keys = (yield* rows.collecting(foreignKey, identity)) as number[];
  if (keys.length > 0) items.push(`{"foreignKeyIdentity":${identity},"action":"deleted","dtoTypeKey":"${model.key}"}`);
  yield;
  for (const key of keys) {
    for (const cascade of along) yield* deleteReferring(world, service, cascade, key, items);
    rows.delete(key);
    yield;
  }
}
