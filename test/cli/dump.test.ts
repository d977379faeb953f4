/** `dump`: the untouched world, line by line, the same on every machine. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { createMock } from '../../src/index.ts';

async function dump(...args: string[]): Promise<string> {
  let text = '';
  let errors = '';
  const code = await run(['dump', ...args], {
    stdout: (piece) => void (text += piece),
    load: (module) => import(module),
    stderr: (line) => void (errors += line),
  });
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return text;
}
interface Line {
  readonly entity: string;
  readonly record: Readonly<Record<string, unknown>>;
}
const lines = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

test('prints every record of every entity as a line of its own', async () => {
  const all = lines(await dump());
  const counts = new Map<string, number>();
  for (const { entity } of all) counts.set(entity, (counts.get(entity) ?? 0) + 1);
  expect(counts.get('trendsic.contacts')).toBe(200);
  expect(counts.get('canvara.contacts')).toBe(200);
  expect(counts.get('logisense.contacts')).toBe(200);
  expect(counts.get('trendsic.connections')).toBe(200);
});

test('shows the records that the server answers with', async () => {
  await using mock = createMock({ seed: 7 });
  const { instance } = (await (await mock.fetch('http://mock/Contact/12')).json()) as { instance: { firstName: string; lastName: string } };
  const record = lines(await dump('--seed', '7', '--only', 'logisense.contacts'))[11]?.record;
  expect(record).toMatchObject({ identity: 12, firstName: instance.firstName, lastName: instance.lastName });
});

test('gives the same bytes twice, and others for another seed', async () => {
  expect(await dump('--seed', '42')).toBe(await dump('--seed', '42'));
  expect(await dump('--seed', '42', '--only', 'canvara')).not.toBe(await dump('--seed', '43', '--only', 'canvara'));
});

test('a larger scale adds records and changes none', async () => {
  const small = await dump('--only', 'trendsic.contacts', '--scale', 'trendsic.contacts=300');
  const large = await dump('--only', 'trendsic.contacts', '--scale', 'trendsic.contacts=900');
  expect(lines(large)).toHaveLength(900);
  expect(large.startsWith(small)).toBe(true);
});

test('only what is asked for', async () => {
  const entities = (text: string): string[] => [...new Set(lines(text).map(({ entity }) => entity))];
  expect(entities(await dump('--only', 'canvara.roles', '--only', 'logisense.contactTypes'))).toEqual([
    'canvara.roles',
    'logisense.contactTypes',
  ]);
  expect(entities(await dump('--only', 'trendsic'))).toEqual(['trendsic.contacts', 'trendsic.connections']);
});

test('waits for a reader that is slow, with no more than a piece in its hands', async () => {
  let waiting = 0;
  let most = 0;
  let longest = 0;
  let pieces = 0;
  const hash = createHash('sha256');
  const stdout = async (piece: string): Promise<void> => {
    waiting++;
    pieces++;
    most = Math.max(most, waiting);
    longest = Math.max(longest, piece.length);
    await new Promise(setImmediate);
    hash.update(piece);
    waiting--;
  };
  const args = ['--only', 'logisense.contacts', '--scale', 'logisense.contacts=20000'];
  expect(await run(['dump', ...args], { stdout, stderr: () => undefined })).toBe(0);
  expect(pieces).toBeGreaterThan(20);
  expect(most).toBe(1);
  expect(longest).toBeLessThan(70_000);
  expect(hash.digest('hex')).toBe(
    createHash('sha256')
      .update(await dump(...args))
      .digest('hex'),
  );
});

test('--locale changes words, and nothing else: numbers, dates and ids are those of English', async () => {
  const [english, german] = [lines(await dump('--seed', '7')), lines(await dump('--seed', '7', '--locale', 'de'))];
  const isText = (value: unknown): value is string => typeof value === 'string' && !/^[0-9a-f]{8}-|^\d{4}-\d\d-\d\dT/.test(value);
  const withoutWords = (_: string, value: unknown): unknown => (isText(value) ? value.replace(/[^\p{N}]+/gu, ' ').trim() : value);
  expect(JSON.stringify(german, withoutWords)).toBe(JSON.stringify(english, withoutWords));
  const texts = (all: readonly Line[]): string[] => all.flatMap(({ record }) => Object.values(record).filter(isText));
  const inEnglish = texts(english);
  expect(texts(german).filter((text, i) => text !== inEnglish[i]).length).toBeGreaterThan(2000);
  expect(await dump('--seed', '7', '--locale', 'en')).toBe(await dump('--seed', '7'));
});

test('an empty world has its look-ups alone', async () => {
  const scales = ['trendsic.contacts', 'canvara.contacts', 'logisense.contacts'].flatMap((name) => ['--scale', `${name}=0`]);
  const entities = new Set(lines(await dump(...scales)).map(({ entity }) => entity));
  expect([...entities].filter((entity) => /contacts$|connections|contactPoints|addresses|contactRoles/.test(entity))).toEqual([]);
  expect([...entities]).toEqual(expect.arrayContaining(['canvara.roles', 'logisense.contactTypes', 'logisense.countries']));
});

test.each([
  [['--only', 'logisense.contact'], '--only logisense.contact names nothing. Did you mean logisense.contacts?'],
  [['--scale', 'contacts=5'], '--scale contacts names nothing.'],
  [['--scale', 'logisense.contacts=-1'], '--scale takes NAME=N with N from 0 to 10,000,000'],
  [['--locale', 'de_A'], 'There is no locale "de_A". Did you mean "de_AT"?'],
  [['--locale', '../de'], 'There is no locale "../de".'],
])('exits 2 for %j', async (args, words) => {
  let errors = '';
  expect(
    await run(['dump', ...args], { stdout: () => undefined, load: (module) => import(module), stderr: (line) => void (errors += line) }),
  ).toBe(2);
  expect(errors).toContain(words);
});
