/** The request as it was sent: raw target, header lines, body bytes, from a Node socket or from a Fetch `Request`. */
import type { IncomingMessage } from 'node:http';
import type { Inbound } from '../protocols/protocol.ts';

/** Kestrel's default limit; beyond it the real services answer 413. */
export const MOST_BYTES = 30_000_000;

/** The part of the target that chooses a world. */
export const WORLD_PREFIX = '/__worlds/';

abstract class Incoming implements Inbound {
  readonly method: string;
  readonly target: string;
  readonly path: string;
  readonly query: string;
  /** The world named by the URL prefix. */
  readonly prefixWorld: string | undefined;
  body: Uint8Array | undefined;
  isOversized = false;

  constructor(method: string, target: string) {
    this.method = method;
    if (target.startsWith(WORLD_PREFIX)) {
      const end = target.slice(WORLD_PREFIX.length).search(/[/?]/);
      this.prefixWorld = decode(end < 0 ? target.slice(WORLD_PREFIX.length) : target.slice(WORLD_PREFIX.length, WORLD_PREFIX.length + end));
      const rest = end < 0 ? '' : target.slice(WORLD_PREFIX.length + end);
      target = rest.startsWith('/') ? rest : `/${rest}`;
    }
    this.target = target;
    const mark = target.indexOf('?');
    this.path = mark < 0 ? target : target.slice(0, mark);
    this.query = mark < 0 ? '' : target.slice(mark + 1);
  }
  abstract header(name: string): string | undefined;
  abstract lines(name: string): readonly string[];
  /** Names and values as they came, for the journal. */
  abstract headerPairs(): readonly (readonly [string, string])[];
  protected abstract base(): string;
  get origin(): string {
    return this.prefixWorld === undefined ? this.base() : `${this.base()}${WORLD_PREFIX}${this.prefixWorld}`;
  }
  /** Resolves once `body` is there; undefined where the request has none. */
  abstract readBody(): Promise<void> | undefined;
}
export type { Incoming };

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** From a socket. Header objects are not built: only the names that are asked for are looked up. */
export class NodeInbound extends Incoming {
  readonly incoming: IncomingMessage;

  constructor(incoming: IncomingMessage) {
    super(incoming.method ?? 'GET', pathOf(incoming.url ?? '/'));
    this.incoming = incoming;
  }
  header(name: string): string | undefined {
    const value = this.incoming.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }
  lines(name: string): readonly string[] {
    const lines: string[] = [];
    const raw = this.incoming.rawHeaders;
    for (let i = 0; i < raw.length; i += 2) {
      if (raw[i]!.length === name.length && raw[i]!.toLowerCase() === name) lines.push(raw[i + 1]!);
    }
    return lines;
  }
  headerPairs(): readonly (readonly [string, string])[] {
    const raw = this.incoming.rawHeaders;
    return Array.from({ length: raw.length / 2 }, (_, i) => [raw[2 * i]!, raw[2 * i + 1]!] as const);
  }
  protected base(): string {
    const socket = this.incoming.socket as { encrypted?: boolean };
    return `${socket.encrypted ? 'https' : 'http'}://${this.header('host') ?? 'localhost'}`;
  }
  readBody(): Promise<void> | undefined {
    const { incoming } = this;
    const length = incoming.headers['content-length'];
    if ((length === undefined || length === '0') && incoming.headers['transfer-encoding'] === undefined) return undefined;
    return new Promise((resolve, reject) => {
      const chunks: Uint8Array[] = [];
      let size = 0;
      incoming.on('data', (chunk: Uint8Array) => {
        size += chunk.length;
        if (size <= MOST_BYTES) chunks.push(chunk);
        else chunks.length = 0;
      });
      incoming.on('end', () => {
        this.isOversized = size > MOST_BYTES;
        if (!this.isOversized) this.body = chunks.length === 1 ? chunks[0] : concat(chunks, size);
        resolve();
      });
      incoming.on('error', reject);
      incoming.on('close', () => reject(new Error('the caller went away before its body was complete')));
    });
  }
}

/** From the Fetch API: the same bytes, without a port. */
export class FetchInbound extends Incoming {
  readonly #request: Request;

  constructor(request: Request) {
    super(request.method, pathOf(request.url));
    this.#request = request;
  }
  header(name: string): string | undefined {
    if (name === 'host') return this.#request.headers.get('host') ?? new URL(this.#request.url).host;
    return this.#request.headers.get(name) ?? undefined;
  }
  lines(name: string): readonly string[] {
    const value = this.header(name);
    return value === undefined ? [] : [value];
  }
  headerPairs(): readonly (readonly [string, string])[] {
    return [...this.#request.headers];
  }
  protected base(): string {
    return new URL(this.#request.url).origin;
  }
  readBody(): Promise<void> | undefined {
    if (this.#request.body === null) return undefined;
    return this.#request.arrayBuffer().then((buffer) => {
      this.isOversized = buffer.byteLength > MOST_BYTES;
      if (!this.isOversized && buffer.byteLength > 0) this.body = new Uint8Array(buffer);
    });
  }
}

/** The target of an absolute URL; an origin-form target as it is. */
function pathOf(url: string): string {
  if (url.startsWith('/')) return url;
  const scheme = url.indexOf('://');
  const start = scheme < 0 ? -1 : url.indexOf('/', scheme + 3);
  const target = start < 0 ? '/' : url.slice(start);
  const fragment = target.indexOf('#');
  return fragment < 0 ? target : target.slice(0, fragment);
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** The path by which routes are found: lower case, no empty segments, no trailing slash, no world prefix. */
export function routingPath(path: string): string {
  const lower = path.toLowerCase();
  if (!lower.includes('//')) return lower.length > 1 && lower.endsWith('/') ? lower.slice(0, -1) : lower;
  return `/${lower.split('/').filter(Boolean).join('/')}`;
}
