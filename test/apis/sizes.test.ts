/** Every size from 0 to 10,000,000 is a world like any other: totals are true, pages meet, the last one ends where the list does. */
import { describe, expect, test } from 'vitest';
import { canvara } from '../../src/apis/canvara/index.ts';
import { type ApiName, createMock, type Mock } from '../../src/index.ts';
import { Base } from '../../src/store/base.ts';

const mockOf = (size: number, name: ApiName = 'logisense'): Mock =>
  createMock({ apis: [name], auth: 'off', scale: { [`${name}.contacts`]: size } });
const asked = async (mock: Mock, path: string, headers: Record<string, string> = {}) => {
  const response = await mock.fetch(path, { headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const SIZES = [0, 1, 2, 19, 20, 21, 63, 64, 65, 200, 9_999_999, 10_000_000];

describe.each(SIZES)('%i contacts', (size) => {
  test('LogiSense pages them', async () => {
    const mock = mockOf(size);
    const page = async (pageNumber: number, pageSize: number) => {
      const { body } = await asked(mock, '/Contact/Paged', { Pagination: JSON.stringify({ pageNumber, pageSize }) });
      const { totalCount, items } = body['pagedResults'] as { totalCount: number; items: { identity: number }[] };
      expect(totalCount).toBe(size);
      return items.map(({ identity }) => identity);
    };
    const last = Math.max(1, Math.ceil(size / 20));
    const inRange = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
    expect(await page(1, 20)).toEqual(inRange(1, Math.min(20, size)));
    expect(await page(last, 20)).toEqual(inRange((last - 1) * 20 + 1, size));
    expect(await page(last + 1, 20)).toEqual([]);
    const detail = await asked(mock, '/Contact/Paged/Detail', { Pagination: JSON.stringify({ pageNumber: last, pageSize: 20 }) });
    expect((detail.body['pagedResults'] as { totalCount: number }).totalCount).toBe(size);
    expect((await asked(mock, `/Contact/${size}/Detail`)).status).toBe(size === 0 ? 404 : 200);
    expect((await asked(mock, `/Contact/${size + 1}`)).status).toBe(404);
    expect((await asked(mock, '/ContactType/')).body['totalCount']).toBe(40);
  });

  test('Trendsic and Canvara connect them among each other', async () => {
    const trendsic = mockOf(size, 'trendsic');
    for (const id of size === 0 ? [] : [1, size]) {
      const { status, body } = await asked(trendsic, `/v1/ContactConnections/${id}?format=json`);
      expect(status).toBe(200);
      for (const { ContactId } of body['Contact'] as { ContactId: number }[]) expect(ContactId > 0 && ContactId <= size).toBe(true);
    }
    expect((await asked(trendsic, `/v1/ContactConnections/${size + 1}?format=json`)).status).toBe(404);

    const canvara = mockOf(size, 'canvara');
    const { keyOf } = canvaraContacts(size);
    for (const n of size === 0 ? [] : [1, size]) {
      const { status, body } = await asked(canvara, `/api/contacts/${keyOf(n)}/links.json`);
      expect(status).toBe(200);
      expect((body['Roles'] as unknown[]).length).toBeGreaterThan(0);
    }
    expect((await asked(canvara, `/api/contacts/${keyOf(size + 1)}/links.json`)).status).toBe(404);
  });
});

const canvaraContacts = (size: number) => {
  const table = new Base('1', { canvara: canvara.entities }, { 'canvara.contacts': size }).table('canvara.contacts');
  return { keyOf: (n: number) => table.keyOf(n) };
};

test('a world without contacts takes them: identities begin at 1, and every page and check works', async () => {
  const mock = createMock({ scale: { 'trendsic.contacts': 0, 'canvara.contacts': 0, 'logisense.contacts': 0 }, auth: 'off' });
  expect(mock.routes().length).toBeGreaterThan(30);
  expect(mock.integrity()).toMatchObject({ ok: true, orphans: [] });
  const untouched = mock.state.hash();
  const headers = { 'Content-Type': 'application/json' };
  const made = await mock.fetch('/Contact/', { method: 'POST', headers, body: '{"contactTypeId":9,"firstName":"Ada"}' });
  expect(await made.json()).toMatchObject({ results: { items: [{ identity: 1, firstName: 'Ada' }] } });
  const children = { contactPoints: { items: [{ patchType: 'create', contactPointTypeId: 25, value: 'a@example.com' }] } };
  const patched = await mock.fetch('/Contact/1', { method: 'PATCH', headers, body: JSON.stringify({ details: children }) });
  expect(await patched.json()).toMatchObject({ results: { items: [{ identity: 1, action: 'created' }] } });
  expect(mock.integrity().ok).toBe(true);
  expect(mock.state.hash()).not.toBe(untouched);
  mock.reset();
  expect(mock.state.hash()).toBe(untouched);
});
