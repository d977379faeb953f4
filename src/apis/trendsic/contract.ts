/** What the Trendsic document says, and nothing else. Kinds that JavaScript hides are read off the sample (servicestack.md §11). */
import { dto, type Infer } from '../../contract/dto.ts';
import { bool, dateTime, decimal, guid, int, list, long, object, string } from '../../contract/field.ts';
import { serviceOperation } from '../../protocols/servicestack/operation.ts';
import { ResponseStatus } from '../../protocols/servicestack/answer/response-status.ts';
import type { ServiceStackProfile } from '../../protocols/servicestack/profile.ts';

export type { ResponseError, ResponseStatus } from '../../protocols/servicestack/answer/response-status.ts';

const ns = 'http://schemas.datacontract.org/2004/07/CRM.AgencyPlatform.API.Internal';

export const Contact = dto(
  'Contact',
  { ns, doc: 'A person or business that an agent is in touch with.' },
  {
    ContactId: int('Number of the contact.'),
    ContactType: int('What kind of contact it is.'),
    FirstName: string('Given name.'),
    LastName: string('Family name.'),
    Name: string('Given and family name together.'),
    Role: string('Part that the contact plays at work.'),
    Title: string('Job title.'),
    EmailWork: string('Mail address at work.'),
    EmailPersonal: string('Private mail address.'),
    District: string('School district, by name.'),
    DistrictID: int('School district, by number.'),
    School: string('School, by name.'),
    SchoolID: long('School, by number.'),
    State: string('State, abbreviated.'),
    StateName: string('State, by name.'),
    StateID: long('State, by number.'),
    CountyID: long('County, by number.'),
    County: string('County, by name.'),
    Phone: string('First telephone number.'),
    Department: string('Department at work.'),
    Flow: string('Stage of the agency’s process.'),
    LastContact: dateTime('When the contact was last spoken to.'),
    DoNotContact: bool('Wants to be left alone.'),
    Active: bool('Is being worked with.'),
    AgentId: int('The agent whose contact it is.'),
    PhoneAlt: string('Second telephone number.'),
    PeraContactId: int('Number of the contact in the retirement agency’s books.'),
    RoomNumber: string('Room at work.'),
    SourceTypeId: int('Where the contact came from, by number.'),
    SourceTypeDesc: string('Where the contact came from, in words.'),
    SourceNote: string('A remark on where the contact came from.'),
    ContactStatusId: int('Status, by number.'),
    ContactStatusDesc: string('Status, in words.'),
    SSN: string('Social security number.'),
    DateOfBirth: dateTime('Birthday.'),
    Deleted: bool('Has been deleted.'),
    IsShared: bool('Is shared between agents.'),
    address_line1: string('Street and number.'),
    address_city: string('Town.'),
    address_state: string('State of the address, abbreviated.'),
    address_zip: string('Postal code.'),
    DeletedBy: string('Who deleted the contact.'),
    DeletedDateTimeUtc: dateTime('When the contact was deleted.').nullable(),
    HasNBC: bool('Has an NBC on file.'),
    HasFactFinderSheet: bool('Has a fact finder sheet.'),
    MiddleInitial: string('First letter of the middle name.'),
    Tags: string('Labels, separated by commas.'),
    DateCreated: dateTime('When the contact was entered.'),
    PhoneLabel: string('What the first telephone number is.'),
    AltPhoneLabel: string('What the second telephone number is.'),
    Carriers: string('Insurance carriers.'),
    ContactImage: string('Address of a picture.'),
    CompanyAffiliation: string('Company that the contact belongs to.'),
    AdditionalInformation: string('Anything else worth knowing.'),
    HasGiftCard: bool('Was given a gift card.'),
    ContactCategory: int('Category, by number.'),
    WritingAgentId: int('The agent who wrote the business, by number.'),
    WritingAgentName: string('The agent who wrote the business, by name.'),
    MaritalStatus: string('Single, married and so on.'),
    TotalDebtAmount: decimal('Sum of all debts.'),
    NumberOfDebtAccounts: int('How many debts there are.'),
    FactFinderCodeId: int('Code of the fact finder sheet.'),
    BusinessName: string('Registered name of a business.'),
    DBA: string('Name under which a business trades.'),
    ContactGUID: guid('The contact’s other, global number.'),
    ProjectEndDate: dateTime('When the project with the contact ends.'),
    Rate: int('Rating.'),
    JobID: int('Job, by number.'),
    JobName: string('Job, by name.'),
    JobCount: int('How many jobs there are.'),
    Locked: bool('Is being edited by someone.'),
    LockedByAgentId: int('Who is editing.'),
    LockedTimestamp: dateTime('Since when.'),
    Initials: string('First letters of the names.'),
    ContactCategoryName: string('Category, by name.'),
    SMSOptIn: bool('Agrees to text messages.'),
  },
);
export type Contact = Infer<typeof Contact>;

export const ContactResponse = dto(
  'ContactResponse',
  { ns, doc: 'Contacts that are connected to the one asked for.' },
  {
    ResponseStatus: object(() => ResponseStatus, 'Why the call failed.'),
    Contact: list(
      object(() => Contact),
      'The connected contacts.',
    ),
  },
);
export type ContactResponse = Infer<typeof ContactResponse>;

export const ContactConnectionRequest = dto(
  'ContactConnectionRequest',
  { ns, doc: 'Reads or writes the contacts that are connected to one.' },
  {
    Contact: list(
      object(() => Contact),
      'Contacts to connect.',
    ).in('body'),
    ContactId: int('The contact whose connections are meant.').in('path'),
    AgentId: int('The agent on whose behalf.').in('body'),
  },
);
export type ContactConnectionRequest = Infer<typeof ContactConnectionRequest>;

export const operations = {
  ContactConnectionRequest: serviceOperation({
    doc: 'Reads or writes the contacts that are connected to one.',
    path: '/v1/ContactConnections/{ContactId}',
    request: ContactConnectionRequest,
    response: ContactResponse,
    verbs: ['GET', 'POST', 'PUT', 'OPTIONS'],
    verbDocs: {
      GET: 'Lists the contacts that are connected to one.',
      POST: 'Connects contacts to one, and lists them all.',
      PUT: 'Makes the given contacts the whole list, and lists them.',
    },
    isAuthenticated: true,
    anyRole: ['Worker', 'Agent', 'Administrator'],
    errorResponse: 'generic',
  }),
} as const;

/** How this service writes (servicestack.md §0). */
export const profile: ServiceStackProfile = {
  guid: 'N',
  nullableGuid: 'N',
  isZeroGuidLeftOut: false,
  date: 'iso',
  nulls: 'omitted',
  // Of the host that was recorded; the service's own is not known.
  assembly: 'oracle',
  firstProvider: 'jwt',
  guard: 'request',
  serviceClass: 'ContactConnectionsService',
};
