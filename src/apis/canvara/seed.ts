/**
 * What an untouched Canvara world holds: contacts, the roles they have, and connections between a role of one and a role of
 * another. Contact 1 has every member and a connection in every status.
 */
import { type RecordBuilder, entity, type Key, type Numbered, type StoredRecord } from '../../contract/entity.ts';
import { type DateTime, dateTime, type Guid, guid, string } from '../../contract/field.ts';
import { neutralTime } from '../../store/clock.ts';
import { mix } from '../../store/random.ts';
import { department, jobTitle, mailName, phrase, street, town } from '../words.ts';
import { ContactSummaryModel, UserRoleModel } from './contract.ts';
import * as pool from './pools.ts';

export type ContactType = { ContactTypeId: Guid; ContactTypeName: string };
export type Role = Pick<
  UserRoleModel,
  'RoleId' | 'RoleName' | 'RolePrimaryImageURL' | 'RolePrimaryImageThumbnailURL' | 'RolePrimaryImageId'
>;
export type ConnectionStatus = { ConnectionStatusId: Guid; ConnectionStatusName: string };
export type Contact = Omit<ContactSummaryModel, 'IsRemovedContact'>;
export type ContactRole = Pick<UserRoleModel, 'ContactRoleId' | 'RoleId' | 'StartDate' | 'EndDate'> & { ContactId: Guid };
/** Asked for by one contact (from), given by the other (to). While it is pending, its key is the request's. */
export type Connection = {
  ConnectionId: Guid;
  FromContactId: Guid;
  FromContactRoleId: Guid;
  ToContactId: Guid;
  ToContactRoleId: Guid;
  ConnectionStatusId: Guid;
  FromDate: DateTime | null;
  SuggesterContactId: Guid | null;
};

/** Everything that is generated lies before this day; roles begin before any connection does. */
const END = Date.UTC(2025, 11, 1);
const FIRST_CONNECTION = Date.UTC(2019, 0, 1);
type AnyAt = RecordBuilder<StoredRecord>;
const day = (at: AnyAt, from: number, to: number): DateTime => neutralTime(at.int(from / 86_400_000, to / 86_400_000 - 1) * 86_400_000);
const moment = (at: AnyAt, from: number, to: number): DateTime => neutralTime(at.int(from, to - 1));

export const contactTypes = entity<ContactType>({
  name: 'contactTypes',
  key: 'ContactTypeId',
  identity: 'guid',
  size: pool.CONTACT_TYPES.length,
  fields: { ContactTypeId: guid('The contact type.'), ContactTypeName: string('Its name.').impersonal() },
  members: { ContactTypeId: (at) => at.keyOf('contactTypes', at.n) as Guid, ContactTypeName: (at) => pool.CONTACT_TYPES[at.n - 1]! },
});

export const roles = entity<Role>({
  name: 'roles',
  key: 'RoleId',
  identity: 'guid',
  size: pool.ROLES.length,
  fields: UserRoleModel.fields,
  members: {
    RoleId: (at) => at.keyOf('roles', at.n) as Guid,
    RoleName: (at) => pool.ROLES[at.n - 1]!,
    RolePrimaryImageURL: (at) => `https://images.example.com/roles/${at.n}.png`,
    RolePrimaryImageThumbnailURL: (at) => `https://images.example.com/roles/${at.n}-small.png`,
    RolePrimaryImageId: (at) => at.guid('media', at.n),
  },
});

export const statuses = entity<ConnectionStatus>({
  name: 'statuses',
  key: 'ConnectionStatusId',
  identity: 'guid',
  size: pool.STATUSES.length,
  fields: { ConnectionStatusId: guid('The state of a connection.'), ConnectionStatusName: string('Its name.').impersonal() },
  members: { ConnectionStatusId: (at) => at.keyOf('statuses', at.n) as Guid, ConnectionStatusName: (at) => pool.STATUSES[at.n - 1]! },
});

