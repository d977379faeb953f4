/** The scenarios that every mock has: `empty`, `single`, `edges`. */
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/apis/catalogue.ts';
import type { StoredRecord } from '../../src/contract/entity.ts';
import { createMock, type MockWorld } from '../../src/index.ts';
import { Base } from '../../src/store/base.ts';
import { frozenAt, START_OF_TIME } from '../../src/store/clock.ts';
import { World } from '../../src/store/world.ts';
import { builtInScenarios } from '../../src/worlds/scenarios/built-in-scenarios.ts';
import { EDGE_TEXTS } from '../../src/worlds/scenarios/edge-values.ts';

const mock = createMock({ auth: 'off', nulls: 'wire' });
const json = async (world: MockWorld, path: string, headers: Record<string, string> = {}) => {
  const response = await world.fetch(path, { headers });
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Record<string, unknown>;
};
const detail = async (id: number) =>
  ((await json(edges, `/Contact/${id}/Detail`))['instance'] as { details: { contactPoints?: unknown[]; address?: object } }).details;
const [empty, single, edges] = ['empty', 'single', 'edges'].map((name) => mock.world(`test~${name}`)) as [MockWorld, MockWorld, MockWorld];

const clock = frozenAt(START_OF_TIME);
const start = builtInScenarios(new Base('1', Object.fromEntries(catalogue.map((api) => [api.name, api.entities]))), clock)['edges']!();
const world = new World('', start.base, clock, start.snapshot);
/** What `edges` lays over the generated records. */
const written = (id: string): StoredRecord[] => [...world.entriesOf(id).values()].filter((record) => record !== null);
const keyOf = (n: number) => String(start.base.table('canvara.contacts').keyOf(n));
const CROWDED = EDGE_TEXTS.length + 2;
const LONELY = CROWDED + 1;

test('empty: no contacts and nothing that hangs on them; look-ups are whole', async () => {
  expect(await json(empty, '/Contact/Paged')).toMatchObject({ pagedResults: { totalCount: 0, items: [] } });
  expect(await json(empty, '/ContactType/')).toMatchObject({ totalCount: 40 });
  expect((await empty.fetch('/v1/ContactConnections/1')).status).toBe(404);
  expect(empty.integrity().ok).toBe(true);
});

test('single: one contact of each API, with its children', async () => {
  expect(await json(single, '/Contact/Paged')).toMatchObject({ pagedResults: { totalCount: 1 } });
  const { instance } = (await json(single, '/Contact/1/Detail')) as { instance: { details: object } };
  expect(Object.keys(instance.details)).toEqual(['contactPoints', 'address']);
  expect(await json(single, '/v1/ContactConnections/1?format=json')).toEqual({ Contact: [] });
  expect(await json(single, `/api/contacts/${keyOf(1)}/links.json`)).toMatchObject({ Roles: [{}, {}, {}], ContactConnections: [] });
});

