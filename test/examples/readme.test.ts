import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMock, type Mock, type Server } from '../../src/index.ts';
import { README, withTables } from '../support/readme.ts';

const text = readFileSync(README, 'utf8');
const run = promisify(execFile);
const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/;

const blocks = (language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, body]) => body as string);

/** `$ command` lines, each with the output below it. */
const commands = blocks('console').flatMap((block) =>
  block
    .split(/^\$ /m)
    .filter(Boolean)
    .map((part) => {
      const [command, ...output] = part.trimEnd().split('\n');
      return { command: command as string, output: output.join('\n') };
    }),
);

let mock: Mock;
let server: Server;
beforeAll(async () => {
  mock = createMock();
  server = await mock.listen();
});
afterAll(() => mock.close());

test('the README has a call for each API', () => {
  expect(commands.map(({ command }) => command).filter((command) => command.startsWith('curl '))).toHaveLength(4);
});

test.each(commands)('answers as the README shows: $command', async ({ command, output }) => {
  const { stdout } = await run('sh', ['-c', command.replaceAll('http://127.0.0.1:4010', server.url).replace('curl ', 'curl -sS ')]);
  expect(stdout.replace(new RegExp(`"trackingId":"${GUID.source}"`), '"trackingId":"<guid>"')).toBe(output);
});

test('the tables of operations and options are true', () => {
  expect(text).toBe(withTables(text));
});

const programs = blocks('ts').filter((block) => block.includes("from 'contacts-mock'"));

test('the README has a program', () => {
  expect(programs.length).toBeGreaterThan(0);
});

test.each(programs)('the program runs:\n%s', async (program) => {
  const folder = mkdtempSync(join(import.meta.dirname, 'program-'));
  try {
    const file = join(folder, 'program.ts');
    writeFileSync(file, program.replaceAll("'contacts-mock'", JSON.stringify(join(import.meta.dirname, '../../src/index.ts'))));
    await import(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
