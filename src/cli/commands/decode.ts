/** `contacts-mock decode`: bytes of a service from a file or standard input to neutral JSON. */
import { codecOf, decode } from '../../messages.ts';
import { DecodeError } from '../../wire/error.ts';
import { type Command, type Io, type Parsed, usageError } from '../args.ts';
import { command as encodeCommand } from './encode.ts';
import { inputOf } from '../input.ts';

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
  const [dto, file] = parsed.operands;
  if (dto === undefined)
    throw usageError('decode needs the name of a type, as in trendsic.ContactResponse.', 'See contacts-mock decode --help.');
  const format = parsed.text('format') ?? 'json';
  codecOf(dto, format);
  try {
    const value = decode(dto, await inputOf(file, io), { format });
    await io.stdout(`${JSON.stringify(value)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    io.stderr(`contacts-mock: ${error.message}\n`);
    return 1;
  }
}
