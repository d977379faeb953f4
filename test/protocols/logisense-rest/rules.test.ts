/** What a live service was seen to do, and what later versions state (logisense.md §15). */
import { describe, expect, test } from 'vitest';
import { shows } from '../../support/evidence.ts';
import { asking, CLOSING, json, messages, ownContact } from './asking.ts';

const items = (answer: { body: { items: { identity: number; name: string }[] } }) => answer.body.items;
/** By name in lower case, by code units, then by identity. */
const inOrder = (rows: { identity: number; name: string }[]) =>
  [...rows].sort((left, right) => {
    const [a, b] = [left.name.toLowerCase(), right.name.toLowerCase()];
    return a < b ? -1 : a > b ? 1 : left.identity - right.identity;
  });

describe('lists come in the order of names', () => {
  test.each(['ContactType', 'ContactPointType', 'ContactType/Type', 'State', 'Country'])('%s', async (path) => {
    const { ask } = asking();
    const list = items(await ask('GET', `/${path}/`));
    expect(list).toEqual(inOrder(list));
    for (const pageNumber of [1, 2, 3]) {
      const { body } = await ask('GET', `/${path}/Paged`, { headers: json('Pagination', { pageNumber, pageSize: 4 }) });
      expect(body.pagedResults).toEqual({ totalCount: list.length, items: list.slice(4 * pageNumber - 4, 4 * pageNumber) });
    }
  });
  test('with what was written a moment ago in its place', async () => {
    const { ask } = asking();
    for (const name of ['billing', 'Zebra', 'äther', 'AArdvark']) await ask('POST', '/ContactType/', { body: { name } });
    await ask('PUT', '/ContactType/9', { body: { name: 'zebra' } });
    await ask('DELETE', '/ContactType/33');
    const list = items(await ask('GET', '/ContactType/'));
    expect(list).toEqual(inOrder(list));
    expect(list.map(({ name }) => name).slice(-3)).toEqual(['zebra', 'Zebra', 'äther']);
    const detailed = (await ask('GET', '/ContactType/Paged/Detail', { headers: json('Pagination', { pageSize: 60 }) })).body.pagedResults
      .items;
    expect(detailed.map(({ details: _, ...flat }: { details: object }) => flat)).toEqual(list);
  });
  test('contacts by identity', async () => {
    const list = (await asking().ask('GET', '/Contact/')).body.items;
    expect(list.map(({ identity }: { identity: number }) => identity)).toEqual(Array.from(list, (_, i) => i + 1));
  });
});

describe('ContactType/Type', () => {
  const { ask } = asking();
  test('is listed, paged and read in the usual envelopes', async () => {
    const { body } = await ask('GET', '/ContactType/Type/');
    expect(Object.keys(body)).toEqual(['trackingId', 'totalCount', 'items']);
    for (const item of body.items) expect(Object.keys(item)).toEqual(['identity', 'name']);
    const page = await ask('GET', '/ResourceServer/api/v6/contacttype/TYPE/paged', { headers: json('Pagination', { pageSize: 3 }) });
    expect(Object.keys(page.body)).toEqual(['trackingId', 'pagination', 'pagedResults']);
    expect(page.body.pagedResults).toEqual({ totalCount: body.totalCount, items: body.items.slice(0, 3) });
    for (const item of body.items.slice(0, 4)) {
      const one = await ask('GET', `/ContactType/Type/${item.identity}`);
      expect(one.body).toEqual({ trackingId: one.body.trackingId, instance: item });
    }
    for (const verb of ['list', 'paged', 'get']) shows(`logisense.ContactTypeType.${verb}`, 'client');
  });
  test('is not written, and knows what does not exist', async () => {
    const answer = await ask('GET', '/ContactType/Type/999');
    expect([answer.status, messages(answer)]).toEqual([404, ["'Identity' (999) does not exist in 'ContactTypeType'."]]);
    expect((await ask('POST', '/ContactType/Type', { body: { name: 'x' } })).headers.get('allow')).toBe('GET');
    expect((await ask('GET', '/ContactType/Type/Paged', { headers: { Pagination: 'x' } })).status).toBe(400);
    expect((await ask('GET', '/ContactType/Type', { headers: { SearchRequest: 'x' } })).status).toBe(400);
    for (const verb of ['list', 'paged', 'get']) shows(`logisense.ContactTypeType.${verb}`, 'negative');
  });
});

test('POST below internal/ answers wrapped items, PUT and POST elsewhere flat ones', async () => {
  const { ask } = asking();
  const body = { contactTypeId: 5 };
  const post = async (path: string, headers = {}) => (await ask('POST', path, { body, headers })).body.results.items[0];
  expect(await post('/ResourceServer/api/v6/internal/Contact')).toMatchObject({ action: 'created', instance: { contactTypeId: 5 } });
  expect(await post('/ResourceServer/api/v6/Contact')).toMatchObject(body);
  expect(await post('/ResourceServer/api/v6/internal/Contact', json('OutputFormat', { format: 'instance' }))).toMatchObject(body);
  const put = await ask('PUT', '/ResourceServer/api/v6/internal/Contact/1', { body: {} });
  expect(put.body.results.items[0].identity).toBe(1);
});

