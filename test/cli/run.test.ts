import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/run.ts';
import { version } from '../../src/version.ts';
import { command } from '../support/terminal.ts';

test('--help lists every command, with an example', async () => {
  const { code, out } = await command(['--help']);
  expect(code).toBe(0);
  for (const name of Object.keys(commands)) expect(out).toContain(`  ${name}`);
  expect(out).toContain('Example:');
});

test.each(Object.keys(commands))('%s --help shows its options and an example, exit 0', async (name) => {
  const { code, out, err } = await command([name, '--help']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain(`Usage: contacts-mock ${name}`);
  expect(out).toMatch(/Example:?\n\s+.*contacts-mock/);
});

test('--version prints the version of package.json', async () => {
  const { version: stated } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string };
  expect((await command(['--version'])).out).toBe(`${stated}\n`);
  expect(version).toBe(stated);
});

test('a misspelt command is met with the nearest one, exit 2', async () => {
  const { code, err } = await command(['verfy']);
  expect(code).toBe(2);
  expect(err).toBe('contacts-mock: There is no command "verfy". Did you mean "verify"?\n');
});

test('routes lists every operation and verb with a call', async () => {
  const { code, out } = await command(['routes', '--api', 'logisense']);
  expect(code).toBe(0);
  expect(out.trimEnd().split('\n')).toHaveLength(1 + 20);
  expect(out).toMatch(/^logisense\.Contact\.get +GET +\/Contact\/\{id\} +GET \/Contact\/1$/m);
});

test('encode writes what the service would send, decode reads it back', async () => {
  const value = { Contact: [{ FirstName: 'Jo', TotalDebtAmount: '1.50' }] };
  const { code, out } = await command(['encode', 'trendsic.ContactResponse', '--format', 'xml'], { input: JSON.stringify(value) });
  expect(code).toBe(0);
  expect(out).toContain('<FirstName>Jo</FirstName>');
  const decoded = await command(['decode', 'trendsic.ContactResponse', '--format', 'xml'], { input: out });
  expect(JSON.parse(decoded.out)).toMatchObject(value);
});

test('decode of what the service cannot read either gives its message, exit 1', async () => {
  const { code, err } = await command(['decode', 'trendsic.ContactConnectionRequest'], { input: 'hello' });
  expect(code).toBe(1);
  expect(err).toContain("Type definitions should start with a '{'");
});

test.each(['null', '5', '[]', '{"Contacts":[]}', '{"Contact":[{"LastContact":"2026-02-30T00:00:00"}]}'])(
  'encode refuses %s in one line, exit 1',
  async (input) => {
    for (const format of ['json', 'xml', 'csv']) {
      const { code, out, err } = await command(['encode', 'trendsic.ContactResponse', '--format', format], { input });
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(/^contacts-mock: [^\n]+\n$/);
    }
  },
);

test('a misspelt type is met with the nearest one, exit 2', async () => {
  const { code, err } = await command(['encode', 'trendsic.ContactRespons'], { input: '{}' });
  expect(code).toBe(2);
  expect(err).toContain('Did you mean trendsic.ContactResponse?');
});
