/**
 * dist/: every module from tsc (the library keeps its imports), and over dist/cli/main.js one bundle of the executable.
 * Forty small modules cost a third of the time to the first answer; what a start does not need stays in chunks of its own.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');

rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', root], { stdio: 'inherit', cwd: root });
await build({
  absWorkingDir: root,
  entryPoints: ['src/cli/main.ts'],
  outdir: 'dist/cli',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  legalComments: 'none',
  // A dependency in CommonJS may still ask for Node's modules by `require`.
  banner: { js: "import{createRequire as __require}from'node:module';const require=__require(import.meta.url);" },
});
chmodSync(join(root, 'dist/cli/main.js'), 0o755);
