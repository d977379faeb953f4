import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createMock } from '../../src/mock.ts';

const ask = async (paths: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> => {
  const script = join(import.meta.dirname, 'processes/ask.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, JSON.stringify(paths)], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    maxBuffer: 1e8,
  });
  return stdout;
};

test('two processes in different time zones and locales, asked in different orders, give equal bytes', async () => {
  const { routes } = (await (await createMock({ seed: 'Ünïcödé 7' }).fetch('http://mock/__admin/routes')).json()) as {
    routes: { method: string; example: { path: string } }[];
  };
  const examples = [...new Set(routes.filter(({ method }) => method === 'GET').map(({ example }) => example.path))];
  const formats = ['json', 'xml', 'jsv', 'csv'].map((format) => `/v1/ContactConnections/33?format=${format}`);
  const numbers = Array.from({ length: 40 }, (_, i) => [`/v1/ContactConnections/${5 * (i + 1)}`, `/Contact/${5 * (i + 1)}`]).flat();
  const paths = [...examples, ...formats, ...numbers];
  const [here, there] = await Promise.all([
    ask(paths, { TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }),
    ask([...paths].reverse(), { TZ: 'Asia/Kathmandu', LANG: 'C' }),
  ]);
  expect(here.match(/\n200\n/g)?.length).toBe(paths.length);
  expect(there).toBe(here);
});
