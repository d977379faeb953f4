/**
 * PATCH: the row of the path, rows of the same resource, and children below `details`, in one transaction (logisense.md §7).
 * The items run in order: the root, its own set, then the children; every mistake of every item is in the answer.
 */
import type { StoredRecord } from '../../../contract/entity.ts';
import type { MaybePromise, Reply } from '../../../http/message.ts';
import type { Work } from '../../../work.ts';
import type { World } from '../../../store/world.ts';
import { bind, type Bound, noticeIgnored, type IgnoredMember } from './bind.ts';
import { jsonBody } from '../body.ts';
import { isReferredTo } from './cascade.ts';
import { ChildTypes } from './child-type.ts';
import { coerce } from '../coerce.ts';
import { writeReply } from '../envelope.ts';
import { isJsonObject, type JsonObject } from '../../../json-object.ts';
import type { ModelTable } from '../model/model-table.ts';
import type { Child, Resource } from '../model/resource.ts';
import { ofJsonPatch, PatchItems, type Item } from './patch-items.ts';
import { PatchLabels } from './patch-labels.ts';
import {
  alreadyLinked,
  answerTooLong,
  foreignRow,
  inUse,
  locked,
  malformed,
  missingRow,
  type Problem,
  refuseIfAny,
  required,
  wrongType,
} from '../problem.ts';
import { record } from '../read/read.ts';
import { change, create } from './records.ts';
import type { RestRequest } from '../rest-request.ts';
import { transact } from './transaction.ts';
import { resultText, type Target, updatesAsked } from './write.ts';

export function patchOne(request: RestRequest, target: Target, identity: number): MaybePromise<Reply> {
  record(request.world, target.table, identity);
  const body = jsonBody(request.call, ofJsonPatch);
  const only = updatesAsked(request, target.table);
  const results = transact(request, (world) => new Patch(request, target, world).run(body, identity, only));
  const reply = (items: readonly string[]): Reply => writeReply(request.call, 'patch', items);
  return results instanceof Promise ? results.then(reply) : reply(results);
}

/** Characters of the items that a PATCH is answered with: a row may be long, and written again and again. */
const MAX_RESULTS = 100_000_000;

class Results {
  readonly texts: string[] = [];
  #length = 0;

  add(text: string): void {
    this.#length += text.length;
    if (this.#length > MAX_RESULTS) throw answerTooLong(MAX_RESULTS);
    this.texts.push(text);
  }
}

class Patch {
  readonly #request: RestRequest;
  readonly #target: Target;
  readonly #resource: Resource;
  readonly #root: ModelTable;
  readonly #world: World;
  readonly #problems: Problem[] = [];
  readonly #labels = new PatchLabels(this.#problems);
  readonly #items: PatchItems;
  readonly #types: ChildTypes;
  readonly #results = new Results();
  /** Told once everything has been written. */
  readonly #ignored: (() => void)[] = [];

  constructor(request: RestRequest, target: Target, world: World) {
    this.#request = request;
    this.#target = target;
    this.#resource = target.resource;
    this.#root = target.table;
    this.#world = world;
    this.#items = new PatchItems(target, this.#problems);
    this.#types = new ChildTypes(request, target, world);
  }

