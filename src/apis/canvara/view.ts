/**
 * A contact's connections, composed once for both operations, so that the two cannot contradict each other. Remembered
 * until a Canvara record is written.
 */
import type { StoredRecord } from '../../contract/entity.ts';
import { type Guid, ZERO_GUID } from '../../contract/field.ts';
import type { Table } from '../../store/table.ts';
import type { World } from '../../store/world.ts';
import type * as contract from './contract.ts';
import { LICENSEE, type Status } from './pools.ts';
import {
  type Connection,
  type ConnectionStatus,
  type Contact,
  type ContactRole,
  type ContactType,
  connectionNumbers,
  type Role,
  roleNumbers,
} from './seed.ts';

const tablesOf = (world: World) => {
  const table = <R extends StoredRecord>(name: string): Table<R> => world.table<R>(`canvara.${name}`);
  return {
    contacts: table<Contact>('contacts'),
    contactTypes: table<ContactType>('contactTypes'),
    contactRoles: table<ContactRole>('contactRoles'),
    roles: table<Role>('roles'),
    statuses: table<ConnectionStatus>('statuses'),
    connections: table<Connection>('connections'),
  };
};
type Tables = ReturnType<typeof tablesOf>;

/** The records of a relation that concern a contact: generated ones by their numbers, then whatever was written. */
function concerning<R extends StoredRecord>(
  world: World,
  table: Table<R>,
  numbers: Iterable<number>,
  isMeant: (record: R) => boolean,
): R[] {
  const keys = new Set<Guid>();
  for (const number of numbers) if (table.base.has(number)) keys.add(table.base.keyOf(number) as Guid);
  for (const key of world.entriesOf(table.base.id).keys()) keys.add(key as Guid);
  return [...keys].map((key) => table.get(key)).filter((record) => record !== undefined && isMeant(record)) as R[];
}

/** One end of a connection: a contact in one of its roles. */
interface End {
  readonly contact: Contact;
  readonly contactRole: ContactRole;
  readonly role: Role;
}
function endOf(tables: Tables, contactId: Guid, contactRoleId: Guid): End | undefined {
  const contact = tables.contacts.get(contactId);
  const contactRole = tables.contactRoles.get(contactRoleId);
  const role = contactRole && tables.roles.get(contactRole.RoleId);
  return contact && contactRole && role && { contact, contactRole, role };
}

/** A connection as one of its contacts sees it. */
interface Sight {
  readonly connection: Connection;
  readonly status: Status;
  readonly own: End;
  readonly other: End;
  readonly isIncoming: boolean;
}
function sightsOf(world: World, tables: Tables, id: Guid): Sight[] {
  const number = tables.contacts.base.numberOf(id);
  const isMeant = (connection: Connection): boolean => connection.FromContactId === id || connection.ToContactId === id;
  const sights: Sight[] = [];
  for (const connection of concerning(world, tables.connections, connectionNumbers(number), isMeant)) {
    const from = endOf(tables, connection.FromContactId, connection.FromContactRoleId);
    const to = endOf(tables, connection.ToContactId, connection.ToContactRoleId);
    const status = tables.statuses.get(connection.ConnectionStatusId)?.ConnectionStatusName as Status | undefined;
    if (from === undefined || to === undefined || status === undefined) continue;
    const isIncoming = connection.ToContactId === id;
    sights.push({ connection, status, own: isIncoming ? to : from, other: isIncoming ? from : to, isIncoming });
  }
  return sights.sort(
    (left, right) => compare(nameOf(left), nameOf(right)) || compare(left.connection.ConnectionId, right.connection.ConnectionId),
  );
}
const nameOf = (sight: Sight): string => sight.other.contact.ContactFullName ?? '';

/** By code units: no locale has a say. */
export const compare = (left: string | number, right: string | number): number => (left < right ? -1 : left > right ? 1 : 0);

/** Everything that the two operations show of one contact. */
export interface View {
  /** In every status, by the other contact's name. */
  readonly connections: readonly contract.ContactConnectionModel[];
  /** The answer to the plainest question: all connections that are not removed. */
  readonly answer: Answer;
  readonly links: Links;
}
export type Answer = Omit<contract.GetConnectionsToContactResponse, 'ResponseStatus'>;
type Links = Omit<contract.ContactConnectedLinksResponse, 'ResponseStatus'>;

type Nobody = Readonly<Record<never, never>>;
const NOBODY: Nobody = Object.freeze({});

