/** The mock on a port, or behind somebody else's Node server: binds, and closes without cutting off what is under way. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Hono } from 'hono';
import { acceptedBy, type Env, type Listener } from './http/connection.ts';
import { corsHeaders, VARY } from './http/cors.ts';
import { hold, release } from './http/held-bodies.ts';
import type { ReadAhead } from './http/node-request.ts';
import { OpenConnections } from './http/open-connections.ts';
import { MockError } from './mock-error.ts';

/** Idle connections live as long as Kestrel's, in milliseconds. */
const KEEP_ALIVE = 130_000;
/** Kestrel's limit on the header lines of a request, and room for the line before them. */
const MAX_HEADERS = 32_768 + 1024;
/** For node-server: the process is its user's, and keeps its own `Request` and `Response`. */
const LISTENER_OPTIONS = {
  autoCleanupIncoming: false,
  overrideGlobalObjects: false,
  errorHandler: () => new Response(null, { status: 400 }),
};
/** Bodies up to this many bytes are read before the request is handled, which then need not wait for anything. */
const READ_AHEAD = 1_000_000;

export interface ListenTo {
  readonly port: number;
  readonly host: string;
  readonly adminToken: string | undefined;
  /** PEM. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
}

/** Told of what never became a call. */
export interface Problems {
  /** A request that could not be read, and what it was answered. */
  unreadable(request: { readonly head: string; readonly status: number; readonly reason: string }): void;
  readonly note: (message: string) => void;
}

export interface Bound {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a call at once, without Hono between; false where it cannot. */
export type Direct = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** Node's handler for an app. node-server comes with the first call: it needs Fetch, whose loading is a sixth of a start. */
function listenerOf(fetch: Hono<Env>['fetch'], options: { readonly hostname?: string } = {}): RequestListener {
  let handle: RequestListener | undefined;
  const load = async (): Promise<RequestListener> => {
    const { getRequestListener } = await import('@hono/node-server');
    handle = getRequestListener(fetch, { ...LISTENER_OPTIONS, ...options });
    return handle;
  };
  return (incoming, outgoing) => {
    if (handle !== undefined) handle(incoming, outgoing);
    else void load().then((loaded) => loaded(incoming, outgoing));
  };
}

export async function listen(
  app: Pick<Hono<Env>, 'fetch'>,
  { port, host, adminToken, tls }: ListenTo,
  problems: Problems,
  direct: Direct = () => false,
): Promise<Bound> {
  const handle = listenerOf(app.fetch, { hostname: host });
  /** Answers a call whose body, if it is short, has been read. */
  const answer = (outgoing: ServerResponse): void => {
    const { req: incoming } = outgoing;
    if (!direct(incoming, outgoing)) handle(incoming, outgoing);
    // A listener costs more than looking, and most calls have their answer at once.
    if (outgoing.writableEnded) open.answered(outgoing);
    else outgoing.once('prefinish', () => open.answered(outgoing));
  };
  const open = new OpenConnections(problems.note, (outgoing) => {
    const { req: incoming } = outgoing;
    const isShort = hasShortBody(incoming);
    if (isShort || hasBody(incoming)) (incoming as ReadAhead).heldBytes = 0;
    if (isShort) readAhead(incoming, () => answer(outgoing));
    else answer(outgoing);
  });
  const onRequest: RequestListener = (incoming, outgoing) => {
    if (hostLines(incoming.rawHeaders) > 1) {
      const problem = Object.assign(new Error('Two Host lines'), { rawPacket: Buffer.from(`${incoming.method} ${incoming.url}`) });
      refuse(problem, incoming.socket, problems);
      return;
    }
    open.take(outgoing);
  };
  const options = { keepAliveTimeout: KEEP_ALIVE, maxHeaderSize: MAX_HEADERS };
  const server =
    tls === undefined ? createServer(options, onRequest) : (await import('node:https')).createServer({ ...options, ...tls }, onRequest);
  server.on('clientError', (error: Error & { code?: string; rawPacket?: Buffer }, socket: Socket) => refuse(error, socket, problems));
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, host, port)));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      const listener: Listener = { host, port: bound, adminToken };
      server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
        acceptedBy(socket, listener);
        open.add(socket);
      });
      const name = host.includes(':') ? `[${host}]` : host;
      resolve({ url: `${tls === undefined ? 'http' : 'https'}://${name}:${bound}`, close: () => open.close(server) });
    });
  });
}