type C = RecordBuilder<Contact>;
/** Text that a contact may lack is empty then: none at all would be written as the documented placeholder. */
const some = (at: C, probability: number, value: () => string): string => (at.n === 1 || at.chance(probability) ? value() : '');
/** Of eight contacts five are persons, one of them virtual. */
const typeNumber = (at: C): number => (at.n === 1 ? 1 : [1, 1, 1, 1, 2, 2, 3, 4][mix(at.seedOf('type') ^ at.n) % 8]!);
const isPerson = (at: C): boolean => typeNumber(at) % 2 === 1;
/** The state where a contact is at home: several members show it, none names it alone. */
const home = (at: C) => pool.STATES[mix(at.seedOf('home') ^ at.n) % pool.STATES.length]!;

export const contacts = entity<Contact>({
  name: 'contacts',
  key: 'ContactId',
  identity: 'guid',
  size: { scaled: 200 },
  fields: ContactSummaryModel.fields,
  members: {
    ContactId: (at) => at.keyOf('contacts', at.n) as Guid,
    ContactFullName: (at) => {
      if (!isPerson(at)) return `${at.familyName('organisations', at.n)} ${department(at)} Pty Ltd`;
      const { firstName, lastName } = at.person('contacts', at.n);
      return `${firstName} ${lastName}`;
    },
    EmailAddress: (at) => `${mailName(...(at.member('ContactFullName') ?? '').replace(/ Pty Ltd$/, '').split(' '))}.${at.n}@example.com`,
    MobileNumber: (at) => some(at, 0.8, () => at.pick(pool.MOBILE_NUMBERS)),
    PhoneNumber: (at) => `(${home(at).area}) ${at.pick(pool.LANDLINE_PREFIXES)} ${String(at.int(0, 9999)).padStart(4, '0')}`,
    ContactTypeId: (at) => at.keyOf('contactTypes', typeNumber(at)) as Guid,
    ProfilePhotoUrl: (at) => some(at, 0.7, () => `https://images.example.com/contacts/${at.n}.jpg`),
    ProfilePhotoThumbnailUrl: (at) => (at.member('ProfilePhotoUrl') ?? '').replace('.jpg', '-small.jpg'),
    Description: (at) => some(at, 0.6, () => phrase(at)),
    EmploymentIndustry: (at) => some(at, 0.8, () => department(at)),
    EmploymentRole: (at) => (at.member('EmploymentIndustry') === '' ? '' : jobTitle(at)),
    EmploymentGeographicArea: (at) => (at.member('EmploymentIndustry') === '' ? '' : home(at).region),
    TimezoneName: (at) => home(at).timezone,
    PrimaryAddress: (at) => {
      const { code, postcode } = home(at);
      const [house, postal] = [at.int(1, 480), at.int(postcode[0], postcode[1])];
      return `${house} ${street(at)}, ${town(at)} ${code} ${postal}`;
    },
  },
  references: { ContactTypeId: 'contactTypes' },
  *crowd(at, count) {
    const end = (n: number) => ({ contact: at.keyOf('contacts', n), role: at.keyOf('contactRoles', roleNumber(n, 1)) });
    const [from, active] = [end(at.n), at.keyOf('statuses', 1)];
    for (let i = 1; i <= count; i++) {
      const to = end(at.size('contacts') - count + i);
      const record = {
        ConnectionId: at.guid('crowd', i),
        FromContactId: from.contact,
        FromContactRoleId: from.role,
        ToContactId: to.contact,
        ToContactRoleId: to.role,
        ConnectionStatusId: active,
        FromDate: neutralTime(FIRST_CONNECTION + i * 86_400_000),
        SuggesterContactId: null,
      };
      yield ['connections', record];
    }
  },
});

const MAX_ROLES = 3;
/** How many roles the n-th contact has. */
const roleCount = (at: AnyAt, contact: number): number =>
  contact === 1 ? MAX_ROLES : ([1, 1, 1, 2, 2, 3] as const)[mix(at.seedOf('roles') ^ contact) % 6]!;
const roleNumber = (contact: number, place: number): number => (contact - 1) * MAX_ROLES + place;
const holder = (at: AnyAt): number => Math.ceil(at.n / MAX_ROLES);

