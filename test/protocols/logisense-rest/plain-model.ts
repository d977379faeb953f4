/** Contacts, their types and children as plain maps: what the mock must agree with, written without looking at how it works. */
export type Row = Readonly<Record<string, unknown>>;
export type Rows = Map<number, Row>;

export interface State {
  contacts: Rows;
  types: Rows;
  points: Rows;
  kinds: Rows;
  addresses: Rows;
  next: Record<'contacts' | 'types' | 'points' | 'kinds' | 'addresses', number>;
}

export interface Item {
  readonly patchType: string;
  readonly identity?: number;
  readonly [member: string]: unknown;
}
export type Command =
  | { readonly do: 'createContact'; readonly members: Row }
  | { readonly do: 'updateContact' | 'patchContact'; readonly id: number; readonly members: Row }
  | { readonly do: 'patchChildren'; readonly id: number; readonly points: readonly Item[]; readonly address: readonly Item[] }
  | { readonly do: 'createType'; readonly members: Row }
  | { readonly do: 'updateType'; readonly id: number; readonly members: Row }
  | { readonly do: 'patchType'; readonly id: number; readonly version: number; readonly kinds: readonly Item[] }
  | { readonly do: 'deleteType'; readonly id: number };

/** What a call must answer: its status, and of each item of the results what happened to which row. */
export interface Outcome {
  readonly status: 200 | 400 | 404;
  readonly items?: readonly (readonly unknown[])[];
}

class Refused extends Error {}
const refuse = (): never => {
  throw new Refused();
};

export class PlainModel {
  state: State;

  constructor(state: State) {
    this.state = state;
  }

