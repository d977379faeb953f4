/**
 * npm run mutants [-- src/store src/wire/jsv …]: changes the code of these folders or files in small ways, one at a time, and
 * lists the changes that no test notices; without arguments, of what differs from main (merge base). Below 85 % noticed it fails. Results
 * are kept in .mutants, so that a second run tries only what changed. Needs a minute or more a file: not for CI.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const root = join(here, '../..');
process.chdir(root);
const named = process.argv.slice(2);
if (named.some((argument) => argument.startsWith('-'))) {
  console.log(/\/\*\*\n([\s\S]*?)\n \*\//.exec(readFileSync(import.meta.filename, 'utf8'))[1].replace(/^ \* /gm, ''));
  process.exit(named.every((argument) => ['-h', '--help'].includes(argument)) ? 0 : 2);
}

/**
 * The tests that have to notice a change: those of the folder, and what the folder is for. Each file counts, since a change that
 * never ends is waited for as long as all of them take.
 */
const TESTS = {
  wire: ['test/wire'],
  store: ['test/store'],
  exchange: ['test/exchange', 'test/worlds/faults.test.ts', 'test/worlds/worlds.test.ts', 'test/journal/journal.test.ts'],
};
const git = (...argv) => execFileSync('git', argv, { encoding: 'utf8' }).trim();
const changed = () =>
  git('diff', '--name-only', git('merge-base', 'main', 'HEAD'), '--', ...Object.keys(TESTS).map((name) => `src/${name}`));
const paths = (
  named.length > 0
    ? named
    : changed()
        .split('\n')
        .filter((path) => path !== '' && existsSync(path))
).map((path) => path.replace(/\/$/, ''));
const strange = paths.find((path) => !existsSync(path) || TESTS[path.split('/')[1]] === undefined);
if (strange !== undefined) {
  console.error(
    `${strange} is not a file or folder of ${Object.keys(TESTS)
      .map((name) => `src/${name}`)
      .join(', ')}.`,
  );
  process.exit(2);
}
if (paths.length === 0) {
  console.log('Nothing there differs from main; name a folder: npm run mutants -- src/store');
  process.exit(0);
}

// Apart from the project's own tools, and from those of .ci/run, since few need it.
if (!existsSync(join(here, 'node_modules'))) execFileSync('npm', ['ci'], { cwd: here, stdio: 'inherit' });
const { Stryker } = await import('@stryker-mutator/core');

let isLow = false;
for (const folder of new Set(paths.map((path) => path.split('/')[1]))) {
  const within = paths.filter((path) => path.split('/')[1] === folder);
  process.env['MUTANTS_TESTS'] = TESTS[folder].join();
  const results = await new Stryker({
    mutate: within.map((path) => (statSync(path).isDirectory() ? `${path}/**/*.ts` : path)),
    testRunner: 'vitest',
    plugins: [import.meta.resolve('@stryker-mutator/vitest-runner')],
    vitest: { configFile: '.config/vitest-mutants.ts', related: false },
    coverageAnalysis: 'perTest',
    // A changed constant that is worked out at import is seen by all tests: one run of them each.
    ignoreStatic: true,
    incremental: true,
    incrementalFile: `.mutants/${folder}.json`,
    tempDirName: '.mutants/sandboxes',
    ignorePatterns: ['dist', '.ci/node_modules', '.ci/mutants/node_modules'],
    tsconfigFile: 'none',
    checkers: [],
    reporters: ['progress-append-only', 'clear-text'],
    clearTextReporter: { allowColor: false, allowEmojis: false, reportTests: false, logTests: false, skipFull: true },
    concurrency: Number(process.env['MUTANTS_AT_ONCE'] ?? 1),
    // Other work on the machine is not a change that never ends.
    timeoutMS: 5000,
    thresholds: { high: 95, low: 85, break: 85 },
  }).runMutationTest();
  isLow ||= process.exitCode !== undefined && process.exitCode !== 0;
  const counted = (...among) => results.filter(({ status }) => among.includes(status)).length;
  const killed = counted('Killed', 'Timeout');
  console.log(`src/${folder}: ${killed} of ${killed + counted('Survived', 'NoCoverage')} noticed`);
}
process.exitCode = isLow ? 1 : 0;
