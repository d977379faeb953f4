/**
 * `npm run matrix [-- ROW… --quick --write]`: the suite by other versions of Node, and the packed package by every runtime, with
 * the oldest and the newest peers, by compilers and a bundler. What it needs from the registry is kept in a folder under the
 * temporary directory.
 */
import { cpSync, readFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { install, pack } from '../support/packed.ts';
import { bundles, compiles } from './build.ts';
import { byRuntime, type Check, suite } from './checks.ts';
import { fetched } from './runtimes.ts';
import { written } from './table.ts';

const HELP = `npm run matrix [-- ROW… --quick --write]

  --quick  a part of the suite
  --write  write the rows that pass to test/matrix/README.md

Rows: `;

const ROOT = join(import.meta.dirname, '../..');
const folder = join(tmpdir(), `contacts-mock-matrix-${userInfo().uid}`);
const { devDependencies, peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
};
const PEERS = [...Object.keys(peerDependencies), 'vite'];
/** Of Vite, the package names no oldest version: it is not a peer, since the plugin imports nothing of it. */
const PACKAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  own: Object.fromEntries([...PEERS, 'esbuild', '@types/node', 'typescript'].map((name) => [name, devDependencies[name] as string])),
  oldest: {
    ...Object.fromEntries(Object.entries(peerDependencies).map(([name, range]) => [name, range.replace('>=', '')])),
    vite: '6.0.0',
  },
  newest: Object.fromEntries(PEERS.map((name) => [name, 'latest'])),
};

interface Row {
  /** A runtime, by name and range of versions. */
  readonly runtime: readonly [name: string, range: string];
  readonly packages: string;
  readonly checks: Readonly<Record<string, Check>>;
}
const node = (range: string): Row => ({ runtime: ['node', range], packages: 'own', checks: { ...byRuntime, suite } });
const rows: Readonly<Record<string, Row>> = {
  node20: node('20.19.0'),
  node22: node('22'),
  node24: node('24'),
  node26: node('26'),
  bun: { runtime: ['bun', 'latest'], packages: 'own', checks: byRuntime },
  deno: { runtime: ['deno', 'latest'], packages: 'own', checks: byRuntime },
  oldest: { runtime: ['node', '20.19.0'], packages: 'oldest', checks: byRuntime },
  newest: { runtime: ['node', '26'], packages: 'newest', checks: byRuntime },
  compilers: { runtime: ['node', '24'], packages: 'own', checks: { types: compiles, bundle: bundles } },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, write: { type: 'boolean' }, help: { type: 'boolean' } },
});
const unknown = positionals.filter((name) => !(name in rows));
if (values.help || unknown.length > 0) {
  console.log(`${unknown.map((name) => `There is no row "${name}".\n`).join('')}${HELP}${Object.keys(rows).join(', ')}`);
  process.exit(unknown.length > 0 ? 2 : 0);
}

await pack(folder);
const installed = new Set<string>();
const lines: Record<string, string> = {};
for (const [name, { runtime, packages, checks }] of Object.entries(rows)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const project = join(folder, packages);
  if (!installed.has(packages)) {
    const dependencies = { 'contacts-mock': 'file:../contacts-mock.tgz', ...PACKAGES[packages] };
    await install(project, { dependencies }, '--ignore-scripts');
    cpSync(join(import.meta.dirname, 'consumer'), project, { recursive: true });
    installed.add(packages);
  }
  const program = await fetched(join(folder, 'runtimes'), ...runtime);
  const passed: string[] = [];
  const skipped: string[] = [];
  for (const [what, check] of Object.entries(checks)) {
    const start = performance.now();
    const { isOk, output, passes = what, skips } = await check({ project, program, isQuick: values.quick ?? false });
    console.log(`${isOk ? 'ok' : 'FAILED'}  ${name}  ${passes}  ${((performance.now() - start) / 1000).toFixed(1)} s`);
    if (skips !== undefined) skipped.push(skips);
    else if (isOk) passed.push(passes);
    else {
      console.log(output);
      process.exitCode = 1;
    }
  }
  const versions = Object.keys(PACKAGES[packages] ?? {}).map((peer) => {
    const { version } = JSON.parse(readFileSync(join(project, 'node_modules', peer, 'package.json'), 'utf8')) as {
      readonly version: string;
    };
    return `${peer} ${version}`;
  });
  const date = new Date().toISOString().slice(0, 10);
  if (passed.length + skipped.length === Object.keys(checks).length)
    lines[name] =
      `| ${[name, `${program.title}; ${versions.join(', ')}`, passed.join(', '), skipped.join('; ') || '–', date].join(' | ')} |`;
}
if (values.write) written(Object.keys(rows), lines);
