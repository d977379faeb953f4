import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../../.config/bundle.mjs';
import { command } from '../support/terminal.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contacts-mock-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  await bundle(join(folder, 'cli'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const bundled = (...args: string[]): string =>
  execFileSync(process.execPath, [join(folder, 'cli/main.js'), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { PATH: process.env['PATH'] },
  });

test('the executable makes the same records as the library, byte for byte', async () => {
  const { out } = await command(['dump', '--seed', '1337']);
  expect(out.length).toBeGreaterThan(100_000);
  expect(bundled('dump', '--seed', '1337')).toBe(out);
});

test('the executable runs alone: no package is needed beside it', () => {
  expect(bundled('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(bundled('openapi', '--api', 'canvara')).toContain('"3.1');
  expect(bundled('types')).toContain('ContactConnectionModel');
  expect(bundled('routes')).toContain('logisense.Contact.get');
});
