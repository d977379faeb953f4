import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';
import { command } from '../support/terminal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const WRONG: readonly (readonly [what: string, records: Record<string, unknown>, message: string])[] = [
  ['a type', { 'logisense.contacts': { 7: { lastName: 5 } } }, 'logisense.contacts 7: lastName has to be text; 5 was sent.'],
  [
    'a null',
    { 'logisense.contacts': { 7: { contactTypeId: null } } },
    'logisense.contacts 7: contactTypeId must have a value; null was sent.',
  ],
  [
    'a key that leads nowhere',
    { 'logisense.contacts': { 7: { contactTypeId: 4100 } } },
    'logisense.contacts 7: contactTypeId leads to logisense.contactTypes, which has no record 4100.',
  ],
  [
    'a key in a list that leads nowhere',
    { 'trendsic.connections': { 1: { ConnectedTo: [2, 900] } } },
    'trendsic.connections 1: ConnectedTo leads to trendsic.contacts, which has no record 900.',
  ],
  [
    'a key that leads to what is deleted further down',
    { 'logisense.contacts': { 7: { contactTypeId: 3 } }, 'logisense.contactTypes': { 3: null } },
    'logisense.contacts 7: contactTypeId leads to logisense.contactTypes, which has no record 3.',
  ],
  [
    'another identity than the key',
    { 'logisense.contacts': { 7: { identity: 8 } } },
    'logisense.contacts 7: identity is 8, and the record stands under 7.',
  ],
  [
    'a new record without what it must have',
    { 'logisense.contacts': { 900: { lastName: 'Doe' } } },
    'logisense.contacts 900: contactTypeId of a new record of logisense.contacts must have a value.',
  ],
  [
    'an unknown member',
    { 'logisense.contacts': { 7: { lastNam: 'x' } } },
    'logisense.contacts 7: There is no member of logisense.contacts "lastNam". Did you mean "lastName"?',
  ],
  ['a record that is none', { 'logisense.contacts': { 7: 5 } }, 'The record 7 of logisense.contacts is not an object.'],
];

test.each(WRONG)(
  '%s is refused whole by PUT state, PUT scenarios and in code, with entity, key and member',
  async (_, records, message) => {
    const mock = createMock();
    const body = JSON.stringify({ records: { 'logisense.contacts': { 1: { lastName: 'Fine' } }, ...records } });
    for (const path of ['state', 'scenarios/mine']) {
      const answer = await mock.fetch(`/__admin/${path}`, { method: 'PUT', body });
      expect([answer.status, ((await answer.json()) as { message: string }).message], path).toEqual([
        400,
        expect.stringContaining(message),
      ]);
    }
    expect(() => mock.state.set({ records: records as never })).toThrow(message);
    expect(mock.state.get()).toEqual({ records: {} });
    expect(JSON.stringify(await (await mock.fetch('/__admin/scenarios')).json())).not.toContain('mine');
  },
);

test.each(WRONG)('%s in a file is one line that names it, exit 2', async (_, records, message) => {
  const write = (name: string, value: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(value));
    return path;
  };
  mkdirSync(join(folder, 'scenarios'));
  write('scenarios/mine.json', { records });
  const files: readonly (readonly [option: string, path: string, said: string])[] = [
    ['--data', write('data.json', records), 'data.json'],
    ['--state', write('state.json', { form: 1, seed: '1', worlds: { a: { records } } }), 'state.json'],
  ];
  for (const [option, path, said] of files) {
    const { code, out, err } = await command(['serve', '--port', '0', option, path], { stopped: Promise.resolve() });
    expect([code, out], option).toEqual([2, '']);
    expect(err, option).toContain(said);
    expect(err, option).toContain(message);
    expect(err.trimEnd().split('\n'), option).toHaveLength(1);
  }
  expect(() => createMock({ scenarios: [join(folder, 'scenarios')] })).toThrow(`mine.json: ${message}`);
});

test('records may lead to each other, whichever stands first', () => {
  const mock = createMock({ apis: ['logisense'] });
  const type = { name: 'Made', ownerId: null };
  mock.state.set({ records: { 'logisense.contacts': { 900: { contactTypeId: 800 } }, 'logisense.contactTypes': { 800: type } } });
  expect(mock.integrity().ok).toBe(true);
});

test('JSON nested too deep is refused before anything is installed, from a body and from a file', async () => {
  const deep = `{"records":{"logisense.contacts":{"7":{"lastName":${'['.repeat(200_000)}${']'.repeat(200_000)}}}}}`;
  const mock = createMock();
  const answer = await mock.fetch('/__admin/state', { method: 'PUT', body: deep });
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('nested more than 200 levels')]);
  expect(mock.state.get()).toEqual({ records: {} });
  const path = join(folder, 'deep.json');
  writeFileSync(path, deep);
  for (const option of ['--data', '--state']) {
    const { code, err } = await command(['serve', '--port', '0', option, path], { stopped: Promise.resolve() });
    expect([code, err], option).toEqual([2, expect.stringContaining('deep.json is nested more than 200 levels')]);
  }
});

test('what any API has written goes out as a state and comes in again', async () => {
  const mock = createMock({ auth: 'off' });
  const json = { 'Content-Type': 'application/json' };
  await mock.fetch('/Contact', { method: 'POST', headers: json, body: '{"contactTypeId":1,"lastName":"Doe","title":null}' });
  await mock.fetch('/v1/ContactConnections/1', {
    method: 'PUT',
    headers: json,
    body: '{"Contact":[{"FirstName":"A","TotalDebtAmount":1e3,"SchoolID":"9223372036854775807"},{"ContactId":5000}]}',
  });
  const state = await (await mock.fetch('/__admin/state')).text();
  expect(Object.keys((JSON.parse(state) as { records: object }).records).length).toBeGreaterThan(1);
  expect((await createMock().fetch('/__admin/state', { method: 'PUT', body: state })).status).toBe(200);
});
