/** What an untouched LogiSense world holds. */
import { type RecordBuilder, entity, type StoredRecord } from '../../contract/entity.ts';
import { type DateTime, int, string } from '../../contract/field.ts';
import { ACTING_OWNER, Address, Contact, ContactPoint, ContactPointType, ContactType, Country, LaterContact, State } from './contract.ts';
import { neutralTime } from '../../store/clock.ts';
import { mix } from '../../store/random.ts';
import { mailName, phrase, street } from '../words.ts';
import { countries as countryList, type Place, placeAt, states as stateList } from './places.ts';
import {
  addressNumbers,
  addressOfContact,
  BASE_TYPES,
  BILLING,
  baseTypeOfType,
  contactOfAddress,
  contactOfPoint,
  contactsOfType,
  identityOf,
  isSecond,
  NONE,
  numbersWhere,
  OFFERS,
  POINT_TYPE_COUNT,
  POINTS,
  pointsOfContact,
  pointsOfType,
  pointType,
  pointTypeOfPoint,
  pointTypesOf,
  range,
  SERVICE,
  TYPES,
  typeOfContact,
} from './relations.ts';

/** What the generated contact types are for, by number from 1. */
const purposes: readonly string[] = Object.freeze(
  'Shipping, Billing, Technical, Service, Administrative, Sales, Accounts Payable, Purchasing, Legal, Emergency, Support, Installation, Management, Executive, Marketing, Compliance, Security, Network Operations, Field Operations, Facilities, Training, Renewals, Collections, Audit, Reporting, Provisioning, Porting, Warehouse, Returns, Partner, Reseller, Data Protection, Human Resources, Quality, Research, Press, Events, Loyalty, Migration, Archive'.split(
    ', ',
  ),
);

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
/** The first record has it always, another with this probability. */
const maybe = <T>(at: Pick<RecordBuilder<StoredRecord>, 'n' | 'chance'>, probability: number, value: () => T): T | null =>
  at.n === 1 || at.chance(probability) ? value() : null;

/** Before the world's clock starts (nothing generated depends on the clock), at the precision of the vendor's database. */
const pastMoment = (at: RecordBuilder<StoredRecord>): DateTime =>
  neutralTime(Date.UTC(2021, 0, 1) + at.int(0, 157_679_999) * 1000 + at.int(0, 99) * 10 + at.pick([0, 3, 7]));

const contacts = entity<StoredContact>({
  name: 'contacts',
  key: 'identity',
  identity: 'number',
  size: { scaled: 200 },
  fields: {
    ...Contact.fields,
    contactTypeId: Contact.fields.contactTypeId.required(),
    addressId: int('Its address; no answer shows the number.').nullable().impersonal(),
    updated: LaterContact.fields.updated,
  },
  members: {
    identity,
    contactTypeId: (at) => typeOfContact(at, at.n),
    title: (at) => {
      const { sex } = at.person('contacts', at.n);
      return maybe(at, 0.9, () => at.words(({ person }) => person.prefix(sex)));
    },
    firstName: (at) => at.person('contacts', at.n).firstName,
    lastName: (at) => at.person('contacts', at.n).lastName,
    // A billing or a service contact's address decides taxes (logisense.md §15).
    isUsedForTax: (at) => {
      const decides = [BILLING, SERVICE].includes(at.member('contactTypeId') as number) && at.member('addressId') !== null;
      return at.n === 1 || (decides ? at.chance(0.6) : maybe(at, 0.9, () => false));
    },
    addressId: (at) => addressOfContact(at, at.n),
    updated: pastMoment,
  },
  references: { contactTypeId: 'contactTypes', addressId: 'addresses' },
  referrers: {
    contactTypeId: (type, table) => contactsOfType(table, identityOf(type), table.size),
    addressId: (address, table) => {
      const n = identityOf(address);
      const contact = n > 0 ? contactOfAddress(table, n) : undefined;
      return contact === undefined ? NONE : [contact];
    },
  },
  // Contact points, of a type of which there may be several.
  *crowd(at, count) {
    const types = [...range(1, at.size('contactPointTypes'))].map((n) => at.related('contactPointTypes', n));
    const { identity: contactPointTypeId, contactTypeId } = types.find(
      (type) => type['allowMultiple'] && type['contactTypeId'] >= BILLING,
    )!;
    yield ['contacts', { ...at.related('contacts', at.n), contactTypeId }];
    for (const i of range(1, count)) {
      const value = `contact.${at.n}.${i}@example.com`;
      yield ['contactPoints', { identity: at.size('contactPoints') + i, contactPointTypeId, value, contactId: at.n }];
    }
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
    isRequired: (at) => at.n === BILLING || at.chance(0.2),
    contactTypeTypeId: (at) => baseTypeOfType(at.n),
    description: (at) => maybe(at, 0.85, () => phrase(at)),
    sendEmail: (at) => maybe(at, 0.9, () => at.chance(0.5)),
    showOnOverview: (at) => maybe(at, 0.9, () => at.chance(0.5)),
    showOnNewAccount: (at) => at.n <= 5 || at.chance(0.3),
  },
  references: { ownerId: 'owners', contactTypeTypeId: 'contactTypeTypes' },
  referrers: {
    ownerId: (owner, { size }) => (owner === ACTING_OWNER ? range(1, size) : NONE),
    contactTypeTypeId: (baseType, { size }) => numbersWhere(size, (n) => baseTypeOfType(n) === baseType),
  },
});

