/**
 * PATCH: the row of the path, rows of the same resource, and children below `details`, in one transaction (logisense.md §7). The
 * items run in order: the root, its own set, then the children; every mistake of every item is in the answer.
 */
import type { StoredRecord } from '../../../contract/entity.ts';
import { nearest } from '../../../mock-error.ts';
import type { Reply } from '../../../http/message.ts';
import type { Call } from '../../protocol.ts';
import { bind, coerce, type Diagnostics } from './bind.ts';
import { jsonBody } from '../body.ts';
import { isReferredTo } from './cascade.ts';
import { written } from '../envelope.ts';
import { isObject, type JsonObject, withKnownNames } from '../json.ts';
import type { ModelTable } from '../model/model-table.ts';
import { PatchLabels } from './patch-labels.ts';
import { PATCH_TYPES, type PatchType } from '../model/patch-type.ts';
import { alreadyLinked, foreignRow, inUse, malformed, missingRow, unsupported, excerpt, required, wrongType } from '../problem.ts';
import { record } from '../read/read.ts';
import type { Child, Resource } from '../model/resource.ts';
import type { Service } from '../service.ts';
import { change, create } from './store.ts';
import { refuseIfAny, resultText, updatesAsked } from './write.ts';

export function patchOne(call: Call, service: Service, resource: Resource, identity: number): Reply {
  record(call.world, service.tableOf(resource.model), identity);
  const body = jsonBody(call);
  const patch = new Patch(call, service, resource);
  return written(
    call,
    'patch',
    call.world.transact(() => patch.run(body, identity)),
  );
}

/** Names of an item that are no members of its row. */
const FRAME: ReadonlySet<string> = new Set(['patchType', 'patchClientId', 'details']);

/** One item of a set on its way. */
interface Item {
  readonly body: JsonObject;
  readonly path: string;
  readonly type: PatchType;
}

class Patch {
  readonly #call: Call;
  readonly #service: Service;
  readonly #resource: Resource;
  readonly #root: ModelTable;
  readonly #diagnostics: Diagnostics = { problems: [], notices: [] };
  readonly #labels = new PatchLabels(this.#diagnostics.problems);
  readonly #results: string[] = [];

  constructor(call: Call, service: Service, resource: Resource) {
    this.#call = call;
    this.#service = service;
    this.#resource = resource;
    this.#root = service.tableOf(resource.model);
  }

