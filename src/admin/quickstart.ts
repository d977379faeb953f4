/** What a person or an agent has to know to drive a server of ours, with its own addresses: a page of plain text. */
import { callers } from '../protocols/callers.ts';
import type { Api, Example, Route } from '../protocols/protocol.ts';
import { version } from '../version.ts';
import { curl } from './curl.ts';
import type { AdminRoute } from './route.ts';

export interface Quickstart {
  /** `http://127.0.0.1:4010` */
  readonly url: string;
  readonly apis: readonly Pick<Api, 'name' | 'title'>[];
  readonly routes: readonly Route[];
  readonly adminRoutes: readonly AdminRoute[];
}

export function quickstart({ url, apis, routes, adminRoutes }: Quickstart): string {
  const first = routes.find(({ method }) => method === 'GET')?.operation ?? 'api.Operation';
  return `# contacts-mock ${version}

A test double of ${apis.map(({ title }) => title).join(', ')}: in memory, seeded, the same bytes for the same seed. No real service is behind it.

## Start and stop
npx contacts-mock serve --port 4010          # ready when it prints "contacts-mock listening on ${url}"
curl ${url}/__admin/health                   # {"status":"ok"}: ready; needs no token
curl -X POST ${url}/__admin/shutdown         # or SIGTERM

## Calls that work
${apis.map(({ name }) => sample(url, name, routes)).join('\n')}
curl ${url}/__admin/routes                   # every operation and verb with a call that works
curl ${url}/__admin/openapi.json?api=${apis[0]?.name ?? 'NAME'}

## Who is calling
Users: ${callers.map(({ name, roles }) => (roles.length === 0 ? name : `${name} (${roles.join(', ')})`)).join(', ')}; password = name.
Authorization: Bearer ${callers[0]?.name ?? ''}       # the plain name is an API key; Basic and the services' own sign-in work too

## A state of one's own: worlds
-H 'X-Mock-World: NAME', or ${url}/__worlds/NAME/…, or Bearer ${callers[0]?.name ?? ''}@NAME. A new name makes an untouched world at once.
NAME~SCENARIO starts from a scenario: empty, single, edges, or one of your own. POST /__admin/reset goes back to it.

## One odd answer
-H 'Prefer: code=503'                        # with the body that the service sends with it; also retry-after=2, delay=200..800, fault=EMPTY_RESPONSE, example
curl -X PUT ${url}/__admin/faults -d '{"rules":[{"operation":"${first}","outcomes":[{"code":429},{"pass":true}]}]}'

## Why a call failed
Every failure carries X-Mock-Explanation (one sentence) and X-Mock-Request-Id.
curl ${url}/__admin/requests/ID              # the whole call: what was bound, which rule, the nearest valid name
curl ${url}/__admin/requests                 # the journal, newest first; the console is ${url}/__admin

## Control plane, below ${url}/__admin (acts on the world that the request names)
${table(adminRoutes)}

## Is a server true to the contract?
npx contacts-mock verify URL                 # asks every operation; exit 0 true, 1 differs, 2 could not ask
npx contacts-mock proxy URL                  # your own tests against the real service become a contract test

## In code
import { createMock } from 'contacts-mock';  // also contacts-mock/vitest, /playwright, /msw, /vite
const mock = createMock({ seed: 7 }); const answer = await mock.fetch('${routes.find(({ example }) => isPlain(example))?.example.path ?? '/'}');
`;
}

/** One line for each first part of a path: `GET|PUT clock`. */
function table(routes: readonly AdminRoute[]): string {
  const groups = new Map<string, Map<string, string[]>>();
  for (const { method, path } of routes) {
    const name = path.slice(1).replaceAll(/:(\w+)/g, '{$1}');
    const group = groups.get(name.split('/', 1)[0] ?? '') ?? new Map<string, string[]>();
    groups.set(name.split('/', 1)[0] ?? '', group);
    group.set(name, [...(group.get(name) ?? []), method]);
  }
  const lines = [...groups].filter(([first]) => first !== '' && !/\.(js|css)$/.test(first));
  return lines.map(([, names]) => [...names].map(([name, methods]) => `${methods.join('|')} ${name}`).join(', ')).join('\n');
}

const isPlain = ({ method, headers = {} }: Example): boolean => method === 'GET' && Object.keys(headers).length === 0;

/** The first GET of an API, else its first call. */
function sample(url: string, api: string, routes: readonly Route[]): string {
  const own = routes.filter(({ operation }) => operation.startsWith(`${api}.`));
  const route = own.find(({ method }) => method === 'GET') ?? own[0];
  return route === undefined ? '' : curl(route.example, url);
}
