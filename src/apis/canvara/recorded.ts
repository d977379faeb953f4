/**
 * The records behind a contact's connections as an answer shows them. Who asked for an active connection no view tells: the
 * contact of the answer is taken for it.
 */
import { type Guid, ZERO_GUID } from '../../contract/field.ts';
import type { RecordedRow } from '../../protocols/protocol.ts';
import type {
  ContactConnectedLinksResponse,
  ContactConnectionModel,
  ContactSummaryModel,
  GetConnectionsToContactResponse,
} from './contract.ts';

const isId = (id: Guid | null | undefined): id is Guid => id !== null && id !== undefined && id !== ZERO_GUID;

function contactRow({ IsRemovedContact: _, ...contact }: ContactSummaryModel): RecordedRow {
  return { entity: 'contacts', key: contact.ContactId, members: contact };
}

function connectionRows(connection: ContactConnectionModel): RecordedRow[] {
  const { Contact: other, SuggesterContact: suggester, IsIncoming, IsConnectionRequest } = connection;
  const key = IsConnectionRequest ? connection.ConnectionRequestId : connection.ConnectionId;
  if (other === null || !isId(key)) return [];
  const own = { contact: connection.RequestorContactId, role: connection.RequestorRoleId };
  const theirs = { contact: other.ContactId, role: connection.ContactRoleId };
  const [from, to] = IsIncoming ? [theirs, own] : [own, theirs];
  return [
    contactRow(other),
    { entity: 'contacts', key: own.contact, members: { ContactFullName: connection.RequestorContactName } },
    ...(suggester === null ? [] : [contactRow(suggester)]),
    { entity: 'statuses', key: connection.ConnectionStatusId, members: { ConnectionStatusName: connection.ConnectionStatusName } },
    {
      entity: 'connections',
      key,
      members: {
        FromContactId: from.contact,
        FromContactRoleId: from.role,
        ToContactId: to.contact,
        ToContactRoleId: to.role,
        ConnectionStatusId: connection.ConnectionStatusId,
        FromDate: connection.FromDate,
        SuggesterContactId: suggester?.ContactId ?? null,
      },
    },
    { entity: 'contactRoles', key: connection.ContactRoleId, members: { ContactId: other.ContactId } },
    { entity: 'contactRoles', key: connection.RequestorRoleId, members: { ContactId: connection.RequestorContactId } },
  ];
}

export const recorded = {
  GetConnectionsToContact: ({ Connections }: GetConnectionsToContactResponse): RecordedRow[] =>
    (Connections ?? []).flatMap((connection) => (connection === null ? [] : connectionRows(connection))),

  /** The roles of the contact itself, and of those that it is connected to which role they are in. */
  ContactConnectedLinks(
    { Roles, ContactConnections }: ContactConnectedLinksResponse,
    { ContactId }: Readonly<Record<string, string>>,
  ): RecordedRow[] {
    const roles = (Roles ?? []).flatMap((role): RecordedRow[] => {
      if (role === null || !isId(role.RoleId)) return [];
      const { ContactRoleId, StartDate, EndDate, ...rest } = role;
      return [
        { entity: 'roles', key: role.RoleId, members: rest },
        { entity: 'contactRoles', key: ContactRoleId, members: { RoleId: role.RoleId, ContactId, StartDate, EndDate } },
      ];
    });
    const others = (ContactConnections ?? []).flatMap((link): RecordedRow[] => {
      if (link === null || !isId(link.ConnectionContactListItemRoleId)) return [];
      const RoleId = link.ConnectionContactListItemRoleId;
      return [
        { entity: 'roles', key: RoleId, members: { RoleName: link.ConnectionContactRoleName } },
        { entity: 'contactRoles', key: link.ConnectionContactRoleId, members: { RoleId, ContactId: link.ConnectionContactId } },
      ];
    });
    return [...roles, ...others];
  },
};
