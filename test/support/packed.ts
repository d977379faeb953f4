/** The packed package in a project of a user's: what `npm run recipes` and `npm run matrix` install and run. */
import { execFile } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** What npm says where it reaches no registry. */
const NO_REGISTRY = /E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|NETUNREACH|HOSTUNREACH)|network/;

/** Without a registry it says so at once, and not after npm's minutes of patience. */
const PATIENCE = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

export interface Outcome {
  readonly isOk: boolean;
  readonly output: string;
}
export interface Running {
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds; only a wait that nothing else ends takes as long. */
  readonly timeout?: number;
}

/** Ends, fails or not. Nothing of the npm that this script belongs to reaches the other, but its registry and cache. */
export function run(cwd: string, file: string, args: readonly string[], { env = {}, timeout = 120_000 }: Running = {}): Promise<Outcome> {
  const kept = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(NODE_OPTIONS|npm_(?!config_(registry|cache)))/.test(name)),
  );
  return new Promise((resolve) => {
    execFile(file, args, { cwd, timeout, maxBuffer: 1 << 28, env: { ...kept, NO_COLOR: '1', ...env } }, (error, stdout, stderr) =>
      resolve({ isOk: error === null, output: stdout + stderr }),
    );
  });
}

/** Packs this project as `contacts-mock.tgz`. */
export async function pack(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { isOk, output } = await run(ROOT, 'npm', ['pack', '--silent', '--pack-destination', folder]);
  if (!isOk) throw new Error(output);
  renameSync(join(folder, output.trim().split('\n').at(-1) as string), join(folder, 'contacts-mock.tgz'));
}

/** Installs a project with exactly this package.json; ends the script where there is no registry. */
export async function install(folder: string, project: object, ...options: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // A package of the same name and version is another one each time.
  for (const old of ['package-lock.json', 'node_modules/.package-lock.json', 'node_modules/contacts-mock'])
    rmSync(join(folder, old), { recursive: true, force: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', ...project }));
  const { isOk, output } = await run(folder, 'npm', ['install', '--no-audit', '--no-fund', ...PATIENCE, ...options], { timeout: 600_000 });
  if (isOk) return;
  const isOffline = NO_REGISTRY.test(output);
  console.log(isOffline ? 'skipped: no registry' : output);
  process.exit(isOffline ? 0 : 1);
}
