/** A call in other hands: as curl, fetch, ServiceStack's client, a test. */
import type { ContractView } from '../../../records/contract.ts';
import type { JournalEntry, UnmatchedEntry } from '../../../../journal/entry.ts';
import type { WorldState } from '../../../../worlds/state.ts';
import { admin, lasting, origin } from '../api.ts';

export type Call = JournalEntry & Partial<UnmatchedEntry>;
export type Content = Omit<Call['request'], 'method' | 'url'>;
export type Explanation = NonNullable<Call['explanation']>;

/** Lines that whoever sends the call again adds by itself, and the world, which the address names. */
const OWN =
  /^(host|connection|content-length|transfer-encoding|accept-encoding|user-agent|origin|referer|cookie|x-mock-world|x-mock-admin-token|sec-.*|keep-alive|te)$/i;

/** The header lines to send again. The journal shortens secrets; the caller's name is as good as its token. */
export function linesOf({ request, caller }: Call): [string, string][] {
  const lines = Object.entries(request.headers).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as [string, string]));
  return lines
    .filter(([name]) => !OWN.test(name))
    .map(([name, value]) => (/^authorization$/i.test(name) && value.endsWith('…') ? [name, `Bearer ${caller ?? 'TOKEN'}`] : [name, value]));
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const literal = (value: unknown) => JSON.stringify(value, null, 2).replace(/"([A-Za-z_$][\w$]*)":/g, '$1:');

export const asCurl = (call: Call) =>
  [
    `curl -i ${call.method === 'GET' ? '' : call.method === 'HEAD' ? '--head ' : `-X ${call.method} `}${quoted(origin + call.request.url)}`,
    ...linesOf(call).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(call.request.body === undefined ? [] : [`--data-raw ${quoted(call.request.body)}`]),
  ].join(' \\\n  ');

const initOf = (call: Call) => {
  const lines = linesOf(call);
  const init = {
    method: call.method,
    ...(lines.length > 0 && { headers: Object.fromEntries(lines) }),
    ...(call.request.body !== undefined && { body: call.request.body }),
  };
  return literal(init);
};

export const asFetch = (call: Call) => `const answer = await fetch(${JSON.stringify(origin + call.request.url)}, ${initOf(call)});\n`;

/** For ServiceStack's own client; undefined where the API has none. */
export async function asServiceStack(call: Call) {
  const [api = '', name = ''] = (call.operation ?? '').split('.');
  const { apis } = await lasting<ContractView>('contract');
  const basePath = apis.find((one) => one.name === api)?.basePath;
  if (basePath === undefined) return undefined;
  const verb = call.method.toLowerCase();
  return `import { JsonServiceClient } from '@servicestack/client';
// curl ${origin}${basePath}/types/typescript > dtos.ts
import { ${name} } from './dtos';

const client = new JsonServiceClient('${origin}${basePath}')${basePath === '' ? '' : ".useBasePath('')"};
client.bearerToken = '${call.caller ?? 'worker'}';
const response = await client.${verb}(new ${name}(${literal(call.bound ?? {})}));
`;
}

/** A test for vitest that starts from the state that this world has now. */
export async function asTest(call: Call) {
  const [state, { seed }] = await Promise.all([admin<WorldState>('state'), lasting('version')]);
  const { method, path, request, response, operation } = call;
  const api = operation?.split('.')[0];
  const options = literal({ seed, ...(api !== undefined && { apis: [api] }) });
  const start = onlyOf(state, api);
  const isUntouched = Object.keys(start).length === 1 && Object.keys(start.records).length === 0;
  const lines = [
    ...(isUntouched ? [] : [`world.state.set(${literal(start)});`]),
    ...('fault' in response
      ? [`await expect(world.fetch(${JSON.stringify(request.url)}, ${initOf(call)})).rejects.toThrow();`]
      : [
          `const answer = await world.fetch(${JSON.stringify(request.url)}, ${initOf(call)});`,
          `expect(answer.status).toBe(${response.status});`,
          `expect(await answer.text()).toContain(${JSON.stringify(telling(call.id, response.body))});`,
        ]),
  ];
  return `import { mockTest } from 'contacts-mock/vitest';

const test = mockTest(${options});

test(${JSON.stringify(`${method} ${path} answers ${'fault' in response ? response.fault : response.status}`)}, async ({ world, expect }) => {
  ${lines.join('\n').replaceAll('\n', '\n  ')}
});
`;
}

/** Without what belongs to other APIs, which the test does not serve. */
function onlyOf({ records, counters, faults = [], ...rest }: WorldState, api: string | undefined): WorldState {
  const isOurs = (name: string) => api === undefined || name.startsWith(`${api}.`);
  const ours = <T>(all: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(all).filter(([name]) => isOurs(name)));
  const rules = faults.filter(({ operation }) => isOurs(operation));
  return { ...rest, ...(counters && { counters: ours(counters) }), ...(rules.length > 0 && { faults: rules }), records: ours(records) };
}

/** The part of an answer that says most: what stands behind the ids of this one call. */
const telling = (id: string, body = '') => {
  const at = body.indexOf(id);
  return (at < 0 ? body : body.slice(at + id.length)).slice(0, 120);
};
