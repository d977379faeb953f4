/**
 * What the two LogiSense documents say, and nothing else: Contact (v6) and ContactType. Their sample ids are random per
 * rendering (logisense.md §13); the ones of each body stand beside its operation.
 */
import { dto, type Infer } from '../../contract/dto.ts';
import { bool, dateTime, int, string } from '../../contract/field.ts';
import { type Lookup, model } from '../../protocols/logisense-rest/model/model.ts';
import { lookupResource, resource } from '../../protocols/logisense-rest/model/resource.ts';
import {
  Address,
  ContactDetails,
  ContactPoint,
  ContactPointType,
  ContactTypeDetails,
  ContactTypeType,
  Country,
  State,
} from './children.ts';

export * from './children.ts';

export const Contact = dto(
  'Contact',
  { doc: 'A person whom an account names for some purpose.' },
  {
    identity: int('Number of the contact.').readOnly().sample(1).impersonal(),
    contactTypeId: int('Its contact type.').nullable().sample(6).impersonal(),
    contactTypeName: string('Its contact type, by name.'),
    title: string('Form of address.').sample('Mr.'),
    firstName: string('Given name.').sample('John'),
    lastName: string('Family name.').sample('Doe'),
    isUsedForTax: bool('Whether the account is taxed where this contact lives.').nullable().sample(true).impersonal(),
  },
);
export type Contact = Infer<typeof Contact>;

/** How version 8 and later show it (logisense.md §15). */
export const LaterContact = dto(
  'Contact',
  { doc: Contact.doc, base: Contact },
  { updated: dateTime('When it was last changed; set by the server.').nullable().readOnly().impersonal() },
);

export const ContactType = dto(
  'ContactType',
  { doc: 'A purpose that contacts serve, such as billing or shipping.' },
  {
    identity: int('Number of the contact type.').readOnly().sample(1).impersonal(),
    name: string('What its users call it.').sample('Shipping').impersonal(),
    ownerId: int('The owner.').nullable().readOnly().sample(19).impersonal(),
    ownerName: string('The owner, by name.').readOnly(),
    isRequired: bool('Whether every new account needs a contact of this type.').nullable().sample(true).impersonal(),
    contactTypeTypeId: int('The base kind that it is made from.').nullable().sample(7).impersonal(),
    contactTypeTypeName: string('That base kind, by name.'),
    description: string('What its users say about it.').sample('Shipping contact for the account'),
    sendEmail: bool('Not used.').nullable().sample(true).impersonal(),
    showOnOverview: bool('Not used.').nullable().sample(true).impersonal(),
    showOnNewAccount: bool('Whether the form for new accounts offers it.').nullable().sample(true).impersonal(),
  },
);
export type ContactType = Infer<typeof ContactType>;

const owner: Lookup = { entity: 'owners', target: 'Owner', shows: { ownerName: 'name' }, isManaged: true };
const contactType: Lookup = { entity: 'contactTypes', target: 'ContactType', shows: { contactTypeName: 'name' } };
const country: Lookup = { entity: 'countries', target: 'Country', shows: { countryName: 'name', countryCode: 'countryCode' } };
const dataType = (shown: string): Lookup => ({ entity: 'dataTypes', target: 'DataType', shows: { [shown]: 'name' } });

/** The owner of every new row: the one on whose behalf every token acts (logisense.md §2, §11). */
export const ACTING_OWNER = 1;

export const contactPointModel = model(ContactPoint, {
  entity: 'contactPoints',
  lookups: {
    contactPointTypeId: { entity: 'contactPointTypes', target: 'ContactPointType', shows: { contactPointTypeName: 'name' } },
    contactId: { entity: 'contacts', target: 'Contact', shows: {}, isManaged: true },
  },
  required: ['contactPointTypeId'],
});
export const addressModel = model(Address, {
  entity: 'addresses',
  lookups: {
    stateId: { entity: 'states', target: 'State', shows: { stateName: 'name', stateCode: 'code' } },
    countryId: country,
  },
  stamped: ['taxJurisdictionCodeUpdated'],
});
export const contactPointTypeModel = model(ContactPointType, {
  entity: 'contactPointTypes',
  lookups: { dataTypeId: dataType('dataTypeName'), contactTypeId: { ...contactType, isManaged: true } },
  required: ['name'],
});

const contactOptions = {
  entity: 'contacts',
  lookups: { contactTypeId: contactType },
  required: ['contactTypeId'],
  stamped: ['updated'],
};

const TRACKING_ID = 'd2ae5304-2355-44eb-a328-272f02935f8b';

