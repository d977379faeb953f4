/** `openapi`: descriptions on standard output, ready for other tools. */
import { expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';
import { command } from '../support/terminal.ts';

interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: object;
  readonly components: object;
}

test('prints the description of one API', async () => {
  const { code, out, err } = await command(['openapi', '--api', 'logisense']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const document = JSON.parse(out) as Document;
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toContain('/Contact/{id}');
});

test('prints several of them by name', async () => {
  const names = ['trendsic', 'canvara', 'logisense'];
  const documents = JSON.parse((await command(['openapi', ...names.flatMap((name) => ['--api', name])])).out) as Record<string, Document>;
  expect(Object.keys(documents)).toEqual(names);
});

test('an API has to be named: exit 2 says which there are', async () => {
  const { code, out, err } = await command(['openapi']);
  expect([code, out]).toEqual([2, '']);
  expect(err).toBe(
    'contacts-mock: openapi needs --api. Name one of trendsic, canvara, logisense, or several: --api trendsic --api canvara.\n',
  );
});

test('describes the mock that its options make: who is asked, where it listens', async () => {
  const { out } = await command(['openapi', '--api', 'canvara', '--auth', 'strict', '--server', 'https://mock.test']);
  const document = JSON.parse(out) as Document;
  expect(document.servers[0]?.url).toBe('https://mock.test');
  expect(document.components).toHaveProperty('securitySchemes');
});

test('prints what the control plane serves', async () => {
  await using mock = createMock();
  const printed = JSON.parse((await command(['openapi', '--api', 'trendsic', '--server', 'http://localhost'])).out) as Document;
  const served = (await (await mock.fetch('http://localhost/__admin/openapi.json?api=trendsic')).json()) as Document;
  expect(printed).toEqual(served);
});

test('an API that there is not is refused with the nearest that there is', async () => {
  const { code, err } = await command(['openapi', '--api', 'trendsik']);
  expect(code).toBe(2);
  expect(err).toContain('Did you mean "trendsic"?');
});

test.each(['openapi', 'types'])('%s --help shows the options with an example', async (name) => {
  const { code, out } = await command([name, '--help']);
  expect(code).toBe(0);
  expect(out).toContain('--api');
  expect(out).toMatch(/Example:\n {2}contacts-mock /);
});
