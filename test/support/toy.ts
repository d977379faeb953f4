/** An API of a few lines, to test what is around APIs: pets and their owners, over JSON. */
import { entity } from '../../src/contract/entity.ts';
import type { Operation } from '../../src/contract/operation.ts';
import { type Mock, mockOf } from '../../src/mock.ts';
import type { MockOptions } from '../../src/options.ts';
import { preflight } from '../../src/http/cors.ts';
import type { Reply } from '../../src/http/message.ts';
import { type Api, bodilessPlan, type Call, fixedPlan, type Plan, type Route } from '../../src/protocols/protocol.ts';

interface Pet {
  id: number;
  name: string | null;
  ownerId: number | null;
  born: string | null;
  tags: string[];
}

const pets = entity<{ id: number; name: string | null; ownerId: number | null; born: string | null; tags: string[] }>({
  name: 'pets',
  key: 'id',
  identity: 'number',
  size: { scaled: 200 },
  members: {
    id: (at) => at.n,
    name: (at) => at.pick(['Rex', 'Tom', 'Ada', 'Bo']),
    ownerId: (at) => 1 + ((at.n - 1) % 10),
    born: () => null,
    tags: (at) => [`tag${at.n}`],
  },
  references: { ownerId: 'owners' },
  referrers: {
    *ownerId(key, { size }) {
      for (let n = Number(key); n <= size; n += 10) yield n;
    },
  },
});
const owners = entity<{ id: number; name: string }>({
  name: 'owners',
  key: 'id',
  identity: 'number',
  size: 10,
  members: { id: (at) => at.n, name: (at) => `Owner ${at.n}` },
});

const json = (status: number, value: unknown): Reply => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

type Act = (call: Call, id: number) => Reply | Promise<Reply>;

const table = (call: Call) => call.world.table<Pet>('toy.pets');
const missing = (call: Call, id: number): Reply => {
  call.explanations = [{ message: `There is no pet ${id}.`, member: 'id', rule: 'exists', value: id, contract: 'Pet.id' }];
  return json(404, { error: `no pet ${id}` });
};
const bodyOf = (call: Call): Partial<Pet> =>
  JSON.parse(new TextDecoder().decode(call.inbound.body ?? new Uint8Array([123, 125]))) as Partial<Pet>;

const acts: Readonly<Record<string, { method: Operation['methods'][number]; path: string; act: Act }>> = {
  list: {
    method: 'GET',
    path: '/pets',
    act: (call) =>
      json(200, {
        pets: table(call)
          .page(0, 20)
          .map((key) => table(call).get(key)),
      }),
  },
  get: { method: 'GET', path: '/pets/{id}', act: (call, id) => (table(call).has(id) ? json(200, table(call).get(id)) : missing(call, id)) },
  create: {
    method: 'POST',
    path: '/pets',
    async act(call) {
      const sent = bodyOf(call);
      const pet = call.world.transact(() => {
        const id = table(call).nextIdentity();
        table(call).put({ id, name: null, ownerId: null, tags: [], ...sent, born: new Date(call.world.now()).toISOString() });
        return table(call).get(id);
      });
      return json(201, pet);
    },
  },
  update: {
    method: 'PUT',
    path: '/pets/{id}',
    act(call, id) {
      if (!table(call).has(id)) return missing(call, id);
      return json(200, table(call).change(id, bodyOf(call)));
    },
  },
  remove: {
    method: 'DELETE',
    path: '/pets/{id}',
    act(call, id) {
      if (!table(call).has(id)) return missing(call, id);
      table(call).delete(id);
      return { status: 204, headers: {}, body: null };
    },
  },
  crash: {
    method: 'GET',
    path: '/crash',
    act() {
      throw new Error('a wire came loose');
    },
  },
  echo: {
    method: 'POST',
    path: '/echo',
    act: (call) => ({
      status: 200,
      reason: 'Very Well',
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Set-Cookie': ['a=first-secret; path=/', 'b=second-secret; path=/'] },
      body: `${call.inbound.target} ${call.inbound.header('authorization') ?? '-'} ${call.nulls} ${call.isExample}`,
    }),
  },
};

export const toy: Api = {
  name: 'toy',
  title: 'Toys',
  operations: Object.fromEntries(
    Object.entries(acts).map(([name, { method, path }]) => [name, { name, doc: '', methods: [method], path }]),
  ),
  entities: { pets, owners },
  mount(mount) {
    for (const path of new Set(Object.values(acts).map((act) => act.path))) {
      mount.route(path.replace('{id}', ':id'), (call): Plan => {
        if (call.inbound.method === 'OPTIONS') return fixedPlan(() => preflight(call.inbound));
        const asked = call.inbound.method === 'HEAD' ? 'GET' : call.inbound.method;
        const [name, found] = Object.entries(acts).find(([, act]) => act.path === path && act.method === asked) ?? [];
        if (found === undefined) return { ...bodilessPlan(404), servedBy: 'none' };
        const id = Number(call.segments[1]);
        return {
          operation: `toy.${name}`,
          proceed() {
            call.caller = call.inbound.header('authorization')?.replace(/^Bearer /i, '');
            if (name !== 'crash') call.bound = call.inbound.body === undefined ? { id } : { id, ...bodyOf(call) };
            return found.act(call, id);
          },
          fail: (status) => json(status, { toyError: status }),
        };
      });
    }
  },
  describe: () => Promise.reject(new Error('toys are not described')),
  routes: (): Route[] =>
    Object.entries(acts).map(([name, { method, path }]) => ({
      operation: `toy.${name}`,
      method,
      path,
      example: { method, path: path.replace('{id}', '1'), ...(method === 'POST' || method === 'PUT' ? { body: {} } : {}) },
    })),
};

export const toyMock = (options: MockOptions = {}): Mock => mockOf([toy], options);

/** Sends JSON and reads JSON. */
export async function send(
  to: { fetch: Mock['fetch'] },
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const response = await to.fetch(`http://mock${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text === '' ? undefined : JSON.parse(text),
    id: response.headers.get('x-mock-request-id') ?? '',
  };
}
