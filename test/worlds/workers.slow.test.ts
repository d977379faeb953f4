import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMock } from '../../src/mock.ts';
import type { Route } from '../../src/protocols/protocol.ts';
import { World } from '../../src/store/world.ts';
import { send, toyMock } from '../support/toy.ts';

const WORKERS = 64;
const CALLS = 200;

interface Sent {
  readonly path: string;
  readonly init: RequestInit & { readonly headers: Record<string, string> };
}

/** Calls as a worker would make them: the examples of every operation with other ids, wishes, unknown paths, the plane. */
function callsOf(routes: readonly Route[], seed: number): readonly Sent[] {
  const example = fc.constantFrom(...routes.map((route) => route.example)).chain(({ method, path, headers, body }) =>
    fc.record({ id: fc.integer({ min: 1, max: 230 }), wish: fc.constantFrom('', '', '', '', 'code=503', 'nulls=wire', 'example') }).map(
      ({ id, wish }): Sent => ({
        path: path.replace(/\/\d+(?=$|\/|\?)/, `/${id}`),
        init: {
          method,
          headers: {
            ...(typeof body === 'object' && { 'Content-Type': 'application/json' }),
            ...headers,
            ...(wish !== '' && { Prefer: wish }),
          },
          ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        },
      }),
    ),
  );
  const adminContext = fc.constantFrom<[string, string, string?]>(
    ['GET', 'state/hash'],
    ['GET', 'integrity'],
    ['PUT', 'snapshots/here'],
    ['POST', 'snapshots/here/restore'],
    ['PUT', 'clock', '{"advance":60}'],
    ['GET', 'clock'],
    ['POST', 'reset'],
  );
  const admin = adminContext.map(
    ([method, path, body]): Sent => ({ path: `/__admin/${path}`, init: { method, headers: {}, ...(body !== undefined && { body }) } }),
  );
  const lost = fc.webPath().map((path): Sent => ({ path: `/nothing${path}`, init: { method: 'GET', headers: {} } }));
  const calls = fc.array(fc.oneof({ weight: 18, arbitrary: example }, { weight: 1, arbitrary: admin }, { weight: 1, arbitrary: lost }), {
    minLength: CALLS,
    maxLength: CALLS,
  });
  return fc.sample(calls, { seed, numRuns: 1 })[0] as readonly Sent[];
}

async function told(fetched: Promise<Response>): Promise<string> {
  const response = await fetched;
  const headers = [...response.headers].filter(([name]) => !['connection', 'keep-alive', 'transfer-encoding'].includes(name));
  return `${response.status} ${JSON.stringify(headers)} ${await response.text()}`;
}

test('64 workers at once on one server, 200 random calls each: every one gets the bytes of its calls run alone', {
  timeout: 300_000,
}, async () => {
  const mock = createMock({ seed: 'workers' });
  const server = await mock.listen();
  const routes = mock.routes();
  const carriers: ((name: string, { path, init }: Sent) => Promise<Response>)[] = [
    (name, { path, init }) => fetch(server.url + path, { ...init, headers: { ...init.headers, 'X-Mock-World': name } }),
    (name, { path, init }) => fetch(`${server.url}/__worlds/${name}${path}`, init),
  ];
  const together = await Promise.all(
    Array.from({ length: WORKERS }, async (_, worker) => {
      const answers: string[] = [];
      for (const call of callsOf(routes, worker))
        answers.push(await told((carriers[worker % 2] as (typeof carriers)[number])(`worker-${worker}`, call)));
      return answers;
    }),
  );
  await mock.close();
  const alone = createMock({ seed: 'workers' });
  for (let worker = 0; worker < WORKERS; worker++) {
    const world = alone.world(`worker-${worker}`);
    for (const [i, { path, init }] of callsOf(routes, worker).entries()) {
      const prefix = worker % 2 === 0 ? '' : `/__worlds/${world.name}`;
      const answer = await told(world.fetch(server.url + prefix + path, init));
      expect([worker, i, init.method, path, together[worker]?.[i]]).toEqual([worker, i, init.method, path, answer]);
    }
  }
});

test('reset, snapshot and restore look at nothing of the data, at any size', async () => {
  const looked: number[] = [];
  for (const pets of [10, 1_000_000]) {
    const mock = toyMock({ scale: { 'toy.pets': pets } });
    await send(mock, 'PUT', '/pets/3', { name: 'Zoe' });
    let looks = 0;
    const world = World.prototype;
    const before = world.writes;
    world.writes = function counted(this: World) {
      looks++;
      return before.call(this);
    };
    try {
      mock.snapshot('here');
      mock.reset();
      mock.restore('here');
    } finally {
      world.writes = before;
    }
    looked.push(looks);
    expect((await send(mock, 'GET', '/pets/3')).json.name).toBe('Zoe');
  }
  expect(looked).toEqual([0, 0]);
});

test('10,000 worlds take less than 20 MB beside their journal entries, dropping them gives the memory back, and a record keeps no body alive', () => {
  const script = join(import.meta.dirname, '../support/worlds-memory.ts');
  const output = execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', script], { encoding: 'utf8' });
  const measured = JSON.parse(output) as Readonly<Record<'held' | 'edges' | 'written' | 'dropped' | 'padded' | 'worlds', number>>;
  expect(measured.worlds).toBe(10_000);
  expect(measured.held).toBeLessThan(20e6);
  expect(measured.edges).toBeLessThan(20e6);
  expect(measured.written).toBeLessThan(20e6);
  expect(measured.dropped).toBeLessThan(measured.written / 4);
  expect(measured.padded).toBeLessThan(5e6);
});
