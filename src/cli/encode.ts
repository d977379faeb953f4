/** `contacts-mock encode`: neutral JSON from a file or standard input to the bytes that a service would send. */
import { encode } from '../messages.ts';
import { MockError } from '../mock-error.ts';
import { type Command, help, type Io, parse, usageError } from './args.ts';
import { inputOf } from './input.ts';
import { serveOptions } from './mock-options.ts';

export const command: Command = {
  name: 'encode',
  summary: 'Turns neutral JSON into the bytes that a service would send.',
  operands: 'DTO [FILE]',
  options: {
    format: { value: 'json|jsonl|jsv|csv|xml', default: 'json', meaning: 'the format to write' },
    nulls: { ...serveOptions.nulls, default: 'wire' },
  },
  example: `echo '{"Contact":[{"FirstName":"Jo"}]}' | contacts-mock encode trendsic.ContactResponse --format xml`,
};

export async function run(args: readonly string[], io: Io): Promise<number> {
  const parsed = parse(command, args);
  if (parsed.wantsHelp) {
    io.stdout(help(command));
    return 0;
  }
  const [dto, file] = parsed.operands;
  if (dto === undefined)
    throw usageError('encode needs the name of a type, as in trendsic.ContactResponse.', 'See contacts-mock encode --help.');
  const text = new TextDecoder().decode(await inputOf(file, io));
  let value: object;
  try {
    value = JSON.parse(text) as object;
  } catch (error) {
    throw new MockError(
      'no-json',
      `What is to be encoded is no JSON: ${(error as Error).message}.`,
      'Give neutral JSON, as GET /__admin/requests shows it under "bound".',
    );
  }
  const format = parsed.text('format');
  const nulls = (parsed.text('nulls') ?? 'wire') as 'placeholder' | 'wire';
  await io.stdout(encode(dto, value, { nulls, ...(format === undefined ? {} : { format }) }));
  return 0;
}
