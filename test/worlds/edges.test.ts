/** Every record of the scenario `edges` comes back as it was, out of its own text and out of the answers that show it. */
import { describe, expect, test } from 'vitest';
import { canvara } from '../../src/apis/canvara/index.ts';
import { catalogue } from '../../src/apis/catalogue.ts';
import { logisense } from '../../src/apis/logisense/index.ts';
import { trendsic } from '../../src/apis/trendsic/index.ts';
import type { Key, StoredRecord } from '../../src/contract/entity.ts';
import { createMock, decode, encode } from '../../src/index.ts';
import type { Api, Settings } from '../../src/protocols/protocol.ts';
import { Base } from '../../src/store/base.ts';
import { frozenAt, START_OF_TIME } from '../../src/store/clock.ts';
import { equal } from '../../src/store/layer.ts';
import { World } from '../../src/store/world.ts';
import { builtInScenarios } from '../../src/worlds/scenarios/built-in-scenarios.ts';
import { EDGE_TEXTS } from '../../src/worlds/scenarios/edge-values.ts';

const clock = frozenAt(START_OF_TIME);
const start = builtInScenarios(new Base('1', Object.fromEntries(catalogue.map((api) => [api.name, api.entities]))), clock)['edges']!();
const world = new World('', start.base, clock, start.snapshot);
/** What `edges` lays over the generated records. */
const written = (id: string): StoredRecord[] => [...world.entriesOf(id).values()].filter((record) => record !== null);

/**
 * What a format cannot carry, as the services write and read it:
 *
 * | format | cannot say |
 * |---|---|
 * | XML | a carriage return: it becomes a line break |
 * | JSON, JSONL, JSV, CSV | whether a date is in UTC or in no zone: both are read as local time, which is UTC here |
 * | JSON and JSONL with `/Date(…)/` (Canvara) | less than a millisecond: rounded, at the end of 9999 beyond what can be read |
 * | CSV | an empty text: it is read as none |
 * | JSON of LogiSense | less than a millisecond: cut |
 */
const LOST = 'lost';
function carried(value: unknown, format: string, hasMilliseconds: boolean): unknown {
  if (typeof value !== 'string') return value;
  if (/^\d{4}-\d\d-\d\dT/.test(value) && value !== '2024-02-30T25:61:00Z') {
    const moment = value.replace(/(Z|\+00:00)$/, '');
    if (format === 'xml' || !hasMilliseconds || !/\.\d{7}$/.test(moment)) return format === 'xml' ? value : moment;
    return moment.startsWith('9999')
      ? LOST
      : new Date(Math.round(Date.parse(`${moment.slice(0, 19)}Z`) / 1000 + 1) * 1000).toISOString().slice(0, 19);
  }
  if (format === 'xml') return value.replace(/\r\n?/g, '\n');
  return format === 'csv' && value === '' ? null : value;
}

describe('every record of edges comes back as it was, as far as the format can carry it', () => {
  const FIVE = ['json', 'xml', 'jsv', 'jsonl', 'csv'] as const;
  test.each([
    ['trendsic.contacts', 'trendsic.Contact', trendsic, FIVE],
    ['canvara.contacts', 'canvara.ContactSummaryModel', canvara, FIVE],
    ['canvara.contactRoles', 'canvara.UserRoleModel', canvara, FIVE],
    ['logisense.contacts', 'logisense.Contact', logisense, ['json'] as const],
  ] as const)('%s', (id, dto, api, formats) => {
    const { member: members } = api.codec!.dtos[dto.split('.')[1]!]!;
    const differing: unknown[] = [];
    for (const record of written(id)) {
      const value = Object.fromEntries(Object.entries(record).filter(([member]) => member in members));
      for (const format of formats) {
        const back = decode(dto, encode(dto, value, { format, nulls: 'wire' }), { format }) as StoredRecord;
        for (const [member, sent] of Object.entries(value)) {
          const isCoarse = api === canvara && (format === 'json' || format === 'jsonl');
          const wanted = carried(sent, format, isCoarse);
          if (wanted !== LOST && carried(back[member], format, false) !== wanted) differing.push([format, member, sent, back[member]]);
        }
      }
    }
    expect(differing).toEqual([]);
    expect(written(id).length).toBeGreaterThan(EDGE_TEXTS.length);
  });
});

