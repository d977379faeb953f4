/** `contacts-mock serve`: the APIs on a port, with a banner that can be pasted. */
import { createMock } from '../mock.ts';
import { MockError } from '../mock-error.ts';
import { type Command, help, type Io, type Parsed, parse, usageError } from './args.ts';
import { banner } from './banner.ts';
import { logLine } from './log.ts';
import { durationOf, mockOptions, serveOptions } from './mock-options.ts';

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
  const log = parsed.text('log') ?? 'text';
  const options = mockOptions(parsed);
  const host = parsed.text('host') ?? '127.0.0.1';
  const mock = createMock({ ...options, ...(log === 'off' ? {} : { log: logLine(log === 'json', io) }) });
  try {
    await loadFiles(mock, parsed);
    const server = await mock.listen({ port: portOf(parsed, io), host, ...adminToken(parsed) }).catch((error: unknown) => {
      throw portError(error, host);
    });
    io.stdout(`contacts-mock listening on ${server.url}\n`);
    if (log === 'text') io.stdout(banner(mock, server));
    await Promise.race([io.stopped, mock.stopped]);
  } finally {
    await mock.close();
  }
  return 0;
}
