/** The example of `contacts-mock/playwright`, run by Playwright's own runner in a process of its own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHROMIUM, NO_CHROMIUM } from '../support/browser/chromium.ts';

test('every test has a world of its own, in the page and in the test, with workers beside each other', { timeout: 240_000 }, async ({
  skip,
}) => {
  if (CHROMIUM === undefined) skip(NO_CHROMIUM);
  const root = join(import.meta.dirname, '../..');
  const config = join(import.meta.dirname, 'playwright/playwright.config.ts');
  const { code, output } = await new Promise<{ code: number; output: string }>((resolve) => {
    const env = { ...process.env, CHROMIUM };
    execFile(
      process.execPath,
      [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--config', config],
      { cwd: root, env },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
  expect(output).toContain('4 passed');
  expect(code).toBe(0);
});
