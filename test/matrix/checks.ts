/** What a runtime is asked: the command line, the library and each adapter of the packed package; of Node the suite too. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { CHROMIUM, NO_CHROMIUM } from '../support/browser/chromium.ts';
import { type Outcome, type Running, run } from '../support/packed.ts';
import type { Program } from './runtimes.ts';

export interface Subject {
  /** Folder of the project that the package is installed in. */
  readonly project: string;
  readonly program: Program;
  readonly isQuick: boolean;
}
export interface Answer extends Outcome {
  /** What the table says passes; the check's name unless told. */
  readonly passes?: string;
  /** Why it was not run. */
  readonly skips?: string;
}
export type Check = (subject: Subject) => Promise<Answer>;

const MAIN = 'node_modules/contacts-mock/dist/cli/main.js';
const VITEST = 'node_modules/vitest/vitest.mjs';
/** With `--quick`: every adapter, bytes, sockets, the command line. */
const QUICK = ['adapters', 'store', 'wire', 'cli', 'listen', 'exchange'].map((part) => `test/${part}`);

/** Runs a script by the program, which is also the one that the script finds by name. */
export const by = ({ name, version, file, args }: Program, cwd: string, script: readonly string[], running?: Running): Promise<Outcome> =>
  run(cwd, file, [...args, ...script], {
    ...running,
    env: {
      PATH: `${dirname(file)}${delimiter}${process.env['PATH']}`,
      RUNTIME: name,
      RUNTIME_VERSION: version,
      ...(CHROMIUM !== undefined && { CHROMIUM }),
    },
  });
const script =
  (...args: readonly string[]): Check =>
  ({ program, project }) =>
    by(program, project, args);

export const byRuntime: Readonly<Record<string, Check>> = {
  'command line': serves,
  import: script('imports.js'),
  require: script('requires.cjs'),
  vitest: script(VITEST, 'run', 'vitest.test.js'),
  MSW: script(VITEST, 'run', 'msw.test.js'),
  Playwright: async (subject) =>
    CHROMIUM === undefined
      ? { isOk: true, output: '', skips: `Playwright: ${NO_CHROMIUM}` }
      : script('node_modules/@playwright/test/cli.js', 'test')(subject),
  Vite: script('vite.js'),
};

/** `serve` on a free port, asked by `health` and a call, and stopped. */
async function serves({ program, project }: Subject): Promise<Answer> {
  const server = spawn(program.file, [...program.args, MAIN, 'serve', '--port', '0', '--log', 'off'], { cwd: project });
  const ended = once(server, 'exit');
  let output = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (output += chunk));
  while (!output.includes('\n') && server.exitCode === null) await Promise.race([once(server.stdout, 'data'), ended]);
  const url = /http:\S+/.exec(output)?.[0] ?? 'http://127.0.0.1:9';
  const there = await by(program, project, [MAIN, 'health', url]);
  const status = await fetch(`${url}/Contact/1`).then(
    (answer) => answer.status,
    () => 0,
  );
  server.kill('SIGTERM');
  const [code] = (await ended) as [number | null];
  const gone = await by(program, project, [MAIN, 'health', url]);
  return {
    isOk: there.isOk && status === 200 && code === 0 && /does not answer/.test(gone.output),
    output: `${output}${there.output}status ${status}, exit ${code}\n${gone.output}`,
  };
}

/** How long a test may take, in milliseconds: a busy machine is no finding about a runtime. */
const PATIENCE = ['--testTimeout=600000', '--hookTimeout=600000'];

/** The suite of this project, by that program. */
export const suite: Check = async ({ program, isQuick }) => {
  const root = join(import.meta.dirname, '../..');
  const folder = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
  try {
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
    const args = [VITEST, 'run', '--config', '.config/vitest.ts', '--root', '.', ...PATIENCE, ...reporters, ...(isQuick ? QUICK : [])];
    const outcome = await by(program, root, args, { timeout: 7_200_000 });
    const { numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      readonly numPassedTests: number;
      readonly testResults: readonly unknown[];
    };
    return {
      ...outcome,
      passes: `${isQuick ? 'a part of the suite' : 'the suite'} (${numPassedTests} tests of ${testResults.length} files)`,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};