describe('every record of edges comes back out of the answers that show it', () => {
  const edges = createMock({ auth: 'off', nulls: 'wire' }).world('test~edges');

  test.each(catalogue.filter(({ recordedRows }) => recordedRows !== undefined))('$name', async (api) => {
    const differing: unknown[] = [];
    const laid = [...start.base.tables.keys()].filter((id) => id.startsWith(`${api.name}.`) && world.entriesOf(id).size > 0);
    let targets = addresses(api);
    // Of a contact type Canvara shows a contact's alone.
    const unseen = new Set(Object.values(api.entities).flatMap(({ name }) => (api === canvara && name === 'contactTypes' ? [] : [name])));
    for (const format of api.codec!.formats) {
      const missing = new Set(laid.flatMap((id) => keysOf(id).map((key) => `${id} ${key}`)));
      const showing: string[] = [];
      for (const target of targets) {
        if (missing.size + unseen.size === 0) break;
        const response = await edges.fetch(target, { headers: { Accept: TYPES[format]!, Pagination: '{"pageSize":100000}' } });
        if (response.status !== 200) continue;
        const contentType = response.headers.get('content-type') ?? '';
        const answer = new Uint8Array(await response.arrayBuffer());
        let shows = 0;
        for (const { entity, key, members } of api.recordedRows!({ method: 'GET', target, contentType, answer })) {
          const id = `${api.name}.${entity}`;
          if (missing.delete(`${id} ${key}`) || unseen.delete(entity)) shows++;
          const record = world.table(id).get(key) ?? NONE[id]?.(key);
          const wrong = differences(record, members, api, format);
          if (wrong.length > 0 && differences(turned(record), members, api, format).length > 0)
            differing.push([format, target, id, key, wrong]);
        }
        if (shows > 0) showing.push(target);
      }
      expect([format, [...missing]]).toEqual([format, []]);
      // The other formats need not be asked for what showed nothing new.
      targets = showing;
    }
    expect(differing.slice(0, 10)).toEqual([]);
    expect([...unseen]).toEqual([]);
  });
});

const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  jsv: 'application/jsv',
  jsonl: 'application/jsonl',
  csv: 'text/csv',
};
/** All that was laid but for the contact of the highest id: where lists show connections alone, nobody shows one that has none. */
const keysOf = (id: string): Key[] =>
  [...world.entriesOf(id)].flatMap(([key, record]) =>
    record === null || (key === HIGHEST[typeof key] && !id.startsWith('logisense')) ? [] : [key],
  );
const HIGHEST: Readonly<Record<string, Key>> = { number: 2_147_483_647, string: 'ffffffff-ffff-ffff-ffff-ffffffffffff' as Key };
/** A Trendsic contact without a connection has no list of them. */
const NONE: Readonly<Record<string, (key: Key) => StoredRecord>> = {
  'trendsic.connections': (ContactId) => ({ ContactId, ConnectedTo: [] }),
};
/** A connection from its other end: which of them asked for it no answer of Canvara's tells. */
const turned = (record: StoredRecord | undefined): StoredRecord =>
  Object.fromEntries(
    Object.entries(record ?? {}).map(([name, value]) => [
      name.replace(/^(From|To)(?=Contact)/, (end) => (end === 'To' ? 'From' : 'To')),
      value,
    ]),
  );

/** Members that an answer shows otherwise than they are stored, as far as the format can carry them. */
function differences(record: StoredRecord | undefined, members: StoredRecord, api: Api, format: string): unknown[] {
  return Object.entries(members).filter(([member, back]) => {
    const wanted = answered(record?.[member], api, format);
    return wanted !== LOST && !equal(answered(back, api, format), wanted);
  });
}

function answered(value: unknown, api: Api, format: string): unknown {
  if (api === logisense && typeof value === 'string') return value.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})\d+/, '$1');
  return carried(value, format, api === canvara && format.startsWith('json'));
}

/** Where the records of an API are shown: its documented reads, of each record where one is named, and all its lists. */
function addresses(api: Api): string[] {
  const scaled = [...start.base.tables.values()].find((table) => table.api === api.name && typeof table.entity.size === 'object')!;
  const keys = [...world.table(scaled.id).keys()];
  const reads = api.routes(world, { auth: 'off' } as Settings).filter(({ method }) => method === 'GET');
  const lists: string[] = [];
  const route = (pattern: string) => void (/^\/\w+\/\*$/.test(pattern) && lists.push(pattern.slice(0, -2)));
  api.mount({ route }, { auth: 'off' } as Settings, [api]);
  return [
    ...reads.flatMap(({ path, example }) => {
      const query = example.path.split('?')[1];
      const at = (key: unknown) => path.replace(/\{\w+\}/, String(key)) + (query === undefined ? '' : `?${query}`);
      return path.includes('{') ? keys.map(at) : [path];
    }),
    ...lists,
  ];
}
