import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/run.ts';
import { createMock } from '../../src/index.ts';
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

test.each(['--version', '-v'])('%s prints the version and nothing else', async (flag) => {
  expect(await command([flag])).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test('a misspelt command is met with the nearest one, exit 2', async () => {
  const { code, err } = await command(['verfy']);
  expect(code).toBe(2);
  expect(err).toBe('contacts-mock: There is no command "verfy". Did you mean "verify"?\n');
});

test('routes lists every operation and verb with a call', async () => {
  const { code, out } = await command(['routes', '--api', 'logisense']);
  expect(code).toBe(0);
  expect(out.trimEnd().split('\n')).toHaveLength(1 + createMock({ apis: ['logisense'] }).routes().length);
  expect(out).toMatch(/^logisense\.Contact\.get +GET +\/Contact\/\{id\} +curl http:\/\/127\.0\.0\.1:4010\/Contact\/1$/m);
});

test('every call that routes prints works as it is printed', async () => {
  await using mock = createMock();
  const { url } = await mock.listen();
  const { out } = await command(['routes', '--server', url]);
  const calls = out.split('\n').flatMap((line) => /curl .*/.exec(line)?.[0] ?? []);
  expect(calls).toHaveLength(mock.routes().length);
  for (const [i, call] of calls.entries()) {
    // Each in a world of its own: some of them delete what others read.
    const line = call.replace(url, `${url}/__worlds/call-${i}`).replace('curl ', "curl -sS -o /dev/null -w '%{http_code}' ");
    const { stdout } = await promisify(execFile)('sh', ['-c', line]);
    expect(stdout, call).toBe('200');
  }
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

test('a type that there is not is told before anything is read', async () => {
  const stdin = (): Promise<Uint8Array> => Promise.reject(new Error('read'));
  for (const name of ['encode', 'decode']) {
    const { code, err } = await command([name, 'trendsic.Foo'], { stdin });
    expect(code).toBe(2);
    expect(err).toContain('There is no type "trendsic.Foo".');
  }
});

test('health tells whether a server is there, exit 0 or 1', async () => {
  const mock = createMock();
  const { url } = await mock.listen();
  expect(await command(['health', url])).toEqual({ code: 0, out: `${url} answers\n`, err: '' });
  await mock.close();
  const { code, out, err } = await command(['health', `${url}/`]);
  expect([code, out]).toEqual([1, '']);
  expect(err).toBe(`contacts-mock: ${url}/ does not answer (ECONNREFUSED).\n`);
});

test('health asks where PORT says, and knows a server that is something else', async () => {
  const asked: string[] = [];
  const other = (async (input: string) => {
    asked.push(input);
    return Response.json({ status: 'up' });
  }) as typeof fetch;
  const { code, err } = await command(['health'], { env: { PORT: '4321' }, fetch: other });
  expect(asked).toEqual(['http://127.0.0.1:4321/__admin/health']);
  expect([code, err]).toEqual([1, 'contacts-mock: http://127.0.0.1:4321 answers 200, but not as a contacts-mock does.\n']);
  expect((await command(['health', 'localhost'])).code).toBe(2);
});
