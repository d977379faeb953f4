import { beforeEach, describe, expect, test } from 'vitest';
import type { Mock } from '../../../src/mock.ts';
import { shows } from '../../support/evidence.ts';
import { type Ask, asking, CLOSING, json, messages, ownContact } from './asking.ts';

let ask: Ask;
let mock: Mock;
beforeEach(() => ({ ask, mock } = asking()));

const patch = (path: string, body: unknown, headers = {}) => ask('PATCH', path, { body, headers });
/** The addresses of contacts 1 and 2; contacts 11 and 22 have none. */
const [HOME, HOME_OF_2] = [23, 6];
/** Changes to the children of contact 1, which has points 1 to 3. */
const points = (...items: object[]) => ({ details: { contactPoints: { items } } });
const address = (...items: object[]) => ({ details: { address: { items } } });
const detailOf = async (path: string) => (await ask('GET', `${path}/Detail`)).body.instance.details;

describe('the root', () => {
  test('changes by a plain flat body, as clients send it', async () => {
    const { status, body } = await patch('/Contact/1', { firstName: 'Zoe', isUsedForTax: 'false' });
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['trackingId', 'type', 'results']);
    expect(body.type).toBe('patch');
    expect(body.results).toEqual({
      totalCount: 1,
      items: [
        {
          identity: 1,
          action: 'updated',
          dtoTypeKey: 'contact',
          instance: expect.objectContaining({ firstName: 'Zoe', isUsedForTax: false }),
        },
      ],
    });
    expect(Object.keys(body.results.items[0])).toEqual(['identity', 'action', 'dtoTypeKey', 'instance']);
    expect((await ask('GET', '/Contact/1')).body.instance).toEqual(body.results.items[0].instance);
  });

  test('stays as it is where nothing is asked for', async () => {
    for (const body of [{}, { details: {} }, { details: { contactPoints: { items: [] }, address: {} }, contacts: null }]) {
      expect((await patch('/Contact/1', body)).body.results).toEqual({ totalCount: 0, items: [] });
    }
    expect(mock.state.get().records).toEqual({});
  });

  test('changes only what an UpdateRequest header names', async () => {
    const { body } = await patch('/Contact/1', { title: 'X', firstName: 'Y' }, json('UpdateRequest', { filters: ['title'] }));
    expect(body.results.items[0].instance).toMatchObject({ title: 'X', firstName: expect.not.stringMatching(/^Y$/) });
  });
});

describe('rows of the resource’s own kind', () => {
  test('are made and changed, whichever they are, with their children', async () => {
    const { body } = await patch('/Contact/1', {
      contacts: {
        items: [
          {
            patchType: 'create',
            patchClientId: 1,
            contactTypeId: 9,
            firstName: 'New',
            ...points({ patchType: 'create', contactPointTypeId: 25, value: 'n@example.com' }),
          },
          {
            patchType: 'update',
            identity: 2,
            lastName: 'Changed',
            ...address({ patchType: 'update', identity: HOME_OF_2, cityName: 'Elsewhere' }),
          },
        ],
      },
    });
    expect(body.results.items.map(({ identity, action, dtoTypeKey }: Record<string, unknown>) => [identity, action, dtoTypeKey])).toEqual([
      [201, 'created', 'contact'],
      [801, 'created', 'contactPoint'],
      [2, 'updated', 'contact'],
      [HOME_OF_2, 'updated', 'address'],
    ]);
    expect((await detailOf('/Contact/201')).contactPoints).toEqual([
      { identity: 801, contactPointTypeId: 25, contactPointTypeName: 'Legal Email', value: 'n@example.com', contactId: 201 },
    ]);
    expect((await detailOf('/Contact/2')).address.cityName).toBe('Elsewhere');
    shows('logisense.Contact.patch', 'chosen');
  });

  test('cannot be deleted this way: that is for a Data Flow', async () => {
    for (const patchType of ['delete', 'attach', 'detach']) {
      const answer = await patch('/Contact/1', { contacts: { items: [{ patchType, identity: 2 }] } });
      expect([answer.status, messages(answer)]).toEqual([400, [`The patch type '${patchType}' is not allowed for 'Contact'.`, CLOSING]]);
    }
    const answer = await patch('/ContactType/1', { contactTypes: { items: [{ patchType: 'delete', identity: 30 }] } });
    expect(messages(answer)).toEqual(["The patch type 'delete' is not allowed for 'ContactType'.", CLOSING]);
    shows('logisense.ContactType.patch', 'negative');
  });
});

