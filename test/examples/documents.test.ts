/** Everything that the README and the recipes show is so: commands print what stands below them, programs run, tables are true. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { anchorsOf, blocksOf, linksOf, type Session, sessionsOf, wordsOf } from './document.ts';
import { createMock } from '../../src/index.ts';
import { README, RECIPES, withTables } from '../support/documents/readme.ts';
import { Shell } from './shell.ts';

const ROOT = dirname(README);
const SRC = join(ROOT, 'src');
const texts = new Map([README, RECIPES].map((file) => [file, readFileSync(file, 'utf8')]));
const readme = texts.get(README) as string;
const all = [...texts.values()];

/** As a pattern: `…` is anything, a time is any time. */
const shown = (output: string): RegExp => {
  const escaped = output.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('…', '[^]*?').replaceAll(/\d+(\\\.\d+)? ms/g, String.raw`[\d.]+ ms`)}$`);
};

const sessions: readonly (readonly [string, Session])[] = all
  .flatMap(sessionsOf)
  .map((session) => [session.steps.map(({ command }) => command).join('\n'), session]);

test.each(sessions)('%s', async (_, { steps, log }) => {
  const shell = new Shell();
  try {
    if (!steps[0]?.command.endsWith(' &')) await shell.run('npx contacts-mock serve &');
    for (const { command, output } of steps) expect(await shell.run(command), command).toMatch(shown(output));
    const logged = shell.log.split('\n');
    for (const line of log.split('\n').filter(Boolean)) expect(logged).toContainEqual(expect.stringMatching(shown(`…${line}`)));
  } finally {
    await shell.close();
  }
});

test('the README shows a call of each API that goes well, and one that does not with its reason', () => {
  const commands = sessionsOf(readme).flatMap(({ steps }) => steps.map(({ command }) => command));
  for (const path of ['/Contact/', '/v1/', '/api/']) expect(commands).toContainEqual(expect.stringContaining(`4010${path}`));
  expect(commands).toContainEqual(expect.stringContaining('/__admin/requests/'));
});

test('the README is read in a few minutes', () => {
  expect(wordsOf(readme)).toBeLessThanOrEqual(1500);
});

test('the tables follow from the code, and no budget is missed', () => {
  for (const text of all) expect(text).toBe(withTables(text));
  for (const table of ['resources', 'options', 'operations', 'evidence', 'bench'])
    expect(all.join('')).toContain(`<!-- ${table}:start -->`);
  expect(readme).not.toContain('missed');
});

test.each([...texts])('the links of %s lead somewhere', (file, text) => {
  for (const link of linksOf(text)) {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? file : join(dirname(file), path);
    expect(existsSync(target), link).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(readFileSync(target, 'utf8'))).toContain(anchor);
  }
});

test('what is shown of a file stands in it', () => {
  const parts = all.flatMap(blocksOf).filter(({ file }) => file !== undefined);
  for (const { file, body } of parts) expect(readFileSync(join(ROOT, file as string), 'utf8')).toContain(body);
});

const programs = all
  .flatMap(blocksOf)
  .filter(({ language, body, file }) => language === 'ts' && file === undefined && body.includes("from 'contacts-mock'"))
  .map(({ body }) => body);

test('the README has a program', () => {
  expect(programs.length).toBeGreaterThan(0);
});

/** Runs as a user's file. */
async function runProgram(text: string): Promise<void> {
  const folder = mkdtempSync(join(import.meta.dirname, 'program-'));
  try {
    const file = join(folder, 'program.ts');
    writeFileSync(file, text.replaceAll("'contacts-mock'", JSON.stringify(join(SRC, 'index.ts'))));
    await import(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each(programs)('the program runs:\n%s', runProgram);

/** The examples of the public doc comments; a value behind `//` is what the line gives. */
const examples = ['mock.ts', 'messages.ts', 'options.ts', 'remote-world.ts', 'worlds/mock-world.ts'].flatMap((file) =>
  [...readFileSync(join(SRC, file), 'utf8').matchAll(/\* @example\n((?: +\* .*\n)+)/g)].map(([, lines]) =>
    (lines as string).replaceAll(/^ +\* /gm, ''),
  ),
);

test.each(examples)('the example of a doc comment runs:\n%s', async (example) => {
  await using mock = createMock();
  const { url } = await mock.listen();
  const checked = example
    .replaceAll(/^(const \{ (\w+) \} = .*;) +\/\/ (\d.*)$/gm, '$1 deepEqual($2, $3);')
    .replaceAll(/^(\w+\(.*\)); +\/\/ (['{].*)$/gm, 'deepEqual($1, $2);')
    .replaceAll('http://127.0.0.1:4010', url);
  await runProgram(
    `import { deepEqual } from 'node:assert/strict';\nimport { createMock, decode, encode, remoteWorld } from 'contacts-mock';\n${checked}`,
  );
});
