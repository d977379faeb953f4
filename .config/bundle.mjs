/**
 * contacts-mock.js: library and command line in one module without imports. Two hundred small modules would cost more than
 * the start of the server; without imports, every bundler and runtime reads it, and V8 can keep its compiled code.
 */
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faker } from '@faker-js/faker/locale/en';
import { build } from 'esbuild';
import { consoleFiles } from './console.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');

/** The parts of the locale that generators draw from; a test compares the bundle's records with the sources'. */
const USED = ['metadata', 'person', 'location', 'company', 'commerce', 'lorem'];

/** English, cut to size; `JSON.parse` reads it in half the time of a literal. No instance but ours is made. */
const english = {
  name: 'english',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@faker-js\/faker\/locale\/en$/ }, () => ({ path: 'english', namespace: 'faker' }));
    onLoad({ filter: /.*/, namespace: 'faker' }, () => {
      const definitions = Object.fromEntries(USED.map((part) => [part, faker.rawDefinitions[part]]));
      return {
        resolveDir: root,
        contents: `
          import { Faker } from '@faker-js/faker';
          export const faker = { constructor: Faker, rawDefinitions: JSON.parse(${JSON.stringify(JSON.stringify(definitions))}) };`,
      };
    });
  },
};

/** Node's own modules are asked for at run time: where there is no Node, what needs one fails when it is used. */
const builtins = {
  name: 'builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'builtin' }));
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = globalThis.process?.getBuiltinModule?.('${path}') ?? {};`,
    }));
  },
};

/** The console's files, as text. */
const page = {
  name: 'console',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]admin[/\\]console[/\\]built\.ts$/ }, async () => ({
      contents: `const files = ${JSON.stringify(await consoleFiles())};\nexport const builtFile = async (name) => files[name];`,
    }));
  },
};

/** Writes the module, and the executable that runs it. Its text is ASCII: V8 reads and keeps that in half the memory. */
export async function bundle(folder) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: `export * from './src/index.ts'; export { main } from './src/cli/main.ts';`,
      resolveDir: root,
      loader: 'ts',
    },
    plugins: [english, builtins, page],
    bundle: true,
    minify: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'cjs',
    banner: { js: 'export default (() => { const module = { exports: {} }, { exports } = module;' },
    footer: { js: 'return module.exports; })();' },
    target: 'node20.19',
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
  });
  const escaped = outputFiles[0].text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  mkdirSync(join(folder, 'cli'), { recursive: true });
  writeFileSync(join(folder, 'contacts-mock.js'), escaped);
  copyFileSync(join(here, 'launcher.mjs'), join(folder, 'cli/main.js'));
  chmodSync(join(folder, 'cli/main.js'), 0o755);
}