const contactPointTypes = entity<StoredContactPointType>({
  name: 'contactPointTypes',
  key: 'identity',
  identity: 'number',
  order: 'name',
  size: POINT_TYPE_COUNT,
  fields: {
    ...ContactPointType.fields,
    name: ContactPointType.fields.name.required(),
    contactTypeId: ContactPointType.fields.contactTypeId.required(),
  },
  members: {
    identity,
    name: (at) => `${purposes[pointType(at.n)!.contactTypeId - 1]} ${offerOf(at.n).name}`,
    dataTypeId: (at) => offerOf(at.n).dataTypeId,
    isRequired: (at) => at.n === 1 || at.chance(0.2),
    contactTypeId: (at) => pointType(at.n)!.contactTypeId,
    allowMultiple: (at) => at.n === 1 || at.chance(0.5),
    isCore: (at) => pointType(at.n)!.offer === 0,
  },
  references: { dataTypeId: 'dataTypes', contactTypeId: 'contactTypes' },
  referrers: {
    dataTypeId: (dataType, { size }) => numbersWhere(size, (n) => offerOf(n).dataTypeId === dataType),
    contactTypeId: (type) => pointTypesOf(identityOf(type)),
  },
});
const offerOf = (pointTypeId: number): (typeof OFFERS)[number] => OFFERS[pointType(pointTypeId)!.offer]!;

const SAFE_DOMAINS = ['example.com', 'example.org', 'example.net'] as const;
const HOW_OFTEN = [0.75, 0.7, 0.3] as const;

