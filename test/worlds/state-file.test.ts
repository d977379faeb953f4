import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMock, type Mock } from '../../src/index.ts';
import type { LogEvent } from '../../src/journal/log.ts';
import { MockError } from '../../src/mock-error.ts';
import { send, toyMock } from '../support/toy.ts';

let folder: string;
let state: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
  state = join(folder, 'state.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('all worlds are there again after a stop: records, counters, clocks, faults and settings', async () => {
  const before = toyMock({ state });
  await send(before, 'PUT', '/pets/3', { name: 'Zoe' });
  const checkout = before.world('checkout');
  await send(checkout, 'POST', '/pets', { name: 'New' });
  await send(checkout, 'DELETE', '/pets/4');
  checkout.clock.advance(60);
  checkout.faults.set([{ operation: 'toy.list', outcomes: [{ code: 500 }] }]);
  checkout.settings.set({ nulls: 'wire' });
  const states = [before.state.get(), checkout.state.get()];
  await before.close();
  expect(existsSync(`${state}.log`)).toBe(false);
  expect(JSON.parse(readFileSync(state, 'utf8')).worlds.checkout.records['toy.pets']['4']).toBeNull();

  const after = toyMock({ state });
  expect([after.state.get(), after.world('checkout').state.get()]).toEqual(states);
  await after.close();
});

test('without a stop nothing that was acknowledged is missing, of any kind of change', async () => {
  const killed = toyMock({ state });
  await send(killed, 'POST', '/pets', { name: 'One' });
  await send(killed, 'PUT', '/pets/201', { name: 'Two' });
  await send(killed, 'DELETE', '/pets/5');
  killed.clock.set('2030-01-01T00:00:00Z');
  const a = killed.world('a');
  await send(a, 'PUT', '/pets/3', { name: 'Early' });
  a.snapshot('early');
  await send(a, 'PUT', '/pets/3', { name: 'Late' });
  a.restore('early');
  const b = killed.world('b');
  await send(b, 'DELETE', '/pets/1');
  b.reset();
  await send(b, 'DELETE', '/pets/2');
  b.settings.set({ journal: 7 });
  await send(killed.world('c'), 'DELETE', '/pets/1');
  killed.world('c').drop();
  killed.world('d').state.set({ records: { 'toy.pets': { 9: { name: 'Set' } } } });
  const states = ['a', 'b', 'd'].map((name) => killed.world(name).state.get());

  const after = toyMock({ state });
  expect(after.state.get()).toEqual(killed.state.get());
  expect(['a', 'b', 'd'].map((name) => after.world(name).state.get())).toEqual(states);
  expect((await send(after, 'GET', '/__admin/worlds')).json.worlds.map(({ name }: { name: string }) => name)).toEqual(['a', 'b', 'd']);
});

test('a last line that was cut in the middle was never acknowledged and is left out', async () => {
  const killed = toyMock({ state });
  await send(killed, 'PUT', '/pets/3', { name: 'Kept' });
  appendFileSync(`${state}.log`, '{"world":"","records":{"toy.pets":{"3":{"id":3,"name":"Ha');
  const after = toyMock({ state });
  expect(after.state.get()).toEqual({ records: { 'toy.pets': { 3: { name: 'Kept' } } } });
  await send(after, 'PUT', '/pets/4', { name: 'Next' });
  expect(toyMock({ state }).state.get()).toMatchObject({ records: { 'toy.pets': { 3: { name: 'Kept' }, 4: { name: 'Next' } } } });
});

test('a log that was folded in already does no harm when it is played again', async () => {
  const killed = toyMock({ state });
  await send(killed, 'POST', '/pets', { name: 'One' });
  killed.reset();
  await send(killed, 'DELETE', '/pets/5');
  const log = readFileSync(`${state}.log`, 'utf8');
  const wanted = killed.state.get();
  await killed.close();
  writeFileSync(`${state}.log`, log);
  expect(toyMock({ state }).state.get()).toEqual(wanted);
});

