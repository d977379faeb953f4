import { describe, expect, test } from 'vitest';
import { entities } from '../../../src/apis/logisense/seed.ts';
import { Base, type BaseTable } from '../../../src/store/base.ts';
import { World } from '../../../src/store/world.ts';

const baseOf = (contacts: number, seed = '1') => new Base(seed, { logisense: entities }, { 'logisense.contacts': contacts });
const base = baseOf(400);
const table = (name: string, of: Base = base): BaseTable => of.table(`logisense.${name}`);
const records = (name: string, of: Base = base) => Array.from({ length: table(name, of).size }, (_, i) => table(name, of).record(i + 1));
const numbersOf = (size: number) => Array.from({ length: size }, (_, i) => i + 1);

describe('an untouched world', () => {
  test('has the small tables that the documented writes need', () => {
    expect(table('contactTypes').size).toBeGreaterThanOrEqual(30);
    expect(table('contactTypeTypes').size).toBe(30);
    expect(
      records('contactTypeTypes')
        .slice(0, 7)
        .map((row) => row['name']),
    ).toEqual(['Billing', 'Shipping', 'Technical', 'Service', 'Administrative', 'Other', 'Other 7']);
    expect(baseOf(200).table('logisense.contacts').size).toBe(200);
  });

  test('refers to nothing that is not there', () => {
    for (const { entity, size, id } of base.tables.values()) {
      for (const [member, target] of Object.entries(entity.references ?? {})) {
        for (const n of numbersOf(size)) {
          const value = base.table(id).record(n)[member];
          if (value !== null) expect(table(target as string).numberOf(value), `${id}[${n}].${member}`).toBeDefined();
        }
      }
    }
  });

  test('knows by arithmetic who refers to a record: exactly those that do', () => {
    const world = new World('', base);
    for (const { entity, size, id } of base.tables.values()) {
      for (const member of Object.keys(entity.referrers ?? {})) {
        const expected = new Map<unknown, number[]>();
        for (const n of numbersOf(size)) {
          const value = base.table(id).record(n)[member];
          expected.set(value, [...(expected.get(value) ?? []), n]);
        }
        const target = table((entity.references as Record<string, string>)[member]!);
        for (const key of [0, -1, ...numbersOf(target.size), target.size + 1, 2_000_000_000]) {
          expect([...world.table(id).referring(member, key)], `${id}.${member} = ${key}`).toEqual(expected.get(key) ?? []);
        }
      }
    }
  });

  test('uses contact types 1 to 25 alone, so that the others can be deleted', () => {
    expect(new Set(records('contacts').map((contact) => contact['contactTypeId']))).toEqual(new Set(numbersOf(25)));
  });

  test('has every member and one of each child in its first records', () => {
    for (const { id } of base.tables.values()) expect(Object.values(base.table(id).record(1))).not.toContain(null);
    expect(records('contactPoints').filter((point) => point['contactId'] === 1).length).toBeGreaterThan(0);
    expect(records('contactPointTypes').filter((kind) => kind['contactTypeId'] === 1).length).toBeGreaterThan(0);
    expect(table('contacts').record(1)['addressId']).toBe(1);
  });

  test('lacks children here and there, but no value', () => {
    const owners = new Set(records('contactPoints').map((point) => point['contactId']));
    expect(owners.size).toBeLessThan(400);
    expect(records('contacts').some((contact) => contact['addressId'] === null)).toBe(true);
    for (const name of ['contactTypes', 'contactPoints', 'contactPointTypes', 'addresses', 'states', 'countries']) {
      for (const record of records(name)) expect(Object.values(record)).not.toContain(null);
    }
  });

  test.each([1, 2, 5, 26, 200, 399])('has the same records at scale %i as at a larger one', (contacts) => {
    const small = baseOf(contacts);
    for (const { id, size } of small.tables.values()) {
      expect(size).toBeLessThanOrEqual(base.table(id).size);
      for (const n of numbersOf(size)) expect(small.table(id).record(n)).toEqual(base.table(id).record(n));
    }
  });

  test('is the same whatever the order in which it is looked at, and another under another seed', () => {
    const backwards = baseOf(400);
    for (const n of numbersOf(400).reverse()) backwards.table('logisense.contacts').member(n, 'lastName');
    expect(records('contacts', backwards)).toEqual(records('contacts'));
    expect(records('contacts', baseOf(400, '2'))).not.toEqual(records('contacts'));
  });
});

describe('generated data is safe and agrees with itself', () => {
  const pointsOf = (kind: number) =>
    records('contactPoints').filter(
      (_, i) =>
        (table('contactPointTypes').record(table('contactPoints').record(i + 1)['contactPointTypeId'])['dataTypeId'] as number) === kind,
    );

  test('mail addresses lie under the domains for examples and carry their owner’s name', () => {
    for (const point of pointsOf(1)) {
      expect(point['value']).toMatch(/^[a-z]+\.[a-z]+\.\d+@example\.(com|org|net)$/);
      const last = String(table('contacts').record(point['contactId'])['lastName'])
        .toLowerCase()
        .replace(/[^a-z]/g, '');
      expect(point['value']).toContain(`.${last}.`);
    }
  });
  test('telephone numbers are those set aside for fiction', () => {
    expect(pointsOf(3).length).toBeGreaterThan(50);
    for (const point of pointsOf(3)) expect(point['value']).toMatch(/^\(\d{3}\) 555-01\d\d$/);
  });
  test('web addresses lie under the domains for examples', () => {
    for (const point of pointsOf(4)) expect(point['value']).toMatch(/^https:\/\/[a-z0-9-]+\.example\.(com|org|net)\/$/);
  });
  test('a state, its country and the postal code belong together', () => {
    for (const address of records('addresses')) {
      const state = table('states').record(address['stateId']);
      expect(address['countryId']).toBe(state['countryId']);
      const isCanada = table('countries').record(address['countryId'])['countryCode'] === 'CA';
      expect(address['zipCode']).toMatch(isCanada ? /^[A-Z]\d[A-Z] \d[A-Z]\d$/ : /^\d{5}$/);
      expect(address['taxJurisdictionCodeUpdated']).toMatch(/^202[1-5]-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
  });
});