/** Where a contact is at home, with an address or without. */
const placeOf = <R>(at: RecordBuilder<R>, contact: number): Place => placeAt(mix(at.seedOf('home') ^ contact));
/** A pattern of digits (`#`) and letters (`?`) filled in. */
const filled = <R>(at: RecordBuilder<R>, pattern: string): string =>
  pattern.replace(/[#?]/g, (sign) => (sign === '#' ? String(at.int(0, 9)) : at.pick('ABCEGHJKLMNPRSTVWXYZ'.split(''))));

const valueOfPoint = (at: RecordBuilder<StoredContactPoint>): string => {
  const n = contactOfPoint(at.n);
  const { name } = offerOf(at.member('contactPointTypeId') as number);
  if (name === 'Phone') return filled(at, placeOf(at, n).phone);
  const domain = at.pick(SAFE_DOMAINS);
  const { firstName, lastName } = at.person('contacts', n);
  const mail = mailName(firstName, lastName);
  return name === 'Email' ? `${mail}.${n}@${domain}` : `https://${mail.replace('.', '-')}-${n}.${domain}/`;
};

const contactPoints = entity<StoredContactPoint>({
  name: 'contactPoints',
  key: 'identity',
  identity: 'number',
  size: (size) => POINTS * size('contacts'),
  has: (at) => {
    const id = at.member('contactPointTypeId') as number;
    const { isRequired, allowMultiple } = at.related('contactPointTypes', id);
    if (isSecond(at.n)) return allowMultiple === true && at.chance(0.25);
    return isRequired === true || at.n <= POINTS || at.chance(HOW_OFTEN[pointType(id)!.offer]!);
  },
  fields: {
    ...ContactPoint.fields,
    contactPointTypeId: ContactPoint.fields.contactPointTypeId.required(),
    contactId: ContactPoint.fields.contactId.required(),
  },
  members: {
    identity,
    contactPointTypeId: (at) => pointTypeOfPoint(at, at.n),
    value: valueOfPoint,
    contactId: (at) => contactOfPoint(at.n),
  },
  references: { contactPointTypeId: 'contactPointTypes', contactId: 'contacts' },
  referrers: {
    contactPointTypeId: (pointTypeId, table) => pointsOfType(table, identityOf(pointTypeId), table.size / POINTS),
    contactId: (contact) => pointsOfContact(identityOf(contact)),
  },
});

const hundredths = (value: number): number => Math.round(value * 100) / 100;
type AddressAt = RecordBuilder<StoredAddress>;
/** Whose address it is: contact 1's lacks nothing. */
const resident = (at: AddressAt): number => contactOfAddress(at, at.n) ?? 0;
const placeOfAddress = (at: AddressAt): Place => placeOf(at, resident(at));
const isKnown = (at: AddressAt, name: string): boolean => resident(at) === 1 || mix(at.seedOf(name) ^ at.n) % 10 > 0;

const addresses = entity<StoredAddress>({
  name: 'addresses',
  key: 'identity',
  identity: 'number',
  size: (size) => addressNumbers(size('contacts')),
  fields: Address.fields,
  has: (at) => resident(at) > 0 && resident(at) <= at.size('contacts'),
  members: {
    identity,
    address1: (at) => `${at.int(1, 9899)} ${street(at)}`,
    address2: (at) => {
      if (resident(at) !== 1 && !at.chance(0.25)) return null;
      const unit = at.int(1, 60);
      return `${at.words(({ location }) => location.secondaryAddress())} ${unit}`.trim();
    },
    stateId: (at) => {
      const { state } = placeOfAddress(at);
      return state === undefined ? null : 1 + stateList.indexOf(state);
    },
    countryId: (at) => 1 + countryList.findIndex(({ code }) => code === placeOfAddress(at).country),
    zipCode: (at) => filled(at, placeOfAddress(at).postal),
    latitude: (at) => (isKnown(at, 'position') ? hundredths(placeOfAddress(at).latitude + at.int(-9, 9) / 100) : null),
    longitude: (at) => (isKnown(at, 'position') ? hundredths(placeOfAddress(at).longitude + at.int(-9, 9) / 100) : null),
    cityName: (at) => placeOfAddress(at).city,
    taxJurisdictionCodeUpdated: (at) => (isKnown(at, 'jurisdiction') ? pastMoment(at) : null),
    isIncorporated: (at) => (isKnown(at, 'incorporation') ? at.chance(0.7) : null),
  },
  references: { stateId: 'states', countryId: 'countries' },
});

const states = entity<StoredState>({
  name: 'states',
  key: 'identity',
  identity: 'number',
  order: 'name',
  size: stateList.length,
  fields: State.fields,
  members: {
    identity,
    countryId: (at) => 1 + countryList.findIndex(({ code }) => code === stateList[at.n - 1]!.country),
    name: (at) => stateList[at.n - 1]!.name,
    sortOrder: (at) => at.n,
    code: (at) => stateList[at.n - 1]!.code,
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
    fields: { identity: int('Its number.').readOnly(), name: string('Its name.').required().impersonal() },
    members: { identity, name: (at) => names[at.n - 1]! },
  });

const BASE_TYPE_NAMES = ['Billing', 'Shipping', 'Technical', 'Service', 'Administrative', 'Other'] as const;
const DATA_TYPES = ['Email Address', 'Physical Address', 'Phone Number', 'Text', 'No Validation'] as const;

export const entities = {
  contacts,
  contactTypes,
  contactPoints,
  contactPointTypes,
  addresses,
  // The vendor names six base kinds; the rows above them are of the kind Other (logisense.md §11).
  contactTypeTypes: table('contactTypeTypes', [...BASE_TYPE_NAMES, ...[...range(7, BASE_TYPES - 6)].map((n) => `Other ${n}`)], 'name'),
  dataTypes: table('dataTypes', DATA_TYPES),
  states,
  countries,
  countryAddressFormats: table('countryAddressFormats', ['Address Level 1', 'Address Level 2']),
  owners: table('owners', ['System Owner', 'Example Communications', 'Example Energy']),
};
