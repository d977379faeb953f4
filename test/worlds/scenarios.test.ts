import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Mock } from '../../src/mock.ts';
import type { MockOptions } from '../../src/options.ts';
import { send, toyMock } from '../support/toy.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, scenario: unknown): void => writeFileSync(join(folder, `${name}.json`), JSON.stringify(scenario));
const nameOf = async (to: { fetch: Mock['fetch'] }, path = '/pets/1'): Promise<string> => (await send(to, 'GET', path)).json.name;
function withScenario(options: MockOptions = {}): Mock {
  write('lonely', {
    records: { 'toy.pets': { 1: { name: 'Lonely' } } },
    faults: [{ operation: 'toy.list', outcomes: [{ code: 503 }] }],
    settings: { nulls: 'wire' },
    clock: { now: '2030-05-06T00:00:00Z' },
  });
  return toyMock({ scenarios: [folder], ...options });
}

test('a world starts from a scenario at once, by every carrier: records, faults, settings and clock', async () => {
  const mock = withScenario();
  expect(await nameOf(mock, '/__worlds/a~lonely/pets/1')).toBe('Lonely');
  expect((await send(mock, 'GET', '/pets/1', undefined, { 'X-Mock-World': 'b~lonely' })).json.name).toBe('Lonely');
  expect((await send(mock, 'GET', '/pets/1', undefined, { Authorization: 'Bearer worker@c~lonely' })).json.name).toBe('Lonely');
  const world = mock.world('d~lonely');
  expect(await nameOf(world)).toBe('Lonely');
  expect([world.clock.get().now, world.settings.get().nulls]).toEqual(['2030-05-06T00:00:00.000Z', 'wire']);
  expect((await send(world, 'GET', '/pets')).status).toBe(503);
  expect(await nameOf(mock.world('d'))).not.toBe('Lonely');
});

test('a reset goes back to the scenario, and a state says what differs from it', async () => {
  const world = withScenario().world('w~lonely');
  expect(world.state.get()).toEqual({ records: {} });
  await send(world, 'PUT', '/pets/1', { name: 'Changed' });
  world.clock.advance(60);
  expect(world.state.get()).toMatchObject({ records: { 'toy.pets': { 1: { name: 'Changed' } } } });
  world.reset();
  expect([await nameOf(world), world.clock.get().now]).toEqual(['Lonely', '2030-05-06T00:00:00.000Z']);
  expect(world.state.get()).toEqual({ records: {} });
});

test('an unknown scenario is a 404 that names the nearest, and makes no world', async () => {
  const mock = withScenario();
  const answer = await send(mock, 'GET', '/pets/1', undefined, { 'X-Mock-World': 'a~lonly' });
  expect([answer.status, answer.json]).toEqual([
    404,
    { error: 'unknown-scenario', message: expect.stringContaining('Did you mean "lonely"?') },
  ]);
  expect((await send(mock, 'GET', '/__admin/worlds')).json).toEqual({ worlds: [] });
  expect(() => toyMock({ scenario: 'nowhere' })).toThrow('There is no scenario "nowhere"');
});

test('with a scenario for all, every world starts from it that names none', async () => {
  const mock = withScenario({ scenario: 'lonely' });
  expect([await nameOf(mock), await nameOf(mock.world('a'))]).toEqual(['Lonely', 'Lonely']);
  mock.reset();
  expect(await nameOf(mock)).toBe('Lonely');
});

test('one is made of the world as it is, or of JSON; it is listed, replaced and deleted, and its worlds keep it', async () => {
  const mock = withScenario();
  await send(mock, 'PUT', '/pets/1', { name: 'Here' });
  expect((await send(mock, 'PUT', '/__admin/scenarios/here')).status).toBe(201);
  expect((await send(mock, 'PUT', '/__admin/scenarios/sent', { records: { 'toy.pets': { 1: { name: 'Sent' } } } })).status).toBe(201);
  const world = mock.world('w~here');
  expect([await nameOf(world), await nameOf(mock.world('w~sent'))]).toEqual(['Here', 'Sent']);
  const { scenarios } = (await send(mock, 'GET', '/__admin/scenarios')).json;
  expect(scenarios).toEqual(
    expect.arrayContaining([
      { name: 'lonely', source: 'file' },
      { name: 'here', source: 'made' },
    ]),
  );
  await send(mock, 'PUT', '/pets/1', { name: 'Later' });
  expect((await send(mock, 'PUT', '/__admin/scenarios/here')).status).toBe(200);
  await send(world, 'PUT', '/pets/1', { name: 'Changed' });
  expect((await send(mock, 'DELETE', '/__admin/scenarios/here')).status).toBe(200);
  world.reset();
  expect(await nameOf(world)).toBe('Here');
  expect((await send(mock, 'DELETE', '/__admin/scenarios/here')).status).toBe(404);
  expect((await send(mock, 'DELETE', '/__admin/scenarios/lonely')).status).toBe(400);
});

test('a named world is made, or made anew, with a scenario of one’s choice', async () => {
  const mock = withScenario();
  expect((await send(mock, 'PUT', '/__admin/worlds/shop', { scenario: 'lonely' })).status).toBe(201);
  const world = mock.world('shop');
  await send(world, 'PUT', '/pets/1', { name: 'Changed' });
  world.reset();
  expect(await nameOf(world)).toBe('Lonely');
  expect((await send(mock, 'PUT', '/__admin/worlds/shop', { scenario: 'lonely' })).status).toBe(200);
  expect((await send(mock, 'PUT', '/__admin/worlds/shop', { scenario: 'nowhere' })).status).toBe(404);
  expect(await nameOf(world)).toBe('Lonely');
  expect((await send(mock, 'PUT', '/__admin/worlds/shop', { scenari: 'lonely' })).status).toBe(400);
});

test.each([
  ['a~b~c', 400],
  ['~lonely', 400],
  ['a~', 400],
  ['..', 400],
  ['..~lonely', 400],
])('the world name %s is refused', async (name, status) => {
  expect((await send(withScenario(), 'GET', '/pets/1', undefined, { 'X-Mock-World': name })).status).toBe(status);
});

test.each([
  ['a member that no scenario has', { record: {} }, 'A scenario has no member "record"'],
  ['an entity that does not exist', { records: { 'toy.cats': {} } }, 'There is no entity "toy.cats"'],
  ['an operation that does not exist', { faults: [{ operation: 'toy.gett', outcomes: [{ code: 500 }] }] }, 'Did you mean "toy.get"?'],
  ['a clock that is none', { clock: { now: 'soon' } }, 'is not a valid time'],
])('a file with %s is refused at the start, with its name', (_, scenario, message) => {
  write('broken', scenario);
  expect(() => toyMock({ scenarios: [folder] })).toThrow(message);
  expect(() => toyMock({ scenarios: [folder] })).toThrow('broken.json');
});

test('a state file keeps worlds with their scenarios', async () => {
  const state = join(mkdtempSync(join(tmpdir(), 'contacts-mock-')), 'state.json');
  const before = withScenario({ state });
  await send(before.world('a~lonely'), 'PUT', '/pets/2', { name: 'Kept' });
  await send(before, 'PUT', '/__admin/worlds/shop', { scenario: 'lonely' });
  const after = toyMock({ scenarios: [folder], state });
  for (const name of ['a~lonely', 'shop']) expect(await nameOf(after.world(name))).toBe('Lonely');
  expect(await nameOf(after.world('a~lonely'), '/pets/2')).toBe('Kept');
  await after.close();
  const again = toyMock({ scenarios: [folder], state });
  again.world('shop').reset();
  expect(await nameOf(again.world('shop'))).toBe('Lonely');
});
