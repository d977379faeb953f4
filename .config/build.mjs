/**
 * dist/: the module with everything in it (bundle.mjs), an entry for each of the package's exports, as ES module and for
 * `require`, with its types, and the executable. Beside it llms.txt.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import { bundle } from './bundle.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');
const dist = join(root, 'dist');
/** Where the compiler puts the declarations of all modules; the package has only what its entries reach. */
const declared = join(dist, 'declared');
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const entries = Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [] : [join(root, entry.import.default)]));

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', join(here, 'tsconfig.build.json'), '--outDir', declared], { stdio: 'inherit', cwd: root });
await types();
rmSync(declared, { recursive: true });

await bundle(dist);
const { main: _, ...library } = (await import(pathToFileURL(join(dist, 'contacts-mock.js')))).default;
writeFileSync(
  join(dist, 'index.js'),
  `import library from './contacts-mock.js';\nexport const { ${Object.keys(library).join(', ')} } = library;\n`,
);
await adapters();
for (const entry of entries) await forRequire(entry);

// What GET /__admin/quickstart says, with the default address.
const answer = await library.createMock().fetch('http://127.0.0.1:4010/__admin/quickstart');
writeFileSync(join(root, 'llms.txt'), await answer.text());

/** A file of types for each entry, and one of what they share. */
async function types() {
  const input = Object.fromEntries(entries.map((entry) => [nameOf(entry), join(declared, `${nameOf(entry)}.d.ts`)]));
  const rollup = await rolldown({
    cwd: declared,
    input,
    external: /^[a-z@]/,
    plugins: [dts({ dtsOnly: true, tsconfig: false, generator: 'oxc' })],
  });
  await rollup.write({ dir: dist, chunkFileNames: 'shared.d.ts' });
}

/** As they are written, with what they share beside them; the library is the one that the entry exports. */
async function adapters() {
  await build({
    absWorkingDir: root,
    entryPoints: entries
      .map(nameOf)
      .filter((name) => name.startsWith('adapters/'))
      .map((name) => `src/${name}.ts`),
    outdir: join(dist, 'adapters'),
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'warning',
    plugins: [
      {
        name: 'library',
        setup: ({ onResolve }) => onResolve({ filter: /^\.\.\/index\.ts$/ }, () => ({ path: '../index.js', external: true })),
      },
    ],
  });
}

/** `adapters/vite` */
function nameOf(entry) {
  return relative(dist, entry).replaceAll('\\', '/').replace(/\.js$/, '');
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
