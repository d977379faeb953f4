/** The console's page, style and script as they are served: each one file, without what only people read. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const client = join(dirname(fileURLToPath(import.meta.url)), '../src/admin/console/client');

export async function consoleFiles() {
  const { outputFiles } = await build({
    absWorkingDir: client,
    entryPoints: { console: 'main.ts', 'console.style': 'console.css' },
    outdir: client,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
  });
  const text = (end) => outputFiles.find(({ path }) => path.endsWith(end)).text;
  return { 'console.html': readFileSync(join(client, 'console.html'), 'utf8'), 'console.css': text('.css'), 'console.js': text('.js') };
}
