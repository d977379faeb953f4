/** What a command works on: a file, or standard input where none is named (or `-`). */
import { readFile } from 'node:fs/promises';
import { MockError } from '../mock-error.ts';
import type { Io } from './args.ts';

export async function inputOf(file: string | undefined, io: Io): Promise<Uint8Array> {
  if (file === undefined || file === '-') return withoutLineEnd((await io.stdin?.()) ?? new Uint8Array());
  try {
    return await readFile(file);
  } catch (error) {
    throw new MockError(
      'unreadable',
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
      'Name a file, or pipe the text in.',
    );
  }
}

/** `echo` ends a text with a line break that nobody meant (JSV, for one, does not forgive it). */
const withoutLineEnd = (bytes: Uint8Array): Uint8Array => (bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes);
