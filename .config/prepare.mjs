/**
 * `npm run prepare`: npm runs it for a git dependency, before packing, and for a folder that another project installs. That
 * folder may be a fresh clone, whose tools are then missing.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const cwd = join(import.meta.dirname, '..');
if (!existsSync(join(cwd, 'node_modules/esbuild'))) {
  const npm = process.env['npm_execpath'];
  if (npm === undefined) throw new Error('Run npm ci first.');
  // Without scripts, since this one is among them.
  execFileSync(process.execPath, [npm, 'ci', '--ignore-scripts'], { cwd, stdio: 'inherit' });
}
execFileSync(process.execPath, [join(import.meta.dirname, 'build.mjs')], { cwd, stdio: 'inherit' });
