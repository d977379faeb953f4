import { expect, test } from 'vitest';
import type { Contact } from '../../../src/apis/trendsic/contract.ts';
import { Contact as ContactDto } from '../../../src/apis/trendsic/contract.ts';
import { type Connections, entities } from '../../../src/apis/trendsic/seed.ts';
import { Base } from '../../../src/store/base.ts';
import { parseTime } from '../../../src/store/clock.ts';

const baseAt = (contacts = 200, seed = '1') => new Base(seed, { trendsic: entities }, { 'trendsic.contacts': contacts });
const base = baseAt();
const contacts = Array.from({ length: 200 }, (_, i) => base.table('trendsic.contacts').record(i + 1) as Contact);
const connectedTo = (id: number, of = base): readonly number[] => (of.table('trendsic.connections').record(id) as Connections).ConnectedTo;
const time = (text: string | null): number => parseTime(text ?? '') ?? Number.NaN;

test('a contact has the documented members in their order', () => {
  for (const contact of contacts) expect(Object.keys(contact)).toEqual(ContactDto.members.map(({ name }) => name));
});

test('contact 1 lacks nothing', () => {
  for (const [member, value] of Object.entries(contacts[0]!)) {
    expect(value, member).not.toBeNull();
    expect(value, member).not.toBe('');
    if (!member.startsWith('Is') && typeof value === 'number' && member !== 'Rate') expect(value, member).toBeGreaterThan(0);
  }
  expect(contacts[0]?.LockedTimestamp).not.toBe('0001-01-01T00:00:00');
});

test('names agree with each other', () => {
  for (const { FirstName, LastName, Name, Initials, MiddleInitial } of contacts) {
    expect(Name).toBe(`${FirstName} ${LastName}`);
    expect(Initials).toBe(`${FirstName?.[0]}${LastName?.[0]}`);
    expect(MiddleInitial).toMatch(/^[A-Z]?$/);
  }
});

test('a number and its words always mean the same', () => {
  const pairs: readonly (readonly [keyof Contact, keyof Contact])[] = [
    ['StateID', 'StateName'],
    ['StateID', 'State'],
    ['CountyID', 'County'],
    ['CountyID', 'StateID'],
    ['DistrictID', 'District'],
    ['DistrictID', 'CountyID'],
    ['SchoolID', 'School'],
    ['SchoolID', 'DistrictID'],
    ['SourceTypeId', 'SourceTypeDesc'],
    ['ContactStatusId', 'ContactStatusDesc'],
    ['ContactCategory', 'ContactCategoryName'],
    ['WritingAgentId', 'WritingAgentName'],
    ['JobID', 'JobName'],
    ['JobID', 'Role'],
    ['JobID', 'Department'],
    ['DistrictID', 'address_city'],
  ];
  for (const [number, words] of pairs) {
    const known = new Map<unknown, unknown>();
    for (const contact of contacts) {
      if (!known.has(contact[number])) known.set(contact[number], contact[words]);
      expect(contact[words], `${words} of ${number} ${contact[number]}`).toEqual(known.get(contact[number]));
    }
    expect(known.size).toBeGreaterThan(1);
  }
});

test('an address lies in the state of its contact, and so do the telephones', () => {
  const areas = new Map<unknown, unknown>();
  for (const { address_state, State, address_zip, Phone, PhoneAlt } of contacts) {
    expect(address_state).toBe(State);
    expect(address_zip).toMatch(/^\d{5}$/);
    const area = Phone?.slice(0, 5);
    if (!areas.has(State)) areas.set(State, area);
    expect(area).toBe(areas.get(State));
    if (PhoneAlt !== '') expect(PhoneAlt?.slice(0, 5)).toBe(area);
  }
});

test('what is said of a deleted, a locked, an indebted contact is said of no other', () => {
  for (const contact of contacts) {
    expect(contact.DeletedBy !== '').toBe(contact.Deleted);
    expect(contact.DeletedDateTimeUtc !== null).toBe(contact.Deleted);
    if (contact.Deleted) expect(contact.Active).toBe(false);
    expect(contact.LockedByAgentId > 0).toBe(contact.Locked);
    expect(contact.LockedTimestamp !== '0001-01-01T00:00:00').toBe(contact.Locked);
    expect(contact.NumberOfDebtAccounts > 0).toBe(contact.TotalDebtAmount !== '0.00');
    expect(contact.FactFinderCodeId > 0).toBe(contact.HasFactFinderSheet);
    expect(contact.BusinessName !== '').toBe(contact.ContactType === 2);
    expect(contact.DBA !== '').toBe(contact.ContactType === 2);
    expect(contact.AltPhoneLabel !== '').toBe(contact.PhoneAlt !== '');
    if (contact.DoNotContact) expect(contact.SMSOptIn).toBe(false);
  }
  expect(contacts.filter((contact) => contact.Deleted).length).toBeGreaterThan(1);
  expect(contacts.filter((contact) => contact.Locked).length).toBeGreaterThan(1);
});

