/** `contacts-mock openapi`: OpenAPI 3.1 of the APIs, out of their contracts. */
import { chosen } from '../apis/chosen.ts';
import { openapi } from '../derive/openapi.ts';
import { type MockOptions, settingsOf } from '../options.ts';
import { type Command, help, type Io, parse } from './args.ts';
import { serveOptions } from './mock-options.ts';

export const command: Command = {
  name: 'openapi',
  summary: 'Prints the OpenAPI 3.1 description of an API as JSON; of several, an object of them by name.',
  options: {
    api: serveOptions.api,
    auth: serveOptions.auth,
    nulls: serveOptions.nulls,
    server: { value: 'URL', default: 'http://127.0.0.1:4010', meaning: 'the address that the description names' },
  },
  example: 'contacts-mock openapi --api logisense > logisense.openapi.json',
};

export async function run(args: readonly string[], io: Io): Promise<number> {
  const parsed = parse(command, args);
  if (parsed.wantsHelp) {
    await io.stdout(help(command));
    return 0;
  }
  const settings = settingsOf({
    ...(parsed.has('auth') ? { auth: parsed.text('auth') as NonNullable<MockOptions['auth']> } : {}),
    ...(parsed.has('nulls') ? { nulls: parsed.text('nulls') as NonNullable<MockOptions['nulls']> } : {}),
  });
  const server = parsed.text('server');
  const apis = chosen(parsed.has('api') ? parsed.all('api') : undefined);
  const documents = await Promise.all(
    apis.map(async (api) => [api.name, await openapi(api, settings, server === undefined ? {} : { server })] as const),
  );
  const printed = documents.length === 1 ? documents[0]![1] : Object.fromEntries(documents);
  await io.stdout(`${JSON.stringify(printed, null, 2)}\n`);
  return 0;
}
