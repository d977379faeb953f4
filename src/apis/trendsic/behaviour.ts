/** What the Trendsic service does: reads and writes the list of contacts that are connected to one. */
import { FIRST_MOMENT, ZERO_GUID } from '../../contract/field.ts';
import type { RecordedRow } from '../../protocols/protocol.ts';
import { type Handler, type ServiceContext, ServiceError } from '../../protocols/servicestack/service.ts';
import { neutralTime } from '../../store/clock.ts';
import type { Table } from '../../store/table.ts';
import type { Work } from '../../work.ts';
import type { World } from '../../store/world.ts';
import type { Contact, ContactConnectionRequest as Request, ContactResponse as Response } from './contract.ts';
import type { Connections } from './seed.ts';

const contactsOf = (world: World): Table<Contact> => world.table('trendsic.contacts');
const connectionsOf = (world: World): Table<Connections> => world.table('trendsic.connections');
const connectedTo = (world: World, id: number): readonly number[] => connectionsOf(world).get(id)?.ConnectedTo ?? [];

function ContactConnectionRequest(request: Request, context: ServiceContext): Partial<Response> | Work<Partial<Response>> {
  const { world, method } = context;
  const { ContactId: id, AgentId: agentId } = request;
  if (!contactsOf(world).has(id)) throw new ServiceError(404, 'NotFound', `Contact ${id} does not exist`);
  if (method === 'POST' || method === 'PUT') return save(request, context);
  const all = list(world, id);
  return agentId > 0 ? { Contact: all.Contact.filter((contact) => contact.AgentId === agentId) } : all;
}

/** Keeps the contacts that were sent, and makes them the list of the contact or adds them there. */
function* save(request: Request, { world, method, sent }: ServiceContext): Work<Partial<Response>> {
  const { ContactId: id } = request;
  const kept: number[] = [];
  for (const contact of request.Contact ?? []) {
    if (contact !== null) kept.push(keep(world, contact, sent.get(contact) ?? []));
    yield;
  }
  yield* connect(world, id, method === 'PUT' ? kept : [...connectedTo(world, id), ...kept]);
  return list(world, id);
}

/** The connected contacts in order. */
const list = (world: World, id: number) =>
  world.memoize('trendsic', id, () => {
    const contacts = connectedTo(world, id).map((other) => contactsOf(world).get(other));
    return Object.freeze({ Contact: Object.freeze(contacts.filter((contact) => contact !== undefined)) });
  });

/** Makes a contact that was sent, or changes the `sent` members of the one that is there; answers its number. */
function keep(world: World, contact: Contact, sent: readonly string[]): number {
  const contacts = contactsOf(world);
  const known = contacts.get(contact.ContactId);
  if (known !== undefined) {
    contacts.change(known.ContactId, Object.fromEntries(sent.map((member) => [member, contact[member as keyof Contact]])));
    return known.ContactId;
  }
  const id = contact.ContactId === 0 ? contacts.nextIdentity() : contact.ContactId;
  // The service cannot tell a member that has its type's default from one that was not sent.
  const guid = contact.ContactGUID === ZERO_GUID ? world.base.guid('trendsic:contact', id) : contact.ContactGUID;
  const created = contact.DateCreated === FIRST_MOMENT ? neutralTime(world.now()) : contact.DateCreated;
  contacts.put({ ...contact, ContactId: id, ContactGUID: guid, DateCreated: created });
  return id;
}

/** Makes `others` the whole list of a contact, and sees to it that they know of it and those left out do not. */
function* connect(world: World, id: number, others: readonly number[]): Work<void> {
  const before = new Set(connectedTo(world, id));
  const after = new Set(others);
  write(world, id, after);
  for (const other of before) {
    if (other === id || after.has(other)) continue;
    write(
      world,
      other,
      connectedTo(world, other).filter((one) => one !== id),
    );
    yield;
  }
  for (const other of after) {
    if (other === id || before.has(other)) continue;
    write(world, other, new Set([...connectedTo(world, other), id]));
    yield;
  }
}

function write(world: World, id: number, others: Iterable<number>): void {
  const connections = connectionsOf(world);
  const list = Object.freeze([...others]);
  // A made contact that is connected to none is as one that never was connected.
  if (list.length === 0 && connections.base.numberOf(id) === undefined) connections.delete(id);
  else connections.put({ ContactId: id, ConnectedTo: list });
}

export const handlers = { ContactConnectionRequest } satisfies Record<string, Handler>;

/** What an answer shows: its contacts, and in order that the contact of the path is connected to them. */
export const recorded = {
  ContactConnectionRequest({ Contact: contacts }: Response, { ContactId: id }: Readonly<Record<string, string>>): RecordedRow[] {
    const shown = (contacts ?? []).filter((contact) => contact !== null);
    const others = shown.map(({ ContactId }) => ContactId);
    const list = { entity: 'connections', key: Number(id), members: { ContactId: Number(id), ConnectedTo: others } };
    return [...shown.map((contact) => ({ entity: 'contacts', key: contact.ContactId, members: { ...contact } })), list];
  },
};
