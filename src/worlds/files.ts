/** Files, where there is a Node around: asked for at run time, so that a browser's bundle never meets `node:fs`. */
import type * as FileSystem from 'node:fs';
import { MockError } from '../mock-error.ts';
import { isDeeper } from '../wire/json/limits.ts';

/** How deep the JSON that describes records may be nested: what is deeper would overflow whoever reads it later. */
export const MAX_DEPTH = 200;

export function fileSystem(): typeof FileSystem {
  const host = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  const found = host.process?.getBuiltinModule?.('node:fs') as typeof FileSystem | undefined;
  if (found === undefined) throw new MockError('no-files', 'There are no files here.', 'Give data as values; a state file needs Node.');
  return found;
}

/** A file's text; undefined where there is no such file. */
export function readText(path: string): string | undefined {
  try {
    return textOf(fileSystem().readFileSync(path), path);
  } catch (error) {
    if (error instanceof MockError) throw error;
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ENOENT') return undefined;
    throw new MockError('unreadable-file', `${path} cannot be read: ${message}.`, 'Give a file that this user may read.');
  }
}

/** UTF-8, with or without a byte order mark, or UTF-16 that says so by one. */
function textOf(bytes: Uint8Array, path: string): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new MockError('bad-file', `${path} is not valid ${encoding.toUpperCase()}.`, 'Save it as UTF-8.');
  }
}

export function readJson(path: string, text: string): unknown {
  if (isDeeper(text, MAX_DEPTH)) throw new MockError('bad-file', `${path} is nested more than ${MAX_DEPTH} levels deep.`, 'Correct it.');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MockError('bad-file', `${path} is not JSON: ${(error as Error).message}.`, 'Correct it.');
  }
}
