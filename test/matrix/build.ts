/** The package as compilers and bundlers read it: without the types of the DOM, and for no platform at all. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, by } from './checks.ts';

const OPTIONS = ['--target', 'es2022', '--lib', 'ES2023', '--types', 'node', '--strict', '--noEmit', '--skipLibCheck', 'false'];

const IMPORT = `import { createMock, type LogiSense, type Mock, MockError, type MockOptions, type RemoteWorld, remoteWorld } from 'contacts-mock';
const options: MockOptions = { seed: 7 };
const mock: Mock = createMock(options);
export const contact = async (): Promise<LogiSense.Contact> => (await (await mock.fetch('/Contact/1')).json()) as LogiSense.Contact;
export const isOurs = (error: unknown): error is MockError => error instanceof MockError;
export const world: RemoteWorld = remoteWorld('http://127.0.0.1:4010', 'a');
export const { handler } = mock;
`;
const ADAPTERS = `import { mockTest } from 'contacts-mock/vitest';
import { contactsMock } from 'contacts-mock/vite';
export const test = mockTest({ seed: 7 });
export const plugin = contactsMock({ base: '/mock' });
`;
const REQUIRE = `import mock = require('contacts-mock');
export const status = async (): Promise<number> => (await mock.createMock({ seed: 7 }).fetch('/Contact/1')).status;
`;
const FILES = {
  'imports.mts': IMPORT + ADAPTERS,
  'imports.cts': IMPORT,
  'requires.cts': REQUIRE,
  'imports.ts': IMPORT + ADAPTERS,
  'requires.ts': REQUIRE,
};
const MODULES = [
  ['node16', 'node16', 'imports.mts', 'imports.cts', 'requires.cts'],
  ['nodenext', 'nodenext', 'imports.mts', 'imports.cts', 'requires.cts'],
  ['esnext', 'bundler', 'imports.ts'],
  ['preserve', 'bundler', 'imports.ts', 'requires.ts'],
] as const;

export const compiles: Check = async ({ project, program }) => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(project, name), text);
  let output = '';
  for (const [module, resolution, ...files] of MODULES) {
    const args = ['--module', module, '--moduleResolution', resolution, ...OPTIONS, ...files];
    output += (await by(program, project, ['node_modules/typescript/bin/tsc', ...args])).output;
  }
  return {
    isOk: output === '',
    output,
    passes: 'types by node16, nodenext and bundler, import and require, without the DOM library (the package, vitest, Vite)',
    // MSW's and Playwright's own declarations name the DOM's types.
  };
};

export const bundles: Check = async ({ project, program }) => {
  const args = ['imports.js', '--bundle', '--platform=neutral', '--format=esm', '--external:node:*', '--outfile=bundled/bundled.js'];
  const built = await by(program, project, ['node_modules/esbuild/bin/esbuild', ...args]);
  if (!built.isOk) return built;
  return { ...(await by(program, project, ['bundled/bundled.js'])), passes: 'bundled for a neutral platform, and the bundle runs' };
};
