import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../src');

/** The layers from the bottom to the top: a file imports from its own layer or from one below. The picture is in src/README.md. */
const LAYERS: readonly (readonly string[])[] = [
  ['contract'],
  ['wire', 'store'],
  ['derive'],
  ['http'],
  ['protocols'],
  ['apis'],
  ['verify'],
  ['record'],
  ['journal'],
  ['worlds'],
  ['exchange'],
  ['admin'],
  ['adapters', 'cli'],
];
/** The few modules at the top of src that every folder may use. */
const COMMON_GROUND = ['mock-error', 'option-table', 'option-type', 'options', 'version'];

const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : /\.tsx?$/.test(name) ? [path] : [];
  });

const sources = files(SRC).map((path) => ({ path, name: relative(SRC, path), text: readFileSync(path, 'utf8') }));
const folderOf = (name: string): string => (name.includes('/') ? (name.split('/')[0] as string) : '');

const layerOf = (folder: string): number => LAYERS.findIndex((layer) => layer.includes(folder));

test('imports go down the layers of src/README.md', () => {
  const wrong: string[] = [];
  for (const { path, name, text } of sources) {
    const from = folderOf(name);
    if (from === '') continue;
    for (const [, target] of text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
      const imported = relative(SRC, join(dirname(path), target as string));
      const to = folderOf(imported);
      const isAllowed =
        to === ''
          ? COMMON_GROUND.includes(imported.replace(/\.ts$/, '')) || layerOf(from) >= layerOf('cli')
          : to === from || layerOf(to) < layerOf(from);
      if (!isAllowed) wrong.push(`${name} → ${imported}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('every folder of src with code has its layer', () => {
  const folders = new Set(sources.map(({ name }) => folderOf(name)).filter((folder) => folder !== ''));
  expect([...folders].filter((name) => layerOf(name) < 0)).toEqual([]);
});

test('shared code names no API', () => {
  const shared = LAYERS.flat().filter((folder) => !['apis', 'cli', 'adapters'].includes(folder));
  const wrong = sources
    .filter(({ name }) => shared.includes(folderOf(name)))
    .filter(({ text }) => /['"`](trendsic|canvara|logisense)['"`]/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
    .map(({ name }) => name);
  expect(wrong).toEqual([]);
});

/** The console's page shows the machine's time beside the world's. */
const isOfBrowser = (name: string): boolean => name.startsWith('admin/console/client/');

test('nothing outside src/store calls the clock or makes an id', () => {
  const chance = /\bDate\.now\(|\bnew Date\(\s*\)|\bperformance\.now\(|\bMath\.random\(|\brandomUUID\(|\brandomBytes\(|\bgetRandomValues\(/;
  const wrong = sources
    .filter(({ name, text }) => folderOf(name) !== 'store' && !isOfBrowser(name) && chance.test(text))
    .map(({ name }) => name);
  expect(wrong).toEqual([]);
});

test('files are small, have a header comment and a telling name', () => {
  const lengths = sources.map(({ name, text }) => ({ name, lines: text.split('\n').length }));
  expect(lengths.filter(({ name, lines }) => lines > 400 && !name.endsWith('contract.ts'))).toEqual([]);
  expect(sources.filter(({ text }) => !/^(#!.*\n)?\/\*\*|^\/\//.test(text)).map(({ name }) => name)).toEqual([]);
  expect(
    sources
      .filter(({ name }) => /\b(utils?|helpers?|common|misc|lib|types)\b/.test(name) && name !== 'cli/types.ts')
      .map(({ name }) => name),
  ).toEqual([]);
});

test('run-time dependencies are these six, at exact versions', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(SRC, '../package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  expect(Object.keys(dependencies as object).sort()).toEqual([
    '@faker-js/faker',
    '@hono/node-server',
    '@remix-run/multipart-parser',
    'fast-xml-parser',
    'hono',
    're2js',
  ]);
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
});
