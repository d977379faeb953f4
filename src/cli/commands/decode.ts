/** `contacts-mock decode`: bytes of a service from a file or standard input to neutral JSON. */
import { decode } from '../../messages.ts';
import { DecodeError } from '../../wire/error.ts';
import type { Command, Io, Parsed } from '../args.ts';
import { command as encodeCommand } from './encode.ts';
import { inputOf, typeOf } from '../input.ts';

const { format } = encodeCommand.options as Record<'format', NonNullable<Command['options'][string]>>;

export const command: Command = {
  name: 'decode',
  summary: 'Turns the bytes of a service into neutral JSON.',
  operands: 'DTO [FILE]',
  options: { format: { ...format, meaning: 'the format to read' } },
  example: `echo '{AgentId:5}' | contacts-mock decode trendsic.ContactConnectionRequest --format jsv`,
};

/** Exit 1: the service could not read it either; its message is printed. */
export async function run(parsed: Parsed, io: Io): Promise<number> {
  const { dto, format } = typeOf(parsed, 'decode');
  try {
    const value = decode(dto, await inputOf(parsed.operands[1], io), { format });
    await io.stdout(`${JSON.stringify(value)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    io.stderr(`contacts-mock: ${error.message}\n`);
    return 1;
  }
}
