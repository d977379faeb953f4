/** Collects the records that real answers show, as a data file that `serve --data FILE` lays over the generated world. */
import type { Key } from '../contract/entity.ts';
import type { Api, RecordedRow } from '../protocols/protocol.ts';
import { Base, type BaseTable } from '../store/base.ts';
import type { Exchange } from '../verify/exchange.ts';
import { impersonal, numberFor } from './personal.ts';

/** Null: the record is not there. */
type Members = Record<string, unknown> | null;

export class Recorder {
  readonly #apis: readonly Api[];
  readonly #base: Base;
  /** By table and key. */
  readonly #rows = new Map<string, Map<Key, Members>>();

  constructor(apis: readonly Api[]) {
    this.#apis = apis;
    this.#base = new Base('record', Object.fromEntries(apis.map(({ name, entities }) => [name, entities])));
  }
  /** Takes what a successful answer shows; later answers win. */
  add(exchange: Exchange): void {
    const { status, body } = exchange.response;
    if (body === undefined || status < 200 || status >= 300) return;
    for (const api of this.#apis) for (const row of rowsIn(api, exchange, body)) this.#take(api.name, row);
  }
  /** How many records there are. */
  get size(): number {
    return [...this.#rows.values()].reduce((sum, rows) => sum + [...rows.values()].filter((members) => members !== null).length, 0);
  }
  /** `raw`: personal values as they were; else what the mock's own generators give. */
  data(isRaw: boolean): { readonly records: Readonly<Record<string, Readonly<Record<string, object | null>>>> } {
    const written = new Map<string, Map<Key, Members>>();
    for (const [id, rows] of this.#rows) {
      const table = this.#base.table(id);
      for (const [key, members] of rows) {
        const kept = members === null || isRaw ? members : impersonal(table, key, members);
        put(written, id, key, kept && whole(table, key, kept));
      }
    }
    // What is referred to and was not shown is there all the same.
    for (const [id, rows] of written) {
      for (const members of rows.values()) if (members !== null) this.#addReferred(written, this.#base.table(id), members);
    }
    return { records: Object.fromEntries([...written].sort(byName).map(([id, rows]) => [id, Object.fromEntries([...rows].sort(byName))])) };
  }
  #addReferred(written: Map<string, Map<Key, Members>>, table: BaseTable, members: Readonly<Record<string, unknown>>): void {
    for (const [member, entity] of Object.entries(table.entity.references ?? {})) {
      const target = this.#base.table(`${table.api}.${entity}`);
      for (const key of [members[member]].flat() as (Key | null)[]) {
        if (key === null || !isKeyOf(target, key) || written.get(target.id)?.has(key) === true || !isBeyond(target, key)) continue;
        const stub = whole(target, key, {});
        put(written, target.id, key, stub);
        this.#addReferred(written, target, stub);
      }
    }
  }
  #take(api: string, { entity, key, members, allOf }: RecordedRow): void {
    const table = this.#base.tables.get(`${api}.${entity}`);
    if (table === undefined || !isKeyOf(table, key)) return;
    if (allOf !== undefined) this.#close(`${api}.${allOf.entity}`, allOf.foreignKey, key, allOf.keys);
    const rows = this.#rowsOf(table.id);
    const kept = Object.entries(members).filter(([member, value]) => value !== undefined && Object.hasOwn(table.entity.members, member));
    rows.set(key, { ...rows.get(key), ...Object.fromEntries(kept) });
  }
  /** Whatever world the file is laid over: what it generates beside the records that the answer shows is not there. */
  #close(id: string, foreignKey: string, parent: Key, keys: readonly Key[]): void {
    const table = this.#base.table(id);
    const rows = this.#rowsOf(id);
    const whole = { size: Number.MAX_SAFE_INTEGER, has: () => true, record: () => ({}), seedOf: () => 0, numberIn: () => undefined };
    for (const number of table.entity.referrers?.[foreignKey]?.(parent, whole) ?? []) {
      const key = table.keyOf(number);
      if (!keys.includes(key) && rows.get(key) === undefined) rows.set(key, null);
    }
  }
  #rowsOf(id: string): Map<Key, Members> {
    let rows = this.#rows.get(id);
    if (rows === undefined) this.#rows.set(id, (rows = new Map()));
    return rows;
  }
}

const byName = ([left]: readonly [number | string, unknown], [right]: readonly [number | string, unknown]): number =>
  left < right ? -1 : 1;

function put(tables: Map<string, Map<Key, Members>>, id: string, key: Key, members: Members): void {
  const rows = tables.get(id) ?? new Map<Key, Members>();
  tables.set(id, rows.set(key, members));
}

/** Whether a key may be one that no generated world has. */
const isBeyond = ({ entity, size }: BaseTable, key: Key): boolean => entity.identity === 'guid' || (key as number) > size;

/** A record that has to stand by itself has all its members; what no answer showed is generated. */
const whole = (table: BaseTable, key: Key, members: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  isBeyond(table, key) ? { ...table.record(numberFor(table, key)), ...members, [table.entity.key]: key } : { ...members };

const isKeyOf = ({ entity }: BaseTable, key: Key): boolean => (entity.identity === 'number') === (typeof key === 'number') && key !== 0;

/** A body that cannot be read shows nothing. */
function rowsIn(api: Api, exchange: Exchange, body: Uint8Array): readonly RecordedRow[] {
  try {
    return api.recordedRows?.({ ...exchange.request, contentType: exchange.response.headers['content-type'] ?? '', answer: body }) ?? [];
  } catch {
    return [];
  }
}