describe('dates', () => {
  /** The address of contact 1. */
  const HOME = 23;
  test('end without zeros, in steps of the vendor’s database', async () => {
    const { ask, mock } = asking();
    const stamps: string[] = [];
    for (const now of ['2026-03-04T05:06:07.600Z', '2026-03-04T05:06:07.041Z', '2026-03-04T05:06:08Z', '2026-03-04T05:06:07.998Z']) {
      mock.clock.set(now);
      const body = { details: { address: { items: [{ patchType: 'update', identity: HOME, address1: now }] } } };
      stamps.push((await ask('PATCH', '/Contact/1', { body })).body.results.items[0].instance.taxJurisdictionCodeUpdated);
    }
    expect(stamps).toEqual(['2026-03-04T05:06:07.6Z', '2026-03-04T05:06:07.04Z', '2026-03-04T05:06:08Z', '2026-03-04T05:06:07.997Z']);
  });
  test('whoever wrote them', async () => {
    const { ask, mock } = asking();
    mock.state.set({ records: { 'logisense.addresses': { [HOME]: { taxJurisdictionCodeUpdated: '2021-04-26T15:25:27.500Z' } } } });
    expect((await ask('GET', '/Contact/1/Detail')).body.instance.details.address.taxJurisdictionCodeUpdated).toBe('2021-04-26T15:25:27.5Z');
  });
});

describe('from version 8 on', () => {
  test('a contact shows when it was changed', async () => {
    const { ask, mock } = asking();
    const read = async (version: number, path = 'Contact/7') => (await ask('GET', `/ResourceServer/api/v${version}/${path}`)).body;
    const { instance } = await read(6);
    const { instance: later } = await read(8);
    const { updated, ...rest } = later;
    expect(rest).toEqual(instance);
    expect(Object.keys(later)).toEqual([...Object.keys(instance), 'updated']);
    expect(updated).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,2}[1-9])?Z$/);
    expect((await read(10, 'Contact/7/Detail')).instance.updated).toBe(updated);
    expect((await read(9, 'Contact')).items[6]).toEqual(later);
    mock.clock.set('2027-01-01T00:00:00.5Z');
    await ask('PUT', '/Contact/7', { body: { title: 'X', updated: '2000-01-01T00:00:00Z' } });
    expect((await read(8)).instance).toMatchObject({ title: 'X', updated: '2027-01-01T00:00:00.5Z' });
    const found = await ask('POST', '/ResourceServer/api/v8/Contact/Search', {
      body: { query: { search: [{ name: 'updated', operator: 'gt', value: '2026-12-31' }] } },
    });
    expect(found.body.items.map(({ identity }: { identity: number }) => identity)).toEqual([7]);
    // Back to what it was, it is the record that it was.
    await ask('PUT', '/Contact/7', { body: instance });
    expect((await read(8)).instance).toEqual(later);
    expect(mock.state.get().records).toEqual({});
  });

  test('a core contact point type stays as it is, but not when its contact type goes', async () => {
    const { ask, mock } = asking();
    const { contact, type, phone } = await ownContact(ask);
    const patch = (version: number, item: object) =>
      ask('PATCH', `/ResourceServer/api/v${version}/ContactType/${type}`, { body: { details: { contactPointTypes: { items: [item] } } } });
    for (const patchType of ['update', 'delete']) {
      for (const version of [8, 10]) {
        const answer = await patch(version, { patchType, identity: phone, name: 'Other' });
        expect([answer.status, messages(answer)]).toEqual([
          400,
          [`'ContactPointType' (${phone}) cannot be modified because 'IsCore' is true.`, CLOSING],
        ]);
        expect(JSON.stringify(mock.requests.get(answer.body.trackingId)?.explanation)).toContain('Below api/v8 and later');
      }
    }
    expect((await patch(6, { patchType: 'update', identity: phone, name: 'Other' })).status).toBe(200);
    await ask('PUT', `/Contact/${contact}`, { body: { contactTypeId: 5 } });
    expect((await ask('DELETE', `/ResourceServer/api/v8/ContactType/${type}`)).status).toBe(200);
    expect((await ask('GET', `/ContactPointType/${phone}`)).status).toBe(404);
  });
});

