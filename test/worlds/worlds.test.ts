import { afterEach, expect, test, vi } from 'vitest';
import { MockError } from '../../src/mock-error.ts';
import type { LogEvent } from '../../src/journal/log.ts';
import { send, toyMock } from '../support/toy.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a world chosen by header, by URL or by token is one and the same, and no other sees it', async () => {
  const mock = toyMock();
  await send(mock, 'DELETE', '/pets/1', undefined, { 'X-Mock-World': 'a' });
  expect((await send(mock, 'GET', '/pets/1', undefined, { 'X-Mock-World': 'a' })).status).toBe(404);
  expect((await send(mock, 'GET', '/__worlds/a/pets/1')).status).toBe(404);
  expect((await send(mock, 'GET', '/pets/1', undefined, { Authorization: 'Bearer worker@a' })).status).toBe(404);
  expect((await send(mock, 'GET', '/pets/1')).status).toBe(200);
  expect((await send(mock, 'GET', '/pets/1', undefined, { 'X-Mock-World': 'b' })).status).toBe(200);
  expect((await mock.world('a').fetch('/pets/1')).status).toBe(404);
});

test('the service sees neither the world in the URL nor the one in the token', async () => {
  const answer = await (
    await toyMock().fetch('/__worlds/a/echo?x=1', { method: 'POST', headers: { Authorization: 'Bearer worker@a' } })
  ).text();
  expect(answer).toBe('/echo?x=1 Bearer worker placeholder false');
});

test.each([
  ['a name with a space', { 'X-Mock-World': 'a b' }],
  ['a name that is too long', { 'X-Mock-World': 'x'.repeat(65) }],
  ['an empty name', { 'X-Mock-World': '' }],
  ['an empty name in the token', { Authorization: 'Bearer worker@' }],
  ['two worlds at once', { 'X-Mock-World': 'a', Authorization: 'Bearer worker@b' }],
])('refuses %s with 400 and says what to do', async (_, headers) => {
  const answer = await send(toyMock(), 'GET', '/pets/1', undefined, headers);
  expect(answer.status).toBe(400);
  expect(answer.json.message).toMatch(/Use 1 to 64 of|Name one/);
});

test('two carriers may name the same world', async () => {
  const answer = await send(toyMock(), 'GET', '/__worlds/a/pets/1', undefined, { 'X-Mock-World': 'a', Authorization: 'Bearer worker@a' });
  expect(answer.status).toBe(200);
});

test('strict: a world has to be made first, and every request names one', async () => {
  const mock = toyMock({ worlds: 'strict' });
  const unnamed = await send(mock, 'GET', '/pets/1');
  expect([unnamed.status, unnamed.json.error]).toEqual([400, 'no-world']);
  const unknown = await send(mock, 'GET', '/__worlds/a/pets/1');
  expect([unknown.status, unknown.json.error]).toEqual([400, 'unknown-world']);
  expect((await send(mock, 'POST', '/__admin/reset')).status).toBe(400);
  expect((await send(mock, 'PUT', '/__admin/worlds/a')).status).toBe(201);
  expect((await send(mock, 'GET', '/__worlds/a/pets/1')).status).toBe(200);
  await send(mock, 'DELETE', '/__admin/worlds/a');
  expect((await send(mock, 'GET', '/__worlds/a/pets/1')).status).toBe(400);
  for (const route of ['health', 'version', 'routes', 'worlds']) expect((await send(mock, 'GET', `/__admin/${route}`)).status).toBe(200);
});

test('strict: a preflight, in which a browser sends no header of the page, is answered all the same', async () => {
  const mock = toyMock({ worlds: 'strict' });
  const asked = { Origin: 'http://app.example', 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'x-mock-world' };
  for (const path of ['/pets/1', '/__worlds/unknown/pets/1']) {
    const preflight = await send(mock, 'OPTIONS', path, undefined, asked);
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([200, 'x-mock-world']);
    expect((await send(mock, 'OPTIONS', path)).status).toBe(400);
  }
  expect((await send(mock, 'GET', '/__admin/worlds')).json).toEqual({ worlds: [] });
});

test('a dropped world that is named again is untouched', async () => {
  const mock = toyMock();
  await send(mock, 'DELETE', '/__worlds/a/pets/1');
  expect((await send(mock, 'DELETE', '/__admin/worlds/a')).json).toEqual({ dropped: true });
  expect((await send(mock, 'GET', '/__admin/worlds')).json).toEqual({ worlds: [] });
  expect((await send(mock, 'GET', '/__worlds/a/pets/1')).status).toBe(200);
});

