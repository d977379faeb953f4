/**
 * dist/: the module with everything in it (bundle.mjs), an entry for each of the package's exports, as ES module and for
 * `require`, with its types, and the executable. Beside it llms.txt.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');
const dist = join(root, 'dist');
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const entries = Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [] : [join(root, entry.import.default)]));
const declarations = (file) => file.replace(/\.js$/, '.d.ts');

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', join(here, 'tsconfig.build.json')], { stdio: 'inherit', cwd: root });
prune();

await bundle(dist);
const { main: _, ...library } = (await import(pathToFileURL(join(dist, 'contacts-mock.js')))).default;
writeFileSync(
  join(dist, 'index.js'),
  `import library from './contacts-mock.js';\nexport const { ${Object.keys(library).join(', ')} } = library;\n`,
);
for (const entry of entries) await forRequire(entry);

// What GET /__admin/quickstart says, with the default address.
const answer = await library.createMock().fetch('http://127.0.0.1:4010/__admin/quickstart');
writeFileSync(join(root, 'llms.txt'), await answer.text());

/** Leaves the entries, what adapters import beside them and the declarations that they reach; what else tsc has written is in the bundle. */
function prune() {
  const reached = new Set(entries);
  const reach = (file, fileOf) => {
    reached.add(file);
    const text = readFileSync(file, 'utf8').replaceAll(/((?:from|import\() ?['"]\.[^'"]+)\.ts(?=['"])/g, '$1.js');
    writeFileSync(file, text);
    for (const [, target] of text.matchAll(/(?:from|import\() ?['"](\.[^'"]+)['"]/g)) {
      const next = fileOf(join(dirname(file), target));
      if (!reached.has(next)) reach(next, fileOf);
    }
  };
  for (const entry of entries) reach(declarations(entry), declarations);
  for (const entry of entries.filter((file) => dirname(file) !== dist)) reach(entry, (file) => file);
  for (const name of readdirSync(dist, { recursive: true })) {
    const file = join(dist, name);
    if (statSync(file).isFile() && !reached.has(file)) rmSync(file);
  }
}

/** `require` gives what `import` gives; its types are those of the ES module, said in the way that CommonJS may. */
async function forRequire(entry) {
  const module = `./${basename(entry)}`;
  const types = `import('${module}', { with: { 'resolution-mode': 'import' } })`;
  const values = Object.entries(await import(pathToFileURL(entry))).map(([name, value]) => {
    const isClass = /^class\b/.test(String(value));
    return `export declare const ${name}: typeof ${types}.${name};\n${isClass ? `export type ${name} = ${types}.${name};\n` : ''}`;
  });
  writeFileSync(entry.replace(/\.js$/, '.cjs'), `module.exports = require('${module}');\n`);
  writeFileSync(
    entry.replace(/\.js$/, '.d.cts'),
    `export type * from '${module}' with { 'resolution-mode': 'import' };\n${values.join('')}`,
  );
}
