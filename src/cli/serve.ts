/** `contacts-mock serve`: the APIs on a port, with a banner that can be pasted. */
import { createMock } from '../mock.ts';
import { MockError } from '../mock-error.ts';
import { type Command, help, type Io, type Parsed, parse, usageError } from './args.ts';
import { banner } from './banner.ts';
import { logTo } from './log.ts';
import { mockOptions, serveOptions } from './mock-options.ts';

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
  const [port, host] = [portOf(parsed, io), parsed.text('host') ?? '127.0.0.1'];
  const mock = createMock({ ...mockOptions(parsed), ...(log === 'off' ? {} : { log: logTo(io, log) }) });
  try {
    const server = await mock.listen({ port, host }).catch((error: unknown) => {
      throw listenError(error, host, port);
    });
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

function portOf(parsed: Parsed, io: Io): number {
  const port = parsed.number('port') ?? Number(io.env?.['PORT'] || DEFAULT_PORT);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw usageError(`${parsed.has('port') ? '--port' : 'PORT'} is a number from 0 to 65535, not ${port}.`, 'Take 0 for any free port.');
}

/** What the system says about an address, in words that say what to do. */
function listenError(error: unknown, host: string, port: number): unknown {
  const messages: Readonly<Record<string, readonly [string, string]>> = {
    EADDRINUSE: [`Port ${port} on ${host} is taken.`, 'Stop what listens there, or take another: --port 0 finds a free one.'],
    EACCES: [`Port ${port} is not allowed for this user.`, 'Take one above 1023, as in --port 4010.'],
    EADDRNOTAVAIL: [`${host} is no address of this machine.`, 'Leave --host out for 127.0.0.1, or take 0.0.0.0 for all.'],
    ENOTFOUND: [`There is no host ${host}.`, 'Leave --host out for 127.0.0.1, or take 0.0.0.0 for all.'],
  };
  const known = messages[(error as NodeJS.ErrnoException).code ?? ''];
  return known === undefined ? error : new MockError('listen', ...known);
}
