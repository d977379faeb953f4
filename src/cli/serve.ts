/** `contacts-mock serve`: the APIs on a port, with a banner that can be pasted. */
import { createMock } from '../mock.ts';
import { type Command, help, type Io, parse } from './args.ts';
import { banner } from './banner.ts';
import { logTo } from './log.ts';
import { mockOptions, serveOptions } from './mock-options.ts';
import { portOf } from './port.ts';

const DEFAULT_PORT = 4010;

export const command: Command = {
  name: 'serve',
  summary: 'Serves the documented APIs from a seeded store.',
  options: serveOptions,
  example: 'contacts-mock serve --port 0 --seed 7 --scale logisense.contacts=1000000',
};

export async function run(args: readonly string[], io: Io): Promise<number> {
  const parsed = parse(command, args);
  if (parsed.wantsHelp) {
    io.stdout(help(command));
    return 0;
  }
  const log = (parsed.text('log') ?? 'text') as 'off' | 'text' | 'json';
  const [port, host] = [portOf(parsed, io, DEFAULT_PORT), parsed.text('host') ?? '127.0.0.1'];
  const mock = createMock({ ...(await mockOptions(parsed, io)), ...(log === 'off' ? {} : { log: logTo(io, log) }) });
  try {
    const server = await mock.listen({ port, host });
    io.stdout(`contacts-mock listening on ${server.url}\n`);
    if (log === 'text') io.stdout(banner({ url: server.url, routes: mock.routes(), adminToken: server.adminToken }));
    else if (server.adminToken !== undefined) io.stderr(`contacts-mock: /__admin asks for the token ${server.adminToken}\n`);
    await Promise.race([io.stopped ?? never, mock.stopped]);
  } finally {
    await mock.close();
  }
  return 0;
}

const never = new Promise<void>(() => undefined);
