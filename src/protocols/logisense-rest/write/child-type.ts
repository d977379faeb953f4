/** What the row that says of which type a child is asks of it (logisense.md §15). */
import type { StoredRecord } from '../../../contract/entity.ts';
import type { Work } from '../../../work.ts';
import type { World } from '../../../store/world.ts';
import { STEP } from '../json.ts';
import type { ModelTable } from '../model/model-table.ts';
import type { Child, ChildType } from '../model/resource.ts';
import { notMultiple, ofAnotherType, type Problem } from '../problem.ts';
import { childrenOf } from '../read/details.ts';
import type { RestRequest } from '../rest-request.ts';
import type { Service } from '../service.ts';
import type { Target } from './write.ts';

/** Types that an explanation lists. */
const MAX_LISTED = 10;

/** The types of the children that a PATCH writes, for each parent looked up once. */
export class ChildTypes {
  readonly #request: RestRequest;
  readonly #target: Target;
  readonly #world: World;
  /** Child → parent → type → the children of it. */
  readonly #known = new Map<Child, Map<number, Map<number, Set<number>>>>();

  constructor(request: RestRequest, target: Target, world: World) {
    this.#request = request;
    this.#target = target;
    this.#world = world;
  }

  /** What is wrong with a child as it is to be written: `row`, which is new where it has no identity. */
  *problems(child: Child, table: ModelTable, row: StoredRecord, identity: number | undefined, path: string): Work<Problem[]> {
    const { type, relation } = child;
    if (type === undefined || relation.form === 'one') return [];
    const { service, resource, table: parents } = this.#target;
    const lookup = table.lookups.find(({ key }) => key === type.foreignKey)!;
    const typeId = row[type.foreignKey] as number;
    const spot = { member: type.foreignKey, path: `${path}.${type.foreignKey}`, dto: table.name };
    const parentId = row[relation.foreignKey] as number;
    const parentType = parents.of(this.#world).member(parentId, type.shared) as number;
    const types = this.#world.table(lookup.tableId);
    const { target } = parents.lookups.find(({ key }) => key === type.shared)!;
    if (types.member(typeId, type.shared) !== parentType) {
      const advice = `${parents.name} ${parentId} has the ${target} ${parentType}, ${offered(this.#world, lookup.tableId, type, parentType)}.`;
      return [ofAnotherType(spot, typeId, lookup.target, `the '${target}' (${parentType})`, advice)];
    }
    if (types.member(typeId, type.multiple) !== false) return [];
    for (const other of (yield* this.#typesOf(child, table, parentId)).get(typeId) ?? []) {
      if (other === identity) continue;
      const advice = `Update ${table.name} ${other}${allowing(this.#request, service, target, parentType, lookup.entity, typeId, type)}.`;
      return [notMultiple(spot, typeId, lookup.target, resource.name, advice)];
    }
    return [];
  }

  /** Keeps up with a child that was written: the record before and after, undefined where there was or is none. */
  moved(child: Child, before: StoredRecord | undefined, after: StoredRecord | undefined): void {
    const { type, relation } = child;
    if (type === undefined || relation.form === 'one') return;
    const types = this.#known.get(child)?.get((after ?? before)?.[relation.foreignKey] as number);
    if (types === undefined) return;
    if (before !== undefined) types.get(before[type.foreignKey] as number)?.delete(before['identity'] as number);
    if (after !== undefined) add(types, after[type.foreignKey] as number, after['identity'] as number);
  }

  /** The children of a parent by their type. */
  *#typesOf(child: Child, table: ModelTable, parentId: number): Work<Map<number, Set<number>>> {
    let parents = this.#known.get(child);
    if (parents === undefined) this.#known.set(child, (parents = new Map()));
    let types = parents.get(parentId);
    if (types === undefined) {
      parents.set(parentId, (types = new Map()));
      const parent = this.#target.table.of(this.#world).get(parentId) as StoredRecord;
      let looked = 0;
      for (const identity of childrenOf(this.#target.service, this.#world, parent, child)) {
        add(types, table.of(this.#world).member(identity, child.type!.foreignKey) as number, identity);
        if (++looked % STEP === 0) yield;
      }
    }
    return types;
  }
}

function add(types: Map<number, Set<number>>, type: number, identity: number): void {
  const known = types.get(type);
  if (known === undefined) types.set(type, new Set([identity]));
  else known.add(identity);
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
