/**
 * What an untouched Trendsic world holds. Members that say the same twice (a state and its name, a district and its number)
 * follow from one draw; contact 1 has every member.
 */
import { type RecordBuilder, entity } from '../../contract/entity.ts';
import { type DateTime, type Decimal, FIRST_MOMENT, int, list } from '../../contract/field.ts';
import { neutralTime, parseTime } from '../../store/clock.ts';
import { mix } from '../../store/random.ts';
import { company, department, jobTitle, mailName, sentence, street } from '../words.ts';
import { Contact } from './contract.ts';
import * as pool from './pools.ts';

type C = RecordBuilder<Contact>;

const DAY = 86_400_000;
/** Generated dates end here, before the time that an untouched world shows. */
const END = Date.UTC(2025, 11, 1);

/** Contact 1 has it always, another with this probability. */
const has = (at: C, probability: number): boolean => at.n === 1 || at.chance(probability);
/** Text that a contact may lack is empty then: none at all would be written as the documented placeholder. */
const some = (at: C, probability: number, value: () => string): string => (has(at, probability) ? value() : '');
const several = (at: C, choices: readonly string[], probability: number): string =>
  choices.filter((_, i) => (at.n === 1 && i === 0) || at.chance(probability)).join(',');

const timeOf = (text: DateTime): number => parseTime(text)!;
/** A moment between two times; of every three one has no fraction, one milliseconds, one all seven digits. */
const moment = (at: C, from: number, to: number, zone: 'Z' | '' = ''): DateTime => {
  const time = at.int(Math.floor(from / 1000) + 1, Math.floor(to / 1000)) * 1000;
  const precision = at.int(0, 2);
  if (precision < 2) return neutralTime(time + (precision === 1 ? at.int(1, 999) : 0), zone);
  return `${neutralTime(time, '')}.${String(at.int(1, 999_999) * 10 + at.int(1, 9)).padStart(7, '0')}${zone}`;
};
/** 555-0100 to 555-0199 belong to no one, in any area. */
const phone = (at: C): string =>
  `(${pool.stateOf(at.member('CountyID') as number).areaCode}) 555-01${String(at.int(0, 99)).padStart(2, '0')}`;
const mailbox = (at: C): string => `${mailName(at.member('FirstName'), at.member('LastName'))}.${at.n}`;

const AGENTS = 8;
const JOBS = 12;
const agentId = (at: C): number => at.int(1, AGENTS);
const agentName = (at: C, id: number): string =>
  at.shared('agents', id, () => {
    const { firstName, lastName } = at.person('agents', id);
    return `${firstName} ${lastName}`;
  });
const carriers = (at: C): readonly string[] =>
  at.shared('carriers', 0, () =>
    ['Life', 'Mutual', 'Annuity', 'Assurance'].map((trade, i) => `${at.familyName('carriers', i + 1)} ${trade}`),
  );
const isBusiness = (at: C): boolean => at.member('ContactType') === 2;