describe('children that carry the parent’s key', () => {
  test('are created, changed and deleted in order, root first', async () => {
    const { body } = await patch('/Contact/1', {
      ...points(
        { patchType: 'create', contactPointTypeId: 6, value: 'https://example.com/' },
        { patchType: 'update', identity: 1, value: 'new@example.com' },
        { patchType: 'delete', identity: '3' },
      ),
      title: 'Dr.',
    });
    expect(body.results.items).toEqual([
      { identity: 1, action: 'updated', dtoTypeKey: 'contact', instance: expect.objectContaining({ title: 'Dr.' }) },
      {
        identity: 801,
        action: 'created',
        dtoTypeKey: 'contactPoint',
        instance: {
          identity: 801,
          contactPointTypeId: 6,
          contactPointTypeName: 'Billing Website',
          value: 'https://example.com/',
          contactId: 1,
        },
      },
      {
        identity: 1,
        action: 'updated',
        dtoTypeKey: 'contactPoint',
        instance: expect.objectContaining({ value: 'new@example.com', contactPointTypeId: 4 }),
      },
      { identity: 3, action: 'deleted', dtoTypeKey: 'contactPoint' },
    ]);
    expect(
      (await detailOf('/Contact/1')).contactPoints.map((point: { identity: number; value: string }) => [point.identity, point.value]),
    ).toEqual([
      [1, 'new@example.com'],
      [2, expect.any(String)],
      [801, 'https://example.com/'],
    ]);
  });

  test('take a name in place of an id', async () => {
    const { contact, mail } = await ownContact(ask);
    const { body } = await patch(`/Contact/${contact}`, points({ patchType: 'CREATE', contactPointTypeName: 'own MAIL', value: 'x' }));
    expect(body.results.items[0].instance.contactPointTypeId).toBe(mail);
  });

  test('of a contact type are written this way alone', async () => {
    const { body } = await patch('/ContactType/28', {
      details: {
        contactPointTypes: {
          items: [{ patchType: 'create', name: 'Pager', dataTypeId: '3', isRequired: true, allowMultiple: false, isCore: false }],
        },
      },
    });
    const pager = {
      identity: 91,
      name: 'Pager',
      dataTypeId: 3,
      dataTypeName: 'Phone Number',
      isRequired: true,
      contactTypeId: 28,
      contactTypeName: 'Warehouse',
      allowMultiple: false,
      isCore: false,
    };
    expect(body.results.items).toEqual([{ identity: 91, action: 'created', dtoTypeKey: 'contactPointType', instance: pager }]);
    expect((await detailOf('/ContactType/28')).contactPointTypes).toEqual([pager]);
    expect((await ask('GET', '/ContactPointType/91')).body.instance).toEqual(pager);
    await patch('/ContactType/28', { details: { contactPointTypes: { items: [{ patchType: 'update', identity: 91, name: 'Beeper' }] } } });
    expect((await detailOf('/ContactType/28')).contactPointTypes[0].name).toBe('Beeper');
    await patch('/ContactType/28', { details: { contactPointTypes: { items: [{ patchType: 'delete', identity: 91 }] } } });
    expect(await detailOf('/ContactType/28')).toEqual({});
    shows('logisense.ContactType.patch', 'chosen');
  });

  test('that something still refers to stay', async () => {
    const answer = await patch('/ContactType/2', { details: { contactPointTypes: { items: [{ patchType: 'delete', identity: 5 }] } } });
    expect([answer.status, messages(answer)]).toEqual([400, ["'ContactPointType' (5) is in use by 'ContactPoint'.", CLOSING]]);
  });
});

