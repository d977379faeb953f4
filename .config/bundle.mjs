/**
 * The executable: everything that it needs in one file, what only some commands need unpacked on first use, compiled code
 * beside it. Forty small modules cost a third of the time to the first answer, compiling costs as much again.
 */
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faker } from '@faker-js/faker/locale/en';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');

/** The parts of the locale that generators draw from; a test compares the bundle's records with the sources'. */
const USED = ['metadata', 'person', 'location'];

/** English, cut to size; `JSON.parse` reads it in half the time of a literal. */
const english = {
  name: 'english',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@faker-js\/faker\/locale\/en$/ }, () => ({ path: 'english', namespace: 'faker' }));
    onLoad({ filter: /.*/, namespace: 'faker' }, () => {
      const definitions = Object.fromEntries(USED.map((part) => [part, faker.rawDefinitions[part]]));
      return {
        resolveDir: root,
        contents: `
          import { faker as base } from '@faker-js/faker/locale/base';
          export const faker = new base.constructor({ locale: JSON.parse(${JSON.stringify(JSON.stringify(definitions))}) });`,
      };
    });
  },
};

/** Runs the program once as its users do, so that the compiled code of a start and of a first answer is kept. */
async function warmUp(main) {
  const server = spawn(process.execPath, [main, 'serve', '--port', '0', '--log', 'off'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const line = await new Promise((resolve, reject) => {
    server.stdout.once('data', (text) => resolve(String(text).split('\n')[0]));
    server.once('exit', (code) => reject(new Error(`the bundled program ended with ${code}`)));
  });
  const url = line.slice(line.indexOf('http'));
  const { routes } = await (await fetch(`${url}/__admin/routes`)).json();
  for (const { example } of routes) {
    const { method, path, headers, body } = example;
    if (method === 'GET') await (await fetch(url + path, { method, headers, body })).arrayBuffer();
  }
  await fetch(`${url}/__admin/shutdown`, { method: 'POST' });
  await ended;
}

export async function bundle(outdir) {
  const main = join(outdir, 'main.js');
  await build({
    absWorkingDir: root,
    entryPoints: { program: 'src/cli/main.ts' },
    outdir,
    outExtension: { '.js': '.cjs' },
    plugins: [english],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    define: { 'import.meta.url': 'importMetaUrl' },
    supported: { 'dynamic-import': false },
    legalComments: 'none',
    logLevel: 'warning',
  });
  copyFileSync(join(here, 'launcher.mjs'), main);
  chmodSync(main, 0o755);
  await warmUp(main);
}
