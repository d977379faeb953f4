/**
 * PATCH: the row of the path, rows of its own kind, and children below `details`, in one transaction (logisense.md §7). The
 * items run in order: the root, its own set, then the children; every mistake of every item is in the answer.
 */
import type { StoredRecord } from '../../../contract/entity.ts';
import { nearest } from '../../../mock-error.ts';
import type { Reply } from '../../../http/message.ts';
import type { Call } from '../../protocol.ts';
import { bind, coerce, type Findings } from './bind.ts';
import { jsonBody } from '../body.ts';
import { isReferredTo } from './cascade.ts';
import { written } from '../envelope.ts';
import { isObject, type JsonObject, spelled } from '../json.ts';
import type { ModelTable } from '../model/model-table.ts';
import { PatchLabels } from './patch-labels.ts';
import { PATCH_TYPES, type PatchType } from '../model/patch-type.ts';
import { alreadyLinked, foreignRow, inUse, malformed, missingRow, notOffered, plain, required, wrongType } from '../problem.ts';
import { record } from '../read/read.ts';
import type { Child, Resource } from '../model/resource.ts';
import type { Service } from '../service.ts';
import { change, create } from './store.ts';
import { refuseIfAny, resultText, updatesAsked } from './write.ts';

export function patchOne(call: Call, service: Service, resource: Resource, identity: number): Reply {
  record(call.world, service.kindOf(resource.model), identity);
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
  readonly #findings: Findings = { problems: [], hints: [] };
  readonly #labels = new PatchLabels(this.#findings.problems);
  readonly #results: string[] = [];

  constructor(call: Call, service: Service, resource: Resource) {
    this.#call = call;
    this.#service = service;
    this.#resource = resource;
    this.#root = service.kindOf(resource.model);
  }

  run(sent: JsonObject, identity: number): readonly string[] {
    const { world } = this.#call;
    const others = new Set([...FRAME, this.#resource.plural]);
    const body = spelled(sent, [...others]);
    const only = updatesAsked(this.#call, this.#root);
    const before = this.#findings.problems.length;
    const members = bind({ world, kind: this.#root, body, path: '', isNew: false, only, others }, this.#findings);
    this.#refuseUnknownSets(this.#root, body, '', [this.#resource.plural, 'details']);
    if (Object.keys(members).length > 0 && this.#findings.problems.length === before) {
      this.#report(this.#root, change(world, this.#root, identity, members), 'updated');
    }
    for (const item of this.#itemsOf(body[this.#resource.plural], this.#resource.plural, this.#root, this.#resource.patch))
      this.#rootItem(item);
    this.#details(body['details'], 'details', identity);
    refuseIfAny(this.#findings);
    return this.#results;
  }

  /** A row of the resource's own kind: made, or changed whichever it is. */
  #rootItem(item: Item): void {
    const identity = item.type === 'create' ? this.#create(this.#root, item, {}) : this.#identityOf(this.#root, item);
    if (identity === undefined) return;
    if (item.type === 'update') {
      if (!this.#root.of(this.#call.world).has(identity)) {
        this.#findings.problems.push(missingRow(this.#root.name, identity, `${item.path}.identity`));
        return;
      }
      this.#update(this.#root, item, identity);
    }
    this.#details(item.body['details'], `${item.path}.details`, identity);
  }

  #details(details: unknown, path: string, parent: number): void {
    if (details === undefined || details === null) return;
    if (!isObject(details)) {
      this.#findings.problems.push(notAnObject(path, details));
      return;
    }
    const { children } = this.#resource;
    for (const [name, set] of Object.entries(details)) {
      const child = children.find(({ names }) => names.some((known) => known.toLowerCase() === name.toLowerCase()));
      const where = `${path}.${name}`;
      if (child === undefined) {
        this.#findings.problems.push(
          unknownSet(
            name,
            where,
            this.#root.name,
            children.flatMap(({ names }) => names),
          ),
        );
        continue;
      }
      const kind = this.#service.kindOf(child.model);
      for (const item of this.#itemsOf(set, where, kind, child.patch)) {
        if (isObject(item.body['details']) && Object.keys(item.body['details']).length > 0) {
          const explanation = { message: `A ${kind.name} has no children.`, member: `${item.path}.details`, rule: 'children' };
          this.#findings.problems.push(notOffered(`'${kind.name}' has no details.`, explanation));
        } else if (child.relation.form === 'many') this.#ownedItem(child, child.relation.foreignKey, kind, item, parent);
        else this.#linkedItem(child.relation, kind, item, parent);
      }
    }
  }

  /** A child that carries its parent's key. */
  #ownedItem(child: Child, foreignKey: string, kind: ModelTable, item: Item, parent: number): void {
    if (item.type === 'create') {
      const owner = this.#labels.ownerOf(this.#root, item.body[foreignKey], parent);
      if (owner !== undefined) this.#create(kind, item, { [foreignKey]: owner });
      return;
    }
    const identity = this.#identityOf(kind, item);
    if (identity === undefined) return;
    const { world } = this.#call;
    const found = kind.of(world).get(identity);
    const owner = this.#labels.ownerOf(this.#root, item.body[foreignKey], parent);
    if (found === undefined || found[foreignKey] !== owner) {
      this.#findings.problems.push(foreignRow(kind.name, identity, this.#root.name, `${item.path}.identity`));
      return;
    }
    if (item.type === 'update') {
      this.#update(kind, item, identity);
      return;
    }
    const users = (child.restrictedBy ?? []).filter((user) =>
      isReferredTo(world, this.#service.table(user.entity), user.foreignKey, identity),
    );
    if (users.length > 0) {
      this.#findings.problems.push(...users.map(({ name }) => inUse(kind.name, identity, name)));
      return;
    }
    kind.of(world).delete(identity);
    this.#results.push(deleted(kind, identity));
  }

  /** A child that the parent links to: at most one. */
  #linkedItem({ link, connector }: Child['relation'] & { form: 'one' }, kind: ModelTable, item: Item, parent: number): void {
    const { world } = this.#call;
    const parents = this.#root.of(world);
    const linked = parents.member(parent, link) as number | null;
    const problems = this.#findings.problems;
    const setLink = (row: number, to: number | null): void => void parents.change(row, { [link]: to });
    if (item.type === 'create' || item.type === 'attach') {
      const identity = item.type === 'attach' ? this.#identityOf(kind, item) : undefined;
      if (item.type === 'attach' && identity === undefined) return;
      if (linked !== null) problems.push(alreadyLinked(this.#root.name, parent, kind.name, item.path));
      else if (identity === undefined) {
        const made = this.#create(kind, item, {});
        if (made !== undefined) setLink(parent, made);
      } else if (!kind.of(world).has(identity)) problems.push(missingRow(kind.name, identity, `${item.path}.identity`));
      else {
        setLink(parent, identity);
        this.#results.push(linkResult(parent, identity, 'attached', connector));
      }
      return;
    }
    const identity = this.#identityOf(kind, item);
    if (identity === undefined) return;
    if (linked !== identity) {
      problems.push(foreignRow(kind.name, identity, this.#root.name, `${item.path}.identity`));
    } else if (item.type === 'update') {
      this.#update(kind, item, identity);
    } else if (item.type === 'detach') {
      setLink(parent, null);
      this.#results.push(linkResult(parent, identity, 'detached', connector));
    } else {
      setLink(parent, null);
      this.#results.push(deleted(kind, identity));
      // Others may share the row: their links go along.
      for (const other of ([...parents.referring(link, identity)] as number[]).sort((left, right) => left - right)) {
        setLink(other, null);
        this.#results.push(linkResult(other, identity, 'detached', connector));
      }
      kind.of(world).delete(identity);
    }
  }

  #create(kind: ModelTable, { body, path }: Item, keys: JsonObject): number | undefined {
    const before = this.#findings.problems.length;
    const members = bind({ world: this.#call.world, kind, body, path, isNew: true, others: FRAME }, this.#findings);
    const isRefused = this.#findings.problems.length > before;
    const made = isRefused ? undefined : create(this.#call.world, kind, { ...members, ...keys });
    const identity = made?.['identity'] as number | undefined;
    this.#labels.note(kind, body['patchClientId'], path, identity);
    if (made !== undefined) this.#report(kind, made, 'created');
    return identity;
  }
  #update(kind: ModelTable, { body, path }: Item, identity: number): void {
    const before = this.#findings.problems.length;
    const members = bind({ world: this.#call.world, kind, body, path, isNew: false, others: FRAME }, this.#findings);
    if (this.#findings.problems.length === before) this.#report(kind, change(this.#call.world, kind, identity, members), 'updated');
  }
  #report(kind: ModelTable, found: StoredRecord, action: 'created' | 'updated'): void {
    this.#results.push(resultText(this.#call, kind, found, action));
  }

  /** The existing row that an item means: by `identity`, or by the label of a row made before it in this request. */
  #identityOf(kind: ModelTable, { body, path }: Item): number | undefined {
    const given = body['identity'];
    if (given === undefined || given === null) return this.#labels.find(kind, body['patchClientId'], path);
    const identity = coerce('int', given);
    const spot = { member: 'identity', path: `${path}.identity`, kind: kind.name };
    if (typeof identity === 'number') return identity;
    this.#findings.problems.push(identity === null ? required(spot) : wrongType(spot, given, 'Number'));
    return undefined;
  }

  /** The items of a set, each with a known and allowed `patchType`. */
  #itemsOf(set: unknown, path: string, kind: ModelTable, allowed: readonly PatchType[]): Item[] {
    if (set === undefined || set === null) return [];
    const items = itemsIn(set);
    if (items === undefined) {
      this.#findings.problems.push(notASet(path, set));
      return [];
    }
    const names = [...FRAME, 'identity', ...kind.lookups.map(({ key }) => key)];
    return items.flatMap((sent, i) => {
      const body = spelled(sent, names);
      const where = `${path}.items[${i}]`;
      const given = body['patchType'];
      const type = PATCH_TYPES.find((known) => typeof given === 'string' && known === given.toLowerCase());
      this.#refuseUnknownSets(kind, body, `${where}.`, ['details']);
      if (type !== undefined && allowed.includes(type)) return [{ body, path: where, type }];
      const near = typeof given === 'string' ? nearest(given, allowed) : undefined;
      const explanation = {
        message: `Use ${allowed.join(', ')}.`,
        member: `${where}.patchType`,
        rule: 'patch type',
        value: given,
        contract: kind.name,
      };
      this.#findings.problems.push(
        notOffered(
          given === undefined
            ? `'PatchType' is required when patching a '${kind.name}'.`
            : `The patch type '${plain(given)}' is not allowed for '${kind.name}'.`,
          near === undefined ? explanation : { ...explanation, nearest: near },
        ),
      );
      return [];
    });
  }

  /** A misspelt set would otherwise be passed over like any unknown member, and with it all that it holds. */
  #refuseUnknownSets(kind: ModelTable, body: JsonObject, path: string, known: readonly string[]): void {
    for (const [name, value] of Object.entries(body)) {
      if (known.includes(name) || kind.memberNamed(name) !== undefined) continue;
      if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) continue;
      this.#findings.problems.push(unknownSet(name, `${path}${name}`, kind.name, known));
    }
  }
}

/** What stands under `items`; undefined where something else would be passed over, such as a child written as it is read. */
function itemsIn(set: unknown): readonly JsonObject[] | undefined {
  if (!isObject(set)) return undefined;
  const { items, ...rest } = spelled(set, ['items']);
  if (items === undefined) return Object.keys(rest).length === 0 ? [] : undefined;
  return items === null ? [] : Array.isArray(items) && items.every(isObject) ? items : undefined;
}

const deleted = (kind: ModelTable, identity: number): string =>
  `{"identity":${identity},"action":"deleted","dtoTypeKey":"${kind.model.key}"}`;
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
function unknownSet(name: string, path: string, kind: string, known: readonly string[]) {
  const near = nearest(name, known);
  const explanation = { message: `Use ${known.join(', ')}.`, member: path, rule: 'known child', value: name };
  return notOffered(`'${name}' is not a child of '${kind}'.`, near === undefined ? explanation : { ...explanation, nearest: near });
}
