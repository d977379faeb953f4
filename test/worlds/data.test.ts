import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LogEvent } from '../../src/journal/log.ts';
import { send, toyMock } from '../support/toy.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string, value: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
};

test('records of data files lie over the generated ones in every world, later files over earlier ones', async () => {
  const first = file('first.json', { 'toy.pets': { 1: { name: 'First' }, 2: null, 500: { name: 'New', ownerId: 3 } } });
  const second = file('second.json', { 'toy.pets': [{ id: 1, name: 'Second' }] });
  const mock = toyMock({ data: [first, second] });
  for (const world of [mock, mock.world('a')]) {
    expect((await send(world, 'GET', '/pets/1')).json.name).toBe('Second');
    expect((await send(world, 'GET', '/pets/2')).status).toBe(404);
    expect((await send(world, 'GET', '/pets/500')).json).toMatchObject({ name: 'New', ownerId: 3 });
    expect((await send(world, 'POST', '/pets', {})).json.id).toBe(501);
  }
});

test('with data an untouched world is the one with the data in it: state, reset and hash say so', async () => {
  const mock = toyMock({ data: [{ 'toy.pets': { 1: { name: 'Mine' }, 2: null } }] });
  expect(mock.state.get()).toEqual({ records: {} });
  const hash = mock.state.hash();
  expect(hash).not.toBe(toyMock().state.hash());
  await send(mock, 'PUT', '/pets/1', { name: 'Changed' });
  expect(mock.state.get()).toEqual({ records: { 'toy.pets': { 1: { name: 'Changed' } } } });
  mock.reset();
  expect((await send(mock, 'GET', '/pets/1')).json.name).toBe('Mine');
  expect(mock.state.hash()).toBe(hash);
  const generated = (await send(toyMock(), 'GET', '/pets/1')).json.name;
  await send(mock, 'PUT', '/pets/1', { name: generated });
  const state = mock.state.get();
  expect(state).toEqual({ records: { 'toy.pets': { 1: { name: generated } } } });
  mock.world('copy').state.set(state);
  expect((await send(mock.world('copy'), 'GET', '/pets/1')).json.name).toBe(generated);
});

test('a state that GET /__admin/state gave is a data file', async () => {
  const source = toyMock();
  await send(source, 'PUT', '/pets/3', { name: 'Zoe' });
  const mock = toyMock({ data: [file('state.json', source.state.get())] });
  expect((await send(mock, 'GET', '/pets/3')).json.name).toBe('Zoe');
});

test.each([
  [
    'names an entity that does not exist',
    { 'toy.pet': {} },
    /In .*wrong\.json: There is no entity "toy\.pet"\. Did you mean "toy\.pets"\?/,
  ],
  ['is not JSON', '{', /wrong\.json is not JSON/],
])('a data file that %s is refused at start', (_, value, message) => {
  const path = file('wrong.json', value);
  expect(() => toyMock({ data: [path] })).toThrow(message);
});

test('a data file that is not there is refused at start', () => {
  expect(() => toyMock({ data: [join(folder, 'none.json')] })).toThrow(/There is no file .*none\.json/);
});

test('a watched file is read again when it changes; what was written stays, and a mistake in it changes nothing', async () => {
  const path = file('data.json', { 'toy.pets': { 1: { name: 'Before' } } });
  const events: LogEvent[] = [];
  let told: () => void = () => undefined;
  const mock = toyMock({
    data: [path],
    watch: true,
    log: (event) => {
      events.push(event);
      if (event.event === 'note' || event.event === 'mistake') told();
    },
  });
  const changed = async (value: unknown): Promise<void> => {
    const again = new Promise<void>((resolve) => {
      told = resolve;
    });
    renameSync(file('next.json', value), path);
    await again;
  };
  await send(mock.world('a'), 'PUT', '/pets/2', { name: 'Written' });
  mock.world('a').snapshot('here');
  await changed({ 'toy.pets': { 1: { name: 'After' }, 3: null } });
  for (const step of ['now', 'restored']) {
    if (step === 'restored') mock.world('a').restore('here');
    expect((await send(mock.world('a'), 'GET', '/pets/1')).json.name).toBe('After');
    expect((await send(mock.world('a'), 'GET', '/pets/2')).json.name).toBe('Written');
    expect((await send(mock.world('a'), 'GET', '/pets/3')).status).toBe(404);
  }
  await changed({ 'toy.pest': {} });
  expect(events.findLast(({ event }) => event === 'mistake')).toMatchObject({ message: expect.stringContaining('was not taken') });
  expect((await send(mock, 'GET', '/pets/1')).json.name).toBe('After');
  await mock.close();
});
