/** What a world holds: its records, snapshots of it, and whether they hang together. */
import { MockError, suggest } from '../../mock-error.ts';
import { inTurns } from '../../store/turns.ts';
import type { World } from '../../store/world.ts';
import { checkingIntegrity } from '../../worlds/integrity.ts';
import { jsonTexts } from '../../worlds/json-texts.ts';
import { exporting, hashing, installState, readingState } from '../../worlds/state.ts';
import { jsonOfTexts } from '../json.ts';
import { flag } from '../query.ts';
import { worldDifference } from '../records/difference.ts';
import type { AdminCall, AdminRoute } from '../route.ts';

/** The state of one moment, whatever is written while it is made and sent. */
async function stateOf(call: AdminCall): Promise<Response> {
  const state = await inTurns(exporting(call.manager, call.session().world.fork()), call.inbound);
  return jsonOfTexts(jsonTexts(state));
}

export const stateRoutes: readonly AdminRoute[] = [
  {
    method: 'POST',
    path: '/reset',
    meaning: 'back to the untouched world; snapshots stay, and with ?keepRequests=true the journal',
    answer: (call) => call.manager.reset(call.session(), { keepsRequests: flag(call, 'keepRequests') }),
  },
  {
    method: 'GET',
    path: '/state',
    meaning: 'what differs from the untouched world, as JSON to read and edit',
    answer: (call) => stateOf(call),
  },
  {
    method: 'PUT',
    path: '/state',
    meaning: 'makes the world what the state says; refused whole where it names what does not exist',
    async answer(call) {
      const session = call.session();
      const state = await call.json();
      const read = await inTurns(readingState(call.manager, state, session.world.untouched()), call.inbound);
      installState(call.manager, session, read);
      return stateOf(call);
    },
  },
  {
    method: 'GET',
    path: '/state/hash',
    meaning: 'equal exactly when the records are equal',
    answer: async (call) => ({ hash: await inTurns(hashing(call.session().world.fork()), call.inbound) }),
  },
  {
    method: 'GET',
    path: '/integrity',
    meaning: 'foreign keys that lead nowhere',
    answer: (call) => inTurns(checkingIntegrity(call.session().world.fork()), call.inbound),
  },
  {
    method: 'GET',
    path: '/snapshots',
    meaning: "the world's snapshots",
    answer: (call) => ({
      snapshots: call
        .world()
        .snapshots.names()
        .map((name) => ({ name })),
    }),
  },
  {
    method: 'PUT',
    path: '/snapshots/:name',
    meaning: 'remembers the whole world',
    answer: (call) => ({ name: call.world().snapshot(call.param('name')) }),
  },
  {
    method: 'POST',
    path: '/snapshots/:name/restore',
    meaning: 'goes back to a snapshot',
    answer(call) {
      const name = call.param('name');
      call.world().restore(name);
      return { name };
    },
  },
  {
    method: 'GET',
    path: '/snapshots/:name/diff',
    meaning: 'what changed from a snapshot to another (?with=NAME) or to the world as it is',
    answer(call) {
      const before = snapshotOf(call, call.param('name'));
      const other = call.query('with');
      const after = other === undefined ? call.session().world.fork() : snapshotOf(call, other);
      return inTurns(worldDifference(before, after), call.inbound);
    },
  },
  {
    method: 'DELETE',
    path: '/snapshots/:name',
    meaning: 'forgets a snapshot',
    answer(call) {
      const name = call.param('name');
      if (call.world().snapshots.delete(name)) return {};
      throw unknownSnapshot(call, name);
    },
  },
];

const unknownSnapshot = (call: AdminCall, name: string): MockError => {
  const fix = suggest(name, call.world().snapshots.names(), 'GET /__admin/snapshots lists them.');
  return new MockError('unknown-snapshot', `There is no snapshot "${name.slice(0, 80)}".`, fix);
};

/** A snapshot as a world of its own. */
function snapshotOf(call: AdminCall, name: string): World {
  const snapshot = call.session().snapshots.get(name);
  if (snapshot === undefined) throw unknownSnapshot(call, name);
  const world = call.session().world.untouched();
  world.restore(snapshot);
  return world;
}