  run(command: Command): Outcome {
    const before = this.state;
    const { contacts, types, points, kinds, addresses, next } = before;
    this.state = {
      contacts: new Map(contacts),
      types: new Map(types),
      points: new Map(points),
      kinds: new Map(kinds),
      addresses: new Map(addresses),
      next: { ...next },
    };
    if ('id' in command) {
      const rows = command.do.endsWith('Type') ? types : contacts;
      if (!rows.has(command.id)) {
        this.state = before;
        return { status: 404 };
      }
    }
    try {
      return { status: 200, items: this.#apply(command) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.state = before;
      return { status: 400 };
    }
  }

  #apply(command: Command): unknown[][] {
    const { state } = this;
    switch (command.do) {
      case 'createContact': {
        if (command.members['contactTypeId'] === undefined) refuse();
        const id = this.#insert('contacts', {
          addressId: null,
          ...blank('title', 'firstName', 'lastName', 'isUsedForTax'),
          ...this.#contact(command.members),
        });
        return [[id]];
      }
      case 'updateContact':
        this.#merge(state.contacts, command.id, this.#contact(command.members));
        return [[command.id]];
      case 'patchContact':
        if (Object.keys(command.members).length === 0) return [];
        this.#merge(state.contacts, command.id, this.#contact(command.members));
        return [[command.id, 'updated', 'contact']];
      case 'createType':
        if (command.members['name'] === undefined) refuse();
        return [[this.#insert('types', { ownerId: 1, ...blank(...TYPE_MEMBERS), ...this.#type(command.members) })]];
      case 'updateType':
        this.#merge(state.types, command.id, this.#type(command.members));
        return [[command.id]];
      case 'deleteType':
        return this.#deleteType(command.id);
      case 'patchType':
        return command.kinds.map((item) => this.#kindItem(command.id, command.version, item));
      case 'patchChildren':
        return [
          ...command.points.map((item) => this.#pointItem(command.id, item)),
          ...command.address.flatMap((item) => this.#addressItem(command.id, item)),
        ];
    }
  }

  #deleteType(id: number): unknown[][] {
    const { contacts, types, kinds, points } = this.state;
    if ([...contacts.values()].some((contact) => contact['contactTypeId'] === id)) refuse();
    const items: unknown[][] = [[id, 'deleted', 'contactType']];
    const gone = keysWhere(kinds, 'contactTypeId', id);
    if (gone.length > 0) items.push([undefined, 'deleted', 'contactPointType']);
    for (const kind of gone) {
      const along = keysWhere(points, 'contactPointTypeId', kind);
      if (along.length > 0) items.push([undefined, 'deleted', 'contactPoint']);
      for (const point of along) points.delete(point);
      kinds.delete(kind);
    }
    types.delete(id);
    return items;
  }

  #kindItem(type: number, version: number, { patchType, identity, ...members }: Item): unknown[] {
    const { kinds, points } = this.state;
    if (patchType === 'create') {
      if (members['name'] === undefined) refuse();
      const row = { ...blank('name', 'dataTypeId', 'isRequired', 'allowMultiple', 'isCore'), ...this.#kind(members), contactTypeId: type };
      return [this.#insert('kinds', row), 'created', 'contactPointType'];
    }
    if (patchType !== 'update' && patchType !== 'delete') refuse();
    if (kinds.get(identity ?? 0)?.['contactTypeId'] !== type) refuse();
    // What version 8 calls core stays as it is; a deleted contact type takes it along all the same.
    if (version >= 8 && kinds.get(identity!)?.['isCore'] === true) refuse();
    if (patchType === 'update') this.#merge(kinds, identity!, this.#kind(members));
    else if (keysWhere(points, 'contactPointTypeId', identity!).length > 0) refuse();
    else kinds.delete(identity!);
    return [identity, `${patchType}d`, 'contactPointType'];
  }

  #pointItem(contact: number, { patchType, identity, ...members }: Item): unknown[] {
    const { points } = this.state;
    if (patchType === 'create') {
      if (members['contactPointTypeId'] === undefined) refuse();
      const row = { value: null, ...this.#point(members), contactId: contact };
      this.#pointFits(row, undefined);
      return [this.#insert('points', row), 'created', 'contactPoint'];
    }
    if (patchType !== 'update' && patchType !== 'delete') refuse();
    if (points.get(identity ?? 0)?.['contactId'] !== contact) refuse();
    if (patchType === 'update') {
      this.#pointFits({ ...points.get(identity!), ...this.#point(members) }, identity);
      this.#merge(points, identity!, members);
    } else points.delete(identity!);
    return [identity, `${patchType}d`, 'contactPoint'];
  }
  /** A point that is written is of a type that its contact's type offers, and the only one of it where that is asked for. */
  #pointFits(row: Row, identity: number | undefined): void {
    const { contacts, kinds, points } = this.state;
    const contact = row['contactId'] as number;
    const kind = kinds.get(row['contactPointTypeId'] as number);
    if (kind?.['contactTypeId'] !== contacts.get(contact)!['contactTypeId']) refuse();
    if (kind?.['allowMultiple'] !== false) return;
    const others = [...points].filter(([key, point]) => key !== identity && point['contactId'] === contact);
    if (others.some(([, point]) => point['contactPointTypeId'] === row['contactPointTypeId'])) refuse();
  }

  #addressItem(contact: number, { patchType, identity, ...members }: Item): unknown[][] {
    const { contacts, addresses } = this.state;
    if (!['create', 'update', 'delete', 'attach', 'detach'].includes(patchType)) refuse();
    const own = contacts.get(contact)!['addressId'];
    const link = (id: number, address: number | null) => this.#merge(contacts, id, { addressId: address });
    if (patchType === 'create' || patchType === 'attach') {
      if (own !== null) refuse();
      if (patchType === 'attach') {
        if (!addresses.has(identity ?? 0)) refuse();
        link(contact, identity!);
        return [[undefined, 'attached', 'contactAddress']];
      }
      const made = this.#insert('addresses', this.#address(members));
      link(contact, made);
      return [[made, 'created', 'address']];
    }
    if (identity === undefined || own !== identity) refuse();
    if (patchType === 'update') {
      this.#merge(addresses, identity!, this.#address(members));
      return [[identity, 'updated', 'address']];
    }
    link(contact, null);
    if (patchType === 'detach') return [[undefined, 'detached', 'contactAddress']];
    const others = keysWhere(contacts, 'addressId', identity!);
    for (const other of others) link(other, null);
    addresses.delete(identity!);
    return [[identity, 'deleted', 'address'], ...others.map(() => [undefined, 'detached', 'contactAddress'])];
  }

  #insert(table: keyof State['next'], row: Row): number {
    const id = this.state.next[table]++;
    this.state[table].set(id, row);
    return id;
  }
  #merge(rows: Rows, id: number, members: Row): void {
    rows.set(id, { ...rows.get(id), ...members });
  }