describe('a child that the parent links to', () => {
  test('is changed, detached, attached elsewhere, deleted', async () => {
    const attached = (lhsId: number, rhsId: number, action: string) => ({ lhsId, rhsId, action, dtoTypeKey: 'contactAddress' });
    expect((await patch('/Contact/1', address({ patchType: 'update', identity: HOME, zipCode: '1' }))).body.results.items[0]).toMatchObject(
      {
        identity: HOME,
        action: 'updated',
        dtoTypeKey: 'address',
        instance: { zipCode: '1', taxJurisdictionCodeUpdated: '2026-01-01T00:00:00Z' },
      },
    );
    expect((await patch('/Contact/1', address({ patchType: 'detach', identity: HOME }))).body.results.items).toEqual([
      attached(1, HOME, 'detached'),
    ]);
    expect((await detailOf('/Contact/1')).address).toBeUndefined();
    expect((await patch('/Contact/11', address({ patchType: 'attach', identity: HOME }))).body.results.items).toEqual([
      attached(11, HOME, 'attached'),
    ]);
    expect((await detailOf('/Contact/11')).address).toMatchObject({ identity: HOME, zipCode: '1' });
    const { body } = await patch('/Contact/11', { details: { addresses: { items: [{ patchType: 'delete', identity: HOME }] } } });
    expect(body.results.items).toEqual([{ identity: HOME, action: 'deleted', dtoTypeKey: 'address' }]);
    expect((await detailOf('/Contact/11')).address).toBeUndefined();
    expect(mock.integrity().ok).toBe(true);
  });

  test('can be replaced in one request', async () => {
    const { body } = await patch(
      '/Contact/1',
      address(
        { patchType: 'delete', identity: HOME },
        { patchType: 'create', address1: '1 Main Street', stateName: 'Texas', countryId: 1 },
      ),
    );
    expect(body.results.items.map(({ action }: { action: string }) => action)).toEqual(['deleted', 'created']);
    expect((await detailOf('/Contact/1')).address).toEqual({
      identity: 225,
      address1: '1 Main Street',
      address2: null,
      stateId: 44,
      stateName: 'Texas',
      countryId: 1,
      countryName: 'United States of America',
      zipCode: null,
      latitude: null,
      longitude: null,
      cityName: null,
      taxJurisdictionCodeUpdated: '2026-01-01T00:00:00Z',
      isIncorporated: null,
      stateCode: 'TX',
      countryCode: 'US',
    });
  });

  test('may be shared; deleting it takes the other links along, each reported', async () => {
    await patch('/Contact/11', address({ patchType: 'attach', identity: HOME }));
    await patch('/Contact/22', address({ patchType: 'attach', identity: HOME }));
    const { body } = await patch('/Contact/11', address({ patchType: 'delete', identity: HOME }));
    expect(body.results.items).toEqual([
      { identity: HOME, action: 'deleted', dtoTypeKey: 'address' },
      { lhsId: 1, rhsId: HOME, action: 'detached', dtoTypeKey: 'contactAddress' },
      { lhsId: 22, rhsId: HOME, action: 'detached', dtoTypeKey: 'contactAddress' },
    ]);
    for (const id of [1, 11, 22]) expect((await detailOf(`/Contact/${id}`)).address).toBeUndefined();
    expect(mock.integrity().ok).toBe(true);
  });

  test.each([
    ['create', {}, "'Contact' (1) already has an 'Address'."],
    ['attach', { identity: 2 }, "'Contact' (1) already has an 'Address'."],
    ['update', { identity: 2 }, "'Identity' (2) does not exist in 'Address' for 'Contact'."],
    ['delete', { identity: 2 }, "'Identity' (2) does not exist in 'Address' for 'Contact'."],
    ['detach', { identity: 2 }, "'Identity' (2) does not exist in 'Address' for 'Contact'."],
    ['detach', {}, "'Identity' is required when patching an 'Address'."],
  ])('%s is refused where it cannot be: %j', async (patchType, item, message) => {
    const answer = await patch('/Contact/1', address({ patchType, ...item }));
    expect([answer.status, messages(answer)]).toEqual([400, [message, CLOSING]]);
    expect(mock.state.get().records).toEqual({});
  });

  test('must exist to be attached', async () => {
    expect(messages(await patch('/Contact/11', address({ patchType: 'attach', identity: 999 })))).toEqual([
      "'Identity' (999) does not exist in 'Address'.",
      CLOSING,
    ]);
  });
});