export const contact = resource('Contact', model(Contact, contactOptions), {
  plural: 'contacts',
  later: [model(LaterContact, { ...contactOptions, since: 8 })],
  details: ContactDetails,
  children: [
    {
      model: contactPointModel,
      names: ['contactPoints'],
      patch: ['create', 'update', 'delete'],
      relation: { form: 'many', foreignKey: 'contactId' },
      type: { foreignKey: 'contactPointTypeId', shared: 'contactTypeId', multiple: 'allowMultiple' },
    },
    {
      model: addressModel,
      names: ['address', 'addresses'],
      patch: ['create', 'update', 'delete', 'attach', 'detach'],
      relation: { form: 'one', link: 'addressId', connector: 'contactAddress' },
    },
  ],
  patch: ['create', 'update'],
  dataFlow: {
    contact: ['create', 'update', 'delete'],
    contactPoint: ['create', 'update', 'delete'],
    address: ['create', 'update', 'delete', 'attach', 'detach'],
  },
  tableSamples: { contactTypeName: 'Sample Name' },
  trackingId: TRACKING_ID,
  verbs: {
    list: { response: { contactTypeId: 3 } },
    paged: { response: { contactTypeId: 9 } },
    pagedDetail: { response: { contactTypeId: 5 } },
    get: { response: { contactTypeId: 9 } },
    getDetail: { response: { contactTypeId: 9 } },
    patch: { request: { contactTypeId: 9 }, response: { contactTypeId: 23 } },
    create: { request: { contactTypeId: 20 }, response: { contactTypeId: 17 } },
    update: { request: { contactTypeId: 25 }, response: { contactTypeId: 2 } },
  },
});

export const contactTypeResource = resource(
  'ContactType',
  model(ContactType, {
    entity: 'contactTypes',
    lookups: {
      ownerId: owner,
      contactTypeTypeId: { entity: 'contactTypeTypes', target: 'ContactTypeType', shows: { contactTypeTypeName: 'name' } },
    },
    required: ['name'],
    initial: { ownerId: ACTING_OWNER },
  }),
  {
    plural: 'contactTypes',
    details: ContactTypeDetails,
    children: [
      {
        model: contactPointTypeModel,
        names: ['contactPointTypes'],
        patch: ['create', 'update', 'delete'],
        restrictedBy: [{ name: 'ContactPoint', entity: 'contactPoints', foreignKey: 'contactPointTypeId' }],
        relation: { form: 'many', foreignKey: 'contactTypeId' },
        // Version 10 states it; the member's own page is of version 8 (logisense.md §15).
        locked: { flag: 'isCore', since: 8 },
      },
    ],
    patch: ['create', 'update'],
    // Of the document's own lists only the headings are left (logisense.md §7a): these follow from what Contact's say.
    dataFlow: { contactType: ['create', 'update', 'delete'], contactPointType: ['create', 'update', 'delete'] },
    restrictedBy: [{ name: 'Contact', entity: 'contacts', foreignKey: 'contactTypeId' }],
    cascades: [
      {
        model: contactPointTypeModel,
        foreignKey: 'contactTypeId',
        along: [{ model: contactPointModel, foreignKey: 'contactPointTypeId', along: [] }],
      },
    ],
    tableSamples: { identity: 0, ownerName: 'Sample Name', contactTypeTypeName: 'Sample Name' },
    trackingId: TRACKING_ID,
    verbs: {
      list: { response: { ownerId: 20, contactTypeTypeId: 16 } },
      paged: { response: { ownerId: 4, contactTypeTypeId: 27 } },
      pagedDetail: { response: { ownerId: 1, contactTypeTypeId: 0 } },
      get: { response: { ownerId: 27, contactTypeTypeId: 13 } },
      getDetail: { response: { ownerId: 1, contactTypeTypeId: 27 } },
      patch: { request: { contactTypeTypeId: 7 }, response: { ownerId: 25, contactTypeTypeId: 1 } },
      create: { request: { contactTypeTypeId: 19 }, response: { ownerId: 17, contactTypeTypeId: 4 } },
      update: { request: { contactTypeTypeId: 24 }, response: { ownerId: 6, contactTypeTypeId: 4 } },
      // Boilerplate of every generated page that has a DELETE: three items counted as four, of objects that do not exist.
      delete: {
        results: {
          totalCount: 4,
          items: [
            { identity: 1, action: 'deleted', dtoTypeKey: 'contactType' },
            { lhsId: 2, rhsId: 2, action: 'detached', dtoTypeKey: 'sampleObjectConnector' },
            { foreignKeyIdentity: 2, action: 'deleted', dtoTypeKey: 'sampleObject' },
          ],
        },
      },
    },
  },
);

/** Its page names the members; the bodies are the usual envelopes (logisense.md §15). */
export const contactTypeType = resource('ContactTypeType', model(ContactTypeType, { entity: 'contactTypeTypes' }), {
  path: 'ContactType/Type',
  plural: 'contactTypeTypes',
  trackingId: TRACKING_ID,
  verbs: { list: {}, paged: {}, get: {} },
});

export const operations = { ...contact.operations, ...contactTypeResource.operations, ...contactTypeType.operations } as const;

/** Look-up objects that the vendor offers for reading (logisense.md §11). */
export const lookups = [
  lookupResource(contactPointTypeModel),
  lookupResource(model(State, { entity: 'states', lookups: { countryId: country, ownerId: owner } })),
  lookupResource(
    model(Country, {
      entity: 'countries',
      lookups: {
        ownerId: owner,
        countryAddressFormatId: {
          entity: 'countryAddressFormats',
          target: 'CountryAddressFormat',
          shows: { countryAddressFormatName: 'name' },
        },
        dataTypePostalCodeId: dataType('dataTypePostalCodeName'),
      },
    }),
  ),
];
