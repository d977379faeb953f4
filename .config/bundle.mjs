/**
 * contacts-mock.js: library and command line in one module without imports. Two hundred small modules would cost more than
 * the start of the server; without imports, every bundler and runtime reads it, and V8 can keep its compiled code. (One
 * package is loaded when a pattern with a regular expression comes: it is as large as a third of the rest.)
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faker } from '@faker-js/faker/locale/en';
import { build } from 'esbuild';
import { consoleFiles } from './console.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');

/** The parts of the locale that generators draw from; a test compares the bundle's records with the sources'. */
const USED = ['metadata', 'person', 'location', 'company', 'commerce', 'lorem'];

/** What they do not draw: of the locale, and of faker's modules. */
const UNUSED = ['country', 'country_code', 'county', 'language', 'time_zone', 'middle_name', 'gender', 'bio_part', 'bio_pattern'];
const MODULES = ['helpers', 'person', 'location', 'company', 'commerce', 'lorem', 'number', 'string', 'datatype', 'word'];

/** English, cut to size; `JSON.parse` reads it in half the time of a literal. No instance but ours is made. */
const english = {
  name: 'english',
  setup({ onResolve, onLoad }) {
    // Long tables (emoji, currencies, time zones) and modules that nothing draws from.
    onLoad({ filter: /[/\\]faker[/\\]dist[/\\]base-\w+\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8')
        .replaceAll(/`[^`]{300,}`\.split\(`.`\)/g, '[]')
        .replaceAll(/(\w+)=new \w+\(this\)(?=[;}])/g, (field, name) => (MODULES.includes(name) ? field : name)),
    }));
    onResolve({ filter: /^@faker-js\/faker\/locale\/en$/ }, () => ({ path: 'english', namespace: 'faker' }));
    onLoad({ filter: /.*/, namespace: 'faker' }, () => {
      const used = ([name]) => !UNUSED.includes(name);
      const cut = (part) => Object.fromEntries(Object.entries(faker.rawDefinitions[part]).filter(used));
      const definitions = Object.fromEntries(USED.map((part) => [part, cut(part)]));
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

/** What the XML parser asks about entities that a document declares: ours declares none, and the patterns are 18 KB. */
const entities = {
  name: 'entities',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^is-unsafe$/ }, ({ path }) => ({ path, namespace: 'entities' }));
    onLoad({ filter: /.*/, namespace: 'entities' }, () => ({ contents: 'export const isUnsafe = () => true, HTML = [], XML = [];' }));
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
    plugins: [english, builtins, entities, page],
    external: ['re2js'],
    bundle: true,
    minify: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'cjs',
    banner: { js: 'export default ((re2js) => { const module = { exports: {} }, { exports } = module;' },
    footer: { js: 'return module.exports; })(() => import("re2js"));' },
    target: 'node20.19',
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
  });
  // What is imported is given from outside, since the executable runs the text as a script, which cannot import.
  const [{ text }] = outputFiles;
  const escaped = text
    .replaceAll(/import\("re2js"\)(?!\);\s*$)/g, 're2js()')
    .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  mkdirSync(join(folder, 'cli'), { recursive: true });
  writeFileSync(join(folder, 'contacts-mock.js'), escaped);
  copyFileSync(join(here, 'launcher.mjs'), join(folder, 'cli/main.js'));
  chmodSync(join(folder, 'cli/main.js'), 0o755);
}
