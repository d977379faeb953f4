/** `contacts-mock openapi`: OpenAPI 3.1 of the APIs, out of their contracts. */
import { catalogue } from '../../apis/catalogue.ts';
import { chosen } from '../../apis/chosen.ts';
import { openapi } from '../../derive/openapi.ts';
import { settingsOf } from '../../options.ts';
import { type Command, type Io, type Parsed, usageError } from '../args.ts';
import { mockOptions, optionsOf } from '../mock-options.ts';

export const command: Command = {
  name: 'openapi',
  summary: 'Prints the OpenAPI 3.1 description of an API as JSON; of several, an object of them by name.',
  options: {
    ...optionsOf('apis', 'auth', 'nulls'),
    server: { value: 'URL', default: 'http://127.0.0.1:4010', meaning: 'the address that the description names' },
  },
  example: 'contacts-mock openapi --api logisense > logisense.openapi.json',
};

export async function run(parsed: Parsed, io: Io): Promise<number> {
  const settings = settingsOf(await mockOptions(parsed, io));
  const server = parsed.text('server');
  if (!parsed.has('api')) {
    const names = catalogue.map(({ name }) => name).join(', ');
    throw usageError('openapi needs --api.', `Name one of ${names}, or several: --api trendsic --api canvara.`);
  }
  const apis = chosen(parsed.all('api'));
  const documents = await Promise.all(
    apis.map(async (api) => [api.name, await openapi(api, settings, server === undefined ? {} : { server })] as const),
  );
  const printed = documents.length === 1 ? documents[0]![1] : Object.fromEntries(documents);
  await io.stdout(`${JSON.stringify(printed, null, 2)}\n`);
  return 0;
}
