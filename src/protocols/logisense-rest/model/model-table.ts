/**
 * A model at work in one API: where its records are, and the JSON text of each. The text of an untouched record is made once
 * and kept as long as the store remembers the record.
 */
import type { StoredRecord } from '../../../contract/entity.ts';
import type { FieldType } from '../../../contract/field.ts';
import type { Table } from '../../../store/table.ts';
import type { World } from '../../../store/world.ts';
import { flattened } from '../../../wire/bytes.ts';
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
  readonly isDate: boolean;
  /** The record's own member, or the member of what the lookup leads to. */
  readonly member: string;
  readonly lookup: number | undefined;
}
/** How records are shown: flat, or with their children. */
export interface View {
  readonly name: string;
  /** A record as JSON, or that in pieces between which work may be interrupted. `isOnce`: nothing of it is kept. */
  write(world: World, record: StoredRecord, isOnce: boolean): string | Iterable<string>;
}

interface WrittenText {
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
  readonly memberNames: readonly string[];
  /** Records as they are, without children. */
  readonly view: View;
  /** By their names as they are, and in lower case: the vendor's framework binds whatever the case. */
  readonly #members: ReadonlyMap<string, ModelMember>;
  readonly #columns: readonly Column[];
  readonly #texts = new WeakMap<StoredRecord, WrittenText>();

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
    this.memberNames = members.map(({ name }) => name);
    this.#columns = model.dto.members.map(({ name, field }, i) => {
      const from = this.shown.get(name);
      const lead = `${i === 0 ? '{' : ','}${JSON.stringify(name)}:`;
      const isDate = field.facts.type === 'dateTime';
      return from === undefined
        ? { lead, isDate, member: name, lookup: undefined }
        : { lead, isDate, member: from.member, lookup: this.lookups.indexOf(from.lookup) };
    });
    this.view = {
      name: model.since === undefined ? this.name : `${this.name} v${model.since}`,
      write: (world, record, isOnce) => (isOnce ? this.textOnce(world, record) : this.text(world, record)),
    };
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
  #isFresh(world: World, record: StoredRecord, { shown }: WrittenText): boolean {
    for (let i = 0; i < shown.length; i++) {
      const { key, tableId } = this.lookups[i]!;
      if (record[key] !== null && world.table(tableId).get(record[key]) !== shown[i]) return false;
    }
    return true;
  }

  /** The record as JSON text, members in documented order; kept for the next time where the record is untouched. */
  text(world: World, record: StoredRecord): string {
    const written = this.#texts.get(record);
    if (written !== undefined && this.#isFresh(world, record, written)) return written.text;
    const shown = this.#follow(world, record);
    const text = this.#write(record, shown);
    // Written records are not kept in two forms.
    if (world.written(this.id, record[this.of(world).base.entity.key]) !== undefined) return text;
    this.#texts.set(record, { text: flattened(text), shown });
    return text;
  }
  /** The same for one time only: a list of millions is not to be kept. */
  textOnce(world: World, record: StoredRecord): string {
    return this.#write(record, this.#follow(world, record));
  }
  #write(record: StoredRecord, shown: readonly (StoredRecord | undefined)[]): string {
    let text = '';
    for (const { lead, isDate, member, lookup } of this.#columns) {
      const value: unknown = lookup === undefined ? record[member] : shown[lookup]?.[member];
      text += lead + (isDate ? date(value) : scalar(value));
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

const DECIMALS = 3;
/** At most three decimals; zeros at the end are not written, nor is a fraction of nothing else (logisense.md §15). */
function date(value: unknown): string {
  const dot = typeof value === 'string' ? value.indexOf('.') : -1;
  if (typeof value !== 'string' || dot < 0) return scalar(value);
  let end = dot + 1;
  while (value[end]! >= '0' && value[end]! <= '9') end++;
  let last = Math.min(end, dot + 1 + DECIMALS);
  while (value[last - 1] === '0') last--;
  return scalar(value.slice(0, last - 1 === dot ? dot : last) + value.slice(end));
}

/** Without a character that JSON escapes: quotes, backslashes, controls, half of a pair. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

const scalar = (value: unknown): string => {
  if (typeof value === 'string') return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
  return value === null || value === undefined ? 'null' : String(value);
};