export const contacts = entity<Contact>({
  name: 'contacts',
  key: 'ContactId',
  identity: 'number',
  size: { scaled: 200 },
  fields: Contact.fields,
  members: {
    ContactId: (at) => at.n,
    ContactType: (at) => (has(at, 0.1) ? 2 : 1),
    FirstName: (at) => at.person('contacts', at.n).firstName,
    LastName: (at) => at.person('contacts', at.n).lastName,
    Name: (at) => `${at.member('FirstName')} ${at.member('LastName')}`,
    Role: (at) => pool.ROLES[at.member('JobID') % pool.ROLES.length]!,
    Title: jobTitle,
    EmailWork: (at) => `${mailbox(at)}@example.org`,
    EmailPersonal: (at) => some(at, 0.7, () => `${mailbox(at)}@example.com`),
    District: (at) => pool.districtName(at.member('DistrictID')),
    DistrictID: (at) => (at.member('CountyID') as number) * 10 + at.int(1, pool.DISTRICTS_OF_A_COUNTY),
    School: (at) => pool.schoolName(at.member('SchoolID') as number),
    SchoolID: (at) => at.member('DistrictID') * 10 + at.int(1, pool.SCHOOLS_OF_A_DISTRICT),
    State: (at) => pool.stateOf(at.member('CountyID') as number).code,
    StateName: (at) => pool.stateOf(at.member('CountyID') as number).name,
    StateID: (at) => pool.stateOf(at.member('CountyID') as number).id,
    CountyID: (at) => at.pick(pool.COUNTY_IDS),
    County: (at) => pool.countyName(at.member('CountyID') as number),
    Phone: phone,
    Department: (at) => at.shared('departments', at.member('JobID'), () => department(at)),
    Flow: (at) => at.pick(pool.FLOWS),
    LastContact: (at) => moment(at, timeOf(at.member('DateCreated')), END - 30 * DAY),
    DoNotContact: (at) => at.chance(0.05),
    Active: (at) => !at.member('Deleted') && at.chance(0.85),
    AgentId: agentId,
    PhoneAlt: (at) => some(at, 0.4, () => phone(at)),
    PeraContactId: (at) => at.int(100_000, 999_999),
    RoomNumber: (at) => some(at, 0.6, () => `${at.pick(['A', 'B', 'C'])}${at.int(101, 240)}`),
    SourceTypeId: (at) => at.int(1, pool.SOURCES.length),
    SourceTypeDesc: (at) => pool.nameOf(pool.SOURCES, at.member('SourceTypeId')),
    SourceNote: (at) => some(at, 0.3, () => sentence(at)),
    ContactStatusId: (at) => at.int(1, pool.STATUSES.length),
    ContactStatusDesc: (at) => pool.nameOf(pool.STATUSES, at.member('ContactStatusId')),
    // Areas from 900 were never issued; groups below 50 are no taxpayer's number either.
    SSN: (at) => `${at.int(900, 999)}-${String(at.int(1, 49)).padStart(2, '0')}-${String(at.int(1, 9999)).padStart(4, '0')}`,
    DateOfBirth: (at) => neutralTime(Date.UTC(1950, 0, 1) + at.int(0, 18_250) * DAY, ''),
    Deleted: (at) => has(at, 0.05),
    IsShared: (at) => at.chance(0.2),
    address_line1: (at) => `${at.int(1, 9800)} ${street(at)}`,
    address_city: (at) => pool.townOf(at.member('DistrictID')),
    address_state: (at) => at.member('State'),
    address_zip: (at) => {
      const [from, to] = pool.stateOf(at.member('CountyID') as number).zip;
      return String(at.int(from, to));
    },
    DeletedBy: (at) => (at.member('Deleted') ? agentName(at, agentId(at)) : ''),
    DeletedDateTimeUtc: (at) => (at.member('Deleted') ? moment(at, timeOf(at.member('LastContact')), END, 'Z') : null),
    HasNBC: (at) => at.chance(0.4),
    HasFactFinderSheet: (at) => has(at, 0.3),
    MiddleInitial: (at) => some(at, 0.8, () => String.fromCharCode(65 + at.int(0, 25))),
    Tags: (at) => several(at, pool.TAGS, 0.2),
    DateCreated: (at) => moment(at, Date.UTC(2016, 0, 1), Date.UTC(2025, 5, 1)),
    PhoneLabel: (at) => at.pick(pool.PHONE_LABELS),
    AltPhoneLabel: (at) => (at.member('PhoneAlt') === '' ? '' : at.pick(pool.PHONE_LABELS)),
    Carriers: (at) => several(at, carriers(at), 0.3),
    ContactImage: (at) => some(at, 0.5, () => `https://images.example.com/contacts/${at.n}.png`),
    CompanyAffiliation: (at) => some(at, 0.2, () => company(at)),
    AdditionalInformation: (at) => some(at, 0.3, () => sentence(at)),
    HasGiftCard: (at) => at.chance(0.15),
    ContactCategory: (at) => at.int(1, pool.CATEGORIES.length),
    WritingAgentId: (at) => (has(at, 0.6) ? agentId(at) : 0),
    WritingAgentName: (at) => (at.member('WritingAgentId') > 0 ? agentName(at, at.member('WritingAgentId')) : ''),
    MaritalStatus: (at) => at.pick(pool.MARITAL_STATUSES),
    TotalDebtAmount: (at) => (at.member('NumberOfDebtAccounts') === 0 ? '0.00' : (`${at.int(500, 95_000)}.${at.int(10, 99)}` as Decimal)),
    NumberOfDebtAccounts: (at) => (has(at, 0.7) ? at.int(1, 7) : 0),
    FactFinderCodeId: (at) => (at.member('HasFactFinderSheet') ? at.int(1, 40) : 0),
    BusinessName: (at) => (isBusiness(at) ? `${at.member('LastName')} ${department(at)} LLC` : ''),
    DBA: (at) => (at.member('BusinessName') ?? '').replace(/ LLC$/, ''),
    ContactGUID: (at) => at.guid('contact', at.n),
    ProjectEndDate: (at) => neutralTime(Math.floor(timeOf(at.member('DateCreated')) / DAY + at.int(30, 1095)) * DAY, ''),
    Rate: (at) => at.int(0, 5),
    JobID: (at) => at.int(1, JOBS),
    JobName: (at) => at.shared('jobs', at.member('JobID'), () => jobTitle(at)),
    JobCount: (at) => at.int(1, 3),
    Locked: (at) => has(at, 0.04),
    LockedByAgentId: (at) => (at.member('Locked') ? agentId(at) : 0),
    LockedTimestamp: (at) => (at.member('Locked') ? moment(at, timeOf(at.member('LastContact')), END) : FIRST_MOMENT),
    Initials: (at) => `${at.member('FirstName')?.[0] ?? ''}${at.member('LastName')?.[0] ?? ''}`,
    ContactCategoryName: (at) => pool.nameOf(pool.CATEGORIES, at.member('ContactCategory')),
    SMSOptIn: (at) => !at.member('DoNotContact') && at.chance(0.5),
  },
  *crowd(at, count) {
    const connectedTo = (n: number) => (at.related('connections', n) as Connections).ConnectedTo;
    const others = Array.from({ length: count }, (_, i) => at.size('contacts') - count + 1 + i);
    yield ['connections', { ContactId: at.n, ConnectedTo: [...new Set([...connectedTo(at.n), ...others])] }];
    for (const n of others) yield ['connections', { ContactId: n, ConnectedTo: [...new Set([...connectedTo(n), at.n])] }];
  },
});

