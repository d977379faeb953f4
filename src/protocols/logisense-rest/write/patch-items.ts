/** The items of a PATCH as they are sent: sets of rows, each with a `patchType`, under names whatever their case. */
import { nearest, suggest } from '../../../mock-error.ts';
import type { Work } from '../../../work.ts';
import { isJsonObject, type JsonObject } from '../../../json-object.ts';
import { KnownNames, STEP } from '../json.ts';
import type { ModelTable } from '../model/model-table.ts';
import type { Child, Resource } from '../model/resource.ts';
import { PATCH_TYPES, type PatchType } from '../model/variants.ts';
import { excerpt, type Explain, malformed, type Problem, unsupported, withArticle } from '../problem.ts';
import type { RestRequest } from '../rest-request.ts';
import type { Target } from './write.ts';

/** One item of a set. */
export interface Item {
  readonly body: JsonObject;
  readonly path: string;
  readonly type: PatchType;
}

/** Items of all sets of one PATCH: as many records as a body of the other protocols may hold. */
const MAX_ITEMS = 20_000;

/** Names of an item that are not members of its row. */
const ITEM_NAMES = ['patchType', 'patchClientId', 'details'];
const SET = new KnownNames(['items']);
const PATCH_TYPE_NAMES = new KnownNames(PATCH_TYPES);

export class PatchItems {
  readonly #resource: Resource;
  readonly #problems: Problem[];
  /** Names of each table's items that are read by what they are called, whatever their case. */
  readonly #names = new Map<ModelTable, KnownNames>();
  /** By their names in lower case. */
  readonly #children: ReadonlyMap<string, Child>;
  readonly #childNames: readonly string[];
  #count = 0;

  constructor({ resource }: Target, problems: Problem[]) {
    this.#resource = resource;
    this.#problems = problems;
    this.#childNames = resource.children.flatMap(({ names }) => names);
    this.#children = new Map(resource.children.flatMap((child) => child.names.map((name) => [name.toLowerCase(), child] as const)));
  }

  isOther(name: string): boolean {
    return ITEM_NAMES.includes(name);
  }

  /** The body with the names of its sets as they are written; unknown sets are noted. */
  *restoringRoot(sent: JsonObject, table: ModelTable): Work<JsonObject> {
    const { plural } = this.#resource;
    const body = yield* new KnownNames([...ITEM_NAMES, plural]).restoring(sent);
    yield* this.#refuseUnknownSets(table, body, '', [plural, 'details']);
    return body;
  }

  /** The child that a name below `details` stands for. */
  childNamed(name: string, path: string, dto: string): Child | undefined {
    const child = this.#children.get(name.toLowerCase());
    if (child === undefined) this.#problems.push(unknownSet(name, path, dto, this.#childNames));
    return child;
  }

  /** The items of a set, each with a known and allowed `patchType`. */
  *of(set: unknown, path: string, table: ModelTable, allowed: readonly PatchType[]): Work<readonly Item[]> {
    if (set === undefined || set === null) return [];
    const items = itemsIn(set);
    if (items === undefined) {
      this.#problems.push(notASet(path, set));
      return [];
    }
    this.#count += items.length;
    if (this.#count > MAX_ITEMS) {
      this.#problems.push(tooManyItems(path));
      return [];
    }
    const read: Item[] = [];
    const names = this.#namesOf(table);
    const isChild = table.model !== this.#resource.model && !this.#resource.later.includes(table.model);
    for (const [i, sent] of items.entries()) {
      const body = yield* names.restoring(sent);
      const where = `${path}.items[${i}]`;
      yield* this.#refuseUnknownSets(table, body, `${where}.`, ['details']);
      const { patchType, details } = body;
      const type = typeof patchType === 'string' ? (PATCH_TYPE_NAMES.find(patchType) as PatchType | undefined) : undefined;
      if (type === undefined || !allowed.includes(type)) this.#problems.push(wrongPatchType(table, patchType, where, allowed));
      else if (isChild && isJsonObject(details) && Object.keys(details).length > 0) this.#problems.push(noDetails(table, where));
      else read.push({ body, path: where, type });
      yield;
    }
    return read;
  }
  #namesOf(table: ModelTable): KnownNames {
    let names = this.#names.get(table);
    if (names === undefined) {
      names = new KnownNames([...ITEM_NAMES, 'identity', ...table.lookups.map(({ key }) => key)]);
      this.#names.set(table, names);
    }
    return names;
  }

  /** Notes what an item says about a row that it only names. */
  noticeMembers(request: RestRequest, table: ModelTable, { body, path, type }: Item): void {
    for (const name in body) {
      if (name === 'identity' || this.isOther(name) || body[name] === null) continue;
      request.notice(() => ({
        message: `\`${excerpt(name)}\` is not read in ${type}; send {"patchType":"update"} to change a ${table.name}.`,
        member: `${path}.${excerpt(name)}`,
        rule: type,
        value: body[name],
      }));
    }
  }

  /** A misspelt set would otherwise be passed over like any unknown member, and with it all that it holds. */
  *#refuseUnknownSets(table: ModelTable, body: JsonObject, path: string, known: readonly string[]): Work<void> {
    let looked = 0;
    for (const name in body) {
      if (++looked % STEP === 0) yield;
      const value = body[name];
      if (typeof value !== 'object' || value === null || known.includes(name) || table.memberNamed(name) !== undefined) continue;
      if (Object.keys(value).length === 0) continue;
      const advice = this.#children.has(name.toLowerCase()) ? belowDetails(name, value) : undefined;
      this.#problems.push(unknownSet(name, `${path}${name}`, table.name, known, advice));
    }
  }
}

