import { describe, expect, test } from 'vitest';
import { operations } from '../../../src/apis/logisense/contract.ts';
import { createMock } from '../../support/target.ts';
import { shows } from '../../support/evidence.ts';
import { asking, codes, json, messages } from './asking.ts';

const { mock, ask } = asking();
const identities = (items: { identity: number }[]) => items.map(({ identity }) => identity);
const pageOf = (pagination: unknown, path = '/Contact/Paged') => ask('GET', path, { headers: json('Pagination', pagination) });

/** Names and types, in order, of everything in a value; an array by its first item. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shape);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.entries(value).map(([name, member]) => [name, shape(member)]);
}

describe('the envelopes', () => {
  test.each(Object.values(operations).filter(({ methods }) => methods[0] === 'GET'))(
    '$name answers in its documented shape',
    async ({ path, sample }) => {
      const answer = await ask('GET', path.replace('{id}', '1'));
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(shape(answer.body)).toEqual(shape(sample.response));
    },
  );

  test('every record of a list has the documented members with a value of the documented type', async () => {
    for (const resource of ['Contact', 'ContactType'] as const) {
      const { body } = await ask('GET', `/${resource}/`);
      const documented = shape((operations[`${resource}.list`].sample.response as { items: unknown[] }).items[0]) as [string, unknown][];
      for (const item of body.items) {
        const present = documented.map(([name, type]) => [name, item[name] === null ? 'object' : type]);
        expect(shape(item)).toEqual(present);
      }
      expect(body.totalCount).toBe(body.items.length);
    }
  });

  test('the tracking id is the request’s id, so that a body leads to the journal', async () => {
    const answer = await ask('GET', '/Contact/7');
    expect(answer.body.trackingId).toBe(answer.headers.get('x-mock-request-id'));
    expect(mock.requests.get(answer.body.trackingId)?.operation).toBe('logisense.Contact.get');
  });

  test('a child that is not there is left out', async () => {
    const children = async (id: number) => Object.keys((await ask('GET', `/Contact/${id}/Detail`)).body.instance.details);
    expect(await children(14)).toEqual(['address']);
    expect(await children(22)).toEqual([]);
    expect(await children(11)).toEqual(['contactPoints']);
  });
});

describe('paths', () => {
  test.each([
    '/Contact/3',
    '/Contact/3/',
    '/contact/3',
    '/CONTACT//3',
    '/Contact/003',
    '/ResourceServer/api/v6/Contact/3',
    '/resourceserver/API/V10/contact/3/',
    '/ResourceServer/api/v6/internal/Contact/3',
    '/Contact/3?page=2&anything=ignored',
  ])('%s reads contact 3', async (path) => {
    const { status, body } = await ask('GET', path);
    expect([status, body.instance.identity]).toEqual([200, 3]);
  });

  test.each(['/Contact', '/Contact/', '/ResourceServer/api/v2/Contact', '/ResourceServer/api/v6/internal/Contact/'])(
    '%s lists contacts',
    async (path) => {
      expect((await ask('GET', path)).body.totalCount).toBe(200);
    },
  );

  test.each([
    '/Contact/abc',
    '/Contact/1.5',
    '/Contact/99999999999',
    '/Contact/1/Other',
    '/Contact/1/Detail/2',
    '/Contact/{id}',
    '/Contact/%23',
    '/ResourceServer/Contact/1',
    '/ResourceServer/api/six/Contact/1',
  ])('%s is no route: the framework’s 404', async (path) => {
    const answer = await ask('GET', path);
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({
      message: expect.stringMatching(/^No HTTP resource was found that matches the request URI 'http:\/\/mock\//),
    });
  });

  test.each([
    ['DELETE', '/Contact/1', 'GET, PATCH, PUT'],
    ['PUT', '/Contact/', 'GET, POST'],
    ['POST', '/ContactType/1', 'GET, PATCH, PUT, DELETE'],
    ['POST', '/Contact/Paged', 'GET'],
    ['PUT', '/State/1', 'GET'],
  ])('%s %s is a verb that the path does not take', async (method, path, allowed) => {
    const answer = await ask(method, path, { body: {} });
    expect(answer.status).toBe(405);
    expect(answer.body).toEqual({ message: `The requested resource does not support http method '${method}'.` });
    expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(allowed.split(', ').sort());
  });

  test.each(['/Contact/201', '/Contact/0', '/Contact/-1', '/Contact/2147483647', '/Contact/201/Detail', '/ContactType/41', '/State/9999'])(
    '%s is a record that does not exist: 404 in the vendor’s envelope',
    async (path) => {
      const answer = await ask('GET', path);
      expect(answer.status).toBe(404);
      const [, kind, id] = path.split('/');
      expect(answer.body).toEqual({
        trackingId: answer.headers.get('x-mock-request-id'),
        type: 'retrieve',
        errors: [{ code: 13100000, message: `'Identity' (${id}) does not exist in '${kind}'.` }],
      });
      for (const name of Object.keys(operations).filter((name) => name.startsWith(`${kind}.get`))) {
        shows(`logisense.${name}`, 'negative');
        shows(`logisense.${name}`, 'chosen');
      }
    },
  );

  test('HEAD answers as GET without a body', async () => {
    const response = await mock.fetch('http://mock/Contact/1', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});

describe('pages', () => {
  test('the first twenty without a Pagination header', async () => {
    const { body } = await ask('GET', '/Contact/Paged');
    expect(body.pagination).toEqual({ pageNumber: 1, pageSize: 20, excludeTotalCount: false });
    expect(body.pagedResults.totalCount).toBe(200);
    expect(identities(body.pagedResults.items)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  test('walk through all of them without a gap', async () => {
    const seen: number[] = [];
    for (let pageNumber = 1; pageNumber <= 29; pageNumber++) {
      const { body } = await pageOf({ pageNumber, pageSize: 7 });
      seen.push(...identities(body.pagedResults.items));
      expect(body.pagination).toEqual({ pageNumber, pageSize: 7, excludeTotalCount: false });
    }
    expect(seen).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  });

  test('past the end are empty and still know how many there are', async () => {
    for (const pageNumber of [11, 12, 2_000_000_000]) {
      const { status, body } = await pageOf({ pageNumber, pageSize: 20 });
      expect([status, body.pagedResults]).toEqual([200, { totalCount: 200, items: [] }]);
      expect(body.pagination.pageNumber).toBe(pageNumber);
    }
  });

  test('of a thousand million hold everything', async () => {
    const { body } = await pageOf({ pageNumber: 1, pageSize: 1_000_000_000 });
    expect(body.pagedResults.items).toHaveLength(200);
    expect(body.pagination.pageSize).toBe(1_000_000_000);
  });

  test('without a count say null for it', async () => {
    const { body } = await pageOf({ pageNumber: 2, pageSize: 3, excludeTotalCount: true });
    expect(body.pagination).toEqual({ pageNumber: 2, pageSize: 3, excludeTotalCount: true });
    expect(body.pagedResults.totalCount).toBeNull();
    expect(identities(body.pagedResults.items)).toEqual([4, 5, 6]);
    shows('logisense.Contact.paged', 'chosen');
  });

  test('take numbers in quotation marks, and usual values for what is left out', async () => {
    expect((await pageOf({ pageNumber: '2', pageSize: '5' })).body.pagedResults.items[0].identity).toBe(6);
    expect((await pageOf({ pageSize: 5 })).body.pagination).toEqual({ pageNumber: 1, pageSize: 5, excludeTotalCount: false });
    expect((await pageOf({})).body.pagination.pageSize).toBe(20);
    expect((await pageOf({ pageNumber: null, other: 1 })).status).toBe(200);
  });

  test.each([
    [{ pageNumber: 0 }, ["'PageNumber' MUST be greater than '0' when using a 'Pagination'."]],
    [
      { pageNumber: -1, pageSize: -1 },
      [
        "'PageNumber' MUST be greater than '0' when using a 'Pagination'.",
        "'PageSize' MUST be greater than '0' when using a 'Pagination'.",
      ],
    ],
    [{ pageSize: 0 }, ["'PageSize' MUST be greater than '0' when using a 'Pagination'."]],
    [{ pageSize: 'many' }, ["'PageSize' (many) is not a valid Number for 'Pagination'."]],
    [{ pageSize: 1.5 }, ["'PageSize' (1.5) is not a valid Number for 'Pagination'."]],
    [{ pageSize: 1e10 }, ["'PageSize' (10000000000) is not a valid Number for 'Pagination'."]],
    [{ excludeTotalCount: 'perhaps' }, ["'ExcludeTotalCount' (perhaps) is not a valid Boolean for 'Pagination'."]],
  ])('refuse %j', async (pagination, expected) => {
    for (const path of ['/Contact/Paged', '/Contact/Paged/Detail', '/ContactType/Paged/Detail']) {
      const answer = await pageOf(pagination, path);
      expect(answer.status).toBe(400);
      expect(answer.body.type).toBe('retrieve');
      expect(messages(answer)).toEqual(expected);
    }
    shows('logisense.Contact.paged', 'negative');
    for (const operation of ['Contact.pagedDetail', 'ContactType.pagedDetail']) {
      shows(`logisense.${operation}`, 'negative');
      shows(`logisense.${operation}`, 'chosen');
    }
  });

  test('are asked for whatever the case of the names', async () => {
    const { body } = await ask('GET', '/Contact/Paged', { headers: json('Pagination', { PageNumber: 3, PageSize: 2 }) });
    expect(body.pagination).toEqual({ pageNumber: 3, pageSize: 2, excludeTotalCount: false });
    expect(identities(body.pagedResults.items)).toEqual([5, 6]);
  });

  test.each(['x', '[]', '5', 'null', '{"pageNumber":1', 'pageNumber=1'])('refuse a header that is no JSON object: %s', async (header) => {
    const answer = await ask('GET', '/ContactType/Paged', { headers: { Pagination: header } });
    expect(answer.status).toBe(400);
    expect(messages(answer)).toEqual(["The 'Pagination' header MUST hold a JSON object."]);
    expect(mock.requests.get(answer.body.trackingId)?.explanation).toBeDefined();
    shows('logisense.ContactType.paged', 'negative');
    shows('logisense.ContactType.paged', 'chosen');
  });

  test('with children have each contact’s own', async () => {
    const { body } = await ask('GET', '/Contact/Paged/Detail', { headers: json('Pagination', { pageNumber: 2, pageSize: 3 }) });
    for (const item of body.pagedResults.items) {
      expect(item.details).toEqual((await ask('GET', `/Contact/${item.identity}/Detail`)).body.instance.details);
    }
  });

  test('stay right when records come and go', async () => {
    const { ask } = asking();
    await ask('DELETE', '/ContactType/27');
    await ask('POST', '/ContactType/', { body: { name: 'New' } });
    const { items } = (await ask('GET', '/ContactType/')).body;
    const { body } = await ask('GET', '/ContactType/Paged', { headers: json('Pagination', { pageNumber: 3, pageSize: 13 }) });
    expect(body.pagedResults).toEqual({ totalCount: 40, items: items.slice(26, 39) });
  });
});

describe('a large world', () => {
  const large = createMock({ apis: ['logisense'], scale: { 'logisense.contacts': 10_000_000 } });

  test('has its last page like its first', async () => {
    const response = await large.fetch('http://mock/Contact/Paged', { headers: json('Pagination', { pageNumber: 500_000, pageSize: 20 }) });
    const { pagedResults } = (await response.json()) as { pagedResults: { totalCount: number; items: { identity: number }[] } };
    expect(pagedResults.totalCount).toBe(10_000_000);
    expect(identities(pagedResults.items)).toEqual(Array.from({ length: 20 }, (_, i) => 9_999_981 + i));
  });

  test('streams its whole list: nothing is made that is not asked for', async () => {
    const response = await large.fetch('http://mock/Contact/');
    const reader = response.body!.getReader();
    const decoder = new TextDecoder();
    let text = '';
    while (text.length < 300_000) text += decoder.decode((await reader.read()).value);
    await reader.cancel();
    expect(text.startsWith('{"trackingId":"')).toBe(true);
    expect(text).toContain('"totalCount":10000000,"items":[{"identity":1,');
    expect(text).toContain('{"identity":1000,');
  });

  test('streams what a small one sends at once', async () => {
    const contacts = createMock({ apis: ['logisense'], scale: { 'logisense.contacts': 700 } });
    const { items, totalCount } = (await (await contacts.fetch('http://mock/Contact/')).json()) as {
      items: { identity: number }[];
      totalCount: number;
    };
    expect([totalCount, items.length, items[699]!.identity]).toEqual([700, 700, 700]);
  });

  test('finds those with one contact type without looking at the others', async () => {
    const response = await large.fetch('http://mock/Contact/Search', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: { search: [{ name: 'identity', operator: 'eq', value: '9999999,5' }] } }),
    });
    const { items } = (await response.json()) as { items: { identity: number }[] };
    expect(identities(items)).toEqual([5, 9_999_999]);
  });
});

describe('look-up objects', () => {
  test.each(['ContactPointType', 'State', 'Country'])('%s can be listed, paged and read', async (name) => {
    const list = await ask('GET', `/${name}/`);
    expect(list.body.items).toHaveLength(list.body.totalCount);
    expect((await ask('GET', `/${name}/${list.body.items[1].identity}`)).body.instance).toEqual(list.body.items[1]);
    const page = await ask('GET', `/${name}/Paged`, { headers: json('Pagination', { pageNumber: 2, pageSize: 1 }) });
    expect(page.body.pagedResults.items).toEqual([list.body.items[1]]);
  });
  test('show where their keys lead', async () => {
    expect((await ask('GET', '/State/5')).body.instance).toMatchObject({
      name: 'California',
      code: 'CA',
      countryName: 'United States of America',
    });
    expect((await ask('GET', '/ContactPointType/1')).body.instance).toMatchObject({
      dataTypeName: 'Email Address',
      contactTypeName: 'Shipping',
    });
  });
});

describe('metadata', () => {
  test('names what can be changed, the routes, and the table behind it', async () => {
    const { body } = await ask('GET', '/Contact/Metadata/sql');
    expect(body).toMatchObject({ dtoTypeKey: 'contact', dtoTypeTableKey: 'Contact' });
    expect(body.details.updateRequest.filters).toEqual(['contactTypeId', 'title', 'firstName', 'lastName', 'isUsedForTax']);
    expect(body.details.dataFlowPatchTypes.address).toEqual(['create', 'update', 'delete', 'attach', 'detach']);
    expect(body.details.resourceRouting.routes).toContainEqual({ name: 'Contact.Put', template: '{id:int}' });
    expect(body.details.sqlMetadata).toMatchObject({
      primaryKeys: ['Identity'],
      foreignKeys: ['ContactTypeId'],
      foreignKeyReferences: ['ContactPoints'],
    });
    expect(body.details.sqlMetadata.columns).toContainEqual({ name: 'ContactTypeId', dataType: 'int', isNullable: false });
    expect((await ask('GET', '/Contact/Metadata')).body.details.sqlMetadata).toBeUndefined();
    expect((await ask('GET', '/country/metadata')).status).toBe(200);
  });
});

test('codes of what the vendor’s are not known for begin with 99', async () => {
  expect(codes(await ask('GET', '/Contact/Paged', { headers: { Pagination: 'x' } }))).toEqual([99050000]);
});

test.each([
  ['9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.999Z'],
  ['2026-01-31T12:00:00.5001Z', '2026-01-31T12:00:00.5Z'],
  ['2026-01-31T12:00:00.0009Z', '2026-01-31T12:00:00Z'],
])('a date has at most three decimals, without zeros at its end: %s', async (kept, written) => {
  await using own = createMock({ data: [{ 'logisense.addresses': { 1: { taxJurisdictionCodeUpdated: kept } } }] });
  const { items } = (
    (await (await own.fetch('http://mock/Contact/Paged/Detail')).json()) as {
      pagedResults: { items: { details: { address?: { identity: number; taxJurisdictionCodeUpdated: string } } }[] };
    }
  ).pagedResults;
  const address = items.map(({ details }) => details.address).find((each) => each?.identity === 1);
  expect(address?.taxJurisdictionCodeUpdated).toBe(written);
});