test('beyond the cap the least recently used world goes first, and the log says so', async () => {
  const events: LogEvent[] = [];
  const mock = toyMock({ maxWorlds: 2, log: (event) => events.push(event) });
  for (const name of ['a', 'b']) await send(mock, 'DELETE', `/__worlds/${name}/pets/1`);
  await send(mock, 'GET', '/__worlds/a/pets/2');
  await send(mock, 'GET', '/__worlds/c/pets/2');
  expect((await send(mock, 'GET', '/__admin/worlds')).json.worlds).toEqual([{ name: 'a' }, { name: 'c' }]);
  expect(events.filter(({ event }) => event === 'world-dropped')).toMatchObject([{ world: 'b', reason: 'cap' }]);
  expect((await send(mock, 'GET', '/__worlds/b/pets/1')).status).toBe(200);
});

test('a world that was idle for too long is gone, also before anybody looked', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  const events: LogEvent[] = [];
  const mock = toyMock({ worldIdle: 10_000, log: (event) => events.push(event) });
  await send(mock, 'DELETE', '/__worlds/a/pets/1');
  await send(mock, 'DELETE', '/__worlds/b/pets/1');
  vi.advanceTimersByTime(6000);
  await send(mock, 'GET', '/__worlds/b/pets/2');
  vi.advanceTimersByTime(4500);
  expect((await send(mock, 'GET', '/__admin/worlds')).json).toEqual({ worlds: [{ name: 'b' }] });
  expect(events).toContainEqual(expect.objectContaining({ event: 'world-dropped', world: 'a', reason: 'idle' }));
  expect((await send(mock, 'GET', '/__worlds/b/pets/1')).status).toBe(404);
  vi.advanceTimersByTime(60_000);
  expect(events).toContainEqual(expect.objectContaining({ event: 'world-dropped', world: 'b', reason: 'idle' }));
  await mock.close();
});

test('the unnamed world is never dropped', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  const mock = toyMock({ worldIdle: 10, maxWorlds: 1 });
  await send(mock, 'DELETE', '/pets/1');
  for (const name of ['a', 'b', 'c']) await send(mock, 'GET', `/__worlds/${name}/pets/1`);
  vi.advanceTimersByTime(60_000);
  expect((await send(mock, 'GET', '/pets/1')).status).toBe(404);
  await mock.close();
});

const WORLD_MEMORY = 100_000;
/** Weighs about 20 kB. */
const LARGE = { name: 'x'.repeat(10_000) };

test('what is written to all worlds has a bound in bytes: of those that hold any, the least recently used go first, and the log says so', async () => {
  const events: LogEvent[] = [];
  const mock = toyMock({ worldMemory: WORLD_MEMORY, log: (event) => events.push(event) });
  await send(mock.world('read'), 'GET', '/pets/1');
  for (const name of ['a', 'b']) for (let i = 0; i < 2; i++) await send(mock.world(name), 'POST', '/pets', LARGE);
  await send(mock.world('a'), 'GET', '/pets/1');
  await send(mock, 'POST', '/pets', LARGE);
  expect((await send(mock, 'GET', '/__admin/worlds')).json.worlds).toEqual([{ name: 'a' }, { name: 'read' }]);
  const message = expect.stringContaining('--world-memory');
  expect(events.filter(({ event }) => event === 'world-dropped')).toEqual([
    { event: 'world-dropped', world: 'b', reason: 'memory', message },
  ]);
});

test('where none can be dropped, what makes a world larger is refused and has not happened; all else goes on', async () => {
  const mock = toyMock({ worldMemory: WORLD_MEMORY });
  const statuses: number[] = [];
  for (let i = 0; i < 6; i++) statuses.push((await send(mock, 'POST', '/pets', LARGE)).status);
  expect(statuses).toEqual([201, 201, 201, 201, 507, 507]);
  expect((await send(mock, 'POST', '/pets', LARGE)).json).toMatchObject({
    error: 'worlds-full',
    message: expect.stringContaining('--world-memory'),
  });
  expect((await send(mock, 'GET', '/pets/205')).status).toBe(404);
  expect((await send(mock, 'PUT', '/pets/204', { name: 'Small' })).status).toBe(200);
  expect((await send(mock, 'POST', '/pets', LARGE)).json).toMatchObject({ id: 205 });
  expect((await send(mock, 'PUT', '/__admin/state', { records: { 'toy.pets': { 1: { name: 'x'.repeat(60_000) } } } })).status).toBe(507);
  expect((await send(mock, 'GET', '/pets/204')).json.name).toBe('Small');
  mock.reset();
  expect((await send(mock, 'POST', '/pets', LARGE)).status).toBe(201);
});

