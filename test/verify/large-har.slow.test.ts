/** Recorded traffic of 100 MB is compared in less than 1 GB of memory. */
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';
import { recorder } from '../support/recorder.ts';

const MEGABYTE = 1024 * 1024;

test('a file of 100 MB', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'verify-large-'));
  try {
    await using mock = createMock();
    const { fetch, entries } = recorder((input, init) => mock.fetch(new Request(input as string, init)));
    for (let id = 1; id <= 20; id++) await fetch(`http://mock/Contact/${id}`);
    await fetch('http://mock/Contact/');
    const part = JSON.stringify(entries).slice(1, -1);
    const path = join(folder, 'large.har');
    const file = await open(path, 'w');
    await file.write(`{"log":{"version":"1.2","entries":[${part}`);
    for (let size = part.length; size < 100 * MEGABYTE; size += part.length) await file.write(`,${part}`);
    await file.write(']}}');
    await file.close();
    const cli = pathToFileURL(join(import.meta.dirname, '../../src/cli/run.ts')).href;
    const script = `
      import { run } from ${JSON.stringify(cli)};
      const code = await run(['verify', '--har', ${JSON.stringify(path)}], { stdout() {}, stderr: (text) => process.stderr.write(text), env: {} });
      console.log(JSON.stringify({ code, kilobytes: process.resourceUsage().maxRSS }));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script]);
    const { code, kilobytes } = JSON.parse(stdout) as { code: number; kilobytes: number };
    expect(code).toBe(0);
    expect(kilobytes * 1024).toBeLessThan(1000 * MEGABYTE);
  } finally {
    await rm(folder, { recursive: true });
  }
});
