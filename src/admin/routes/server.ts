/** What concerns the whole server and no world. */
import { MockError, suggest } from '../../mock-error.ts';
import type { Api } from '../../protocols/protocol.ts';
import { version } from '../../version.ts';
import type { AdminCall, AdminRoute } from '../route.ts';

export const serverRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/health', meaning: 'answers when the mock does', access: 'public', answer: () => ({ status: 'ok' }) },
  {
    method: 'GET',
    path: '/version',
    meaning: 'version, seed and APIs',
    answer: ({ manager }) => ({ version, seed: manager.base.seed, apis: manager.apis.map(({ name }) => name) }),
  },
  {
    method: 'GET',
    path: '/routes',
    meaning: 'every operation and verb, with a call that works in an untouched world',
    answer: ({ manager }) => ({ routes: manager.routes() }),
  },
  {
    method: 'GET',
    path: '/openapi.json',
    meaning: 'OpenAPI 3.1 of one API (?api=NAME)',
    access: 'public',
    async answer(call) {
      const { openapi } = await import('../../derive/openapi.ts');
      return openapi(apiNamed(call), call.manager.settings, { server: call.inbound.origin });
    },
  },
  {
    method: 'GET',
    path: '/quickstart',
    meaning: 'what one has to know to drive this server, as text with its own addresses',
    async answer({ c, inbound, manager, routes }) {
      const { quickstart } = await import('../quickstart.ts');
      return c.text(quickstart({ url: inbound.origin, apis: manager.apis, routes: manager.routes(), adminRoutes: routes }));
    },
  },
  {
    method: 'GET',
    path: '/evidence',
    meaning: 'what speaks for the truth of each operation',
    answer: async () => (await import('../../verify/evidence.ts')).evidence(),
  },
  {
    method: 'POST',
    path: '/shutdown',
    meaning: 'finishes what is under way and stops',
    answer({ c, context }) {
      // After this answer has been written.
      setTimeout(context.shutdown);
      return c.json({ status: 'stopping' }, 200, { Connection: 'close' });
    },
  },
];

function apiNamed(call: AdminCall): Api {
  const { manager } = call;
  const name = call.query('api');
  const names = manager.apis.map((api) => api.name);
  const found = name === undefined && names.length === 1 ? manager.apis[0] : manager.apis.find((api) => api.name === name);
  if (found !== undefined) return found;
  const what = name === undefined ? 'There are several APIs here.' : `There is no API "${name}".`;
  throw new MockError('unknown-api', what, suggest(name, names, `Ask for one: ?api=${names.join(' or ?api=')}.`));
}
