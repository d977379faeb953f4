/** The named worlds. */
import { WorldSessions } from '../../worlds/sessions.ts';
import { json } from '../json.ts';
import { MockError } from '../../mock-error.ts';
import { SCENARIO_MARK } from '../../worlds/scenarios/scenarios.ts';
import type { AdminCall, AdminRoute } from '../route.ts';

export const worldRoutes: readonly AdminRoute[] = [
  {
    method: 'GET',
    path: '/worlds',
    meaning: 'the named worlds',
    answer: ({ manager }) => ({ worlds: manager.worlds.names().map((name) => ({ name })) }),
  },
  {
    method: 'PUT',
    path: '/worlds/:name',
    meaning: 'makes a world; one that is there stays as it is, unless a {"scenario"} is sent: then it starts from that',
    async answer(call) {
      const { manager } = call;
      const name = call.param('name');
      WorldSessions.check(name);
      const scenario = await scenarioIn(call);
      const isNew = manager.worlds.find(name) === undefined;
      if (scenario !== undefined) {
        // Refused before the world that is there goes.
        manager.scenarios.start(scenario);
        manager.worlds.drop(name);
      }
      const { world } = manager.sessionFrom(name, scenario);
      return json(isNew ? 201 : 200, { name: world.name, ...(scenario !== undefined && { scenario }) });
    },
  },
  {
    method: 'DELETE',
    path: '/worlds/:name',
    meaning: 'drops a world and everything in it',
    answer(call) {
      const name = call.param('name');
      WorldSessions.check(name);
      return { dropped: call.manager.worlds.drop(name) };
    },
  },
];

async function scenarioIn(call: AdminCall): Promise<string | undefined> {
  if ((await call.text()) === '') return undefined;
  const body = await call.json();
  const { scenario, ...rest } = (typeof body === 'object' && body !== null ? body : { body }) as Record<string, unknown>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined || typeof scenario !== 'string')
    throw new MockError('bad-world', 'A world is made with nothing, or with the name of a scenario.', 'Send {"scenario":"empty"}.');
  const [, named] = call.param('name').split(SCENARIO_MARK);
  if (named !== undefined && named !== scenario)
    throw new MockError('two-scenarios', `The name says "${named}", the body "${scenario}".`, 'Name one scenario.');
  return scenario;
}
