/**
 * An untouched world as pure functions of seed, entity, member and number. Nothing is stored; what was made last is
 * remembered, within bounds, so that a record asked for twice is the same frozen object (and its written bytes, kept
 * beside it by the codecs, need be made only once).
 */
import type { At, Entity, Key, StoredRecord } from '../contract/entity.ts';
import type { Guid } from '../contract/field.ts';
import { fromGuid, type GuidKind, guidKind, toGuid } from './ids.ts';
import { draw, faker, hash, onStream } from './random.ts';

/** Records of one entity that are remembered; the oldest goes first. */
const REMEMBERED = 2048;

export type Entities = Readonly<Record<string, Entity>>;
/** `api.entity` → how many. */
export type Scale = Readonly<Record<string, number>>;

/** One entity of one API in an untouched world. */
export class BaseTable {
  /** `api.entity`, as in `--scale` and the state. */
  readonly id: string;
  readonly api: string;
  readonly entity: Entity;
  readonly size: number;
  readonly #base: Base;
  readonly #guids: GuidKind;
  readonly #streams: Readonly<Record<string, number>>;
  readonly #presence: number;
  readonly #remembered = new Map<number, StoredRecord>();

  constructor(base: Base, api: string, entity: Entity, size: number) {
    this.#base = base;
    this.api = api;
    this.entity = entity;
    this.id = `${api}.${entity.name}`;
    this.size = size;
    this.#guids = guidKind(base.seed, this.id);
    this.#presence = hash(`${this.id}?`);
    this.#streams = Object.fromEntries(Object.keys(entity.members).map((member) => [member, hash(`${this.id}.${member}`)]));
  }

  /** The key of the n-th record. */
  keyOf(n: number): Key {
    return this.entity.identity === 'guid' ? toGuid(this.#guids, n) : n;
  }
  /** The number of an existing generated record with this key; undefined where there is none. */
  numberOf(key: Key): number | undefined {
    const n = typeof key === 'number' ? key : fromGuid(this.#guids, key);
    return n !== undefined && this.has(n) ? n : undefined;
  }
  has(n: number): boolean {
    if (!Number.isInteger(n) || n < 1 || n > this.size) return false;
    const { has } = this.entity;
    return has === undefined || onStream(this.#base.word, this.#presence, n, () => has(this.#at(n, {})));
  }
  get isDense(): boolean {
    return this.entity.has === undefined;
  }
  record(n: number): StoredRecord {
    const known = this.#remembered.get(n);
    if (known !== undefined) return known;
    const made: Record<string, unknown> = {};
    const at = this.#at(n, made);
    const record: Record<string, unknown> = {};
    for (const member in this.entity.members) record[member] = at.my(member);
    if (this.#remembered.size >= REMEMBERED) this.#remembered.delete(this.#remembered.keys().next().value as number);
    this.#remembered.set(n, Object.freeze(record));
    return record;
  }
  /** One member alone, for searches that must not pay for the rest. */
  member(n: number, member: string): unknown {
    const known = this.#remembered.get(n);
    return known === undefined ? this.#at(n, {}).my(member) : known[member];
  }

  #at(n: number, made: Record<string, unknown>): At<StoredRecord> {
    const base = this.#base;
    const at: At<StoredRecord> = {
      n,
      faker,
      my: (member) => {
        const name = member as string;
        if (!(name in made)) {
          const make = this.entity.members[name];
          if (make === undefined) throw new TypeError(`${this.id} has no member ${name}`);
          made[name] = onStream(base.word, this.#streams[name] ?? 0, n, () => make(at));
        }
        return made[name];
      },
      int: (min, max) => min + Math.floor(draw() * (max - min + 1)),
      chance: (probability) => draw() < probability,
      pick: (choices) => choices[Math.floor(draw() * choices.length)] as never,
      keyOf: (entity, number) => base.table(`${this.api}.${entity}`).keyOf(number),
      other: (entity, number) => base.table(`${this.api}.${entity}`).record(number),
      guid: (kind, number) => base.guid(`${this.api}:${kind}`, number),
      size: (entity) => base.table(`${this.api}.${entity}`).size,
      salt: (name) => hash(`${base.seed}:${this.api}:${name}`),
    };
    return at;
  }
}

/** Everything that a seed and a scale decide; shared by all worlds of a mock. */
export class Base {
  readonly seed: string;
  /** The seed as the first word of every stream's key. */
  readonly word: number;
  readonly tables: ReadonlyMap<string, BaseTable>;
  readonly #guidKinds = new Map<string, GuidKind>();

  constructor(seed: string, apis: Readonly<Record<string, Entities>>, scale: Scale = {}) {
    this.seed = seed;
    this.word = hash(`seed:${seed}`);
    const tables = new Map<string, BaseTable>();
    this.tables = tables;
    for (const [api, entities] of Object.entries(apis)) {
      const sizeOf = (name: string): number => {
        const entity = Object.values(entities).find((candidate) => candidate.name === name);
        if (entity === undefined) throw new TypeError(`${api} has no entity ${name}`);
        if (typeof entity.size === 'number') return entity.size;
        return typeof entity.size === 'function' ? entity.size(sizeOf) : (scale[`${api}.${name}`] ?? entity.size.scaled);
      };
      for (const entity of Object.values(entities)) tables.set(`${api}.${entity.name}`, new BaseTable(this, api, entity, sizeOf(entity.name)));
    }
  }

  table(id: string): BaseTable {
    const table = this.tables.get(id);
    if (table === undefined) throw new TypeError(`there is no entity ${id}`);
    return table;
  }
  /** The n-th GUID of a named kind under this seed: request ids, sessions, media files. */
  guid(kind: string, n: number): Guid {
    let known = this.#guidKinds.get(kind);
    if (known === undefined) this.#guidKinds.set(kind, (known = guidKind(this.seed, kind)));
    return toGuid(known, n);
  }
}