test('a write that the file does not take is not made', async () => {
  const mock = toyMock({ state });
  await send(mock, 'PUT', '/pets/3', { name: 'Kept' });
  const fs = await import('node:fs');
  const broken = fs.default.writeSync;
  fs.default.writeSync = () => {
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  try {
    const refused = await send(mock, 'PUT', '/pets/3', { name: 'Lost' });
    expect([refused.status, refused.json.error]).toEqual([500, 'unwritable-file']);
  } finally {
    fs.default.writeSync = broken;
  }
  expect((await send(mock, 'GET', '/pets/3')).json.name).toBe('Kept');
  await send(mock, 'PUT', '/pets/4', { name: 'Next' });
  expect(toyMock({ state }).state.get()).toEqual(mock.state.get());
});

test('a disk that is full at the stop, or at the next start, is told in one line, and nothing that was acknowledged is lost', async () => {
  const stopped = toyMock({ state });
  await send(stopped, 'PUT', '/pets/3', { name: 'Kept' });
  const fs = await import('node:fs');
  const working = fs.default.writeFileSync;
  fs.default.writeFileSync = (path, ...rest) => {
    if (!String(path).endsWith('.lock')) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    working(path, ...rest);
  };
  try {
    const told = await stopped.close().catch((error: unknown) => error);
    expect(told).toBeInstanceOf(MockError);
    expect((told as MockError).message).toBe(
      `${state} could not be written at the end (ENOSPC: no space left on device, write); nothing is lost, ${state}.log has it. Make room on the disk; the next start folds the log in.`,
    );
    expect(() => toyMock({ state })).toThrow(/^The state file .*ENOSPC.* Make room on the disk/);
  } finally {
    fs.default.writeFileSync = working;
  }
  expect((await send(toyMock({ state }), 'GET', '/pets/3')).json.name).toBe('Kept');
});

test.each([
  ['no JSON', '{', 'is not JSON'],
  ['of another form', '{"form":9,"worlds":{}}', 'not a state file of this version'],
  ['of another seed', '{"form":1,"seed":"7","worlds":{}}', 'Start with --seed 7'],
  [
    'of another locale',
    '{"form":1,"seed":"1","locale":"de","worlds":{}}',
    'was made with the locale "de", not "en". Start with --locale de',
  ],
  ['a null', 'null', 'not a state file of this version'],
  ['of odd worlds', '{"form":1,"seed":"1","worlds":{"":5}}', 'is damaged'],
  ['of one world', '{"records":{}}', '--data'],
  ['about what is not served', '{"form":1,"seed":"1","worlds":{"":{"records":{"other.pets":{}}}}}', 'There is no entity "other.pets"'],
])('a file that is %s is refused at start and left as it is', (_, text, message) => {
  writeFileSync(state, text);
  expect(() => toyMock({ state })).toThrow(message);
  expect(readFileSync(state, 'utf8')).toBe(text);
});

test('a file is of one locale, as of one seed: what it holds differs from the records of that one', async () => {
  const { faker: de } = await import('@faker-js/faker/locale/de');
  const mock = createMock({ state, locale: de.rawDefinitions });
  mock.state.set({ records: { 'logisense.contacts': { 1: { firstName: 'Jürgen' } } } });
  await mock.close();
  expect(JSON.parse(readFileSync(state, 'utf8'))).toMatchObject({ seed: '1', locale: 'de' });
  expect(() => createMock({ state })).toThrow(`${state} was made with the locale "de", not "en". Start with --locale de`);
  const again = createMock({ state, locale: de.rawDefinitions });
  expect(again.state.get().records).toEqual({ 'logisense.contacts': { 1: { firstName: 'Jürgen' } } });
  await again.close();
});

test('snapshots are kept, those that were taken and those that were deleted', async () => {
  const killed = toyMock({ state });
  await send(killed, 'PUT', '/pets/3', { name: 'Early' });
  killed.snapshot('early');
  killed.snapshot('gone');
  killed.snapshots.delete('gone');
  await send(killed, 'PUT', '/pets/3', { name: 'Late' });
  const after = toyMock({ state });
  expect(after.snapshots.names()).toEqual(['early']);
  await after.close();
  const again = toyMock({ state });
  again.restore('early');
  expect((await send(again, 'GET', '/pets/3')).json.name).toBe('Early');
});

test('a change of the world itself that the file does not take has not happened', async () => {
  const mock = toyMock({ state });
  await send(mock, 'PUT', '/pets/3', { name: 'Kept' });
  const other = mock.world('other');
  await send(other, 'DELETE', '/pets/1');
  const states = [mock.state.get(), other.state.get()];
  const fs = await import('node:fs');
  const broken = fs.default.writeSync;
  fs.default.writeSync = () => {
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  try {
    const calls = [
      ['PUT', '/__admin/clock', { advance: 60 }],
      ['PUT', '/__admin/faults', { rules: [{ operation: 'toy.get', outcomes: [{ code: 500 }] }] }],
      ['PUT', '/__admin/settings', { nulls: 'wire' }],
      ['POST', '/__admin/reset'],
      ['PUT', '/__admin/state', { records: {} }],
      ['PUT', '/__admin/snapshots/a'],
      ['DELETE', '/__admin/worlds/other'],
    ] as const;
    for (const [method, path, body] of calls) {
      const refused = await send(mock, method, path, body);
      expect([path, refused.status, refused.json.error]).toEqual([path, 500, 'unwritable-file']);
    }
  } finally {
    fs.default.writeSync = broken;
  }
  expect([mock.state.get(), other.state.get()]).toEqual(states);
  expect(mock.snapshots.names()).toEqual([]);
});

test('a file or a log that was deleted while the mock runs is made again and told', async () => {
  const notes: string[] = [];
  const mock = toyMock({ state, log: (event) => event.event === 'note' && notes.push(event.message) });
  for (const [i, file] of [state, `${state}.log`].entries()) {
    await send(mock, 'PUT', '/pets/3', { name: `Before ${i}` });
    rmSync(file);
    await send(mock, 'PUT', '/pets/4', { name: `After ${i}` });
    expect(toyMock({ state }).state.get()).toEqual(mock.state.get());
  }
  expect(notes.length).toBeGreaterThanOrEqual(2);
});

test("somebody else's file beside the state file is left alone", () => {
  writeFileSync(`${state}.log`, 'my own notes\n');
  expect(() => toyMock({ state })).toThrow('is not a log of contacts-mock');
  expect(readFileSync(`${state}.log`, 'utf8')).toBe('my own notes\n');
});

test('a symbolic link is followed and the mode of the file kept', async () => {
  const real = join(folder, 'real.json');
  writeFileSync(real, '', { mode: 0o600 });
  symlinkSync(real, state);
  const mock = toyMock({ state });
  await send(mock, 'PUT', '/pets/3', { name: 'Linked' });
  await mock.close();
  expect(lstatSync(state).isSymbolicLink()).toBe(true);
  expect([readFileSync(real, 'utf8').includes('Linked'), statSync(real).mode & 0o777]).toEqual([true, 0o600]);
});

test('a second server on the same file is refused while the first one runs, and not after it was killed', async () => {
  const script = `
    import { toyMock } from ${JSON.stringify(new URL('../support/toy.ts', import.meta.url).href)};
    toyMock({ state: ${JSON.stringify(state)} });
    process.stdout.write('ready');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  expect(() => toyMock({ state })).toThrow(`is in use by another contacts-mock (process ${child.pid})`);
  child.kill('SIGKILL');
  await once(child, 'close');
  await toyMock({ state }).close();
  expect(existsSync(`${state}.lock`)).toBe(false);
});

test.skipIf(!existsSync('/proc/self/stat'))('nor after it was killed and its parent never asked how it ended', async () => {
  // `sleep` takes the place of the shell, and knows nothing of the shell's child.
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const pid = Number(String((await once(parent.stdout, 'data'))[0]));
    const until = async (isSo: () => boolean): Promise<void> => {
      while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
    };
    const fields = (): string[] => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    await until(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8') === 'sleep\n');
    process.kill(pid, 'SIGKILL');
    await until(() => fields()[0] === 'Z');
    writeFileSync(`${state}.lock`, `${pid} ${fields()[19]}`);
    await toyMock({ state }).close();
  } finally {
    parent.kill('SIGKILL');
  }
});

test('a path that cannot be written is refused at start', () => {
  expect(() => toyMock({ state: join(folder, 'no', 'such', 'folder.json') })).toThrow(MockError);
});

test('after kill -9 in the middle of writing, every acknowledged write is in the file', async () => {
  const script = `
    import { send, toyMock } from ${JSON.stringify(new URL('../support/toy.ts', import.meta.url).href)};
    const mock = toyMock({ state: ${JSON.stringify(state)} });
    for (let i = 0; ; i++) {
      const { json } = await send(mock.world('w' + (i % 3)), 'POST', '/pets', { name: 'Pet ' + i });
      process.stdout.write('w' + (i % 3) + ' ' + json.id + ' Pet ' + i + '\\n');
    }
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      told += chunk;
      if (told.split('\n').length > 200) child.kill('SIGKILL');
    });
    child.on('close', () => resolve());
  });
  const acknowledged = told.split('\n').slice(0, -1);
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);
  const after = toyMock({ state });
  for (const line of acknowledged) {
    const [, world = '', id = '', name = ''] = /^(\w+) (\d+) (.*)$/.exec(line) ?? [];
    expect([line, (await send(after.world(world), 'GET', `/pets/${id}`)).json.name]).toEqual([line, name]);
  }
});

