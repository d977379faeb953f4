/** What the two Canvara documents say, and nothing else; where a table contradicts its sample, the sample is modelled. */
import { dto, type Infer } from '../../contract/dto.ts';
import { bool, dateTime, enumeration, type Guid, guid, int, list, object, string, ZERO_GUID } from '../../contract/field.ts';
import { serviceOperation } from '../../protocols/servicestack/operation.ts';
import type { ServiceStackProfile } from '../../protocols/servicestack/profile.ts';
import { ResponseStatus } from '../../protocols/servicestack/answer/response-status.ts';

export type { ResponseError, ResponseStatus } from '../../protocols/servicestack/answer/response-status.ts';

const ns = 'http://schemas.datacontract.org/2004/07/Eros.Subtle.Canvara.WebAPIModel.ServiceModel';
const models = 'http://schemas.datacontract.org/2004/07/Eros.Saguna.Common.WebAPIModel.Models';

export const PagedModel = dto(
  'PagedModel',
  { ns: models, doc: 'What every paged request can ask for.' },
  {
    PageNumber: int('Which page.').in('form'),
    PageSize: int('How many entries a page has.').in('form'),
    SortIndex: int('Which column to sort by.').in('form'),
    SortOrder: enumeration('SortOrder', ['Ascending', 'Descending'], 'Which way to sort.').in('form').documentedAs('int'),
  },
);
export type PagedModel = Infer<typeof PagedModel>;

export const ContactSummaryModel = dto(
  'ContactSummaryModel',
  { ns: models, doc: 'A contact in brief.' },
  {
    ContactId: guid('The contact that the profile belongs to.').in('form').impersonal(),
    ContactFullName: string('Its whole name.').in('form'),
    EmailAddress: string('Its mail address.').in('form'),
    MobileNumber: string('Its mobile telephone.').in('form'),
    PhoneNumber: string('Its main telephone.').in('form'),
    ContactTypeId: guid('Whether it is a person, an organisation and so on.').in('form').documentedAs('string').impersonal(),
    ProfilePhotoUrl: string('Address of its picture.').in('form'),
    ProfilePhotoThumbnailUrl: string('Address of its small picture.').in('form'),
    Description: string('What the profile says.').in('form'),
    EmploymentIndustry: string('The industry it works in.').in('form'),
    EmploymentRole: string('What it does there.').in('form'),
    EmploymentGeographicArea: string('Where it works.').in('form'),
    TimezoneName: string('Its time zone, by name.').in('query').impersonal(),
    PrimaryAddress: string('Its first address.').in('query'),
    IsRemovedContact: bool('Whether no connection to it is left.').in('form'),
  },
);
export type ContactSummaryModel = Infer<typeof ContactSummaryModel>;

export const ContactConnectionModel = dto(
  'ContactConnectionModel',
  { ns: models, doc: 'A connection between two contacts, or the request for one.' },
  {
    ConnectionId: guid('The connection, where there is one.').nullable().in('form'),
    ConnectionRequestId: guid('The request, where the connection is still asked for.').nullable().in('form'),
    Contact: object(() => ContactSummaryModel, 'The contact at the other end.')
      .required()
      .in('form'),
    ContactRoleId: guid('The role of that contact.').required().in('form'),
    ContactRoleName: string('The role of that contact, by name.').in('form'),
    RequestorContactId: guid('The contact that asks.').required().in('form'),
    RequestorContactName: string('The contact that asks, by name.').in('form').documentedAs('Guid'),
    RequestorRoleId: guid('The role of the one that asks.').required().in('form'),
    RequestorRoleName: string('The role of the one that asks, by name.').in('form'),
    PrimaryRoleName: string('The role to show first.').in('form'),
    ConnectionStatusId: guid('The state of the connection.').required().in('form'),
    ConnectionStatusName: string('The state of the connection, by name.').in('form'),
    // Get-only: in the table and in JSON, not in XML; a zero id counts as none (recording encode/canvara/item-request-zero).
    IsConnectionRequest: bool('Whether the connection is still asked for.')
      .in('form')
      .computed((of: { ConnectionRequestId?: Guid | null }) => (of.ConnectionRequestId ?? ZERO_GUID) !== ZERO_GUID),
    IsIncoming: bool('Whether the other contact asked for it.').in('form'),
    FromDate: dateTime('Since when there is a connection.').nullable().in('form'),
    SuggesterContact: object(() => ContactSummaryModel, 'Who proposed the connection.')
      .required()
      .in('form'),
    AllowCancel: bool('Whether the request may be withdrawn.').in('form'),
    AllowRemove: bool('Whether the connection may be ended.').in('form'),
  },
);
export type ContactConnectionModel = Infer<typeof ContactConnectionModel>;

export const GetConnectionsToContact = dto(
  'GetConnectionsToContact',
  { ns, base: PagedModel, doc: 'Lists the connections that a contact has.' },
  {
    ContactId: guid('The contact whose connections are listed.').required().in('path'),
    ContactTypeId: guid('What kind of contact that is.').required().in('query'),
    RequestorContactId: guid('On whose behalf: the user or the licensee.').required().in('query'),
    IsPagedMode: bool('Whether one page is wanted, not all.').in('query'),
    IncludeRemoved: bool('Whether ended connections are wanted as well.').in('query'),
  },
);
export type GetConnectionsToContact = Infer<typeof GetConnectionsToContact>;

export const GetConnectionsToContactResponse = dto(
  'GetConnectionsToContactResponse',
  { ns, doc: 'Connections, and how many there are.' },
  {
    Connections: list(
      object(() => ContactConnectionModel),
      'All of them, or a page.',
    ).in('form'),
    TotalConnections: int('How many there are on all pages.').in('form'),
    ResponseStatus: object(() => ResponseStatus, 'Why the call failed.').in('form'),
  },
);
export type GetConnectionsToContactResponse = Infer<typeof GetConnectionsToContactResponse>;