export const contactRoles = entity<ContactRole>({
  name: 'contactRoles',
  key: 'ContactRoleId',
  identity: 'guid',
  size: (size) => size('contacts') * MAX_ROLES,
  fields: { ...UserRoleModel.fields, ContactId: guid('The contact that has the role.') },
  has: (at) => at.n - roleNumber(holder(at), 0) <= roleCount(at, holder(at)),
  members: {
    ContactRoleId: (at) => at.keyOf('contactRoles', at.n) as Guid,
    ContactId: (at) => at.keyOf('contacts', holder(at)) as Guid,
    // Steps of three through ten roles: a contact has none of them twice.
    RoleId: (at) => at.keyOf('roles', 1 + ((mix(at.seedOf('role') ^ holder(at)) + 3 * (at.n % MAX_ROLES)) % pool.ROLES.length)) as Guid,
    StartDate: (at) => day(at, Date.UTC(2010, 0, 1), FIRST_CONNECTION),
    EndDate: (at) => (at.n === 1 || at.chance(0.15) ? day(at, Date.UTC(2027, 0, 1), Date.UTC(2031, 0, 1)) : null),
  },
  references: { ContactId: 'contacts', RoleId: 'roles' },
  referrers: { ContactId: (key, table) => roleNumbers(table.numberIn('contacts', key)).filter((n) => table.has(n)) },
});
/** The numbers that the roles of the n-th contact may have; none without a contact. */
export const roleNumbers = (contact: number | undefined): readonly number[] =>
  contact === undefined ? [] : Array.from({ length: MAX_ROLES }, (_, i) => roleNumber(contact, i + 1));

/** Connections stay inside a block of as many contacts, so that a larger scale touches the last block only. */
const BLOCK = 32;
/** The number of the connection between two places of a block; one number for each pair. */
const pairNumber = (block: number, low: number, high: number): number => (block * BLOCK + low) * BLOCK + high + 1;
/** The two contacts, by number, of the n-th pair. */
const pairOf = (n: number): readonly [low: number, high: number] => {
  const block = Math.floor((n - 1) / (BLOCK * BLOCK));
  const first = block * BLOCK + 1;
  return [first + (Math.floor((n - 1) / BLOCK) % BLOCK), first + ((n - 1) % BLOCK)];
};
/** The numbers that connections of the n-th contact may have; none without a contact. */
export function* connectionNumbers(contact: number | undefined): Generator<number> {
  if (contact === undefined) return;
  const block = Math.floor((contact - 1) / BLOCK);
  const place = (contact - 1) % BLOCK;
  for (let other = 0; other < BLOCK; other++) {
    if (other !== place) yield pairNumber(block, Math.min(place, other), Math.max(place, other));
  }
}

type K = RecordBuilder<Connection>;
/** The first contact of each block shows whatever can be shown: one entry for each of its first connections. */
const SHOWN: readonly { status: pool.Status; isIncoming?: true; isSuggested?: true }[] = Object.freeze([
  { status: 'Active' },
  { status: 'Pending' },
  { status: 'Removed' },
  { status: 'Pending', isIncoming: true, isSuggested: true },
  { status: 'Active', isIncoming: true },
  { status: 'Pending', isSuggested: true },
]);
const shown = (n: number): (typeof SHOWN)[number] | undefined => {
  const [low, high] = pairOf(n);
  return (low - 1) % BLOCK === 0 ? SHOWN[high - low - 1] : undefined;
};
/** From whom to whom: numbers of contacts. */
const ends = (at: AnyAt): readonly [from: number, to: number] => {
  const [low, high] = pairOf(at.n);
  const example = shown(at.n);
  const isReversed = example === undefined ? mix(at.seedOf('direction') ^ at.n) % 2 === 0 : example.isIncoming === true;
  return isReversed ? [high, low] : [low, high];
};
const roleOf = (at: K, contact: number): Guid => at.keyOf('contactRoles', roleNumber(contact, at.int(1, roleCount(at, contact)))) as Guid;
const statusOf = (at: K): pool.Status =>
  pool.STATUSES.find((_, i) => at.keyOf('statuses', i + 1) === at.member('ConnectionStatusId')) as pool.Status;

