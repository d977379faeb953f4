/**
 * A model at work in one API: where its records are, and the JSON text of each. The text of an untouched record is made once
 * and kept as long as the store remembers the record.
 */
import type { StoredRecord } from '../../../contract/entity.ts';
import type { FieldType } from '../../../contract/field.ts';
import type { Table } from '../../../store/table.ts';
import type { World } from '../../../store/world.ts';
import type { Lookup, Model } from './model.ts';

interface KeyedLookup extends Lookup {
  readonly key: string;
  readonly tableId: string;
}
/** A member as a caller may name it. */
export interface ModelMember {
  readonly name: string;
  readonly type: FieldType;
  /** What a caller sends for it counts; else the server decides. */
  readonly isWritable: boolean;
  /** It shows what a foreign key leads to. */
  readonly isCompanion: boolean;
}

interface Column {
  /** `,"title":` */
  readonly lead: string;
  /** The record's own member, or the member of what the lookup leads to. */
  readonly member: string;
  readonly lookup: number | undefined;
}
interface Remembered {
  readonly text: string;
  /** What the keys led to when the text was made: a renamed contact type makes it stale. */
  readonly shown: readonly (StoredRecord | undefined)[];
}

export class ModelTable {
  readonly model: Model;
  readonly api: string;
  /** `Contact`, as in messages. */
  readonly name: string;
  /** `logisense.contacts` */
  readonly id: string;
  readonly lookups: readonly KeyedLookup[];
  /** Where a shown member comes from: `contactTypeName` → its lookup and the name there. */
  readonly shown: ReadonlyMap<string, { readonly lookup: KeyedLookup; readonly member: string }>;
  /** By their names as they are, and in lower case: the vendor's framework binds whatever the case. */
  readonly #members: ReadonlyMap<string, ModelMember>;
  readonly #columns: readonly Column[];
  readonly #texts = new WeakMap<StoredRecord, Remembered>();

  constructor(api: string, model: Model) {
    this.model = model;
    this.api = api;
    this.name = model.dto.name;
    this.id = `${api}.${model.entity}`;
    this.lookups = Object.entries(model.lookups).map(([key, lookup]) => ({ ...lookup, key, tableId: `${api}.${lookup.entity}` }));
    const shown = this.lookups.flatMap((lookup) =>
      Object.entries(lookup.shows).map(([name, member]) => [name, { lookup, member }] as const),
    );
    this.shown = new Map(shown);
    const members = model.dto.members.map(({ name, field: { facts } }): ModelMember => {
      const isKept = facts.isReadOnly || model.lookups[name]?.isManaged === true || model.stamped.includes(name);
      return { name, type: facts.type, isWritable: !isKept, isCompanion: this.shown.has(name) };
    });
    this.#members = new Map(members.flatMap((member) => [[member.name, member] as const, [member.name.toLowerCase(), member] as const]));
    this.#columns = model.dto.members.map(({ name }, i) => {
      const from = this.shown.get(name);
      const lead = `${i === 0 ? '{' : ','}${JSON.stringify(name)}:`;
      return from === undefined
        ? { lead, member: name, lookup: undefined }
        : { lead, member: from.member, lookup: this.lookups.indexOf(from.lookup) };
    });
  }

  memberNamed(sent: string): ModelMember | undefined {
    return this.#members.get(sent) ?? this.#members.get(sent.toLowerCase());
  }

  of(world: World): Table {
    return world.table(this.id);
  }
  /** What the record's foreign keys lead to, in the order of `lookups`. */
  #follow(world: World, record: StoredRecord): (StoredRecord | undefined)[] {
    return this.lookups.map(({ key, tableId }) => (record[key] === null ? undefined : world.table(tableId).get(record[key])));
  }
  #isFresh(world: World, record: StoredRecord, { shown }: Remembered): boolean {
    for (let i = 0; i < shown.length; i++) {
      const { key, tableId } = this.lookups[i]!;
      if (record[key] !== null && world.table(tableId).get(record[key]) !== shown[i]) return false;
    }
    return true;
  }

  /** The record as JSON text, members in documented order; kept for the next time where the record is untouched. */
  text(world: World, record: StoredRecord): string {
    const remembered = this.#texts.get(record);
    if (remembered !== undefined && this.#isFresh(world, record, remembered)) return remembered.text;
    const shown = this.#follow(world, record);
    const text = this.#write(record, shown);
    // Written records are not kept in two forms.
    if (world.written(this.id, record[this.of(world).base.entity.key]) === undefined) this.#texts.set(record, { text, shown });
    return text;
  }
  /** The same for one time only: a list of millions is not to be kept. */
  textOnce(world: World, record: StoredRecord): string {
    return this.#write(record, this.#follow(world, record));
  }
  #write(record: StoredRecord, shown: readonly (StoredRecord | undefined)[]): string {
    let text = '';
    for (const { lead, member, lookup } of this.#columns) {
      text += lead + scalar(lookup === undefined ? record[member] : shown[lookup]?.[member]);
    }
    return `${text}}`;
  }
  /** One member of a record as answers show it, without making the others. */
  member(world: World, key: number, name: string): unknown {
    const from = this.shown.get(name);
    if (from === undefined) return this.of(world).member(key, name);
    const leads = this.of(world).member(key, from.lookup.key) as number | null;
    return leads === null ? null : (world.table(from.lookup.tableId).get(leads)?.[from.member] ?? null);
  }
}

const scalar = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value);
  return value === null || value === undefined ? 'null' : String(value);
};
