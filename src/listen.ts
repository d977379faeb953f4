/** The mock on a port, or behind somebody else's Node server: binds, and closes without cutting off what is under way. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server as HttpServer,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Socket } from 'node:net';
import type { Hono } from 'hono';
import { acceptedBy, type Env, type Listener } from './http/connection.ts';
import { corsHeaders, VARY } from './http/cors.ts';
import { hold, release } from './http/held-bodies.ts';
import type { ReadAhead } from './http/node-request.ts';
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
/** How long a call that is under way may take to end when the server closes, in milliseconds. */
const GRACE = 10_000;

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
  note(message: string): void;
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
  const open = new Connections(problems, (outgoing) => {
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

/** Bytes of answers that a connection's caller has not read, beyond which its further requests wait. */
const MAX_UNREAD = 1_000_000;

/** Bytes of answers that callers have not read, of all connections together, and of one connection that are counted. */
const MAX_UNREAD_IN_ALL = 256_000_000;
const LEAST_UNREAD = 65_536;

/** Calls of a connection that are under way at a time. */
const MAX_BEGUN = 100;

interface Connection {
  /** Calls without a complete answer; they are answered in the order of their requests (HTTP pipelining). */
  readonly calls: Set<ServerResponse>;
  /** Those of them that have not begun. */
  readonly waiting: ServerResponse[];
}

/** The connections of one server, and the calls on them that have no complete answer yet. */
class Connections {
  readonly #sockets = new Map<Socket, Connection>();
  /** Those whose callers had much to read when their latest answer was written, that one last. */
  readonly #behind = new Set<Socket>();
  readonly #problems: Problems;
  readonly #begin: (call: ServerResponse) => void;

  constructor(problems: Problems, begin: (call: ServerResponse) => void) {
    this.#problems = problems;
    this.#begin = begin;
  }
  /** An answer has been written; where callers leave too much unread, the connections that have waited longest are closed. */
  answered(outgoing: ServerResponse): void {
    const { req } = outgoing;
    const { socket } = req;
    this.#letGo(req);
    // A call that is kept until the next one comes is one more that the garbage collector copies.
    if (outgoing.writableFinished) this.#sockets.get(socket)?.calls.delete(outgoing);
    if (socket.writableLength < LEAST_UNREAD) return;
    this.#behind.delete(socket);
    this.#behind.add(socket);
    let unread = 0;
    for (const one of this.#behind) {
      unread += one.writableLength;
      if (one.writableLength === 0) this.#behind.delete(one);
    }
    for (const one of this.#behind) {
      if (unread <= MAX_UNREAD_IN_ALL || one === socket) return;
      unread -= one.writableLength;
      this.#behind.delete(one);
      one.destroy();
      this.#problems.note('A connection was closed: answers that their callers have not read hold more than 256 MB together.');
    }
  }
  /** What is held of a body is let go when its call has its answer, or its caller is gone. */
  #letGo(incoming: ReadAhead): void {
    if (incoming.heldBytes === undefined) return;
    release(incoming.heldBytes);
    incoming.heldBytes = undefined;
    if (incoming.isOversized) this.#problems.note('A body was refused as too large: those that are being read hold 256 MB together.');
  }
  add(socket: Socket): void {
    const calls = new Set<ServerResponse>();
    this.#sockets.set(socket, { calls, waiting: [] });
    socket.once('close', () => {
      for (const { req } of calls) this.#letGo(req);
      this.#sockets.delete(socket);
      this.#behind.delete(socket);
    });
  }
  /** Begins with a call; later, where its caller has not read the answers to those before it. */
  take(outgoing: ServerResponse): void {
    const connection = this.#sockets.get(outgoing.req.socket);
    if (connection === undefined) {
      this.#begin(outgoing);
      return;
    }
    const { calls, waiting } = connection;
    dropFinished(calls);
    calls.add(outgoing);
    if (calls.size === 1 || (waiting.length === 0 && hasRoom(calls.size - 1, calls))) this.#begin(outgoing);
    else if (waiting.push(outgoing) === 1) this.#resume(connection);
  }
  /** Begins with what waits, as far as there is room; goes on when the next answer has been read. */
  #resume(connection: Connection): void {
    const { calls, waiting } = connection;
    const first = dropFinished(calls);
    while (waiting.length > 0 && hasRoom(calls.size - waiting.length, calls)) this.#begin(waiting.shift()!);
    if (waiting.length > 0) first?.once('close', () => this.#resume(connection));
  }
  /** Ends idle connections at once, and those with a call when it ends, or after ten seconds. */
  close(server: HttpServer): Promise<void> {
    return new Promise((resolve) => {
      let patience: ReturnType<typeof setTimeout> | undefined;
      server.close(() => {
        clearTimeout(patience);
        resolve();
      });
      let busy = 0;
      for (const [socket, { calls }] of this.#sockets) {
        const pending = [...calls].filter(isUnderWay);
        for (const call of pending) call.once('close', () => [...calls].some(isUnderWay) || socket.destroySoon());
        if (pending.length > 0) busy++;
        else socket.destroy();
      }
      if (busy === 0) return;
      this.#problems.note(
        `Closing: ${busy} connection${busy === 1 ? ' has a call' : 's have calls'} under way; waiting up to ${GRACE / 1000} s.`,
      );
      patience = setTimeout(() => {
        this.#problems.note(`Closing: cut off ${this.#sockets.size} after ${GRACE / 1000} s.`);
        for (const socket of this.#sockets.keys()) socket.destroy();
      }, GRACE);
    });
  }
}

/** Drops the calls at the front that have their answer; answers the first that has not. */
function dropFinished(calls: Set<ServerResponse>): ServerResponse | undefined {
  for (const call of calls) {
    if (!call.writableFinished && !call.closed) return call;
    calls.delete(call);
  }
  return undefined;
}

/** Whether one more call may begin besides `begun`. */
function hasRoom(begun: number, calls: Iterable<ServerResponse>): boolean {
  let unread = 0;
  for (const { writableLength } of calls) unread += writableLength;
  return begun < MAX_BEGUN && unread <= MAX_UNREAD;
}

/** A request that is not complete is not under way. */
const isUnderWay = ({ closed, req, writableFinished }: ServerResponse): boolean => req.complete && !writableFinished && !closed;

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
