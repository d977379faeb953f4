import { describe, expect, test } from 'vitest';
import { entities } from '../../../src/apis/logisense/seed.ts';
import { Base, type BaseTable } from '../../../src/store/base.ts';
import { World } from '../../../src/store/world.ts';

const baseOf = (contacts: number, seed = '1') => new Base(seed, { logisense: entities }, { 'logisense.contacts': contacts });
const base = baseOf(400);
const table = (name: string, of: Base = base): BaseTable => of.table(`logisense.${name}`);
const numbersOf = (size: number) => Array.from({ length: size }, (_, i) => i + 1);
const existing = (of: BaseTable) => numbersOf(of.size).filter((n) => of.has(n));
const records = (name: string, of: Base = base) => existing(table(name, of)).map((n) => table(name, of).record(n));
/** How many of the records have no value. */
const lacking = (name: string, member: string) => records(name).filter((record) => record[member] === null).length / records(name).length;

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
    for (const { entity, id } of base.tables.values()) {
      for (const [member, target] of Object.entries(entity.references ?? {})) {
        for (const n of existing(base.table(id))) {
          const value = base.table(id).record(n)[member];
          if (value !== null) expect(table(target as string).numberOf(value), `${id}[${n}].${member}`).toBeDefined();
        }
      }
    }
  });

  test('knows by arithmetic who refers to a record: exactly those that do', () => {
    const world = new World('', base);
    for (const { entity, id } of base.tables.values()) {
      for (const member of Object.keys(entity.referrers ?? {})) {
        const expected = new Map<unknown, number[]>();
        for (const n of existing(base.table(id))) {
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

  test('uses contact types 2 to 25 alone: the documented DELETE of type 1 works, and so do those of the types above', () => {
    for (const seed of ['1', '2', '3']) {
      const types = records('contacts', baseOf(64, seed)).map((contact) => contact['contactTypeId']);
      expect(new Set(types)).toEqual(new Set(numbersOf(25).slice(1)));
    }
  });

  test('gives a base kind that can be used once to one contact type', () => {
    const once = records('contactTypes').filter((type) => type['contactTypeTypeId'] <= 5);
    expect(once.map((type) => type['contactTypeTypeId']).sort()).toEqual([1, 2, 3, 4, 5]);
    expect(once.map((type) => type['identity'])).toEqual([1, 2, 3, 4, 5]);
  });

  test('has a first contact that lacks nothing: every member, each kind of contact point, an address, the taxes', () => {
    for (const seed of numbersOf(20).map(String)) {
      const of = baseOf(1, seed);
      const [contact] = records('contacts', of);
      expect(Object.values(contact!)).not.toContain(null);
      expect(contact).toMatchObject({ identity: 1, isUsedForTax: true });
      expect(table('contactTypes', of).record(contact!['contactTypeId'])['name']).toBe('Billing');
      // Where it lives in a country without states here, it has none.
      const { stateId: _, ...address } = table('addresses', of).record(contact!['addressId']);
      expect(Object.values(address)).not.toContain(null);
      expect(records('contactPoints', of).length).toBeGreaterThanOrEqual(3);
    }
    for (const name of ['contactTypes', 'contactPointTypes', 'states', 'countries'])
      expect(Object.values(table(name).record(1)), name).not.toContain(null);
  });

  test('lacks values and children where the contract allows it, so that a front end meets them', () => {
    expect(lacking('contacts', 'title')).toBeCloseTo(0.1, 1);
    expect(lacking('contacts', 'addressId')).toBeCloseTo(0.2, 1);
    expect(lacking('contacts', 'isUsedForTax')).toBeGreaterThan(0.02);
    expect(lacking('addresses', 'address2')).toBeGreaterThan(0.6);
    for (const member of ['latitude', 'longitude', 'stateId', 'taxJurisdictionCodeUpdated', 'isIncorporated'])
      expect(lacking('addresses', member), member).toBeGreaterThan(0.02);
    expect(lacking('contactTypes', 'description')).toBeGreaterThan(0.02);
    for (const member of ['firstName', 'lastName', 'contactTypeId']) expect(lacking('contacts', member), member).toBe(0);
    const withPoints = new Set(records('contactPoints').map((point) => point['contactId'])).size;
    expect(withPoints).toBeGreaterThan(300);
    expect(withPoints).toBeLessThan(400);
  });

  test('has the contact points that a type requires, and a second one only where the type allows several', () => {
    const held = new Map<unknown, unknown[]>();
    for (const { contactId, contactPointTypeId } of records('contactPoints'))
      held.set(contactId, [...(held.get(contactId) ?? []), contactPointTypeId]);
    for (const { identity, contactTypeId } of records('contacts')) {
      for (const type of records('contactPointTypes').filter((one) => one['contactTypeId'] === contactTypeId)) {
        const count = (held.get(identity) ?? []).filter((id) => id === type['identity']).length;
        if (type['isRequired']) expect(count).toBeGreaterThan(0);
        if (!type['allowMultiple']) expect(count).toBeLessThan(2);
      }
    }
    expect([...held.values()].some((own) => new Set(own).size < own.length)).toBe(true);
  });

  test('taxes by the address of billing and service contacts alone', () => {
    const taxed = records('contacts').filter((contact) => contact['isUsedForTax']);
    expect(taxed.length).toBeGreaterThan(20);
    for (const contact of taxed) {
      expect(contact['addressId']).not.toBeNull();
      expect(['Billing', 'Service']).toContain(table('contactTypes').record(contact['contactTypeId'])['name']);
    }
  });

  test('has addresses in each country that it offers, under numbers that are not the contacts’', () => {
    expect(new Set(records('addresses').map((address) => address['countryId']))).toEqual(new Set(numbersOf(10)));
    expect(records('contacts').filter((contact) => contact['addressId'] === contact['identity']).length).toBeLessThan(30);
  });

  test('shows no rotation: types, addresses and numbers of points do not come in turn', () => {
    const points = new Map<unknown, number>();
    for (const { contactId } of records('contactPoints')) points.set(contactId, (points.get(contactId) ?? 0) + 1);
    const columns = {
      types: records('contacts').map((contact) => contact['contactTypeId']),
      addresses: records('contacts').map((contact) => contact['addressId'] === null),
      points: records('contacts').map((contact) => points.get(contact['identity']) ?? 0),
    };
    for (const [name, column] of Object.entries(columns)) {
      const equals = (distance: number) =>
        column.slice(distance).filter((value, i) => value === column[i]).length / (column.length - distance);
      for (let distance = 1; distance <= 100; distance++) expect(equals(distance), `${name} ${distance} apart`).toBeLessThan(0.85);
    }
  });

  test.each([0, 1, 2, 5, 26, 200, 399])('has the same records at scale %i as at a larger one', (contacts) => {
    const small = baseOf(contacts);
    for (const { id, size, isDense } of small.tables.values()) {
      expect(size).toBeLessThanOrEqual(base.table(id).size);
      if (isDense) expect(existing(small.table(id))).toHaveLength(size);
      for (const n of existing(small.table(id))) expect(small.table(id).record(n)).toEqual(base.table(id).record(n));
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
    records('contactPoints').filter((point) => table('contactPointTypes').record(point['contactPointTypeId'])['dataTypeId'] === kind);

  test('mail addresses lie under the domains for examples and carry their owner’s name', () => {
    for (const point of pointsOf(1)) {
      expect(point['value']).toMatch(/^[a-z]+\.[a-z]+\.\d+@example\.(com|org|net)$/);
      const last = String(table('contacts').record(point['contactId'])['lastName']);
      if (/^[A-Za-z]+$/.test(last)) expect(point['value']).toContain(`.${last.toLowerCase()}.`);
    }
  });
  test('telephone numbers are those set aside for fiction', () => {
    // North America, Australia, the United Kingdom, Ireland, France, Germany: what each country's authority keeps.
    const fiction =
      /^(\(\d{3}\) 555-01\d\d|\(0[2378]\) (5550|7010) \d{4}|020 7946 0\d{3}|0131 496 0\d{3}|020 91\d \d{4}|0(1 99 00|4 65 71) \d\d \d\d|030 23125 \d{3}|089 99998 \d{3})$/;
    expect(pointsOf(3).length).toBeGreaterThan(50);
    for (const point of pointsOf(3)) expect(point['value']).toMatch(fiction);
  });
  test('web addresses lie under the domains for examples', () => {
    for (const point of pointsOf(4)) expect(point['value']).toMatch(/^https:\/\/[a-z0-9-]+\.example\.(com|org|net)\/$/);
  });
  test('a title fits the first name that it stands before', () => {
    const first = (titles: readonly string[]) =>
      new Set(
        records('contacts')
          .filter((contact) => titles.includes(contact['title']))
          .map((contact) => contact['firstName']),
      );
    const [hers, his] = [first(['Mrs.', 'Ms.', 'Miss']), first(['Mr.'])];
    expect(hers.size).toBeGreaterThan(50);
    expect(his.size).toBeGreaterThan(50);
    expect([...hers].filter((name) => his.has(name))).toEqual([]);
  });
  test('a state, its country and the postal code belong together', () => {
    for (const address of records('addresses')) {
      const country = table('countries').record(address['countryId']);
      if (address['stateId'] === null) expect(['US', 'CA']).not.toContain(country['countryCode']);
      else expect(table('states').record(address['stateId'])['countryId']).toBe(address['countryId']);
      if (country['countryCode'] === 'CA') expect(address['zipCode']).toMatch(/^[A-Z]\d[A-Z] \d[A-Z]\d$/);
      if (country['countryCode'] === 'US') expect(address['zipCode']).toMatch(/^\d{5}$/);
      if (address['taxJurisdictionCodeUpdated'] !== null)
        expect(address['taxJurisdictionCodeUpdated']).toMatch(/^202[1-5]-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,2}[1-9])?Z$/);
    }
  });
});