describe('patchClientId', () => {
  test('stands for a row that the same request made', async () => {
    const { body } = await patch('/Contact/11', {
      ...address({ patchType: 'create', patchClientId: 7, cityName: 'One' }, { patchType: 'update', patchClientId: 7, zipCode: '2' }),
    });
    expect(body.results.items.map(({ action }: { action: string }) => action)).toEqual(['created', 'updated']);
    expect((await detailOf('/Contact/11')).address).toMatchObject({ cityName: 'One', zipCode: '2' });
    expect(JSON.stringify(body)).not.toContain('patchClientId');
  });

  test('as a child’s foreign key stands for a parent that the same request made', async () => {
    const { contact, type, mail } = await ownContact(ask);
    const { body } = await patch(`/Contact/${contact}`, {
      ...points(
        { patchType: 'create', contactPointTypeId: mail, value: 'mine', contactId: 77 },
        { patchType: 'create', contactPointTypeId: mail, value: 'ours', contactId: contact },
      ),
      contacts: { items: [{ patchType: 'create', patchClientId: 77, contactTypeId: type }] },
    });
    const made = body.results.items[0].identity;
    expect((await detailOf(`/Contact/${made}`)).contactPoints.map(({ value }: { value: string }) => value)).toEqual(['mine']);
    expect((await detailOf(`/Contact/${contact}`)).contactPoints.at(-1).value).toBe('ours');
  });

  test('may repeat where nobody refers to it, and is refused where somebody does', async () => {
    const { contact, mail } = await ownContact(ask);
    const twice = [1, 1].map((patchClientId) => ({ patchType: 'create', patchClientId, contactPointTypeId: mail }));
    expect((await patch(`/Contact/${contact}`, points(...twice))).status).toBe(200);
    const answer = await patch(`/Contact/${contact}`, points(...twice, { patchType: 'update', patchClientId: 1, value: 'x' }));
    expect(messages(answer)).toEqual(["'PatchClientId' (1) stands for 2 rows of 'ContactPoint'.", CLOSING]);
  });

  test('that nobody was given is told', async () => {
    expect(messages(await patch('/Contact/1', points({ patchType: 'update', patchClientId: 5 })))).toEqual([
      "'Identity' is required when patching a 'ContactPoint'.",
      CLOSING,
    ]);
    expect(messages(await patch('/Contact/1', points({ patchType: 'create', patchClientId: 'a', contactPointTypeId: 6 })))).toEqual([
      "'PatchClientId' (a) is not a valid Number for 'ContactPoint'.",
      CLOSING,
    ]);
  });
});

