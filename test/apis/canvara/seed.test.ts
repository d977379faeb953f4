import { expect, test } from 'vitest';
import {
  type Connection,
  type ConnectionStatus,
  type Contact,
  type ContactRole,
  type ContactType,
  connectionNumbers,
  entities,
  type Role,
  roleNumbers,
} from '../../../src/apis/canvara/seed.ts';
import type { StoredRecord } from '../../../src/contract/entity.ts';
import { Base } from '../../../src/store/base.ts';
import { World } from '../../../src/store/world.ts';

const worldAt = (contacts = 200, seed = '1') => new World('w', new Base(seed, { canvara: entities }, { 'canvara.contacts': contacts }));
const all = <R extends StoredRecord>(name: string, world = worldAt()): R[] => {
  const table = world.table<R>(`canvara.${name}`);
  return [...table.keys()].map((key) => table.get(key)!);
};
const byKey = <R extends StoredRecord>(name: string, key: keyof R): ReadonlyMap<unknown, R> =>
  new Map(all<R>(name).map((record) => [record[key], record]));

const contacts = all<Contact>('contacts');
const statuses = byKey<ConnectionStatus>('statuses', 'ConnectionStatusId');
const statusOf = (connection: Connection): string => statuses.get(connection.ConnectionStatusId)!.ConnectionStatusName;

test('contact 1 lacks nothing', () => {
  for (const [member, value] of Object.entries(contacts[0]!)) {
    expect(value, member).not.toBeNull();
    expect(value, member).not.toBe('');
  }
});

test('nothing can reach a real person: Australia’s numbers for fiction, example addresses', () => {
  for (const contact of contacts) {
    expect(contact.EmailAddress).toMatch(/^[a-z]+(\.[a-z]+)*\.\d+@example\.com$/);
    expect(contact.MobileNumber).toMatch(/^(0491 57\d \d{3})?$/);
    expect(contact.PhoneNumber).toMatch(/^\(0[2378]\) (5550|7010) \d{4}$/);
    for (const url of [contact.ProfilePhotoUrl, contact.ProfilePhotoThumbnailUrl])
      expect(url).toMatch(/^(https:\/\/images\.example\.com\/.*)?$/);
  }
  expect(new Set(contacts.map(({ EmailAddress }) => EmailAddress)).size).toBe(200);
});

test('telephone area, time zone, region and address of a contact lie in one state', () => {
  const areas: Readonly<Record<string, string>> = { NSW: '02', VIC: '03', TAS: '03', QLD: '07', SA: '08', WA: '08' };
  const zones = new Map<unknown, unknown>();
  for (const contact of contacts) {
    const [, state, postcode] = /([A-Z]{2,3}) (\d{4})$/.exec(contact.PrimaryAddress!)!;
    expect(contact.PhoneNumber?.slice(1, 3)).toBe(areas[state!]);
    expect(postcode?.[0]).toBe({ NSW: '2', VIC: '3', QLD: '4', SA: '5', WA: '6', TAS: '7' }[state!]);
    if (!zones.has(state)) zones.set(state, contact.TimezoneName);
    expect(contact.TimezoneName).toBe(zones.get(state));
    expect(contact.EmploymentGeographicArea === '').toBe(contact.EmploymentIndustry === '');
  }
  expect(zones.size).toBe(6);
});

test('persons have the names of persons, organisations those of organisations', () => {
  const types = byKey<ContactType>('contactTypes', 'ContactTypeId');
  const names = new Set<string>();
  for (const contact of contacts) {
    const type = types.get(contact.ContactTypeId)!.ContactTypeName;
    names.add(type);
    expect(contact.ContactFullName?.endsWith('Pty Ltd')).toBe(type.endsWith('Organisation'));
  }
  expect([...names].sort()).toEqual(['Organisation', 'Person', 'Virtual Organisation', 'Virtual Person']);
});

test('each contact has a role or more, none of them twice', () => {
  const roles = byKey<Role>('roles', 'RoleId');
  const held = new Map<string, ContactRole[]>();
  for (const role of all<ContactRole>('contactRoles')) held.set(role.ContactId, [...(held.get(role.ContactId) ?? []), role]);
  expect(held.size).toBe(200);
  for (const [contact, own] of held) {
    expect(contacts.some(({ ContactId }) => ContactId === contact)).toBe(true);
    expect(new Set(own.map(({ RoleId }) => RoleId)).size).toBe(own.length);
    for (const { RoleId, StartDate, EndDate } of own) {
      expect(roles.has(RoleId)).toBe(true);
      if (EndDate !== null) expect(EndDate > StartDate).toBe(true);
    }
  }
});

