/** What users get: the README's examples of the adapters, in an empty project that has the packed package and nothing else. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';
import { CHROMIUM, NO_CHROMIUM } from '../support/browser/chromium.ts';
import { README } from '../support/documents/readme.ts';

const ROOT = join(import.meta.dirname, '../..');

const examples = [...readFileSync(README, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, body]) => body as string);
const exampleOf = (adapter: string): string => examples.find((body) => body.includes(`from 'contacts-mock/${adapter}'`)) ?? '';

/** Ends, fails or not; what was printed. Nothing of the run that this test belongs to may reach the other. */
function run(cwd: string, file: string, args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST|NODE_OPTIONS|npm_)/.test(name)));
  return new Promise((resolve) => {
    execFile(file, args, { cwd, env: { ...env, NO_COLOR: '1' } }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
    );
  });
}
const node = (cwd: string, ...args: string[]): ReturnType<typeof run> => run(cwd, process.execPath, args);

let folder: string;
let project: string;
/** In the place that an installation gives it: the package unpacked, everything that it or the examples need beside it. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
  const copy = join(folder, 'copy');
  // Built apart: nobody's `dist` is taken away.
  for (const part of ['package.json', 'README.md', 'LICENSE', 'tsconfig.json', '.config', 'src'])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const built = await node(copy, '.config/build.mjs');
  expect(built).toMatchObject({ code: 0 });
  const packed = await run(copy, 'npm', ['pack', '--ignore-scripts', '--offline', '--pack-destination', folder]);
  expect(packed).toMatchObject({ code: 0 });

  project = join(folder, 'project');
  const installed = join(project, 'node_modules/contacts-mock');
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{"name":"empty","type":"module","private":true}');
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) as string;
  expect(await run(folder, 'tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'])).toMatchObject({ code: 0 });
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<string, object>;
  for (const name of [...Object.keys({ ...dependencies, ...peerDependencies }), '@types/node']) {
    mkdirSync(dirname(join(project, 'node_modules', name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name));
  }
  writeFileSync(join(project, 'vitest-example.test.ts'), exampleOf('vitest'));
  writeFileSync(join(project, 'msw-example.test.ts'), exampleOf('msw'));
  writeFileSync(join(project, 'playwright-example.spec.ts'), exampleOf('playwright'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the examples of vitest and MSW pass', async () => {
  const { code, output } = await node(
    project,
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--dir',
    '.',
    '--exclude',
    '**/*.spec.ts',
  );
  expect(output).toContain('2 passed (2)');
  expect(code).toBe(0);
});

test('the example of Playwright passes', async ({ skip }) => {
  if (CHROMIUM === undefined) skip(NO_CHROMIUM);
  const launchOptions = { executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'] };
  const config = { testMatch: '*.spec.ts', reporter: 'line', use: { launchOptions } };
  writeFileSync(join(project, 'playwright.config.ts'), `export default ${JSON.stringify(config)};`);
  const { code, output } = await node(project, join(ROOT, 'node_modules/@playwright/test/cli.js'), 'test');
  expect(output).toContain('1 passed');
  expect(code).toBe(0);
});

test('the examples are well typed, by the declarations of the package', async () => {
  const options = ['--module', 'nodenext', '--target', 'es2023', '--strict', '--skipLibCheck', '--noEmit', '--types', 'node'];
  const files = readdirSync(project).filter((name) => /-example\.\w+\.ts$/.test(name));
  expect(files).toHaveLength(3);
  expect(await node(project, join(ROOT, 'node_modules/typescript/bin/tsc'), ...options, ...files)).toEqual({ code: 0, output: '' });
});

test('the package runs by its name, and its entries are there', async () => {
  const { bin, exports } = JSON.parse(readFileSync(join(project, 'node_modules/contacts-mock/package.json'), 'utf8')) as {
    bin: Record<string, string>;
    exports: Record<string, string | Record<string, Record<string, string>>>;
  };
  const files = Object.values(exports).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry).flatMap((condition) => Object.values(condition)),
  );
  expect(files.length).toBeGreaterThan(12);
  expect(files.filter((file) => !existsSync(join(project, 'node_modules/contacts-mock', file)))).toEqual([]);
  const { output } = await node(project, join('node_modules/contacts-mock', bin['contacts-mock'] as string), '--version');
  expect(output).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('llms.txt says what GET /__admin/quickstart says, with the default address', async () => {
  const text = readFileSync(join(project, 'node_modules/contacts-mock/llms.txt'), 'utf8');
  const mock = createMock();
  expect(text).toBe(await (await mock.fetch('http://127.0.0.1:4010/__admin/quickstart')).text());
  expect(text).toContain('curl http://127.0.0.1:4010/__admin/health');
});

test('import and require give the same functions', async () => {
  const program =
    'createMock().fetch("/Contact/1").then(({ status }) => console.log(status, typeof encode, new MockError("a", "b", "c").code))';
  writeFileSync(join(project, 'imports.mjs'), `import { createMock, encode, MockError } from 'contacts-mock';\n${program}`);
  writeFileSync(join(project, 'requires.cjs'), `const { createMock, encode, MockError } = require('contacts-mock');\n${program}`);
  expect(await node(project, 'imports.mjs')).toEqual({ code: 0, output: '200 function a\n' });
  expect(await node(project, '--no-warnings', 'requires.cjs')).toEqual({ code: 0, output: '200 function a\n' });
});

test.each([
  ['nodenext', 'nodenext', 'mts'],
  ['nodenext', 'nodenext', 'cts'],
  ['node16', 'node16', 'mts'],
  ['node16', 'node16', 'cts'],
  ['esnext', 'bundler', 'ts'],
])('types resolve with module %s, resolution %s, in a .%s file', async (module, resolution, extension) => {
  const file = `resolution-${module}.${extension}`;
  writeFileSync(
    join(project, file),
    `import { createMock, type LogiSense, MockError, type MockOptions } from 'contacts-mock';
     import { mockApi } from 'contacts-mock/msw';
     const options: MockOptions = { seed: 7 };
     export const contact = async (): Promise<LogiSense.Contact> => (await (await createMock(options).fetch('/Contact/1')).json()) as LogiSense.Contact;
     export const isOurs = (error: unknown): error is MockError => error instanceof MockError;
     export const { handlers } = mockApi('https://api.example.com');
     // @ts-expect-error: a number is no option
     createMock(5);`,
  );
  const options = ['--module', module, '--moduleResolution', resolution, '--target', 'es2023', '--strict', '--noEmit', '--types', 'node'];
  expect(await node(project, join(ROOT, 'node_modules/typescript/bin/tsc'), '--skipLibCheck', ...options, file)).toEqual({
    code: 0,
    output: '',
  });
});

test('esbuild bundles the library for no platform at all', async () => {
  writeFileSync(join(project, 'neutral.mjs'), `export { createMock } from 'contacts-mock';`);
  const { outputFiles } = await build({
    absWorkingDir: project,
    entryPoints: ['neutral.mjs'],
    bundle: true,
    platform: 'neutral',
    format: 'esm',
    write: false,
  });
  writeFileSync(
    join(folder, 'bundled.mjs'),
    `${outputFiles[0]?.text};\nconsole.log((await createMock().fetch('http://mock/Contact/1')).status);`,
  );
  expect(await node(folder, 'bundled.mjs')).toEqual({ code: 0, output: '200\n' });
});
