/** The connections of one server: how many calls begin on each at a time, what their callers leave unread, how they are closed. */
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { release } from './held-bodies.ts';
import type { ReadAhead } from './node-request.ts';

/** How long a call that is under way may take to end when the server closes, in milliseconds. */
const GRACE = 10_000;

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
export class OpenConnections {
  readonly #sockets = new Map<Socket, Connection>();
  /** Those whose callers had much to read when their latest answer was written, that one last. */
  readonly #behind = new Set<Socket>();
  readonly #note: (message: string) => void;
  readonly #begin: (call: ServerResponse) => void;

  /** `note` is told of what is closed or refused, `begin` to answer a call. */
  constructor(note: (message: string) => void, begin: (call: ServerResponse) => void) {
    this.#note = note;
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
      this.#note('A connection was closed: answers that their callers have not read hold more than 256 MB together.');
    }
  }
  /** What is held of a body is let go when its call has its answer, or its caller is gone. */
  #letGo(incoming: ReadAhead): void {
    if (incoming.heldBytes === undefined) return;
    release(incoming.heldBytes);
    incoming.heldBytes = undefined;
    if (incoming.isOversized) this.#note('A body was refused as too large: those that are being read hold 256 MB together.');
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
  close(server: Server): Promise<void> {
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
      this.#note(`Closing: ${busy} connection${busy === 1 ? ' has a call' : 's have calls'} under way; waiting up to ${GRACE / 1000} s.`);
      patience = setTimeout(() => {
        this.#note(`Closing: cut off ${this.#sockets.size} after ${GRACE / 1000} s.`);
        for (const socket of this.#sockets.keys()) socket.destroy();
      }, GRACE);
    });
  }
}

/** Drops the calls at the front that have their answer, or whose caller is gone; returns the first that is left. */
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
