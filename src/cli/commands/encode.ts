/** `contacts-mock encode`: neutral JSON from a file or standard input to the bytes that a service would send. */
import { encode } from '../../messages.ts';
import { MockError } from '../../mock-error.ts';
import { EncodeError } from '../../wire/error.ts';
import type { Command, Io, Parsed } from '../args.ts';
import { inputOf, typeOf } from '../input.ts';
import { optionsOf } from '../mock-options.ts';

export const command: Command = {
  name: 'encode',
  summary: 'Turns neutral JSON into the bytes that a service would send.',
  operands: 'DTO [FILE]',
  options: {
    format: { value: 'json|jsonl|jsv|csv|xml', default: 'json', meaning: 'the format to write' },
    nulls: { ...optionsOf('nulls')['nulls']!, default: 'wire' },
  },
  example: `echo '{"Contact":[{"FirstName":"Jo"}]}' | contacts-mock encode trendsic.ContactResponse --format xml`,
};

/** Exit 1: the service could not write it either, or it is not a value of the type; one line says why. */
export async function run(parsed: Parsed, io: Io): Promise<number> {
  const { dto, format } = typeOf(parsed, 'encode');
  const value = parsedJson(new TextDecoder().decode(await inputOf(parsed.operands[1], io)));
  const nulls = (parsed.text('nulls') ?? 'wire') as 'placeholder' | 'wire';
  try {
    await io.stdout(encode(dto, value, { nulls, format }));
    return 0;
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    io.stderr(`contacts-mock: ${error.message}\n`);
    return 1;
  }
}

function parsedJson(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch (error) {
    throw new MockError(
      'no-json',
      `What is to be encoded is not valid JSON: ${(error as Error).message.replaceAll('\n', ' ')}.`,
      'Give neutral JSON, as GET /__admin/requests shows it under "bound".',
    );
  }
}