describe('a point that is written', () => {
  test('is of a type that its contact’s type offers', async () => {
    const { ask, mock } = asking();
    const { contact, type, mail, phone } = await ownContact(ask);
    const patch = (...items: object[]) => ask('PATCH', `/Contact/${contact}`, { body: { details: { contactPoints: { items } } } });
    const refused = await patch({ patchType: 'create', contactPointTypeId: 5, value: 'x' });
    expect([refused.status, messages(refused)]).toEqual([
      400,
      [`'ContactPointTypeId' (5) is not one of the 'ContactPointType' of the 'ContactType' (${type}).`, CLOSING],
    ]);
    expect(JSON.stringify(mock.requests.get(refused.body.trackingId)?.explanation)).toContain(
      `Contact ${contact} has the ContactType ${type}, which offers ${mail}, ${phone}; send one of these as contactPointTypeId.`,
    );
    const { identity } = (await patch({ patchType: 'create', contactPointTypeId: mail, value: 'x' })).body.results.items[0];
    expect((await patch({ patchType: 'update', identity, contactPointTypeId: 5 })).status).toBe(400);
    // The contact's own change leaves its points as they are; the next change of one does not.
    await ask('PUT', `/Contact/${contact}`, { body: { contactTypeId: 5 } });
    expect((await ask('GET', `/Contact/${contact}/Detail`)).body.instance.details.contactPoints[0].contactPointTypeId).toBe(mail);
    expect((await patch({ patchType: 'update', identity, value: 'y' })).status).toBe(400);
    expect((await patch({ patchType: 'delete', identity })).status).toBe(200);
  });

  test('is the only one of a type that does not allow several', async () => {
    const { ask, mock } = asking();
    const { contact, type, mail, phone } = await ownContact(ask);
    const patch = (...items: object[]) => ask('PATCH', `/Contact/${contact}`, { body: { details: { contactPoints: { items } } } });
    const created = await patch(
      { patchType: 'create', contactPointTypeId: phone, value: '1' },
      { patchType: 'create', contactPointTypeId: mail, value: 'a' },
      { patchType: 'create', contactPointTypeId: mail, value: 'b' },
    );
    const [first, second] = created.body.results.items.map(({ identity }: { identity: number }) => identity);
    for (const item of [
      { patchType: 'create', contactPointTypeId: phone, value: '2' },
      { patchType: 'update', identity: second, contactPointTypeId: phone },
    ]) {
      const refused = await patch(item);
      expect([refused.status, messages(refused)]).toEqual([
        400,
        [`'ContactPointType' (${phone}) does not allow several 'ContactPoint' for a 'Contact'.`, CLOSING],
      ]);
      const { message } = mock.requests.get(refused.body.trackingId)!.explanation!;
      const [, address, body] = /send PATCH (\S+) with (.*) first\.$/.exec(message)!;
      expect([address, JSON.parse(body!)]).toEqual([
        `/ContactType/${type}`,
        { details: { contactPointTypes: { items: [{ patchType: 'update', identity: phone, allowMultiple: true }] } } },
      ]);
    }
    expect((await patch({ patchType: 'update', identity: first, value: '3' })).status).toBe(200);
    const replaced = await patch({ patchType: 'delete', identity: first }, { patchType: 'create', contactPointTypeId: phone, value: '4' });
    expect(replaced.status).toBe(200);
  });
});

test('all that is wrong with an item is told beside what is there already', async () => {
  const { ask } = asking();
  const items = [
    { patchType: 'create', latitude: 'north' },
    { patchType: 'attach', identity: 999 },
  ];
  const answer = await ask('PATCH', '/Contact/1', { body: { details: { address: { items } } } });
  expect(messages(answer)).toEqual([
    "'Contact' (1) already has an 'Address'.",
    "'Latitude' (north) is not a valid Number for 'Address'.",
    "'Contact' (1) already has an 'Address'.",
    "'Identity' (999) does not exist in 'Address'.",
    CLOSING,
  ]);
});

test('paths are percent-decoded', async () => {
  const { ask } = asking();
  for (const path of ['/Contact/%32', '/%43ontact/2', '/%63%4Fntact/%32/'])
    expect([path, (await ask('GET', path)).body.instance?.identity]).toEqual([path, 2]);
  for (const path of ['/Contact/%', '/Contact/%zz', '/Contact/%00', '/Contact/%23']) expect((await ask('GET', path)).status).toBe(404);
});

// Node's parser of HTTP knows the verbs that there are.
test.skipIf(process.env['TARGET'] === 'port')('a verb that nobody has is a 405 that says which there are', async () => {
  const { ask } = asking();
  for (const method of ['PROPFIND', 'LINK', 'BREW']) {
    const answer = await ask(method, '/Contact/1');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, PATCH, PUT']);
  }
});

test('the metadata of ContactType lists what a Data Flow can do', async () => {
  const { details } = (await asking().ask('GET', '/ContactType/Metadata')).body;
  expect(details.dataFlowPatchTypes).toEqual({
    contactType: ['create', 'update', 'delete'],
    contactPointType: ['create', 'update', 'delete'],
  });
});
