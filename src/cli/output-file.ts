/** A file that a command writes, opened before anything else is done: a run of minutes must not end in a typing error. */
import { type FileHandle, open } from 'node:fs/promises';
import { usageError } from './args.ts';

export async function opened(file: string, flags: 'a' | 'w'): Promise<FileHandle> {
  try {
    return await open(file, flags);
  } catch (error) {
    throw usageError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`, 'Choose a file in a folder that exists.');
  }
}

/** Looks whether it can be written; what is there stays. */
export const mustBeWritable = async (file: string): Promise<void> => (await opened(file, 'a')).close();