  *run(sent: JsonObject, identity: number, only: ReadonlySet<string> | undefined): Work<readonly string[]> {
    record(this.#world, this.#root, identity);
    const { plural, patch } = this.#resource;
    const body = yield* this.#items.restoringRoot(sent, this.#root);
    const before = this.#problems.length;
    const isOther = (name: string): boolean => name === plural || this.#items.isOther(name);
    const bound = yield* bind({ ...this.#binding(this.#root, body, ''), isNew: false, only, isOther }, this.#world, this.#problems);
    if (Object.keys(bound.members).length > 0 && this.#problems.length === before) this.#change(this.#root, identity, bound);
    else this.#note(this.#root, identity, bound.ignored);
    for (const item of yield* this.#items.of(body[plural], plural, this.#root, patch)) {
      yield* this.#rootItem(item);
      yield;
    }
    yield* this.#details(body['details'], 'details', identity);
    refuseIfAny(this.#problems);
    for (const note of this.#ignored) note();
    return this.#results.texts;
  }

  /** A row of the resource itself: created, or updated whichever it is. */
  *#rootItem(item: Item): Work<void> {
    const identity = item.type === 'create' ? yield* this.#create(this.#root, item, {}) : this.#identityOf(this.#root, item);
    if (identity === undefined) return;
    if (item.type === 'update') {
      if (!this.#root.of(this.#world).has(identity)) {
        this.#problems.push(missingRow(this.#root.name, identity, `${item.path}.identity`));
        return;
      }
      yield* this.#update(this.#root, item, identity);
    }
    yield* this.#details(item.body['details'], `${item.path}.details`, identity);
  }

  *#details(details: unknown, path: string, parent: number): Work<void> {
    if (details === undefined || details === null) return;
    if (!isJsonObject(details)) {
      const explanation = { message: `Write ${path} as an object.`, member: path, rule: 'object', value: details };
      this.#problems.push(malformed(`'${path}' MUST be an object.`, () => explanation));
      return;
    }
    for (const name in details) {
      yield;
      const child = this.#items.childNamed(name, `${path}.${name}`, this.#root.name);
      if (child === undefined) continue;
      const table = this.#target.service.tableOf(child.model);
      for (const item of yield* this.#items.of(details[name], `${path}.${name}`, table, child.patch)) {
        if (child.relation.form === 'many') yield* this.#ownedItem(child, child.relation.foreignKey, table, item, parent);
        else yield* this.#linkedItem(child.relation, table, item, parent);
        yield;
      }
    }
  }

  /** A child that carries its parent's key. */
  *#ownedItem(child: Child, foreignKey: string, table: ModelTable, item: Item, parent: number): Work<void> {
    const owner = this.#labels.ownerOf(this.#root, item.body[foreignKey], parent);
    if (item.type === 'create') {
      const bound = yield* this.#bound(table, item, true);
      const row = bound === undefined || owner === undefined ? undefined : { ...bound.members, [foreignKey]: owner };
      if (row !== undefined && (yield* this.#fits(child, table, row, undefined, item))) {
        const identity = this.#insert(table, item, row, bound!.ignored);
        this.#types.moved(child, undefined, { ...row, identity });
      } else this.#labels.note(table, item.body['patchClientId'], item.path, undefined);
      return;
    }
    const identity = this.#identityOf(table, item);
    if (identity === undefined) return;
    const found = table.of(this.#world).get(identity);
    if (found === undefined || found[foreignKey] !== owner) {
      this.#problems.push(foreignRow(table.name, identity, this.#root.name, `${item.path}.identity`));
      return;
    }
    const { locked: lock } = child;
    if (lock !== undefined && this.#request.version >= lock.since && found[lock.flag] === true) {
      this.#problems.push(locked(table.name, identity, lock.flag, lock.since, item.path));
      return;
    }
    if (item.type === 'update') {
      const bound = yield* this.#bound(table, item, false);
      const row = { ...found, ...bound?.members };
      if (bound !== undefined && (yield* this.#fits(child, table, row, identity, item))) {
        this.#change(table, identity, bound);
        this.#types.moved(child, found, row);
      }
      return;
    }
    this.#items.noticeMembers(this.#request, table, item);
    const users = (child.restrictedBy ?? []).filter(({ entity, foreignKey }) =>
      isReferredTo(this.#world, this.#target.service.tableId(entity), foreignKey, identity),
    );
    if (users.length > 0) {
      this.#problems.push(...users.map(({ name }) => inUse(table.name, identity, name)));
      return;
    }
    table.of(this.#world).delete(identity);
    this.#types.moved(child, found, undefined);
    this.#results.add(deleted(table, identity));
  }
  /** Whether a child as it is to be written keeps the rules of its type. */
  *#fits(child: Child, table: ModelTable, row: StoredRecord, identity: number | undefined, item: Item): Work<boolean> {
    const problems = yield* this.#types.problems(child, table, row, identity, item.path);
    this.#problems.push(...problems);
    return problems.length === 0;
  }

  /** A child that the parent links to: at most one. */
  *#linkedItem({ link, connector }: Child['relation'] & { form: 'one' }, table: ModelTable, item: Item, parent: number): Work<void> {
    const parents = this.#root.of(this.#world);
    const linked = parents.member(parent, link) as number | null;
    const setLink = (row: number, to: number | null): void => void parents.change(row, { [link]: to });
    if (item.type === 'create') {
      if (linked !== null) {
        this.#problems.push(alreadyLinked(this.#root.name, parent, table.name, item.path));
        yield* this.#bound(table, item, true);
        this.#labels.note(table, item.body['patchClientId'], item.path, undefined);
        return;
      }
      const created = yield* this.#create(table, item, {});
      if (created !== undefined) setLink(parent, created);
      return;
    }
    if (item.type !== 'update') this.#items.noticeMembers(this.#request, table, item);
    const identity = this.#identityOf(table, item);
    if (identity === undefined) return;
    if (item.type === 'attach') {
      if (linked !== null) this.#problems.push(alreadyLinked(this.#root.name, parent, table.name, item.path));
      if (!table.of(this.#world).has(identity)) this.#problems.push(missingRow(table.name, identity, `${item.path}.identity`));
      else if (linked === null) {
        setLink(parent, identity);
        this.#results.add(linkResult(parent, identity, 'attached', connector));
      }
    } else if (linked !== identity) {
      this.#problems.push(foreignRow(table.name, identity, this.#root.name, `${item.path}.identity`));
      if (item.type === 'update') yield* this.#bound(table, item, false);
    } else if (item.type === 'update') {
      yield* this.#update(table, item, identity);
    } else if (item.type === 'detach') {
      setLink(parent, null);
      this.#results.add(linkResult(parent, identity, 'detached', connector));
    } else {
      setLink(parent, null);
      this.#results.add(deleted(table, identity));
      // Others may share the row: their links go along.
      for (const other of [...parents.referring(link, identity)] as number[]) {
        setLink(other, null);
        this.#results.add(linkResult(other, identity, 'detached', connector));
        yield;
      }
      table.of(this.#world).delete(identity);
    }
  }

  *#create(table: ModelTable, item: Item, keys: JsonObject): Work<number | undefined> {
    const bound = yield* this.#bound(table, item, true);
    if (bound !== undefined) return this.#insert(table, item, { ...bound.members, ...keys }, bound.ignored);
    this.#labels.note(table, item.body['patchClientId'], item.path, undefined);
    return undefined;
  }
  #insert(table: ModelTable, item: Item, row: JsonObject, ignored: readonly IgnoredMember[]): number {
    const created = create(this.#world, table, row);
    const identity = created['identity'] as number;
    this.#labels.note(table, item.body['patchClientId'], item.path, identity);
    this.#results.add(resultText(this.#world, table, created, 'created'));
    this.#note(table, identity, ignored);
    return identity;
  }
  *#update(table: ModelTable, item: Item, identity: number): Work<void> {
    const bound = yield* this.#bound(table, item, false);
    if (bound !== undefined) this.#change(table, identity, bound);
  }
  #change(table: ModelTable, identity: number, { members, ignored }: Bound): void {
    this.#results.add(resultText(this.#world, table, change(this.#world, table, identity, members), 'updated'));
    this.#note(table, identity, ignored);
  }
  #note(table: ModelTable, identity: number, ignored: readonly IgnoredMember[]): void {
    if (ignored.length > 0) this.#ignored.push(() => noticeIgnored(this.#request, this.#world, table, identity, ignored));
  }

  #binding(table: ModelTable, body: JsonObject, path: string) {
    return { request: this.#request, table, body, path };
  }
  /** The members of an item; undefined where one of them is wrong. */
  *#bound(table: ModelTable, { body, path }: Item, isNew: boolean): Work<Bound | undefined> {
    const before = this.#problems.length;
    const bound = yield* bind(
      { ...this.#binding(table, body, path), isNew, isOther: (name) => this.#items.isOther(name) },
      this.#world,
      this.#problems,
    );
    // An identity names the row that is updated; only of a new row it says something that is not taken.
    const ignored = isNew ? bound.ignored : bound.ignored.filter(({ name }) => name !== 'identity');
    return this.#problems.length === before ? { ...bound, ignored } : undefined;
  }

  /** The existing row that an item means: by `identity`, or by the label of a row made before it in this request. */
  #identityOf(table: ModelTable, { body, path }: Item): number | undefined {
    const sent = body['identity'];
    if (sent === undefined || sent === null) return this.#labels.find(table, body['patchClientId'], path);
    const identity = coerce('int', sent);
    const spot = { member: 'identity', path: `${path}.identity`, dto: table.name };
    if (typeof identity === 'number') return identity;
    this.#problems.push(identity === null ? required(spot) : wrongType(spot, sent, 'Number'));
    return undefined;
  }
}

const deleted = (table: ModelTable, identity: number): string =>
  `{"identity":${identity},"action":"deleted","dtoTypeKey":"${table.model.key}"}`;
const linkResult = (left: number, right: number, action: 'attached' | 'detached', connector: string): string =>
  `{"lhsId":${left},"rhsId":${right},"action":"${action}","dtoTypeKey":"${connector}"}`;
