/** The records of a world one by one, for those who look at them and change them by hand: the console. */
import type { Key } from '../../contract/entity.ts';
import { MockError, suggest } from '../../mock-error.ts';
import type { BaseTable } from '../../store/base.ts';
import { inTurns } from '../../store/turns.ts';
import type { World } from '../../store/world.ts';
import { json } from '../json.ts';
import { flag, wholeNumber } from '../query.ts';
import { contractView } from '../records/contract.ts';
import { deleteRecord } from '../records/deletion.ts';
import { recordGraph } from '../records/graph.ts';
import { keyFrom, recordPage } from '../records/page.ts';
import { openRecord } from '../records/record.ts';
import { newKey, writeRecord } from '../records/write.ts';
import type { AdminCall, AdminRoute } from '../route.ts';

/** Records of a page, and nodes of a graph. */
const MAX_SHOWN = 200;

export const recordRoutes: readonly AdminRoute[] = [
  {
    method: 'GET',
    path: '/contract',
    meaning: 'APIs, their entities and the members of each: type, meaning, what they lead to',
    answer: (call) => contractView(call.manager.apis, call.session().world.base),
  },
  {
    method: 'GET',
    path: '/records/:entity',
    meaning: 'a page of an entity’s records; ?offset= ?limit= ?member= ?q= ?written=true; `next` is where to go on',
    answer(call) {
      const table = tableOf(call);
      const page = recordPage(call.session().world.version(table.api), table, {
        offset: wholeNumber(call, 'offset') ?? 0,
        limit: Math.min(wholeNumber(call, 'limit') ?? 50, MAX_SHOWN),
        member: call.query('member'),
        q: call.query('q'),
        isWritten: flag(call, 'written'),
      });
      return inTurns(page, call.inbound);
    },
  },
  {
    method: 'POST',
    path: '/records/:entity',
    meaning: 'makes a record under the next free key; what is not sent has no value',
    async answer(call) {
      const members = await call.json();
      const { world } = call.session();
      const table = tableOf(call);
      const key = world.transact(() => {
        const next = newKey(world, table);
        writeRecord(world, table, next, members);
        return next;
      });
      return json(201, openRecord(world, table, key));
    },
  },
  {
    method: 'GET',
    path: '/records/:entity/:key',
    meaning: 'one record, where it comes from, what it leads to and what leads to it',
    answer: (call) => openRecord(...existing(call)),
  },
  {
    method: 'PUT',
    path: '/records/:entity/:key',
    meaning: 'changes the members that are sent, or makes the record; refused where the contract has no such value',
    async answer(call) {
      const members = await call.json();
      const { world } = call.session();
      const table = tableOf(call);
      const key = keyOf(call, table);
      const isNew = !world.has(table, key);
      writeRecord(world, table, key, members);
      return json(isNew ? 201 : 200, openRecord(world, table, key));
    },
  },
  {
    method: 'DELETE',
    path: '/records/:entity/:key',
    meaning: 'deletes a record and what cannot be without it; ?dryRun=true only says what would go',
    answer: (call) => deleteRecord(...existing(call), flag(call, 'dryRun')),
  },
  {
    method: 'GET',
    path: '/records/:entity/:key/graph',
    meaning: 'who is connected to whom around a record, up to 200 nodes; ?limit=',
    answer: (call) => recordGraph(...existing(call), Math.min(wholeNumber(call, 'limit') ?? MAX_SHOWN, MAX_SHOWN)),
  },
];

function tableOf(call: AdminCall): BaseTable {
  const { tables } = call.session().world.base;
  const entity = call.param('entity');
  const table = tables.get(entity);
  if (table !== undefined) return table;
  const fix = suggest(entity, tables.keys(), 'GET /__admin/contract lists them.');
  throw new MockError('unknown-entity', `There is no entity "${entity.slice(0, 80)}".`, fix);
}

function keyOf(call: AdminCall, table: BaseTable): Key {
  const text = call.param('key');
  const key = keyFrom(table, text);
  if (key !== undefined) return key;
  const fix = table.entity.identity === 'number' ? 'Its keys are whole numbers.' : 'Its keys are GUIDs with dashes.';
  throw new MockError('bad-key', `"${text.slice(0, 80)}" is not a key of ${table.id}.`, fix);
}

function existing(call: AdminCall): [World, BaseTable, Key] {
  const { world } = call.session();
  const table = tableOf(call);
  const key = keyOf(call, table);
  if (world.has(table, key)) return [world, table, key];
  throw new MockError('unknown-record', `${table.id} has no record ${key}.`, `GET /__admin/records/${table.id} lists them.`);
}
