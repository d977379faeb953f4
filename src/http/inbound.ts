/** The request as it was sent: raw target, header lines, body bytes, from a Node socket or from a Fetch `Request`. */
import type { IncomingMessage } from 'node:http';
import { pathInfo } from './path-info.ts';
import { type Inbound, MAX_BYTES } from './message.ts';

/** The part of the target that chooses a world. */
export const WORLD_PREFIX = '/__worlds/';

abstract class Incoming implements Inbound {
  readonly method: string;
  /** The target before a wish was cut out of it: what the journal shows. */
  readonly sentTarget: string;
  target: string;
  readonly path: string;
  query: string;
  /** The world named by the URL prefix. */
  readonly prefixWorld: string | undefined;
  /** The world in whose name the call was made in process. */
  readonly ownWorld: string | undefined;
  body: Uint8Array | undefined;
  /** How long the body was before it was cut. */
  bodySize = 0;
  isOversized = false;
  #authorization: string | undefined;

  constructor(method: string, target: string, ownWorld?: string) {
    this.method = method;
    this.ownWorld = ownWorld;
    if (target.startsWith(WORLD_PREFIX)) {
      const end = target.slice(WORLD_PREFIX.length).search(/[/?]/);
      this.prefixWorld = decode(end < 0 ? target.slice(WORLD_PREFIX.length) : target.slice(WORLD_PREFIX.length, WORLD_PREFIX.length + end));
      const rest = end < 0 ? '' : target.slice(WORLD_PREFIX.length + end);
      target = rest.startsWith('/') ? rest : `/${rest}`;
    }
    this.sentTarget = this.target = target;
    const mark = target.indexOf('?');
    this.path = mark < 0 ? target : target.slice(0, mark);
    this.query = mark < 0 ? '' : target.slice(mark + 1);
  }
  header(name: string): string | undefined {
    return name === 'authorization' && this.#authorization !== undefined ? this.#authorization : this.sentHeader(name);
  }
  lines(name: string): readonly string[] {
    return name === 'authorization' && this.#authorization !== undefined ? [this.#authorization] : this.sentLines(name);
  }
  /** Takes the part after `@` off a bearer token and gives it: the protocols see the token alone. */
  takeTokenWorld(): string | undefined {
    const sent = this.sentHeader('authorization');
    if (sent === undefined) return undefined;
    const at = sent.lastIndexOf('@');
    if (at < 0 || !/^bearer /i.test(sent)) return undefined;
    this.#authorization = sent.slice(0, at);
    return sent.slice(at + 1).trim();
  }
  /** Replaces the body by what the journal keeps of it: a copy, since the transport's own bytes lie in a large buffer. */
  keepBody(most: number): void {
    if (this.body !== undefined) {
      this.bodySize = this.body.length;
      this.body = new Uint8Array(this.body.length > most ? this.body.subarray(0, most) : this.body);
    }
  }
  /** Cuts members out of the query and gives their values, decoded. */
  takeQuery(name: string): readonly string[] {
    const taken: string[] = [];
    const kept = this.query.split('&').filter((pair) => {
      const mark = pair.indexOf('=');
      if ((mark < 0 ? pair : pair.slice(0, mark)) !== name) return true;
      taken.push(mark < 0 ? '' : decode(pair.slice(mark + 1).replaceAll('+', ' ')));
      return false;
    });
    this.query = kept.join('&');
    this.target = this.query === '' ? this.path : `${this.path}?${this.query}`;
    return taken;
  }
  get origin(): string {
    return this.prefixWorld === undefined ? this.base() : `${this.base()}${WORLD_PREFIX}${this.prefixWorld}`;
  }
  protected abstract sentHeader(name: string): string | undefined;
  protected abstract sentLines(name: string): readonly string[];
  /** Names and values as they came, for the journal. */
  abstract headerPairs(): readonly (readonly [string, string])[];
  protected abstract base(): string;
  /** Resolves once `body` is there; undefined where the request has none. */
  abstract readBody(): Promise<void> | undefined;
  /** Lets go of the transport's own objects, which the journal would otherwise keep alive. */
  abstract release(): void;
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
  #incoming: IncomingMessage | undefined;
  readonly #raw: readonly string[];

