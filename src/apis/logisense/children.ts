/**
 * The objects around the two documented resources: the children shown in `details`, and what their foreign keys lead to.
 * The two documents show ContactPoint, Address and ContactPointType in samples only; the look-up objects are the vendor's
 * own, cut down to what a contact can reach (logisense.md §11).
 */
import { dto, type Infer } from '../../contract/dto.ts';
import { bool, dateTime, double, int, list, object, string } from '../../contract/field.ts';

const key = (doc: string) => int(doc).readOnly();
const foreignKey = (doc: string) => int(doc).nullable();
const flag = (doc: string) => bool(doc).nullable().sample(true);

export const ContactPoint = dto(
  'ContactPoint',
  { doc: 'One way to reach a contact.' },
  {
    identity: key('Number of the contact point.').sample(74).impersonal(),
    contactPointTypeId: foreignKey('What kind of contact point it is.').sample(41).impersonal(),
    contactPointTypeName: string('That kind, by name.'),
    value: string('The address or number itself.'),
    contactId: foreignKey('The contact that it reaches; kept by the server.').sample(71).impersonal(),
  },
);
export type ContactPoint = Infer<typeof ContactPoint>;

export const Address = dto(
  'Address',
  { doc: 'Where a contact lives or works.' },
  {
    identity: key('Number of the address.').sample(68).impersonal(),
    address1: string('Street and number.'),
    address2: string('Floor, suite and the like.'),
    stateId: foreignKey('The state.').sample(75).impersonal(),
    stateName: string('The state, by name.'),
    countryId: foreignKey('The country.').sample(28).impersonal(),
    countryName: string('The country, by name.'),
    zipCode: string('Postal code.'),
    latitude: double('Degrees north.').nullable().sample(51.97),
    longitude: double('Degrees east.').nullable().sample(97.42),
    cityName: string('Town.'),
    taxJurisdictionCodeUpdated: dateTime('When the tax jurisdiction was last looked up; set by the server.')
      .nullable()
      .readOnly()
      .sample('2021-04-26T15:25:27.587Z')
      .impersonal(),
    isIncorporated: flag('Whether it lies within town limits.').impersonal(),
    stateCode: string('The state, abbreviated.').readOnly(),
    countryCode: string('The country, abbreviated.').readOnly(),
  },
);
export type Address = Infer<typeof Address>;

export const ContactPointType = dto(
  'ContactPointType',
  { doc: 'A kind of contact point that contacts of one type can have.' },
  {
    identity: key('Number of the contact point type.').sample(45).impersonal(),
    name: string('What it is called.').impersonal(),
    dataTypeId: foreignKey('What its values look like.').sample(88).impersonal(),
    dataTypeName: string('The same, by name.'),
    isRequired: flag('Whether every contact of the type needs one.').impersonal(),
    contactTypeId: foreignKey('The contact type that offers it; kept by the server.').sample(94).impersonal(),
    contactTypeName: string('That contact type, by name.'),
    allowMultiple: flag('Whether a contact can have several.').impersonal(),
    isCore: flag('Whether it comes with the system.').impersonal(),
  },
);
export type ContactPointType = Infer<typeof ContactPointType>;

/** What `details` of a Contact holds. */
export const ContactDetails = dto(
  'ContactDetails',
  { doc: 'What hangs on a contact; a child that is not there is left out.' },
  {
    contactPoints: list(
      object(() => ContactPoint),
      'The ways to reach it.',
    ),
    address: object(() => Address, 'Its address.'),
  },
);
export type ContactDetails = Infer<typeof ContactDetails>;

/** What `details` of a ContactType holds. */
export const ContactTypeDetails = dto(
  'ContactTypeDetails',
  { doc: 'What hangs on a contact type; a child that is not there is left out.' },
  {
    contactPointTypes: list(
      object(() => ContactPointType),
      'The kinds of contact point that it offers.',
    ),
  },
);
export type ContactTypeDetails = Infer<typeof ContactTypeDetails>;

export const ContactTypeType = dto(
  'ContactTypeType',
  { doc: 'One of the base kinds that contact types are made from.' },
  {
    identity: key('Number of the base kind.').sample(1).impersonal(),
    name: string('Its name.').sample('Billing').impersonal(),
  },
);
export type ContactTypeType = Infer<typeof ContactTypeType>;

export const DataType = dto(
  'DataType',
  { doc: 'What the values of a contact point look like.' },
  {
    identity: key('Number of the data type.').sample(1).impersonal(),
    name: string('Its name.').sample('Email Address').impersonal(),
  },
);
export type DataType = Infer<typeof DataType>;

export const Owner = dto(
  'Owner',
  { doc: 'The organisation that a record belongs to.' },
  {
    identity: key('Number of the owner.').sample(1).impersonal(),
    name: string('Its name.').sample('System Owner').impersonal(),
  },
);
export type Owner = Infer<typeof Owner>;

export const CountryAddressFormat = dto(
  'CountryAddressFormat',
  { doc: 'How much of an address a country asks for.' },
  {
    identity: key('Number of the format.').sample(1).impersonal(),
    name: string('Its name.').sample('Address Level 1').impersonal(),
  },
);
export type CountryAddressFormat = Infer<typeof CountryAddressFormat>;

export const Country = dto(
  'Country',
  { doc: 'A country that an address can lie in.' },
  {
    identity: key('Number of the country.').sample(1).impersonal(),
    name: string('Its name.').sample('United States of America').impersonal(),
    sortOrder: int('Place in lists.').nullable().sample(1).impersonal(),
    ownerId: foreignKey('The owner.').readOnly().sample(1).impersonal(),
    ownerName: string('The owner, by name.').readOnly().impersonal(),
    countryAddressFormatId: foreignKey('How much of an address it asks for.').sample(1).impersonal(),
    countryAddressFormatName: string('The same, by name.').impersonal(),
    dataTypePostalCodeId: foreignKey('What its postal codes look like.').sample(5).impersonal(),
    dataTypePostalCodeName: string('The same, by name.').impersonal(),
    countryCode: string('Its two letters.').sample('US').impersonal(),
    isVisible: flag('Whether lists show it.').impersonal(),
  },
);
export type Country = Infer<typeof Country>;

export const State = dto(
  'State',
  { doc: 'A state or province of a country.' },
  {
    identity: key('Number of the state.').sample(5).impersonal(),
    countryId: foreignKey('The country.').sample(1).impersonal(),
    countryName: string('The country, by name.').sample('United States of America').impersonal(),
    name: string('Its name.').sample('California').impersonal(),
    sortOrder: int('Place in lists.').nullable().sample(1).impersonal(),
    code: string('Its letters.').sample('CA').impersonal(),
    isVisible: flag('Whether lists show it.').impersonal(),
    ownerId: foreignKey('The owner.').readOnly().sample(1).impersonal(),
    ownerName: string('The owner, by name.').readOnly().impersonal(),
  },
);
export type State = Infer<typeof State>;
