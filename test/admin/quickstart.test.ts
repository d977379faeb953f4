import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMock } from '../../src/mock.ts';

const mock = createMock();
let url: string;
let text: string;
beforeAll(async () => {
  ({ url } = await mock.listen());
  text = await (await fetch(`${url}/__admin/quickstart`)).text();
});
afterAll(() => mock.close());

test('the quickstart has this server’s addresses and fits a screen or two', () => {
  expect(text).toContain(`${url}/__admin/health`);
  expect(text).not.toContain('undefined');
  expect(text.split('\n').length).toBeLessThanOrEqual(70);
});

test('its calls of the APIs work as printed', async ({ skip }) => {
  const calls = text.split('\n').filter((line) => line.startsWith('curl ') && !line.includes('/__admin'));
  expect(calls.length).toBeGreaterThanOrEqual(3);
  for (const call of calls) {
    const { stdout } = await promisify(execFile)('sh', ['-c', `${call} -s -o /dev/null -w '%{http_code}'`]).catch(() =>
      skip('curl is not on this machine'),
    );
    expect([call, stdout]).toEqual([call, '200']);
  }
});
