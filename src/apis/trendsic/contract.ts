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
    ContactId: int('Number of the contact.').impersonal(),
    ContactType: int('What kind of contact it is.').impersonal(),
    FirstName: string('Given name.'),
    LastName: string('Family name.'),
    Name: string('Given and family name together.'),
    Role: string('Part that the contact plays at work.'),
    Title: string('Job title.'),
    EmailWork: string('Mail address at work.'),
    EmailPersonal: string('Private mail address.'),
    District: string('School district, by name.'),
    DistrictID: int('School district, by number.').impersonal(),
    School: string('School, by name.'),
    SchoolID: long('School, by number.').impersonal(),
    State: string('State, abbreviated.').impersonal(),
    StateName: string('State, by name.').impersonal(),
    StateID: long('State, by number.').impersonal(),
    CountyID: long('County, by number.').impersonal(),
    County: string('County, by name.'),
    Phone: string('First telephone number.'),
    Department: string('Department at work.'),
    Flow: string('Stage of the agency’s process.').impersonal(),
    LastContact: dateTime('When the contact was last spoken to.').impersonal(),
    DoNotContact: bool('Wants to be left alone.').impersonal(),
    Active: bool('Is being worked with.').impersonal(),
    AgentId: int('The agent whose contact it is.').impersonal(),
    PhoneAlt: string('Second telephone number.'),
    PeraContactId: int('Number of the contact in the retirement agency’s books.'),
    RoomNumber: string('Room at work.'),
    SourceTypeId: int('Where the contact came from, by number.').impersonal(),
    SourceTypeDesc: string('Where the contact came from, in words.').impersonal(),
    SourceNote: string('A remark on where the contact came from.'),
    ContactStatusId: int('Status, by number.').impersonal(),
    ContactStatusDesc: string('Status, in words.').impersonal(),
    SSN: string('Social security number.'),
    DateOfBirth: dateTime('Birthday.'),
    Deleted: bool('Has been deleted.').impersonal(),
    IsShared: bool('Is shared between agents.').impersonal(),
    address_line1: string('Street and number.'),
    address_city: string('Town.'),
    address_state: string('State of the address, abbreviated.').impersonal(),
    address_zip: string('Postal code.'),
    DeletedBy: string('Who deleted the contact.'),
    DeletedDateTimeUtc: dateTime('When the contact was deleted.').nullable().impersonal(),
    HasNBC: bool('Has an NBC on file.').impersonal(),
    HasFactFinderSheet: bool('Has a fact finder sheet.').impersonal(),
    MiddleInitial: string('First letter of the middle name.'),
    Tags: string('Labels, separated by commas.'),
    DateCreated: dateTime('When the contact was entered.').impersonal(),
    PhoneLabel: string('What the first telephone number is.').impersonal(),
    AltPhoneLabel: string('What the second telephone number is.').impersonal(),
    Carriers: string('Insurance carriers.'),
    ContactImage: string('Address of a picture.'),
    CompanyAffiliation: string('Company that the contact belongs to.'),
    AdditionalInformation: string('Anything else worth knowing.'),
    HasGiftCard: bool('Was given a gift card.').impersonal(),
    ContactCategory: int('Category, by number.').impersonal(),
    WritingAgentId: int('The agent who wrote the business, by number.').impersonal(),
    WritingAgentName: string('The agent who wrote the business, by name.'),
    MaritalStatus: string('Single, married and so on.'),
    TotalDebtAmount: decimal('Sum of all debts.'),
    NumberOfDebtAccounts: int('How many debts there are.'),
    FactFinderCodeId: int('Code of the fact finder sheet.').impersonal(),
    BusinessName: string('Registered name of a business.'),
    DBA: string('Name under which a business trades.'),
    ContactGUID: guid('The contact’s other, global number.').impersonal(),
    ProjectEndDate: dateTime('When the project with the contact ends.').impersonal(),
    Rate: int('Rating.').impersonal(),
    JobID: int('Job, by number.').impersonal(),
    JobName: string('Job, by name.').impersonal(),
    JobCount: int('How many jobs there are.').impersonal(),
    Locked: bool('Is being edited by someone.').impersonal(),
    LockedByAgentId: int('Who is editing.').impersonal(),
    LockedTimestamp: dateTime('Since when.').impersonal(),
    Initials: string('First letters of the names.'),
    ContactCategoryName: string('Category, by name.').impersonal(),
    SMSOptIn: bool('Agrees to text messages.').impersonal(),
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