  #contact(members: Row): Row {
    if ('contactTypeId' in members && !this.state.types.has(members['contactTypeId'] as number)) refuse();
    return this.#flags(members, 'isUsedForTax');
  }
  #type(members: Row): Row {
    const kind = members['contactTypeTypeId'];
    if (members['name'] === null) refuse();
    if (typeof kind === 'number' && (kind < 1 || kind > 30)) refuse();
    return this.#flags(members, 'isRequired', 'sendEmail', 'showOnOverview', 'showOnNewAccount');
  }
  #kind(members: Row): Row {
    const type = members['dataTypeId'];
    if (members['name'] === null) refuse();
    if (typeof type === 'number' && (type < 1 || type > 5)) refuse();
    return this.#flags(members, 'isRequired', 'allowMultiple', 'isCore');
  }
  #point(members: Row): Row {
    if ('contactPointTypeId' in members && !this.state.kinds.has(members['contactPointTypeId'] as number)) refuse();
    return members;
  }
  #address(members: Row): Row {
    const state = members['stateId'];
    if (typeof state === 'number' && (state < 1 || state > 61)) refuse();
    return members;
  }
  /** Flags may come as text. */
  #flags(members: Row, ...names: string[]): Row {
    const entries = Object.entries(members).map(([name, value]) => {
      if (!names.includes(name) || typeof value !== 'string') return [name, value];
      return [name, value === 'true' ? true : value === 'false' ? false : refuse()];
    });
    return Object.fromEntries(entries);
  }
}

const TYPE_MEMBERS = ['name', 'isRequired', 'contactTypeTypeId', 'description', 'sendEmail', 'showOnOverview', 'showOnNewAccount'];
const blank = (...members: string[]): Row => Object.fromEntries(members.map((member) => [member, null]));
const keysWhere = (rows: Rows, member: string, value: number): number[] =>
  [...rows].filter(([, row]) => row[member] === value).map(([key]) => key);

/** The identities of rows in the order of lists: by name in lower case, by code units, then by identity. */
export function byName(rows: Rows): number[] {
  const text = (row: Row) => String(row['name']).toLowerCase();
  const compare = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
  return [...rows].sort(([a, left], [b, right]) => compare(text(left), text(right)) || a - b).map(([key]) => key);
}

/** The contacts whose text member contains, begins with or is a text, whatever the case, in the order of another text member. */
export function searched(
  contacts: Rows,
  { member, operator, value, orderBy }: Record<'member' | 'operator' | 'value' | 'orderBy', string>,
) {
  const fold = (row: Row, name: string) => (row[name] as string | null)?.toLowerCase() ?? null;
  const wanted = value.toLowerCase();
  const isMet = (text: string) =>
    operator === 'eq' ? text === wanted : operator === 'startsWith' ? text.startsWith(wanted) : text.includes(wanted);
  const found = [...contacts].filter(([, row]) => fold(row, member) !== null && isMet(fold(row, member)!));
  const compare = (left: string | null, right: string | null) =>
    left === right ? 0 : left === null ? -1 : right === null ? 1 : left < right ? -1 : 1;
  return found.sort(([a, left], [b, right]) => compare(fold(left, orderBy), fold(right, orderBy)) || a - b).map(([key]) => key);
}