describe('edges', () => {
  test('contact 1 of each API is as generated, with connections and children', async () => {
    expect(await json(edges, '/Contact/1/Detail')).toMatchObject({
      instance: ((await json(mock.world('untouched'), '/Contact/1/Detail')) as { instance: object }).instance,
    });
    expect(((await json(edges, '/v1/ContactConnections/1?format=json'))['Contact'] as unknown[]).length).toBeGreaterThan(2);
    const links = (await json(edges, `/api/contacts/${keyOf(1)}/links.json`)) as Record<string, unknown[]>;
    for (const list of ['Roles', 'ContactConnections', 'EmailAddressBook']) expect(links[list]!.length, list).toBeGreaterThan(0);
  });

  test('each hard text is a contact’s, in every text of it and of its children', async () => {
    for (const [i, { text }] of EDGE_TEXTS.entries()) {
      const { instance } = (await json(edges, `/Contact/${i + 2}`)) as { instance: Record<string, unknown> };
      expect(instance).toMatchObject({ title: text, firstName: text, lastName: text });
      for (const point of ((await detail(i + 2)).contactPoints ?? []) as { value: unknown }[]) expect(point.value).toBe(text);
    }
  });

  test('every member that has limits is seen at each of them, without a line for the member', () => {
    const seen = (id: string, member: string) => new Set(written(id).map((record) => record[member]));
    for (const value of [2_147_483_647, -2_147_483_648, 0]) expect(seen('trendsic.contacts', 'Rate')).toContain(value);
    for (const value of ['9223372036854775807', '9007199254740993']) expect(seen('trendsic.contacts', 'SchoolID')).toContain(value);
    for (const value of ['79228162514264337593543950335', '0.0000000001'])
      expect(seen('trendsic.contacts', 'TotalDebtAmount')).toContain(value);
    for (const value of ['9999-12-31T23:59:59.9999999', '2024-02-29T23:59:59.999'])
      expect(seen('trendsic.contacts', 'DateOfBirth')).toContain(value);
    expect(seen('canvara.contactRoles', 'EndDate')).toContain(null);
    expect(seen('canvara.connections', 'FromDate')).toContain('9999-12-31T23:59:59.9999999Z');
    expect(seen('logisense.addresses', 'latitude')).toContain(1.7976931348623157e308);
    expect(seen('logisense.contacts', 'isUsedForTax')).toEqual(new Set([null, true, false]));
    for (const { id, entity } of start.base.tables.values()) {
      if (typeof entity.size !== 'object') continue;
      for (const [member, field] of Object.entries(entity.fields ?? {})) {
        if (member === entity.key || entity.references?.[member] !== undefined || !(member in entity.members)) continue;
        expect(seen(id, member).size, `${id}.${member}`).toBeGreaterThan(['bool', 'guid'].includes(field!.facts.type) ? 1 : 4);
      }
    }
  });

  test('one contact has 500 connections or contact points, one has nothing', async () => {
    expect(((await json(edges, `/v1/ContactConnections/${CROWDED}?format=json`))['Contact'] as unknown[]).length).toBeGreaterThan(499);
    expect(((await json(edges, `/api/contacts/${keyOf(CROWDED)}/links.json`))['ContactConnections'] as unknown[]).length).toBeGreaterThan(
      499,
    );
    expect((await detail(CROWDED)).contactPoints!.length).toBeGreaterThan(499);
    expect(await json(edges, `/v1/ContactConnections/${LONELY}?format=json`)).toEqual({ Contact: [] });
    expect(await json(edges, `/api/contacts/${keyOf(LONELY)}/links.json`)).toMatchObject({ Roles: [], ContactConnections: [] });
    expect(await detail(LONELY)).toEqual({});
  });

  test('the last page has one row, that of the highest id; new ids begin below it', async () => {
    for (const pageSize of [10, 20, 25, 50, 100]) {
      const headers = { Pagination: JSON.stringify({ pageNumber: 600 / pageSize + 1, pageSize }) };
      const page = (await json(edges, '/Contact/Paged', headers)) as { pagedResults: object };
      expect(page.pagedResults).toMatchObject({ totalCount: 601, items: [{ identity: 2_147_483_647 }] });
    }
    await json(edges, '/v1/ContactConnections/2147483647?format=json');
    await json(edges, '/api/contacts/ffffffff-ffff-ffff-ffff-ffffffffffff/links.json');
    const made = await mock.world('made~edges').fetch('/Contact/', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"contactTypeId":9}',
    });
    expect(await made.json()).toMatchObject({ results: { items: [{ identity: 601 }] } });
  });

  test('refers to nothing that is not there, and is untouched as it begins', () => {
    expect(edges.integrity()).toMatchObject({ ok: true, orphans: [] });
    expect(edges.state.get().records).toEqual({});
    expect(mock.world('other~edges').state.hash()).toBe(edges.state.hash());
  });

  test('is answered in every format, in HTML as well', async () => {
    for (const n of [1, ...EDGE_TEXTS.map((_, i) => i + 2), CROWDED, LONELY]) {
      for (const format of ['json', 'xml', 'jsv', 'jsonl', 'csv', 'html']) {
        expect((await edges.fetch(`/v1/ContactConnections/${n}?format=${format}`)).status).toBe(200);
        expect((await edges.fetch(`/api/contacts/${keyOf(n)}/links?format=${format}`)).status).toBe(200);
      }
    }
  });

  test('is the same in another mock, and does not depend on the scale', async () => {
    const other = createMock({ auth: 'off', nulls: 'wire', scale: { 'logisense.contacts': 3 } }).world('x~edges');
    for (const path of ['/Contact/2147483647', '/Contact/7/Detail', `/Contact/${CROWDED}/Detail`]) {
      const [here, there] = [await json(edges, path), await json(other, path)];
      expect(there['instance']).toEqual(here['instance']);
    }
  });
});