test('a world with a call under way is not dropped for the room of another', async () => {
  const mock = toyMock({ worldMemory: WORLD_MEMORY });
  const busy = mock.world('busy');
  for (let i = 0; i < 4; i++) await send(busy, 'POST', '/pets', LARGE);
  const late = send(busy, 'GET', '/pets/204', undefined, { Prefer: 'delay=30' });
  expect((await send(mock, 'POST', '/pets', LARGE)).status).toBe(507);
  expect((await late).json.name).toBe(LARGE.name);
  expect((await send(mock, 'POST', '/pets', LARGE)).status).toBe(201);
  expect((await send(busy, 'GET', '/pets/204')).status).toBe(404);
});

test('a snapshot counts for what the world no longer holds, and the records that all worlds share for nothing', async () => {
  const mock = toyMock({ worldMemory: WORLD_MEMORY, data: [{ 'toy.pets': { 1: { name: 'x'.repeat(45_000) } } }] });
  for (const name of ['a', 'b', 'c']) {
    expect((await send(mock.world(name), 'PUT', '/pets/2', LARGE)).status).toBe(200);
    for (let i = 0; i < 3; i++) mock.world(name).snapshot();
  }
  expect((await send(mock.world('a'), 'PUT', '/pets/2', { name: 'y'.repeat(10_000) })).status).toBe(200);
  const { json } = await send(mock, 'GET', '/__admin/worlds');
  expect(json.worlds).toHaveLength(3);
  expect((await send(mock.world('a'), 'PUT', '/pets/3', LARGE)).status).toBe(200);
  expect((await send(mock, 'GET', '/__admin/worlds')).json.worlds).toEqual([{ name: 'a' }, { name: 'c' }]);
  mock.world('a').reset();
  for (const name of mock.world('a').snapshots.names()) mock.world('a').snapshots.delete(name);
  for (let id = 3; id < 6; id++) expect((await send(mock.world('c'), 'PUT', `/pets/${id}`, LARGE)).status).toBe(200);
  expect((await send(mock, 'GET', '/__admin/worlds')).json.worlds).toHaveLength(2);
});

test('snapshots take room of their own, with what they keep beside records; one for which there is none is refused', async () => {
  const mock = toyMock({ worldMemory: WORLD_MEMORY });
  const taken = async (): Promise<number> => {
    for (let count = 0; count < 1000; count++) {
      const answer = await send(mock, 'PUT', `/__admin/snapshots/s${count}`);
      if (answer.status === 200) continue;
      expect([answer.status, answer.json.error]).toEqual([507, 'worlds-full']);
      expect(answer.json.message).toContain('Nothing was written');
      expect(mock.snapshots.names()).toHaveLength(count);
      for (const name of mock.snapshots.names()) mock.snapshots.delete(name);
      return count;
    }
    return 1000;
  };
  const count = await taken();
  expect([count > 20, count < 200]).toEqual([true, true]);
  mock.faults.set([{ operation: 'toy.get', outcomes: [{ code: 503, headers: { 'X-Why': 'x'.repeat(10_000) } }] }]);
  // The rules are kept once, however many hold them.
  const fewer = count - (await taken());
  expect([fewer > 15, fewer < 30]).toEqual([true, true]);
  mock.reset();
  expect(await taken()).toBe(count);
});

test('a name that is none is refused in code as well', () => {
  expect(() => toyMock().world('no/slash')).toThrow(MockError);
});

test('two worlds of one seed give the same bytes and the same request ids', async () => {
  const mock = toyMock();
  const told = async (name: string): Promise<unknown[]> => {
    const answers: unknown[] = [];
    for (const [method, path] of [
      ['GET', '/pets/1'],
      ['POST', '/pets'],
      ['GET', '/pets/201'],
      ['GET', '/pets/900'],
    ] as const) {
      const response = await mock.world(name).fetch(path, { method });
      answers.push([response.status, [...response.headers], await response.text()]);
    }
    return answers;
  };
  expect(await told('a')).toEqual(await told('another'));
});
