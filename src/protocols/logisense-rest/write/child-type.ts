/** What the row that says of which type a child is asks of it (logisense.md §15). */
import type { StoredRecord } from '../../../contract/entity.ts';
import type { World } from '../../../store/world.ts';
import type { ModelTable } from '../model/model-table.ts';
import type { Child, ChildType } from '../model/resource.ts';
import { notMultiple, ofAnotherType, type Problem } from '../problem.ts';
import { childrenOf } from '../read/details.ts';
import type { RestRequest } from '../rest-request.ts';
import type { Service } from '../service.ts';
import type { Target } from './write.ts';

/** Types that an explanation lists. */
const MAX_LISTED = 10;

/** What is wrong with a child as it is to be written: `row`, which may be new. */
export function typeProblems(
  request: RestRequest,
  { service, resource, table: parents }: Target,
  world: World,
  child: Child,
  table: ModelTable,
  row: StoredRecord,
  identity: number | undefined,
  path: string,
): Problem[] {
  const { type, relation } = child;
  if (type === undefined || relation.form === 'one') return [];
  const lookup = table.lookups.find(({ key }) => key === type.foreignKey)!;
  const typeId = row[type.foreignKey] as number;
  const spot = { member: type.foreignKey, path: `${path}.${type.foreignKey}`, dto: table.name };
  const parent = parents.of(world).get(row[relation.foreignKey] as number)!;
  const types = world.table(lookup.tableId);
  const parentType = parent[type.shared] as number;
  const { target } = parents.lookups.find(({ key }) => key === type.shared)!;
  if (types.member(typeId, type.shared) !== parentType) {
    const advice = `${parents.name} ${parent['identity']} has the ${target} ${parentType}, ${offered(world, lookup.tableId, type, parentType)}.`;
    return [ofAnotherType(spot, typeId, lookup.target, `the '${target}' (${parentType})`, advice)];
  }
  if (types.member(typeId, type.multiple) !== false) return [];
  for (const other of childrenOf(service, world, parent, child)) {
    if (other === identity || table.of(world).member(other, type.foreignKey) !== typeId) continue;
    const advice = `Update ${table.name} ${other}${allowing(request, service, target, parentType, lookup.entity, typeId, type)}.`;
    return [notMultiple(spot, typeId, lookup.target, resource.name, advice)];
  }
  return [];
}

/** The PATCH that lets a parent have several children of a type. */
function allowing(
  request: RestRequest,
  { options }: Service,
  owner: string,
  ownerId: number,
  entity: string,
  identity: number,
  { multiple }: ChildType,
): string {
  const resource = options.resources.find(({ name }) => name === owner);
  const child = resource?.children.find(({ model }) => model.entity === entity);
  if (resource === undefined || child === undefined) return '';
  const patch = { details: { [child.names[0]!]: { items: [{ patchType: 'update', identity, [multiple]: true }] } } };
  return `, or send PATCH ${request.address(`${resource.path}/${ownerId}`)} with ${JSON.stringify(patch)} first`;
}

function offered(world: World, tableId: string, { shared, foreignKey }: ChildType, parentType: number): string {
  const types: number[] = [];
  for (const key of world.table(tableId).referring(shared, parentType)) if (types.push(key as number) > MAX_LISTED) break;
  if (types.length === 0) return 'which offers none; PATCH it to create one';
  const listed = types.slice(0, MAX_LISTED).join(', ');
  return `which offers ${listed}${types.length > MAX_LISTED ? ' and more' : ''}; send one of these as ${foreignKey}`;
}
