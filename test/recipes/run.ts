/**
 * `npm run recipes [-- NAME…]`: installs each recipe with the packed package, as a project of a user's has it, and runs its
 * test; then installs the package from a clone. What they need from the registry is kept in a folder under the temporary directory.
 */
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { install, type Outcome, pack, run } from '../support/packed.ts';
import { fromAClone, installed } from './from-a-clone.ts';

const HERE = import.meta.dirname;
const folder = join(tmpdir(), `contacts-mock-recipes-${userInfo().uid}`);
/** For the recipe that is given one; free a moment ago. */
const port = await new Promise<number>((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    server.close(() => resolve(port));
  });
});

const wanted = process.argv.slice(2);
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);
const recipes = readdirSync(HERE, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && isWanted(entry.name))
  .map(({ name }) => name);

for (const old of readdirSync(HERE)) rmSync(join(folder, old), { recursive: true, force: true });
cpSync(HERE, folder, { recursive: true });
await pack(folder);
await install(folder, { workspaces: recipes, dependencies: { 'contacts-mock': 'file:contacts-mock.tgz' } }, '--prefer-offline');

let failed = 0;
async function check(name: string, work: () => Promise<Outcome>): Promise<void> {
  const start = performance.now();
  const { isOk, output } = await work();
  const skipped = [...output.matchAll(/# SKIP (.*)$/gm)].map(([, reason]) => `; skipped: ${reason}`).join('');
  console.log(`${isOk ? 'ok' : 'FAILED'}  ${name}  ${((performance.now() - start) / 1000).toFixed(1)} s${skipped}`);
  if (!isOk) {
    console.log(output);
    failed++;
  }
}
for (const name of recipes) await check(name, () => run(join(folder, name), 'npm', ['test', '--silent'], { env: { PORT: String(port) } }));
for (const name of fromAClone.filter(isWanted)) await check(name, () => installed(folder, name));
process.exitCode = failed === 0 ? 0 : 1;