/** What stands under `items`; undefined where something else would be passed over, such as a child written as it is read. */
function itemsIn(set: unknown): readonly JsonObject[] | undefined {
  if (!isJsonObject(set)) return undefined;
  const { items, ...rest } = SET.restore(set);
  if (items === undefined) return Object.keys(rest).length === 0 ? [] : undefined;
  return items === null ? [] : Array.isArray(items) && items.every(isJsonObject) ? items : undefined;
}

const notASet = (path: string, value: unknown): Problem =>
  malformed(`'${path}' MUST hold a list of objects under 'items'.`, () => ({
    message: `What is read as a list or an object is written as {"items":[…]}: wrap it.`,
    member: path,
    rule: 'items',
    value,
  }));

const tooManyItems = (path: string): Problem =>
  unsupported(`'${path}' MUST NOT bring a PATCH to more than ${MAX_ITEMS} items.`, () => ({
    message: `Send several PATCHes of at most ${MAX_ITEMS} items.`,
    member: path,
    rule: 'items',
  }));

const noDetails = ({ name }: ModelTable, path: string): Problem =>
  unsupported(`'${name}' has no details.`, () => ({
    message: `A ${name} has no children.`,
    member: `${path}.details`,
    rule: 'children',
  }));

const wrongPatchType = ({ name }: ModelTable, sent: unknown, path: string, allowed: readonly PatchType[]): Problem =>
  unsupported(
    sent === undefined
      ? `'PatchType' is required when patching ${withArticle(name)}.`
      : `The patch type '${excerpt(sent)}' is not allowed for '${name}'.`,
    () => {
      const near = typeof sent === 'string' ? nearest(sent, allowed) : undefined;
      const explanation = { message: `Use ${allowed.join(', ')}.`, member: `${path}.patchType`, rule: 'patch type', value: sent };
      return { ...explanation, contract: name, ...(near !== undefined && { nearest: near }) };
    },
  );

function unknownSet(name: string, path: string, dto: string, known: readonly string[], advice?: () => string): Problem {
  const explain: Explain = () => {
    const near = nearest(name, known);
    const message = advice?.() ?? suggest(name, known, `Use ${known.join(', ')}.`, String);
    return { message, member: excerpt(path), rule: 'known child', value: name, ...(near !== undefined && { nearest: near }) };
  };
  return unsupported(`'${excerpt(name)}' is not a child of '${dto}'.`, explain);
}

/** Children of the root stand below `details`, as a set of items. */
const belowDetails = (name: string, value: object) => (): string => {
  const set = isJsonObject(value) && Array.isArray(value['items']) ? value : { items: [value].flat() };
  return `Put it below details: ${excerpt(JSON.stringify({ details: { [name]: set } }))}`;
};

/** What a JSON Patch (RFC 6902) is to be sent as. */
export function ofJsonPatch(sent: readonly unknown[]): string {
  const operations = sent.filter(isJsonObject).filter(({ op, path }) => typeof op === 'string' && typeof path === 'string');
  if (operations.length === 0) return 'Send one object: the members that change.';
  const changes = operations.flatMap(({ op, path, value }): [string, unknown][] => {
    const [, member = ''] = /^\/([A-Za-z]\w*)$/.exec(path as string) ?? [];
    return member === '' || (op !== 'add' && op !== 'replace' && op !== 'remove') ? [] : [[member, op === 'remove' ? null : value]];
  });
  const members = changes.length === 0 ? '{"firstName":"Jane"}' : JSON.stringify(Object.fromEntries(changes));
  return `This PATCH is not JSON Patch (RFC 6902): send the members that change, ${excerpt(members)}.`;
}
