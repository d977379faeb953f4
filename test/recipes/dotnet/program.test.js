import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { createMock } from 'contacts-mock';

let hasDotnet = true;
try {
  execFileSync('dotnet', ['--version'], { stdio: 'ignore' });
} catch {
  hasDotnet = false;
}

test('the program prints the connections', { skip: !hasDotnet && 'no dotnet' }, async () => {
  const mock = createMock();
  const { url } = await mock.listen();
  const answer = await mock.fetch('/v1/ContactConnections/1', { headers: { Authorization: 'Bearer worker' } });
  const names = (await answer.json()).Contact.map(({ Name }) => Name);
  const env = { ...process.env, CONTACTS_URL: url, DOTNET_NOLOGO: '1', DOTNET_CLI_TELEMETRY_OPTOUT: '1' };
  const { stdout } = await promisify(execFile)('dotnet', ['run', '--project', import.meta.dirname], { env });
  assert.equal(stdout.trim().split('\n').at(-1), names.join(', '));
  await mock.close();
});
