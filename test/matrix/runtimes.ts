/** Node, Bun and Deno from the npm registry, each in a folder of its own. */
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { install, run } from '../support/packed.ts';

export interface Program {
  /** As in `process.versions`. */
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly file: string;
  /** What stands before the script. */
  readonly args: readonly string[];
}

const { platform, arch } = process;
const windows = platform === 'win32' ? '.exe' : '';
const SOURCES: Readonly<
  Record<string, { readonly title: string; readonly from: string; readonly file: string; readonly args: readonly string[] }>
> = {
  node: { title: 'Node', from: `node-${platform.replace('win32', 'win')}-${arch}`, file: `bin/node${windows}`, args: [] },
  bun: {
    title: 'Bun',
    from: `@oven/bun-${platform.replace('win32', 'windows')}-${arch.replace('arm64', 'aarch64')}`,
    file: `bin/bun${windows}`,
    args: [],
  },
  deno: {
    title: 'Deno',
    from: `@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}`,
    file: `deno${windows}`,
    args: ['run', '--allow-all'],
  },
};

export async function fetched(folder: string, name: string, range: string): Promise<Program> {
  const { title, from, file, args } = SOURCES[name] as (typeof SOURCES)[string];
  const own = join(folder, `${name}-${range}`);
  const path = join(own, 'node_modules', from, file);
  if (!existsSync(path)) await install(own, { dependencies: { [from]: range } }, '--ignore-scripts');
  chmodSync(path, 0o755);
  const { output } = await run(own, path, ['--version']);
  const version = /\d+\.\d+\.\d+/.exec(output)?.[0] as string;
  return { name, version, title: `${title} ${version}`, file: path, args };
}
