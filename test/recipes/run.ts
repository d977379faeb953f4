/**
 * `npm run recipes [-- NAME…]`: installs each recipe with the packed package, as a project of a user's has it, and runs its
 * test. What they need from the registry is kept in a folder under the temporary directory.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '../..');
const folder = join(tmpdir(), `contacts-mock-recipes-${userInfo().uid}`);
/** Of those that only a wait could end. */
const TIMEOUT = 120_000;
/** What npm says where it reaches no registry. */
const NO_REGISTRY = /E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|NETUNREACH|HOSTUNREACH)|network/;

interface Outcome {
  readonly isOk: boolean;
  readonly output: string;
}

/** For the recipe that is given one; free a moment ago. */
const port = await new Promise<number>((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    server.close(() => resolve(port));
  });
});

function run(cwd: string, file: string, ...args: string[]): Promise<Outcome> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(NODE_OPTIONS|npm_(?!config_(registry|cache)))/.test(name)),
  );
  return new Promise((resolve) => {
    execFile(file, args, { cwd, timeout: TIMEOUT, env: { ...env, NO_COLOR: '1', PORT: String(port) } }, (error, stdout, stderr) =>
      resolve({ isOk: error === null, output: stdout + stderr }),
    );
  });
}

async function must(work: Promise<Outcome>): Promise<string> {
  const { isOk, output } = await work;
  if (!isOk) throw new Error(output);
  return output;
}

const wanted = process.argv.slice(2);
const recipes = readdirSync(HERE, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && (wanted.length === 0 || wanted.includes(entry.name)))
  .map(({ name }) => name);

mkdirSync(folder, { recursive: true });
// A package of the same name and version is another one each time.
for (const old of ['package-lock.json', 'node_modules/.package-lock.json', 'node_modules/contacts-mock', ...readdirSync(HERE)])
  rmSync(join(folder, old), { recursive: true, force: true });
cpSync(HERE, folder, { recursive: true });
const packed = await must(run(ROOT, 'npm', 'pack', '--silent', '--pack-destination', folder));
renameSync(join(folder, packed.trim().split('\n').at(-1) as string), join(folder, 'contacts-mock.tgz'));
const project = { private: true, type: 'module', workspaces: recipes, dependencies: { 'contacts-mock': 'file:contacts-mock.tgz' } };
writeFileSync(join(folder, 'package.json'), JSON.stringify(project));

// Without a registry it says so at once, and not after npm's minutes of patience.
const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
const installed = await run(folder, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', ...patience);
if (!installed.isOk) {
  const isOffline = NO_REGISTRY.test(installed.output);
  console.log(isOffline ? 'skipped: no registry' : installed.output);
  process.exit(isOffline ? 0 : 1);
}

let failed = 0;
for (const name of recipes) {
  const start = performance.now();
  const { isOk, output } = await run(join(folder, name), 'npm', 'test', '--silent');
  const skipped = [...output.matchAll(/# SKIP (.*)$/gm)].map(([, reason]) => `; skipped: ${reason}`).join('');
  console.log(`${isOk ? 'ok' : 'FAILED'}  ${name}  ${((performance.now() - start) / 1000).toFixed(1)} s${skipped}`);
  if (!isOk) {
    console.log(output);
    failed++;
  }
}
process.exitCode = failed === 0 ? 0 : 1;