  run(sent: JsonObject, identity: number): readonly string[] {
    const { world } = this.#call;
    const others = new Set([...FRAME, this.#resource.plural]);
    const body = withKnownNames(sent, [...others]);
    const only = updatesAsked(this.#call, this.#root);
    const before = this.#diagnostics.problems.length;
    const members = bind({ world, table: this.#root, body, path: '', isNew: false, only, others }, this.#diagnostics);
    this.#refuseUnknownSets(this.#root, body, '', [this.#resource.plural, 'details']);
    if (Object.keys(members).length > 0 && this.#diagnostics.problems.length === before) {
      this.#report(this.#root, change(world, this.#root, identity, members), 'updated');
    }
    for (const item of this.#itemsOf(body[this.#resource.plural], this.#resource.plural, this.#root, this.#resource.patch))
      this.#rootItem(item);
    this.#details(body['details'], 'details', identity);
    refuseIfAny(this.#diagnostics);
    return this.#results;
  }

  /** A row of the resource itself: created, or updated whichever it is. */
  #rootItem(item: Item): void {
    const identity = item.type === 'create' ? this.#create(this.#root, item, {}) : this.#identityOf(this.#root, item);
    if (identity === undefined) return;
    if (item.type === 'update') {
      if (!this.#root.of(this.#call.world).has(identity)) {
        this.#diagnostics.problems.push(missingRow(this.#root.name, identity, `${item.path}.identity`));
        return;
      }
      this.#update(this.#root, item, identity);
    }
    this.#details(item.body['details'], `${item.path}.details`, identity);
  }

  #details(details: unknown, path: string, parent: number): void {
    if (details === undefined || details === null) return;
    if (!isObject(details)) {
      this.#diagnostics.problems.push(notAnObject(path, details));
      return;
    }
    const { children } = this.#resource;
    for (const [name, set] of Object.entries(details)) {
      const child = children.find(({ names }) => names.some((known) => known.toLowerCase() === name.toLowerCase()));
      const where = `${path}.${name}`;
      if (child === undefined) {
        this.#diagnostics.problems.push(
          unknownSet(
            name,
            where,
            this.#root.name,
            children.flatMap(({ names }) => names),
          ),
        );
        continue;
      }
      const table = this.#service.tableOf(child.model);
      for (const item of this.#itemsOf(set, where, table, child.patch)) {
        if (isObject(item.body['details']) && Object.keys(item.body['details']).length > 0) {
          const explanation = { message: `A ${table.name} has no children.`, member: `${item.path}.details`, rule: 'children' };
          this.#diagnostics.problems.push(unsupported(`'${table.name}' has no details.`, explanation));
        } else if (child.relation.form === 'many') this.#ownedItem(child, child.relation.foreignKey, table, item, parent);
        else this.#linkedItem(child.relation, table, item, parent);
      }
    }
  }

  /** A child that carries its parent's key. */
  #ownedItem(child: Child, foreignKey: string, table: ModelTable, item: Item, parent: number): void {
    if (item.type === 'create') {
      const owner = this.#labels.ownerOf(this.#root, item.body[foreignKey], parent);
      if (owner !== undefined) this.#create(table, item, { [foreignKey]: owner });
      return;
    }
    const identity = this.#identityOf(table, item);
    if (identity === undefined) return;
    const { world } = this.#call;
    const found = table.of(world).get(identity);
    const owner = this.#labels.ownerOf(this.#root, item.body[foreignKey], parent);
    if (found === undefined || found[foreignKey] !== owner) {
      this.#diagnostics.problems.push(foreignRow(table.name, identity, this.#root.name, `${item.path}.identity`));
      return;
    }
    if (item.type === 'update') {
      this.#update(table, item, identity);
      return;
    }
    const users = (child.restrictedBy ?? []).filter((user) =>
      isReferredTo(world, this.#service.tableId(user.entity), user.foreignKey, identity),
    );
    if (users.length > 0) {
      this.#diagnostics.problems.push(...users.map(({ name }) => inUse(table.name, identity, name)));
      return;
    }
    table.of(world).delete(identity);
    this.#results.push(deleted(table, identity));
  }

  /** A child that the parent links to: at most one. */
  #linkedItem({ link, connector }: Child['relation'] & { form: 'one' }, table: ModelTable, item: Item, parent: number): void {
    const { world } = this.#call;
    const parents = this.#root.of(world);
    const linked = parents.member(parent, link) as number | null;
    const problems = this.#diagnostics.problems;
    const setLink = (row: number, to: number | null): void => void parents.change(row, { [link]: to });
    if (item.type === 'create' || item.type === 'attach') {
      const identity = item.type === 'attach' ? this.#identityOf(table, item) : undefined;
      if (item.type === 'attach' && identity === undefined) return;
      if (linked !== null) problems.push(alreadyLinked(this.#root.name, parent, table.name, item.path));
      else if (identity === undefined) {
        const made = this.#create(table, item, {});
        if (made !== undefined) setLink(parent, made);
      } else if (!table.of(world).has(identity)) problems.push(missingRow(table.name, identity, `${item.path}.identity`));
      else {
        setLink(parent, identity);
        this.#results.push(linkResult(parent, identity, 'attached', connector));
      }
      return;
    }
    const identity = this.#identityOf(table, item);
    if (identity === undefined) return;
    if (linked !== identity) {
      problems.push(foreignRow(table.name, identity, this.#root.name, `${item.path}.identity`));
    } else if (item.type === 'update') {
      this.#update(table, item, identity);
    } else if (item.type === 'detach') {
      setLink(parent, null);
      this.#results.push(linkResult(parent, identity, 'detached', connector));
    } else {
      setLink(parent, null);
      this.#results.push(deleted(table, identity));
      // Others may share the row: their links go along.
      for (const other of ([...parents.referring(link, identity)] as number[]).sort((left, right) => left - right)) {
        setLink(other, null);
        this.#results.push(linkResult(other, identity, 'detached', connector));
      }
      table.of(world).delete(identity);
    }
  }

  #create(table: ModelTable, { body, path }: Item, keys: JsonObject): number | undefined {
    const before = this.#diagnostics.problems.length;
    const members = bind({ world: this.#call.world, table, body, path, isNew: true, others: FRAME }, this.#diagnostics);
    const isRefused = this.#diagnostics.problems.length > before;
    const made = isRefused ? undefined : create(this.#call.world, table, { ...members, ...keys });
    const identity = made?.['identity'] as number | undefined;
    this.#labels.note(table, body['patchClientId'], path, identity);
    if (made !== undefined) this.#report(table, made, 'created');
    return identity;
  }
  #update(table: ModelTable, { body, path }: Item, identity: number): void {
    const before = this.#diagnostics.problems.length;
    const members = bind({ world: this.#call.world, table, body, path, isNew: false, others: FRAME }, this.#diagnostics);
    if (this.#diagnostics.problems.length === before) this.#report(table, change(this.#call.world, table, identity, members), 'updated');
  }
  #report(table: ModelTable, found: StoredRecord, action: 'created' | 'updated'): void {
    this.#results.push(resultText(this.#call, table, found, action));
  }

  /** The existing row that an item means: by `identity`, or by the label of a row made before it in this request. */
  #identityOf(table: ModelTable, { body, path }: Item): number | undefined {
    const given = body['identity'];
    if (given === undefined || given === null) return this.#labels.find(table, body['patchClientId'], path);
    const identity = coerce('int', given);
    const spot = { member: 'identity', path: `${path}.identity`, dto: table.name };
    if (typeof identity === 'number') return identity;
    this.#diagnostics.problems.push(identity === null ? required(spot) : wrongType(spot, given, 'Number'));
    return undefined;
  }

  /** The items of a set, each with a known and allowed `patchType`. */
  #itemsOf(set: unknown, path: string, table: ModelTable, allowed: readonly PatchType[]): Item[] {
    if (set === undefined || set === null) return [];
    const items = itemsIn(set);
    if (items === undefined) {
      this.#diagnostics.problems.push(notASet(path, set));
      return [];
    }
    const names = [...FRAME, 'identity', ...table.lookups.map(({ key }) => key)];
    return items.flatMap((sent, i) => {
      const body = withKnownNames(sent, names);
      const where = `${path}.items[${i}]`;
      const given = body['patchType'];
      const type = PATCH_TYPES.find((known) => typeof given === 'string' && known === given.toLowerCase());
      this.#refuseUnknownSets(table, body, `${where}.`, ['details']);
      if (type !== undefined && allowed.includes(type)) return [{ body, path: where, type }];
      const near = typeof given === 'string' ? nearest(given, allowed) : undefined;
      const explanation = {
        message: `Use ${allowed.join(', ')}.`,
        member: `${where}.patchType`,
        rule: 'patch type',
        value: given,
        contract: table.name,
      };
      this.#diagnostics.problems.push(
        unsupported(
          given === undefined
            ? `'PatchType' is required when patching a '${table.name}'.`
            : `The patch type '${excerpt(given)}' is not allowed for '${table.name}'.`,
          near === undefined ? explanation : { ...explanation, nearest: near },
        ),
      );
      return [];
    });
  }

  /** A misspelt set would otherwise be passed over like any unknown member, and with it all that it holds. */
  #refuseUnknownSets(table: ModelTable, body: JsonObject, path: string, known: readonly string[]): void {
    for (const [name, value] of Object.entries(body)) {
      if (known.includes(name) || table.memberNamed(name) !== undefined) continue;
      if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) continue;
      this.#diagnostics.problems.push(unknownSet(name, `${path}${name}`, table.name, known));
    }
  }
}

/** What stands under `items`; undefined where something else would be passed over, such as a child written as it is read. */
function itemsIn(set: unknown): readonly JsonObject[] | undefined {
  if (!isObject(set)) return undefined;
  const { items, ...rest } = withKnownNames(set, ['items']);
  if (items === undefined) return Object.keys(rest).length === 0 ? [] : undefined;
  return items === null ? [] : Array.isArray(items) && items.every(isObject) ? items : undefined;
}

const deleted = (table: ModelTable, identity: number): string =>
  `{"identity":${identity},"action":"deleted","dtoTypeKey":"${table.model.key}"}`;
const linkResult = (left: number, right: number, action: 'attached' | 'detached', connector: string): string =>
  `{"lhsId":${left},"rhsId":${right},"action":"${action}","dtoTypeKey":"${connector}"}`;

const notAnObject = (path: string, value: unknown) =>
  malformed(`'${path}' MUST be an object.`, { message: `Write ${path} as an object.`, member: path, rule: 'object', value });
const notASet = (path: string, value: unknown) =>
  malformed(`'${path}' MUST hold a list of objects under 'items'.`, {
    message: `What is read as a list or an object is written as {"items":[…]}: wrap it.`,
    member: path,
    rule: 'items',
    value,
  });
function unknownSet(name: string, path: string, dto: string, known: readonly string[]) {
  const near = nearest(name, known);
  const explanation = { message: `Use ${known.join(', ')}.`, member: path, rule: 'known child', value: name };
  return unsupported(`'${name}' is not a child of '${dto}'.`, near === undefined ? explanation : { ...explanation, nearest: near });
}