describe('a log that has grown long', () => {
  const log = (): string => `${state}.log`;
  const isLong = (): boolean => statSync(log()).size > 4_000_000;
  const name = (n: number): string => `${n} ${'x'.repeat(100_000)}`;
  /** A mock whose log is being folded in, by a clock that moves whenever it is read: in as many turns as there can be. */
  async function foldingMock(): Promise<Mock> {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now++);
    const mock = toyMock({ state });
    for (let i = 0; i < 41; i++) await send(mock, 'POST', '/pets', { name: name(i) });
    expect(isLong()).toBe(true);
    return mock;
  }
  const round = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  async function folded(each: () => void | Promise<void>): Promise<number> {
    for (let rounds = 0; rounds < 10_000; rounds++) {
      if (!isLong()) return rounds;
      await each();
      await round();
    }
    throw new Error('never folded in');
  }
  afterEach(() => vi.restoreAllMocks());

  test('is folded in while others are served, and keeps what was written meanwhile', async () => {
    const mock = await foldingMock();
    const rounds = await folded(async () => void (await send(mock, 'PUT', '/pets/3', { name: 'Meanwhile' })));
    expect(rounds).toBeGreaterThan(5);
    expect(readFileSync(log(), 'utf8')).toContain('Meanwhile');
    const after = toyMock({ state });
    expect(after.state.get()).toEqual(mock.state.get());
    expect(readdirSync(folder).filter((file) => !/^state\.json(\.log|\.lock)?$/.test(file))).toEqual([]);
  });

  test('is whole at every moment, wherever the process is killed', async () => {
    const mock = await foldingMock();
    let moments = 0;
    await folded(() => {
      if (moments++ % 4 > 0) return;
      for (const file of ['', '.log']) copyFileSync(`${state}${file}`, join(folder, `killed-${moments}.json${file}`));
      expect(toyMock({ state: join(folder, `killed-${moments}.json`) }).state.hash()).toBe(mock.state.hash());
    });
    expect(moments).toBeGreaterThan(5);
    expect(toyMock({ state }).state.hash()).toBe(mock.state.hash());
  });

  test.each([0, 1, 20])('is folded in at the stop where that comes after %i rounds', async (before) => {
    const mock = await foldingMock();
    for (let rounds = 0; rounds < before; rounds++) await round();
    const wanted = mock.state.hash();
    await mock.close();
    for (let rounds = 0; rounds < 50; rounds++) await round();
    expect(readdirSync(folder)).toEqual(['state.json']);
    expect(toyMock({ state }).state.hash()).toBe(wanted);
  });

  test('and whose file is deleted meanwhile is made again with it', async () => {
    const mock = await foldingMock();
    rmSync(state);
    await send(mock, 'PUT', '/pets/3', { name: 'Meanwhile' });
    expect(isLong()).toBe(false);
    for (let rounds = 0; rounds < 50; rounds++) await round();
    expect(toyMock({ state }).state.hash()).toBe(mock.state.hash());
  });

  test('grows on where the file cannot be written, which is said once until it is twice as long', async () => {
    const events: LogEvent[] = [];
    const fs = await import('node:fs');
    const working = fs.default.renameSync;
    const mock = toyMock({ state, log: (event: LogEvent) => void events.push(event) });
    fs.default.renameSync = () => {
      throw new Error('no space left on device');
    };
    try {
      for (let i = 0; i < 60; i++) {
        await send(mock, 'POST', '/pets', { name: name(i) });
        for (let rounds = 0; rounds < 10; rounds++) await round();
      }
    } finally {
      fs.default.renameSync = working;
    }
    const mistakes = events.filter(({ event }) => event === 'mistake');
    expect(mistakes).toEqual([{ event: 'mistake', message: `${state} could not be written (no space left on device); its log grows on.` }]);
    expect(toyMock({ state }).state.hash()).toBe(mock.state.hash());
  });
});