export const UserRoleModel = dto(
  'UserRoleModel',
  { ns, doc: 'A role that a contact has.' },
  {
    ContactRoleId: guid('Ties the contact to the role.').in('query').impersonal(),
    RoleId: guid('The role.').in('query').impersonal(),
    RoleName: string('The role, by name.').in('query').impersonal(),
    RolePrimaryImageURL: string('Address of its picture.').in('query'),
    RolePrimaryImageThumbnailURL: string('Address of its small picture.').in('query'),
    RolePrimaryImageId: guid('The media file of its picture.').in('query').documentedAs('string').impersonal(),
    StartDate: dateTime('Since when the contact has it.').in('query').impersonal(),
    EndDate: dateTime('Until when.').nullable().in('query').impersonal(),
  },
);
export type UserRoleModel = Infer<typeof UserRoleModel>;

export const UserContactConnectionModel = dto(
  'UserContactConnectionModel',
  { ns, doc: 'A connection as seen from one of a contact’s roles.' },
  {
    ContactRoleId: guid('Ties the contact to the role.').in('query'),
    ContactRoleName: string('The role, by name.').in('query'),
    ContactListItemRoleId: guid('The role as an entry of a list.').in('query'),
    ContactRolePrimaryImageURL: string('Address of the role’s picture.').in('query'),
    ContactRolePrimaryImageThumbnailURL: string('Address of the role’s small picture.').in('query'),
    ContactRolePrimaryImageId: guid('The media file of the role’s picture.').in('query').documentedAs('string'),
    ConnectionContactId: guid('The contact at the other end.').in('query').documentedAs('string'),
    ConnectionContactName: string('That contact’s whole name.').in('query'),
    ConnectionContactRoleName: string('That contact’s role, by name.').in('query'),
    ConnectionContactRoleId: guid('That contact’s role.').in('query'),
    ConnectionContactListItemRoleId: guid('That contact’s role as an entry of a list.').in('query'),
    ContactTypeName: string('What kind of contact it is.').in('query'),
    ConnectionContactPhotoURL: string('Address of that contact’s picture.').in('query'),
    IsContactLicenseeRole: bool('Whether the contact holds the licence.').in('query'),
    IsConnectionLicenseeRole: bool('Whether the other contact holds the licence.').in('query'),
    ConnectionStatusName: string('The state of the connection, by name.').in('query'),
    ConnectionStatusId: guid('The state of the connection.').in('query'),
    ConnectionId: guid('The connection, where it is active.').in('query'),
    ConnectionRequestId: guid('The request, where it is pending.').in('query'),
  },
);
export type UserContactConnectionModel = Infer<typeof UserContactConnectionModel>;

export const ContactEmailAddress = dto(
  'ContactEmailAddress',
  { ns, doc: 'An entry of the address book.' },
  {
    ContactId: guid('The contact.').in('query'),
    ContactName: string('Its whole name.').in('query'),
    EmailAddress: string('Its mail address.').in('query'),
    ContactPhotoURL: string('Address of its picture.').in('query'),
  },
);
export type ContactEmailAddress = Infer<typeof ContactEmailAddress>;

export const ContactConnectedLinks = dto(
  'ContactConnectedLinks',
  { ns, doc: 'Lists a contact’s roles, connections and addresses.' },
  {
    ContactId: guid('The contact.').in('path'),
  },
);
export type ContactConnectedLinks = Infer<typeof ContactConnectedLinks>;

export const ContactConnectedLinksResponse = dto(
  'ContactConnectedLinksResponse',
  { ns, doc: 'A contact’s roles, connections and addresses.' },
  {
    Roles: list(
      object(() => UserRoleModel),
      'The roles that the contact has.',
    ).in('query'),
    ContactConnections: list(
      object(() => UserContactConnectionModel),
      'The connections of these roles.',
    ).in('query'),
    EmailAddressBook: list(
      object(() => ContactEmailAddress),
      'Mail addresses of connected contacts.',
    )
      .in('query')
      .documentedAs('List<ContactEmailAddressBook>'),
    ResponseStatus: object(() => ResponseStatus, 'Why the call failed.').in('form'),
  },
);
export type ContactConnectedLinksResponse = Infer<typeof ContactConnectedLinksResponse>;

export const operations = {
  GetConnectionsToContact: serviceOperation({
    doc: 'Lists the connections that a contact has.',
    path: '/api/contacts/{ContactId}/connections',
    request: GetConnectionsToContact,
    response: GetConnectionsToContactResponse,
    verbs: 'all',
    isAuthenticated: false,
    errorResponse: 'typed',
  }),
  ContactConnectedLinks: serviceOperation({
    doc: 'Lists a contact’s roles, connections and addresses.',
    path: '/api/contacts/{ContactId}/links',
    request: ContactConnectedLinks,
    response: ContactConnectedLinksResponse,
    verbs: 'all',
    isAuthenticated: false,
    errorResponse: 'typed',
  }),
} as const;

/** How this service writes (servicestack.md §0, §12 E2: reading H1). */
export const profile: ServiceStackProfile = {
  guid: 'D',
  nullableGuid: 'N',
  isZeroGuidLeftOut: true,
  date: 'wcf',
  nulls: 'written',
  // Of the host that was recorded; the service's own is not known.
  assembly: 'oracle',
  firstProvider: 'credentials',
  guard: 'service',
  serviceClass: 'ContactsService',
};
