/** What an untouched LogiSense world holds. */
import { type RecordBuilder, entity, type StoredRecord } from '../../contract/entity.ts';
import { int, string } from '../../contract/field.ts';
import { ACTING_OWNER, Address, Contact, ContactPoint, ContactPointType, ContactType, Country, LaterContact, State } from './contract.ts';
import { neutralTime } from '../../store/clock.ts';
import { countries as countryList, type Place, places } from './places.ts';
import { purposes } from './purposes.ts';
import {
  addressOfContact,
  asNumber,
  BASE_KINDS,
  contactOfAddress,
  contactOfPoint,
  contactsOfType,
  KINDS,
  kindsBefore,
  kindsOfType,
  none,
  OFFERS,
  pointsBefore,
  pointsOfContact,
  range,
  slotOfPoint,
  typeOfContact,
  typeOfKind,
  TYPES,
  where,
} from './relations.ts';

/** A DTO as it is stored: without what only shows where a key leads. */
type Stored<D, Shown extends keyof D> = Omit<D, Shown>;
type StoredContact = Stored<Contact, 'contactTypeName'> & { addressId: number | null; updated: string };
type StoredContactType = Stored<ContactType, 'ownerName' | 'contactTypeTypeName'>;
type StoredContactPoint = Stored<ContactPoint, 'contactPointTypeName'>;
type StoredAddress = Stored<Address, 'stateName' | 'countryName' | 'stateCode' | 'countryCode'>;
type StoredContactPointType = Stored<ContactPointType, 'dataTypeName' | 'contactTypeName'>;
type StoredState = Stored<State, 'countryName' | 'ownerName'>;
type StoredCountry = Stored<Country, 'ownerName' | 'countryAddressFormatName' | 'dataTypePostalCodeName'>;
interface Named extends StoredRecord {
  identity: number;
  name: string;
}

const identity = (at: { n: number }): number => at.n;

/** Before the world's clock starts (nothing generated depends on the clock), at the precision of the vendor's database. */
const pastMoment = (at: RecordBuilder<StoredRecord>): string =>
  neutralTime(Date.UTC(2021, 0, 1) + at.int(0, 157_679_999) * 1000 + at.int(0, 99) * 10 + at.pick([0, 3, 7]));

const contacts = entity<StoredContact>({
  name: 'contacts',
  key: 'identity',
  identity: 'number',
  size: { scaled: 200 },
  fields: {
    ...Contact.fields,
    contactTypeId: Contact.fields.contactTypeId.required(),
    addressId: int('Its address; no answer shows the number.').nullable(),
    updated: LaterContact.fields.updated,
  },
  members: {
    identity,
    contactTypeId: (at) => typeOfContact(at.n),
    title: (at) => at.pick(['Mr.', 'Mr.', 'Mr.', 'Ms.', 'Ms.', 'Mrs.', 'Dr.']),
    firstName: (at) => {
      const title = at.member('title');
      return at.faker.person.firstName(title === 'Mr.' ? 'male' : title === 'Dr.' ? undefined : 'female');
    },
    lastName: (at) => at.faker.person.lastName(),
    isUsedForTax: (at) => at.n === 1 || at.chance(0.4),
    addressId: (at) => addressOfContact(at.n),
    updated: pastMoment,
  },
  references: { contactTypeId: 'contactTypes', addressId: 'addresses' },
  referrers: {
    contactTypeId: (type, { size }) => contactsOfType(asNumber(type), size),
    addressId: (address) => (asNumber(address) > 0 ? [contactOfAddress(asNumber(address))] : none),
  },
});

const contactTypes = entity<StoredContactType>({
  name: 'contactTypes',
  key: 'identity',
  identity: 'number',
  order: 'name',
  size: TYPES,
  fields: { ...ContactType.fields, name: ContactType.fields.name.required() },
  members: {
    identity,
    name: (at) => purposes[at.n - 1]!,
    ownerId: () => ACTING_OWNER,
    isRequired: (at) => at.n === 1 || at.chance(0.2),
    contactTypeTypeId: (at) => 1 + ((at.n - 1) % BASE_KINDS),
    description: (at) => `${purposes[at.n - 1]} contact for the account`,
    sendEmail: (at) => at.chance(0.5),
    showOnOverview: (at) => at.chance(0.5),
    showOnNewAccount: (at) => at.n <= 5 || at.chance(0.3),
  },
  references: { ownerId: 'owners', contactTypeTypeId: 'contactTypeTypes' },
  referrers: {
    ownerId: (owner, { size }) => (owner === ACTING_OWNER ? range(1, size) : none),
    contactTypeTypeId: (kind, { size }) => where(size, (n) => 1 + ((n - 1) % BASE_KINDS) === kind),
  },
});

