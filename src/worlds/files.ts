/** Files, where there is a Node around: asked for at run time, so that a browser's bundle never meets `node:fs`. */
import type * as FileSystem from 'node:fs';
import { MockError } from '../mock-error.ts';

export function fileSystem(): typeof FileSystem {
  const host = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  const found = host.process?.getBuiltinModule?.('node:fs') as typeof FileSystem | undefined;
  if (found === undefined) throw new MockError('no-files', 'There are no files here.', 'Give data as values; a state file needs Node.');
  return found;
}

/** A file's text; undefined where there is no such file. */
export function readText(path: string): string | undefined {
  try {
    return fileSystem().readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof MockError) throw error;
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ENOENT') return undefined;
    throw new MockError('unreadable-file', `${path} cannot be read: ${message}.`, 'Give a file that this user may read.');
  }
}

export function readJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MockError('bad-file', `${path} is no JSON: ${(error as Error).message}.`, 'Correct it.');
  }
}