test('dates come in the order of a life', () => {
  for (const { DateOfBirth, DateCreated, LastContact, Locked, LockedTimestamp, Deleted, DeletedDateTimeUtc, ProjectEndDate } of contacts) {
    expect(time(DateOfBirth)).toBeLessThan(time(DateCreated));
    expect(time(DateCreated)).toBeLessThanOrEqual(time(LastContact));
    expect(time(LastContact)).toBeLessThan(Date.UTC(2026, 0, 1));
    if (Locked) expect(time(LockedTimestamp)).toBeGreaterThanOrEqual(time(LastContact));
    if (Deleted) expect(time(DeletedDateTimeUtc)).toBeGreaterThanOrEqual(time(LastContact));
    expect(time(ProjectEndDate)).toBeGreaterThan(time(DateCreated));
  }
});

test('dates are neutral text, with and without a fraction', () => {
  const texts = contacts.flatMap((contact) => [contact.DateCreated, contact.LastContact, contact.DateOfBirth, contact.ProjectEndDate]);
  for (const text of texts) expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,6}[1-9])?$/);
  expect(texts.some((text) => /\.\d{7}$/.test(text))).toBe(true);
  expect(texts.some((text) => /\.\d{1,3}$/.test(text))).toBe(true);
  for (const contact of contacts.filter(({ Deleted }) => Deleted)) expect(contact.DeletedDateTimeUtc).toMatch(/Z$/);
});

test('nothing can reach a real person', () => {
  for (const contact of contacts) {
    expect(contact.EmailWork).toMatch(/^[a-z]+\.[a-z]+\.\d+@example\.org$/);
    expect(contact.EmailPersonal).toMatch(/^([a-z]+\.[a-z]+\.\d+@example\.com)?$/);
    for (const phone of [contact.Phone, contact.PhoneAlt]) expect(phone).toMatch(/^(\(\d{3}\) 555-01\d\d)?$/);
    // Areas from 900 are not given out, and groups below 50 are no taxpayer's number.
    expect(contact.SSN).toMatch(/^9\d\d-[0-4]\d-\d{4}$/);
    expect(contact.SSN).not.toMatch(/-00-|-0000$/);
    expect(contact.ContactImage).toMatch(/^(https:\/\/images\.example\.com\/.*)?$/);
  }
  expect(new Set(contacts.map(({ EmailWork }) => EmailWork)).size).toBe(200);
  expect(new Set(contacts.map(({ ContactGUID }) => ContactGUID)).size).toBe(200);
});

test('agents come from one small pool at every scale', () => {
  const agents = (of: Base, from: number) =>
    Array.from({ length: 200 }, (_, i) => of.table('trendsic.contacts').record(from + i)['AgentId'] as number);
  const small = new Set(agents(base, 1));
  expect(Math.max(...small)).toBeLessThanOrEqual(8);
  expect(Math.min(...small)).toBeGreaterThanOrEqual(1);
  for (const agent of agents(baseAt(10_000_000), 9_999_800)) expect(small).toContain(agent);
});

test('connections hold from both ends, lead to contacts that exist, and to no one’s self', () => {
  for (const size of [1, 2, 31, 32, 33, 200, 1000]) {
    const of = baseAt(size);
    for (let id = 1; id <= size; id++) {
      for (const other of connectedTo(id, of)) {
        expect(other).not.toBe(id);
        expect(other >= 1 && other <= size).toBe(true);
        expect(connectedTo(other, of)).toContain(id);
      }
      expect(connectedTo(id, of)).toEqual([...new Set(connectedTo(id, of))].sort((left, right) => left - right));
    }
  }
});

test('contact 1 has several connections, whatever the seed', () => {
  for (let seed = 0; seed < 50; seed++) expect(connectedTo(1, baseAt(200, String(seed))).length).toBeGreaterThanOrEqual(3);
});

test('a larger scale changes no contact, and connections in the last block only', () => {
  const large = baseAt(1_000_000);
  for (let id = 1; id <= 200; id++) {
    expect(large.table('trendsic.contacts').record(id)).toEqual(contacts[id - 1]);
    if (id <= 192) expect(connectedTo(id, large)).toEqual(connectedTo(id));
    else expect(connectedTo(id, large).filter((other) => other <= 200)).toEqual(connectedTo(id));
  }
});

test('who refers to a contact is known without looking at the others, and is true', () => {
  const table = base.table('trendsic.connections');
  for (let id = 1; id <= 200; id++) {
    const naming = Array.from({ length: 200 }, (_, i) => i + 1).filter((other) => connectedTo(other).includes(id));
    expect([...table.entity.referrers!['ConnectedTo']!(id, table)]).toEqual(naming);
  }
  expect([...table.entity.referrers!['ConnectedTo']!(201, table)]).toEqual([]);
});
