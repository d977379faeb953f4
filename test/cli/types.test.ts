/** `types`: DTOs for those who only copy. */
import { expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';
import { compile } from '../support/compile.ts';
import { command } from '../support/terminal.ts';

test('the types of all APIs compile in one file and describe what the mock answers', async () => {
  const { code, out, err } = await command(['types']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  await using mock = createMock();
  const body = async (path: string): Promise<string> =>
    (await mock.fetch(`http://mock${path}`, { headers: { Authorization: 'Bearer worker' } })).text();
  const { routes } = JSON.parse(await body('/__admin/routes')) as { routes: { operation: string; example: { path: string } }[] };
  const canvara = routes.find(({ operation }) => operation === 'canvara.GetConnectionsToContact')!.example.path;
  const errors = await compile({
    'types.ts': out,
    'answers.ts': `
      import type { Canvara, LogiSense, Trendsic } from './types';
      export const trendsic: Trendsic.ContactResponse = ${await body('/v1/ContactConnections/5')};
      export const canvara: Canvara.GetConnectionsToContactResponse = ${await body(canvara)};
      export const logisense: LogiSense.ContactDetailInstance = ${await body('/Contact/1/Detail')};
      export const page: LogiSense.ContactTypePage = ${await body('/ContactType/Paged')};
    `,
  });
  expect(errors).toBe('');
});

test('the types of one API stand without a namespace', async () => {
  const { out } = await command(['types', '--api', 'trendsic']);
  expect(out).toContain('\nexport interface Contact {\n');
  expect(out).not.toContain('namespace');
  expect(await compile({ 'trendsic.ts': out })).toBe('');
});

test.each(['typescript', 'csharp', 'mjs'])('--as %s prints the classes that the service generates', async (form) => {
  const { out } = await command(['types', '--api', 'canvara', '--as', form]);
  await using mock = createMock();
  const served = await (await mock.fetch(`http://mock/api/types/${form}`)).text();
  expect(served.endsWith(out)).toBe(true);
});

test('an API that generates no classes says so', async () => {
  const { code, err } = await command(['types', '--api', 'logisense', '--as', 'csharp']);
  expect(code).toBe(2);
  expect(err).toContain('logisense generates no classes');
});
