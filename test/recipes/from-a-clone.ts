/** The package installed from a clone of what is committed: by its git address, and by its folder. npm makes it with the script `prepare`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, run } from '../support/packed.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Milliseconds: the clone's own tools are installed first. */
const PATIENCE = 600_000;

/** What is installed, by the name of the check. */
const SOURCES = { 'git+file': (clone: string) => `git+file://${clone}`, folder: () => '../clone' } as const;
export const fromAClone = Object.keys(SOURCES) as readonly (keyof typeof SOURCES)[];

/** Installs it in a project of its own, which then runs the command and imports the library. */
export async function installed(folder: string, source: keyof typeof SOURCES): Promise<Outcome> {
  const clone = join(folder, 'clone');
  const project = join(folder, 'project');
  for (const old of [clone, project]) rmSync(old, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{"private":true,"type":"module"}');
  const call = `import { createMock } from 'contacts-mock'; process.exit((await createMock().fetch('/Contact/1')).status === 200 ? 0 : 1);`;
  const steps: readonly (readonly [cwd: string, file: string, ...args: string[]])[] = [
    [folder, 'git', 'clone', '--quiet', '--depth', '1', `file://${ROOT}`, clone],
    [project, 'npm', 'install', '--save-dev', '--no-audit', '--no-fund', '--prefer-offline', SOURCES[source](clone)],
    [project, 'npx', 'contacts-mock', 'routes'],
    [project, process.execPath, '--input-type=module', '--eval', call],
  ];
  for (const [cwd, file, ...args] of steps) {
    const outcome = await run(cwd, file, args, { timeout: PATIENCE });
    if (!outcome.isOk) return outcome;
  }
  return { isOk: true, output: '' };
}