/** For servers of Node's kind and chains of handlers: a path that nobody serves goes to `next`, untouched. */
export function handler(app: Pick<Hono<Env>, 'fetch'>, incoming: IncomingMessage, outgoing: ServerResponse, next?: () => void): void {
  listenerOf((request, env) => app.fetch(request, next === undefined ? env : { ...env, next }))(incoming, outgoing);
}

/** Node drops all but the first without a word; two are an error (RFC 9112, section 3.2). */
function hostLines(raw: readonly string[]): number {
  let count = 0;
  for (let i = 0; i < raw.length; i += 2) if (raw[i]!.length === 4 && raw[i]!.toLowerCase() === 'host') count++;
  return count;
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/** Whether there is a body, as far as known a short one. */
function hasShortBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return length === undefined ? headers['transfer-encoding'] !== undefined : length !== '0' && Number(length) <= READ_AHEAD;
}

/** Calls `then` with a short body read; one that turns out to be long is left to be read as it comes. */
function readAhead(incoming: ReadAhead, then: () => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const onData = (chunk: Buffer): void => {
    if (incoming.heldBytes === undefined) return;
    incoming.isOversized ||= !hold(chunk.length);
    if (incoming.isOversized) {
      chunks.length = 0;
      return;
    }
    incoming.heldBytes += chunk.length;
    chunks.push(chunk);
    size += chunk.length;
    if (size <= READ_AHEAD) return;
    incoming.off('data', onData).off('end', onEnd).pause();
    // Counted again when it is read.
    release(incoming.heldBytes);
    incoming.heldBytes = 0;
    incoming.unshift(Buffer.concat(chunks));
    then();
  };
  const onEnd = (): void => {
    incoming.rawBody = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    then();
  };
  // A caller that goes away in the middle of its body is owed nothing.
  incoming.on('error', () => undefined);
  incoming.on('data', onData).on('end', onEnd);
}

const STATUSES: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** What Node could not read as HTTP. */
function refuse(error: Error & { code?: string; rawPacket?: Buffer }, socket: Socket, problems: Problems): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = STATUSES[error.code ?? ''] ?? 400;
  const head = error.rawPacket?.toString('latin1') ?? '';
  const origin = /^origin:[ \t]*([^\r\n]*)/im.exec(head)?.[1];
  const cors = origin === undefined ? {} : corsHeaders(origin, false);
  const lines = Object.entries({ Vary: VARY, ...cors, Connection: 'close', 'Content-Length': '0' });
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
  socket.destroySoon();
  problems.unreadable({ head, status, reason: error.message });
}

/** What the system says about an address, in words that say what to do. */
function listenError(error: unknown, host: string, port: number): unknown {
  const messages: Readonly<Record<string, readonly [string, string]>> = {
    EADDRINUSE: [`Port ${port} on ${host} is taken.`, 'Stop what listens there, or take another: --port 0 finds a free one.'],
    EACCES: [`Port ${port} is not allowed for this user.`, 'Take one above 1023, as in --port 4010.'],
    EADDRNOTAVAIL: [`${host} is not an address of this machine.`, 'Leave --host out for 127.0.0.1, or take 0.0.0.0 for all.'],
    ENOTFOUND: [`There is no host ${host}.`, 'Leave --host out for 127.0.0.1, or take 0.0.0.0 for all.'],
  };
  const known = messages[(error as NodeJS.ErrnoException).code ?? ''];
  return known === undefined ? error : new MockError('listen', ...known);
}