export const connections = entity<Connection>({
  name: 'connections',
  key: 'ConnectionId',
  identity: 'guid',
  size: (size) => Math.ceil(size('contacts') / BLOCK) * BLOCK * BLOCK,
  fields: {
    ConnectionId: guid('The connection; while it is pending, the request for it.'),
    FromContactId: guid('The contact that asked for it.'),
    FromContactRoleId: guid('The role in which it asked.'),
    ToContactId: guid('The contact that was asked.'),
    ToContactRoleId: guid('The role in which it was asked.'),
    ConnectionStatusId: guid('The state of the connection.'),
    FromDate: dateTime('Since when there is a connection.').nullable().impersonal(),
    SuggesterContactId: guid('Who proposed the connection.').nullable(),
  },
  has: (at) => {
    const [low, high] = pairOf(at.n);
    return low < high && high <= at.size('contacts') && (shown(at.n) !== undefined || at.chance(1 / 8));
  },
  members: {
    ConnectionId: (at) => at.keyOf('connections', at.n) as Guid,
    FromContactId: (at) => at.keyOf('contacts', ends(at)[0]) as Guid,
    FromContactRoleId: (at) => roleOf(at, ends(at)[0]),
    ToContactId: (at) => at.keyOf('contacts', ends(at)[1]) as Guid,
    ToContactRoleId: (at) => roleOf(at, ends(at)[1]),
    ConnectionStatusId: (at) => {
      const status = shown(at.n)?.status ?? at.pick<pool.Status>(['Active', 'Active', 'Active', 'Active', 'Active', 'Pending', 'Removed']);
      return at.keyOf('statuses', pool.STATUSES.indexOf(status) + 1) as Guid;
    },
    FromDate: (at) => (statusOf(at) === 'Pending' ? null : moment(at, FIRST_CONNECTION, END)),
    SuggesterContactId: (at) => {
      if (statusOf(at) !== 'Pending') return null;
      const [low, high] = pairOf(at.n);
      const isSuggested = shown(at.n)?.isSuggested ?? at.chance(0.3);
      // A neighbour of the two that exists at every scale at which they do.
      const suggester = low + 1 < high ? at.int(low + 1, high - 1) : low - 1;
      const isOfBlock = Math.floor((suggester - 1) / BLOCK) === Math.floor((low - 1) / BLOCK) && suggester > 0;
      return isSuggested && isOfBlock ? (at.keyOf('contacts', suggester) as Guid) : null;
    },
  },
  references: {
    FromContactId: 'contacts',
    FromContactRoleId: 'contactRoles',
    ToContactId: 'contacts',
    ToContactRoleId: 'contactRoles',
    ConnectionStatusId: 'statuses',
    SuggesterContactId: 'contacts',
  },
  referrers: {
    FromContactId: (key, table) => naming(table, 'FromContactId', key, connectionNumbers(table.numberIn('contacts', key))),
    FromContactRoleId: (key, table) => naming(table, 'FromContactRoleId', key, connectionNumbers(holderOf(table, key))),
    ToContactId: (key, table) => naming(table, 'ToContactId', key, connectionNumbers(table.numberIn('contacts', key))),
    ToContactRoleId: (key, table) => naming(table, 'ToContactRoleId', key, connectionNumbers(holderOf(table, key))),
    SuggesterContactId: (key, table) => naming(table, 'SuggesterContactId', key, blockNumbers(table.numberIn('contacts', key))),
  },
});

/** Of these numbers those whose connection names a key. */
const naming = (table: Numbered, member: keyof Connection, key: Key, numbers: Iterable<number>): number[] =>
  [...numbers].filter((n) => table.has(n) && table.record(n)[member] === key);
const holderOf = (table: Numbered, contactRole: Key): number | undefined => {
  const number = table.numberIn('contactRoles', contactRole);
  return number === undefined ? undefined : Math.ceil(number / MAX_ROLES);
};
/** The numbers of all connections in the block of the n-th contact. */
const blockNumbers = (contact: number | undefined): number[] =>
  contact === undefined ? [] : Array.from({ length: BLOCK * BLOCK }, (_, i) => pairNumber(Math.floor((contact - 1) / BLOCK), 0, 0) + i);

export const entities = Object.freeze({ contactTypes, roles, statuses, contacts, contactRoles, connections });