describe('a refused PATCH leaves no trace and tells everything', () => {
  test('all at once, from every level', async () => {
    const answer = await patch('/Contact/1', {
      firstName: 'Changed',
      contactTypeId: 99,
      contacts: { items: [{ patchType: 'create', contactTypeId: 3 }, { patchType: 'create' }, { patchType: 'update', identity: 999 }] },
      details: {
        contactPoints: {
          items: [
            { patchType: 'create', contactPointTypeId: 6, value: 'fine' },
            { patchType: 'create', contactPointTypeId: 999 },
            { patchType: 'upsert' },
            {},
            { patchType: 'delete', identity: 5 },
            { patchType: 'attach', identity: 1 },
          ],
        },
        address: { items: [{ patchType: 'update', identity: HOME, stateId: 99, latitude: 'north' }] },
      },
    });
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body)).toEqual(['trackingId', 'type', 'errors']);
    expect(answer.body.type).toBe('patch');
    expect(messages(answer)).toEqual([
      "'ContactTypeId' (99) does not exist in 'ContactType' for 'Contact'.",
      "'ContactTypeId' MUST be greater than '0' when adding or updating a 'Contact'.",
      "'Identity' (999) does not exist in 'Contact'.",
      "The patch type 'upsert' is not allowed for 'ContactPoint'.",
      "'PatchType' is required when patching a 'ContactPoint'.",
      "The patch type 'attach' is not allowed for 'ContactPoint'.",
      "'ContactPointTypeId' (999) does not exist in 'ContactPointType' for 'ContactPoint'.",
      "'Identity' (5) does not exist in 'ContactPoint' for 'Contact'.",
      "'Latitude' (north) is not a valid Number for 'Address'.",
      "'StateId' (99) does not exist in 'State' for 'Address'.",
      CLOSING,
    ]);
    expect(mock.state.get()).toEqual(asking().mock.state.get());
    expect((await ask('POST', '/Contact/', { body: { contactTypeId: 1 } })).body.results.items[0].identity).toBe(201);
    shows('logisense.Contact.patch', 'negative');
  });

  test.each([
    ['/Contact/1', { contact: { items: [] } }, "'contact' is not a child of 'Contact'."],
    ['/Contact/1', { details: { contactPoint: { items: [] } } }, "'contactPoint' is not a child of 'Contact'."],
    ['/ContactType/1', { details: { address: { items: [] } } }, "'address' is not a child of 'ContactType'."],
    ['/Contact/1', { details: { contactPoints: [] } }, "'details.contactPoints' MUST hold a list of objects under 'items'."],
    ['/Contact/1', { details: { address: { items: {} } } }, "'details.address' MUST hold a list of objects under 'items'."],
    ['/Contact/1', { details: { address: { items: [5] } } }, "'details.address' MUST hold a list of objects under 'items'."],
    [
      '/Contact/2',
      { details: { address: { patchType: 'detach', identity: 2 } } },
      "'details.address' MUST hold a list of objects under 'items'.",
    ],
    ['/Contact/1', { detail: { contactPoints: { items: [] } } }, "'detail' is not a child of 'Contact'."],
    ['/Contact/1', { contactPoints: [{ value: 'x' }] }, "'contactPoints' is not a child of 'Contact'."],
    [
      '/Contact/1',
      { contacts: { items: [{ patchType: 'update', identity: 1, address: { items: [{ patchType: 'delete', identity: 1 }] } }] } },
      "'address' is not a child of 'Contact'.",
    ],
    ['/Contact/1', { details: [] }, "'details' MUST be an object."],
    ['/Contact/1', { contacts: 'x' }, "'contacts' MUST hold a list of objects under 'items'."],
    ['/Contact/1', points({ patchType: 'create', contactPointTypeId: 1, details: { x: {} } }), "'ContactPoint' has no details."],
  ])('%s %j', async (path, body, message) => {
    const answer = await patch(path, body);
    expect([answer.status, messages(answer)]).toEqual([400, [message, CLOSING]]);
    expect(mock.requests.get(answer.body.trackingId)?.explanation).toBeDefined();
  });

  test('says the same whatever the case of its names', async () => {
    const { ask } = asking();
    const { contact, mail } = await ownContact(ask);
    const body = { Details: { ContactPoints: { Items: [{ PatchType: 'Create', ContactPointTypeId: mail, Value: 'x' }] } } };
    const { results } = (await ask('PATCH', `/Contact/${contact}`, { body })).body;
    expect(results.items).toMatchObject([{ action: 'created', dtoTypeKey: 'contactPoint', instance: { value: 'x', contactId: contact } }]);
  });

  test('of a row that does not exist is a 404', async () => {
    for (const path of ['/Contact/201', '/ContactType/41']) {
      const answer = await patch(path, { details: {} });
      expect([answer.status, answer.body.type, answer.body.errors.length]).toEqual([404, 'patch', 2]);
    }
  });
});
