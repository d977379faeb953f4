/** The named worlds. */
import { WorldSessions } from '../../worlds/sessions.ts';
import { json } from '../json.ts';
import type { AdminRoute } from '../route.ts';

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
    meaning: 'makes a world; one that is there stays as it is',
    answer(call) {
      const name = call.param('name');
      WorldSessions.check(name);
      const isNew = call.manager.worlds.find(name) === undefined;
      return json(isNew ? 201 : 200, { name: call.manager.worlds.get(name).world.name });
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