/** The contacts that one is connected to, in order. Every connection stands at both of its ends. */
export interface Connections {
  readonly ContactId: number;
  readonly ConnectedTo: readonly number[];
}

/** Connections stay inside a block of as many contacts, so that a larger scale touches the last block only. */
const BLOCK = 32;
/** Whether two places of a block are connected: the same from both ends, one pair in eight, the first place always to three. */
const areConnected = (seed: number, block: number, left: number, right: number): boolean => {
  const [low, high] = left < right ? [left, right] : [right, left];
  return (low === 0 && (high === 1 || high === 2 || high === 4)) || mix(seed ^ mix(block * BLOCK * BLOCK + low * BLOCK + high)) % 8 === 0;
};

export const connections = entity<{ [M in keyof Connections]: Connections[M] }>({
  name: 'connections',
  key: 'ContactId',
  identity: 'number',
  size: (size) => size('contacts'),
  fields: {
    ContactId: int('The contact whose connections these are.'),
    ConnectedTo: list(int(), 'The contacts at the other ends, in order.'),
  },
  members: {
    ContactId: (at) => at.n,
    ConnectedTo: (at) => {
      const seed = at.seedOf('connections');
      const place = (at.n - 1) % BLOCK;
      const first = at.n - place;
      const partners: number[] = [];
      for (let other = 0; other < BLOCK && first + other <= at.size('contacts'); other++) {
        if (other !== place && areConnected(seed, (first - 1) / BLOCK, place, other)) partners.push(first + other);
      }
      return Object.freeze(partners);
    },
  },
  references: { ContactId: 'contacts', ConnectedTo: 'contacts' },
  referrers: {
    ContactId: (key, table) => (table.has(key as number) ? [key as number] : []),
    ConnectedTo: (key, table) => (table.has(key as number) ? (table.record(key as number) as Connections).ConnectedTo : []),
  },
});

export const entities = Object.freeze({ contacts, connections });