test('a connection joins two contacts that exist in roles that they have, and begins after both roles did', () => {
  const roles = byKey<ContactRole>('contactRoles', 'ContactRoleId');
  const known = new Set(contacts.map(({ ContactId }) => ContactId));
  const connections = all<Connection>('connections');
  expect(connections.length).toBeGreaterThan(200);
  for (const connection of connections) {
    expect(connection.FromContactId).not.toBe(connection.ToContactId);
    expect(known.has(connection.FromContactId) && known.has(connection.ToContactId)).toBe(true);
    const [from, to] = [roles.get(connection.FromContactRoleId)!, roles.get(connection.ToContactRoleId)!];
    expect([from.ContactId, to.ContactId]).toEqual([connection.FromContactId, connection.ToContactId]);
    expect(connection.FromDate === null).toBe(statusOf(connection) === 'Pending');
    if (connection.FromDate !== null) expect(connection.FromDate >= from.StartDate && connection.FromDate >= to.StartDate).toBe(true);
    if (connection.SuggesterContactId !== null) {
      expect(statusOf(connection)).toBe('Pending');
      expect(known.has(connection.SuggesterContactId)).toBe(true);
      expect([connection.FromContactId, connection.ToContactId]).not.toContain(connection.SuggesterContactId);
    }
  }
  expect(new Set(connections.map(statusOf))).toEqual(new Set(['Active', 'Pending', 'Removed']));
});

test('the numbers of a contact’s connections and roles are those that name it, and no others', () => {
  const world = worldAt();
  const [connections, roles] = [world.table<Connection>('canvara.connections'), world.table<ContactRole>('canvara.contactRoles')];
  for (const number of [1, 2, 32, 33, 190, 200]) {
    const id = world.base.table('canvara.contacts').keyOf(number);
    const found = [...connectionNumbers(number)].filter((n) => connections.base.has(n)).map((n) => connections.base.keyOf(n));
    const naming = all<Connection>('connections').filter(({ FromContactId, ToContactId }) => FromContactId === id || ToContactId === id);
    expect(found.sort()).toEqual(naming.map(({ ConnectionId }) => ConnectionId).sort());
    const held = roleNumbers(number)
      .filter((n) => roles.base.has(n))
      .map((n) => roles.base.keyOf(n));
    expect(held.sort()).toEqual(
      all<ContactRole>('contactRoles')
        .filter(({ ContactId }) => ContactId === id)
        .map(({ ContactRoleId }) => ContactRoleId)
        .sort(),
    );
  }
});

test('a larger scale changes no record that was there, and adds connections in the last block only', () => {
  const [small, large] = [worldAt(200).base, worldAt(10_000_000).base];
  for (const name of ['contacts', 'contactRoles', 'connections', 'roles', 'statuses', 'contactTypes']) {
    const [before, after] = [small.table(`canvara.${name}`), large.table(`canvara.${name}`)];
    for (let n = 1; n <= Math.min(before.size, 7168); n++) {
      if (before.has(n)) expect(after.record(n)).toEqual(before.record(n));
      else if (name === 'connections' && n <= 6 * 1024) expect(after.has(n)).toBe(false);
    }
  }
});

test('who refers to a record is known without looking at the others, and is true', () => {
  const world = worldAt(100);
  for (const name of ['connections', 'contactRoles']) {
    const table = world.base.table(`canvara.${name}`);
    const records = [...world.table(`canvara.${name}`).keys()].map(
      (key) => [table.numberOf(key)!, world.table(`canvara.${name}`).get(key)!] as const,
    );
    for (const [member, referrers] of Object.entries(table.entity.referrers ?? {})) {
      const target = world.base.table(`canvara.${table.entity.references?.[member]}`);
      for (let n = 1; n <= target.size; n++) {
        const key = target.keyOf(n);
        const naming = records.filter(([, record]) => record[member] === key).map(([number]) => number);
        expect([...referrers!(key, table)], `${name}.${member} ${n}`).toEqual(naming);
      }
    }
  }
});
