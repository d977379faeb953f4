/** Named starting states. */
import { inTurns } from '../../store/turns.ts';
import { readingScenario } from '../../worlds/scenarios/scenario-files.ts';
import { json } from '../json.ts';
import type { AdminRoute } from '../route.ts';

export const scenarioRoutes: readonly AdminRoute[] = [
  {
    method: 'GET',
    path: '/scenarios',
    meaning: 'the scenarios that worlds can start from',
    answer: ({ manager }) => ({ scenarios: manager.scenarios.list() }),
  },
  {
    method: 'PUT',
    path: '/scenarios/:name',
    meaning: 'makes one: of the world as it is now, or of the JSON that is sent (records, faults, settings, clock)',
    async answer(call) {
      const { manager } = call;
      const name = call.param('name');
      const text = await call.text();
      const world = text === '' ? call.session().world : await inTurns(readingScenario(manager, await call.json()), call.inbound);
      const isNew = manager.scenarios.make(name, { base: world.base, snapshot: world.snapshot() });
      return json(isNew ? 201 : 200, { name, source: 'made' });
    },
  },
  {
    method: 'DELETE',
    path: '/scenarios/:name',
    meaning: 'forgets one that was made; worlds that started from it keep it',
    answer(call) {
      call.manager.scenarios.delete(call.param('name'));
      return {};
    },
  },
];