const contactPointTypes = entity<StoredContactPointType>({
  name: 'contactPointTypes',
  key: 'identity',
  identity: 'number',
  order: 'name',
  size: KINDS,
  fields: {
    ...ContactPointType.fields,
    name: ContactPointType.fields.name.required(),
    contactTypeId: ContactPointType.fields.contactTypeId.required(),
  },
  members: {
    identity,
    name: (at) => `${purposes[typeOfKind(at.n) - 1]} ${OFFERS[at.n - kindsBefore(typeOfKind(at.n)) - 1]}`,
    dataTypeId: (at) => [1, 3, 4][at.n - kindsBefore(typeOfKind(at.n)) - 1]!,
    isRequired: (at) => at.n === 1 || at.chance(0.2),
    contactTypeId: (at) => typeOfKind(at.n),
    allowMultiple: (at) => at.n === 1 || at.chance(0.5),
    isCore: (at) => at.n - kindsBefore(typeOfKind(at.n)) === 1,
  },
  references: { dataTypeId: 'dataTypes', contactTypeId: 'contactTypes' },
  referrers: {
    dataTypeId: (type, { size }) => where(size, (n) => [1, 3, 4][n - kindsBefore(typeOfKind(n)) - 1] === type),
    contactTypeId: (type) => {
      const id = asNumber(type);
      return id >= 1 && id <= TYPES ? range(kindsBefore(id) + 1, kindsOfType(id)) : none;
    },
  },
});

const ascii = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
const SAFE_DOMAINS = ['example.com', 'example.org', 'example.net'] as const;

/** Where a contact lives, or a place of its own where it has no address. */
const placeOf = <R>(at: RecordBuilder<R>, contact: number): Place => {
  const address = addressOfContact(contact);
  return address === null ? at.pick(places) : places[(at.related('addresses', address)['stateId'] as number) - 1]!;
};
const valueOfPoint = (at: RecordBuilder<StoredContactPoint>): string => {
  const n = contactOfPoint(at.n);
  const person = at.related('contacts', n) as unknown as Contact;
  const name = `${ascii(person.firstName ?? '')}.${ascii(person.lastName ?? '')}`;
  const slot = slotOfPoint(at.n);
  if (slot === 0) return `${name}.${n}@${at.pick(SAFE_DOMAINS)}`;
  // 555-0100 to 555-0199 are set aside for fiction.
  if (slot === 1) return `(${placeOf(at, n).areaCode}) 555-01${String(at.int(0, 99)).padStart(2, '0')}`;
  return `https://${name.replace('.', '-')}-${n}.${at.pick(SAFE_DOMAINS)}/`;
};

const contactPoints = entity<StoredContactPoint>({
  name: 'contactPoints',
  key: 'identity',
  identity: 'number',
  size: (size) => pointsBefore(size('contacts') + 1),
  fields: {
    ...ContactPoint.fields,
    contactPointTypeId: ContactPoint.fields.contactPointTypeId.required(),
    contactId: ContactPoint.fields.contactId.required(),
  },
  members: {
    identity,
    contactPointTypeId: (at) => kindsBefore(typeOfContact(contactOfPoint(at.n))) + slotOfPoint(at.n) + 1,
    value: valueOfPoint,
    contactId: (at) => contactOfPoint(at.n),
  },
  references: { contactPointTypeId: 'contactPointTypes', contactId: 'contacts' },
  referrers: {
    contactPointTypeId: function* (kind, { size }) {
      const id = asNumber(kind);
      if (id < 1 || id > KINDS) return;
      const slot = id - kindsBefore(typeOfKind(id)) - 1;
      for (const n of contactsOfType(typeOfKind(id), size)) {
        const point = pointsBefore(n) + slot + 1;
        if (point > size) return;
        if (slot < pointsOfContact(n)) yield point;
      }
    },
    contactId: (contact) => {
      const n = asNumber(contact);
      return n > 0 ? range(pointsBefore(n) + 1, pointsOfContact(n)) : none;
    },
  },
});

const round = (value: number): number => Math.round(value * 100) / 100;
const two = (value: number): string => String(value).padStart(2, '0');

