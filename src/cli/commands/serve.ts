/** `contacts-mock serve`: the APIs on a port, with a banner that can be pasted. */
import { readFileSync } from 'node:fs';
import { createMock, type ListenOptions } from '../../mock.ts';
import { MockError } from '../../mock-error.ts';
import { type Command, type Io, type Parsed, usageError } from '../args.ts';
import { banner, shortest } from '../banner.ts';
import { jsonLine, logTo, mistakesTo } from '../log.ts';
import { mockOptions, optionsOf } from '../mock-options.ts';
import { portOf } from '../port.ts';

const DEFAULT_PORT = 4010;

export const command: Command = {
  name: 'serve',
  summary: 'Serves the documented APIs from a seeded store.',
  options: {
    port: { value: 'N', default: '4010, or PORT', meaning: 'where to listen; 0 takes any free port' },
    host: { value: 'H', default: '127.0.0.1', meaning: 'address to listen on' },
    'tls-cert': { value: 'FILE', meaning: 'certificate (PEM): the server speaks HTTPS' },
    'tls-key': { value: 'FILE', meaning: 'its key (PEM)' },
    ...optionsOf(),
    log: { value: 'off|text|json', default: 'text', meaning: 'banner and one line a request' },
  },
  example: 'contacts-mock serve --port 0 --seed 7 --scale logisense.contacts=1000000',
};

export async function run(parsed: Parsed, io: Io): Promise<number> {
  const log = (parsed.text('log') ?? 'text') as 'off' | 'text' | 'json';
  const listenOptions: ListenOptions = {
    port: portOf(parsed, io, DEFAULT_PORT),
    host: parsed.text('host') ?? '127.0.0.1',
    ...tlsOf(parsed),
  };
  // Stands before the first line is printed, so that whoever reads it may stop the server.
  const stopped = io.stopped ?? never;
  const mock = createMock({ ...(await mockOptions(parsed, io)), log: log === 'off' ? mistakesTo(io) : logTo(io, log) });
  try {
    const server = await mock.listen(listenOptions);
    const ready = `contacts-mock listening on ${server.url}`;
    // Whoever reads the log as JSON reads all of it so; the plain line stands beside it.
    if (log === 'json') io.stdout(`${jsonLine({ event: 'listening', url: server.url, message: `${ready} and logging JSON` })}\n`);
    (log === 'json' ? io.stderr : io.stdout)(`${ready}\n`);
    // A token that was given is a secret.
    const adminToken = parsed.has('admin-token') ? undefined : server.adminToken;
    if (log === 'text') io.stdout(banner({ url: await shortest(server.url), routes: mock.routes(), adminToken }));
    else if (adminToken !== undefined) io.stderr(`contacts-mock: /__admin asks for the token ${adminToken}\n`);
    await Promise.race([stopped, mock.stopped]);
  } finally {
    await mock.close();
  }
  return 0;
}

const never = new Promise<void>(() => undefined);

function tlsOf(parsed: Parsed): Pick<ListenOptions, 'tls'> {
  const [cert, key] = [parsed.text('tls-cert'), parsed.text('tls-key')];
  if (cert === undefined && key === undefined) return {};
  if (cert === undefined || key === undefined)
    throw usageError('--tls-cert and --tls-key belong together.', 'Give both, each a file in PEM form.');
  return { tls: { cert: pem('--tls-cert', cert), key: pem('--tls-key', key) } };
}

function pem(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new MockError('unreadable', `${option} ${file} cannot be read (${code}).`, 'Give a file in PEM form that this user may read.');
  }
}
