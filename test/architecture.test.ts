import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { LAYERS } from './support/documents/layers.ts';
import { MAP, withTables } from './support/documents/readme.ts';

const SRC = join(import.meta.dirname, '../src');

/** The few modules at the top of src that every folder may use. */
const COMMON_GROUND = ['json-object', 'mock-error', 'option-table', 'option-type', 'options', 'version', 'work'];

const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : /\.tsx?$/.test(name) ? [path] : [];
  });

const sources = files(SRC).map((path) => ({ path, name: relative(SRC, path), text: readFileSync(path, 'utf8') }));
const folderOf = (name: string): string => (name.includes('/') ? (name.split('/')[0] as string) : '');

/** A file imports from its own folder or from a layer below, which has a higher number. */
const layerOf = (folder: string): number => LAYERS.findIndex((layer) => Object.hasOwn(layer, folder));

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
          ? COMMON_GROUND.includes(imported.replace(/\.ts$/, '')) || layerOf(from) === 0
          : to === from || layerOf(to) > layerOf(from);
      if (!isAllowed) wrong.push(`${name} → ${imported}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('no files import each other in a circle, but a DTO and its fields', () => {
  const imports = new Map(
    sources.map(({ path, name, text }) => [
      name,
      [...text.matchAll(/from '(\.[^']+)'/g)].map(([, target]) => relative(SRC, join(dirname(path), target as string))),
    ]),
  );
  // What imports nothing that is left, or is imported by nothing that is left, stands in no circle.
  for (let size = 0; size !== imports.size; ) {
    size = imports.size;
    const imported = new Set([...imports.values()].flat());
    for (const [name, targets] of imports) if (!imported.has(name) || !targets.some((target) => imports.has(target))) imports.delete(name);
  }
  expect([...imports.keys()].sort()).toEqual(['contract/dto.ts', 'contract/field.ts']);
});

test('src/README.md shows these layers, and every place that it names is there', () => {
  const text = readFileSync(MAP, 'utf8');
  expect(text).toBe(withTables(text));
  const named = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\.(?:ts|md|mjs))`/g)].map(([, path]) => path as string);
  expect(named.length).toBeGreaterThan(20);
  const isThere = (path: string): boolean => ['', 'src', 'src/apis/canvara'].some((folder) => existsSync(join(SRC, '..', folder, path)));
  expect(named.filter((path) => !isThere(path))).toEqual([]);
});

test('no folder of src or test holds more than twenty files', () => {
  const counts = new Map<string, number>();
  for (const folder of [SRC, import.meta.dirname])
    for (const path of files(folder)) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count > 20)).toEqual([]);
});

test('every folder of src with code has its layer', () => {
  const folders = new Set(sources.map(({ name }) => folderOf(name)).filter((folder) => folder !== ''));
  expect([...folders].filter((name) => layerOf(name) < 0)).toEqual([]);
});

test('shared code names no API', () => {
  const shared = LAYERS.flatMap(Object.keys).filter((folder) => !['apis', 'cli', 'adapters'].includes(folder));
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
      .filter(({ name }) => /\b(utils?|helpers?|common|misc|lib|types)\b/.test(name) && name !== 'cli/commands/types.ts')
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