const addresses = entity<StoredAddress>({
  name: 'addresses',
  key: 'identity',
  identity: 'number',
  size: (size) => size('contacts') - Math.floor(size('contacts') / 5),
  fields: Address.fields,
  members: {
    identity,
    address1: (at) => `${at.int(1, 9899)} ${at.faker.location.street()}`,
    address2: (at) => `${at.pick(['Suite', 'Floor', 'Unit', 'Apt.'])} ${at.int(1, 60)}`,
    stateId: (at) => at.int(1, places.length),
    countryId: (at) => 1 + countryList.findIndex(({ code }) => code === placeAt(at).country),
    zipCode: (at) => {
      const { country, postal } = placeAt(at);
      return country === 'US'
        ? `${postal}${two(at.int(1, 99))}`
        : `${postal} ${at.int(0, 9)}${at.pick('ABCEGHJKLMNPRSTVWXYZ'.split(''))}${at.int(0, 9)}`;
    },
    latitude: (at) => round(placeAt(at).latitude + at.int(-9, 9) / 100),
    longitude: (at) => round(placeAt(at).longitude + at.int(-9, 9) / 100),
    cityName: (at) => placeAt(at).city,
    // Before the world's clock starts: nothing generated depends on the clock.
    taxJurisdictionCodeUpdated: (at) =>
      `20${at.int(21, 25)}-${two(at.int(1, 12))}-${two(at.int(1, 28))}T${two(at.int(0, 23))}:${two(at.int(0, 59))}:${two(at.int(0, 59))}.${String(at.int(0, 999)).padStart(3, '0')}Z`,
    isIncorporated: (at) => at.n === 1 || at.chance(0.7),
  },
  references: { stateId: 'states', countryId: 'countries' },
});
function placeAt(at: RecordBuilder<StoredAddress>): Place {
  return places[(at.member('stateId') as number) - 1]!;
}

const states = entity<StoredState>({
  name: 'states',
  key: 'identity',
  identity: 'number',
  order: 'name',
  size: places.length,
  fields: State.fields,
  members: {
    identity,
    countryId: (at) => 1 + countryList.findIndex(({ code }) => code === places[at.n - 1]!.country),
    name: (at) => places[at.n - 1]!.state,
    sortOrder: (at) => at.n,
    code: (at) => places[at.n - 1]!.code,
    isVisible: () => true,
    ownerId: () => ACTING_OWNER,
  },
  references: { countryId: 'countries', ownerId: 'owners' },
});

const countries = entity<StoredCountry>({
  name: 'countries',
  key: 'identity',
  identity: 'number',
  order: 'name',
  size: countryList.length,
  fields: Country.fields,
  members: {
    identity,
    name: (at) => countryList[at.n - 1]!.name,
    sortOrder: (at) => at.n,
    ownerId: () => ACTING_OWNER,
    countryAddressFormatId: (at) => (at.n <= 2 ? 1 : 2),
    dataTypePostalCodeId: () => DATA_TYPES.length,
    countryCode: (at) => countryList[at.n - 1]!.code,
    isVisible: () => true,
  },
  references: { ownerId: 'owners', countryAddressFormatId: 'countryAddressFormats', dataTypePostalCodeId: 'dataTypes' },
});

const table = (name: string, names: readonly string[], order?: 'name') =>
  entity<Named>({
    name,
    key: 'identity',
    identity: 'number',
    size: names.length,
    ...(order && { order }),
    fields: { identity: int('Its number.').readOnly(), name: string('Its name.').required() },
    members: { identity, name: (at) => names[at.n - 1]! },
  });

const NAMED_KINDS = ['Billing', 'Shipping', 'Technical', 'Service', 'Administrative', 'Other'] as const;
const DATA_TYPES = ['Email Address', 'Physical Address', 'Phone Number', 'Text', 'No Validation'] as const;

export const entities = {
  contacts,
  contactTypes,
  contactPoints,
  contactPointTypes,
  addresses,
  // The vendor names six base kinds; the rows above them are of the kind Other (logisense.md §11).
  contactTypeTypes: table('contactTypeTypes', [...NAMED_KINDS, ...[...range(7, BASE_KINDS - 6)].map((n) => `Other ${n}`)], 'name'),
  dataTypes: table('dataTypes', DATA_TYPES),
  states,
  countries,
  countryAddressFormats: table('countryAddressFormats', ['Address Level 1', 'Address Level 2']),
  owners: table('owners', ['System Owner', 'Example Communications', 'Example Energy']),
};