/** Undefined where there is no such contact. */
export function viewOf(world: World, id: Guid): View | undefined {
  const view = world.memoize<View | Nobody>('canvara', id, () => {
    const tables = tablesOf(world);
    if (!tables.contacts.has(id)) return NOBODY;
    const sights = sightsOf(world, tables, id);
    const kept = new Set(sights.filter((sight) => sight.status !== 'Removed').map((sight) => sight.other.contact.ContactId));
    const lost = new Set(sights.map((sight) => sight.other.contact.ContactId).filter((other) => !kept.has(other)));
    const summary = (contact: Contact) => Object.freeze({ ...contact, IsRemovedContact: lost.has(contact.ContactId) });
    const connections = sights.map((sight) => connectionModel(sight, summary, tables));
    const current = connections.filter((connection) => connection.ConnectionStatusName !== 'Removed');
    return {
      connections,
      answer: Object.freeze({ Connections: Object.freeze(current), TotalConnections: current.length }),
      links: linksOf(
        world,
        tables,
        id,
        sights.filter((sight) => sight.status !== 'Removed'),
      ),
    };
  });
  return view === NOBODY ? undefined : (view as View);
}

type Summary = (contact: Contact) => contract.ContactSummaryModel;

function connectionModel(
  { connection, status, own, other, isIncoming }: Sight,
  summary: Summary,
  tables: Tables,
): contract.ContactConnectionModel {
  const isPending = status === 'Pending';
  const suggester = connection.SuggesterContactId === null ? undefined : tables.contacts.get(connection.SuggesterContactId);
  return Object.freeze({
    ConnectionId: isPending ? null : connection.ConnectionId,
    ConnectionRequestId: isPending ? connection.ConnectionId : null,
    Contact: summary(other.contact),
    ContactRoleId: other.contactRole.ContactRoleId,
    ContactRoleName: other.role.RoleName,
    RequestorContactId: own.contact.ContactId,
    RequestorContactName: own.contact.ContactFullName,
    RequestorRoleId: own.contactRole.ContactRoleId,
    RequestorRoleName: own.role.RoleName,
    PrimaryRoleName: other.role.RoleName,
    ConnectionStatusId: connection.ConnectionStatusId,
    ConnectionStatusName: status,
    IsConnectionRequest: isPending,
    IsIncoming: isPending && isIncoming,
    FromDate: connection.FromDate,
    SuggesterContact: suggester === undefined ? null : summary(suggester),
    AllowCancel: isPending && !isIncoming,
    AllowRemove: status === 'Active',
  });
}

function linksOf(world: World, tables: Tables, id: Guid, sights: readonly Sight[]): Links {
  const number = tables.contacts.base.numberOf(id);
  const contactRoles = concerning(world, tables.contactRoles, roleNumbers(number), (role) => role.ContactId === id);
  const book = new Map(
    sights.filter((sight) => sight.status === 'Active').map((sight) => [sight.other.contact.ContactId, sight.other.contact]),
  );
  return Object.freeze({
    Roles: Object.freeze(contactRoles.flatMap((contactRole) => roleModel(contactRole, tables.roles.get(contactRole.RoleId)))),
    ContactConnections: Object.freeze(sights.map((sight) => linkModel(sight, tables))),
    EmailAddressBook: Object.freeze(
      [...book.values()].map(({ ContactId, ContactFullName, EmailAddress, ProfilePhotoUrl }) =>
        Object.freeze({ ContactId, ContactName: ContactFullName, EmailAddress, ContactPhotoURL: ProfilePhotoUrl }),
      ),
    ),
  });
}

const roleModel = ({ ContactRoleId, StartDate, EndDate }: ContactRole, role: Role | undefined): contract.UserRoleModel[] =>
  role === undefined ? [] : [Object.freeze({ ...role, ContactRoleId, StartDate, EndDate })];

const linkModel = ({ connection, status, own, other }: Sight, tables: Tables): contract.UserContactConnectionModel =>
  Object.freeze({
    ContactRoleId: own.contactRole.ContactRoleId,
    ContactRoleName: own.role.RoleName,
    ContactListItemRoleId: own.role.RoleId,
    ContactRolePrimaryImageURL: own.role.RolePrimaryImageURL,
    ContactRolePrimaryImageThumbnailURL: own.role.RolePrimaryImageThumbnailURL,
    ContactRolePrimaryImageId: own.role.RolePrimaryImageId,
    ConnectionContactId: other.contact.ContactId,
    ConnectionContactName: other.contact.ContactFullName,
    ConnectionContactRoleName: other.role.RoleName,
    ConnectionContactRoleId: other.contactRole.ContactRoleId,
    ConnectionContactListItemRoleId: other.role.RoleId,
    ContactTypeName: tables.contactTypes.get(other.contact.ContactTypeId)?.ContactTypeName ?? null,
    ConnectionContactPhotoURL: other.contact.ProfilePhotoUrl,
    IsContactLicenseeRole: own.role.RoleName === LICENSEE,
    IsConnectionLicenseeRole: other.role.RoleName === LICENSEE,
    ConnectionStatusName: status,
    ConnectionStatusId: connection.ConnectionStatusId,
    ConnectionId: status === 'Pending' ? ZERO_GUID : connection.ConnectionId,
    ConnectionRequestId: status === 'Pending' ? connection.ConnectionId : ZERO_GUID,
  });