  constructor(incoming: IncomingMessage) {
    super(incoming.method ?? 'GET', pathOf(incoming.url ?? '/'));
    this.#incoming = incoming;
    this.#raw = incoming.rawHeaders;
  }
  protected sentHeader(name: string): string | undefined {
    if (this.#incoming === undefined) {
      const lines = this.sentLines(name);
      return lines.length === 0 ? undefined : lines.join(', ');
    }
    const value = this.#incoming.headers[name];
    return typeof value === 'object' ? value.join(', ') : value;
  }
  protected sentLines(name: string): readonly string[] {
    const lines: string[] = [];
    const raw = this.#raw;
    for (let i = 0; i < raw.length; i += 2) {
      if (raw[i]!.length === name.length && raw[i]!.toLowerCase() === name) lines.push(raw[i + 1]!);
    }
    return lines;
  }
  headerPairs(): readonly (readonly [string, string])[] {
    return Array.from({ length: this.#raw.length / 2 }, (_, i) => [this.#raw[2 * i]!, this.#raw[2 * i + 1]!] as const);
  }
  protected base(): string {
    const socket = this.#incoming?.socket as { encrypted?: boolean } | undefined;
    return `${socket?.encrypted ? 'https' : 'http'}://${this.header('host') ?? 'localhost'}`;
  }
  readBody(): Promise<void> | undefined {
    const incoming = this.#incoming as IncomingMessage;
    const length = incoming.headers['content-length'];
    if ((length === undefined || length === '0') && incoming.headers['transfer-encoding'] === undefined) return undefined;
    return new Promise((resolve, reject) => {
      const chunks: Uint8Array[] = [];
      let size = 0;
      incoming.on('data', (chunk: Uint8Array) => {
        size += chunk.length;
        if (size <= MAX_BYTES) chunks.push(chunk);
        else chunks.length = 0;
      });
      incoming.on('end', () => {
        this.isOversized = size > MAX_BYTES;
        if (!this.isOversized && size > 0) this.body = chunks.length === 1 ? chunks[0] : concat(chunks, size);
        resolve();
      });
      incoming.on('error', reject);
      // Emitted after every request; only a body that broke off is an error, and errors are dear.
      incoming.on('close', () => {
        if (!incoming.readableEnded) reject(new Error('the caller went away before its body was complete'));
      });
    });
  }
  release(): void {
    this.#incoming = undefined;
  }
}

/** From the Fetch API: the same bytes, without a port. */
export class FetchInbound extends Incoming {
  #request: Request | undefined;
  readonly #headers: Headers;
  #values: ReadonlyMap<string, string> | undefined;
  readonly #url: string;

  constructor(request: Request, world?: string) {
    super(request.method, pathOf(request.url), world);
    this.#request = request;
    this.#headers = request.headers;
    this.#url = request.url;
  }
  protected sentHeader(name: string): string | undefined {
    // Read once: each `get` of a `Headers` checks and converts its argument, and a call looks for half a dozen names.
    this.#values ??= new Map(this.#headers);
    return this.#values.get(name) ?? (name === 'host' ? new URL(this.#url).host : undefined);
  }
  protected sentLines(name: string): readonly string[] {
    const value = this.sentHeader(name);
    return value === undefined ? [] : [value];
  }
  headerPairs(): readonly (readonly [string, string])[] {
    return [...this.#headers];
  }
  protected base(): string {
    return new URL(this.#url).origin;
  }
  readBody(): Promise<void> | undefined {
    const request = this.#request as Request;
    if (request.body === null) return undefined;
    return request.arrayBuffer().then((buffer) => {
      this.isOversized = buffer.byteLength > MAX_BYTES;
      if (!this.isOversized && buffer.byteLength > 0) this.body = new Uint8Array(buffer);
    });
  }
  release(): void {
    this.#request = undefined;
  }
}

/** The request that a transport brought: from a socket where there is one. */
export const inboundOf = (request: Request, transport: { readonly incoming?: unknown; readonly world?: string }): Incoming =>
  transport.incoming === undefined ? new FetchInbound(request, transport.world) : new NodeInbound(transport.incoming as IncomingMessage);

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

/** The path by which routes are found: decoded, dot segments resolved, lower case, no empty segments, no trailing slash, no world prefix. */
export function routingPath(path: string): string {
  const lower = pathInfo(path).toLowerCase();
  if (!lower.includes('//')) return lower.length > 1 && lower.endsWith('/') ? lower.slice(0, -1) : lower;
  return `/${lower.split('/').filter(Boolean).join('/')}`;
}
