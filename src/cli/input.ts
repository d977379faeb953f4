/** What a command works on: a file, or standard input where none is named (or `-`). */
import { readFile } from 'node:fs/promises';
import { MockError } from '../mock-error.ts';
import { codecOf } from '../messages.ts';
import { type Io, type Parsed, usageError } from './args.ts';

/** The type and the format, checked before anything is read: standard input may be a terminal. */
export function typeOf(parsed: Parsed, command: string): { readonly dto: string; readonly format: string } {
  const [dto] = parsed.operands;
  if (dto === undefined)
    throw usageError(`${command} needs the name of a type, as in trendsic.ContactResponse.`, `See contacts-mock ${command} --help.`);
  const format = parsed.text('format') ?? 'json';
  codecOf(dto, format);
  return { dto, format };
}

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
