/** The request as it was sent: raw target, header lines, body bytes, from a Node socket or from a Fetch `Request`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InProcess } from './connection.ts';
import { hold } from './held-bodies.ts';
import { type Inbound, MAX_BYTES } from './message.ts';
import { pathInfo } from './path-info.ts';

/** The part of the target that names a world. */
export const WORLD_PREFIX = '/__worlds/';

/** What comes beside a `Request`: Node's own objects where there is a socket. */
export interface Transport {
  readonly incoming?: IncomingMessage | undefined;
  /** Where the call was made in process. */
  readonly inProcess?: Pick<InProcess, 'mount' | 'cookie'> | undefined;
  /** `X-Forwarded-Proto`, `-Host` and `-Prefix` say how the caller addresses the server. */
  readonly trustsProxy?: boolean;
}

/** Set by our own listener, which reads short bodies before the request is handled; node-server knows it too. */
export type ReadAhead = IncomingMessage & {
  rawBody?: Uint8Array;
  /** Bytes of the body that are held until the call has its answer. */
  heldBytes?: number | undefined;
  /** There was no room to hold it. */
  isOversized?: boolean;
};

/** Where a target begins: `mount` is what an outer app or server took off before it. */
interface Target {
  readonly mount: string;
  readonly target: string;
}

/** The target as it stood on the wire, without the path of a mount. */
function targetOf(request: Request, { incoming, inProcess }: Transport): Target {
  const sent = incoming?.url;
  if (sent === undefined) return belowMount(originForm(request.url), inProcess?.mount ?? '');
  const { originalUrl } = incoming as IncomingMessage & { originalUrl?: string };
  // A server of connect's kind has cut the mount off `url` itself.
  if (originalUrl !== undefined && originalUrl !== sent && originalUrl.endsWith(sent))
    return { mount: originalUrl.slice(0, -sent.length), target: sent };
  if (request.url.endsWith(sent)) return { mount: '', target: sent };
  const [outer, inner] = [new URL(sent, 'http://host').pathname, new URL(request.url).pathname];
  const mount =
    outer === inner || !outer.endsWith(inner === '/' ? '' : inner) ? '' : outer.slice(0, inner === '/' ? outer.length : -inner.length);
  const target = originForm(sent);
  if (mount === '') return { mount, target };
  const rest = target.slice(mount.length);
  return target.startsWith(mount)
    ? { mount, target: rest.startsWith('/') ? rest : `/${rest}` }
    : { mount, target: originForm(request.url) };
}

/** A target without the path of a mount that it begins with. */
function belowMount(target: string, mount: string): Target {
  const rest = target.slice(mount.length);
  if (mount === '' || !target.startsWith(mount) || !/^([/?]|$)/.test(rest)) return { mount: '', target };
  return { mount, target: rest.startsWith('/') ? rest : `/${rest}` };
}

/** The target of an absolute URL; an origin-form target as it is. */
function originForm(url: string): string {
  if (url.startsWith('/')) return url;
  const scheme = url.indexOf('://');
  const start = scheme < 0 ? -1 : url.indexOf('/', scheme + 3);
  const target = start < 0 ? '/' : url.slice(start);
  const fragment = target.indexOf('#');
  return fragment < 0 ? target : target.slice(0, fragment);
}

/** A target that names a world, taken apart. */
function splitWorld(target: string): { readonly world: string; readonly prefix: string; readonly rest: string } {
  const end = target.slice(WORLD_PREFIX.length).search(/[/?]/);
  const prefix = end < 0 ? target : target.slice(0, WORLD_PREFIX.length + end);
  const rest = target.slice(prefix.length);
  return { world: decoded(prefix.slice(WORLD_PREFIX.length)), prefix, rest: rest.startsWith('/') ? rest : `/${rest}` };
}

abstract class SentRequest implements Inbound {
  readonly method: string;
  /** The target before a preference was cut out of it: what the journal shows. */
  readonly sentTarget: string;
  target: string;
  readonly path: string;
  query: string;
  /** Where the call was mounted, and the world that its URL names. */
  readonly #ownPath: string;
  /** The world named by the URL prefix. */
  readonly prefixWorld: string | undefined;
  body: Uint8Array | undefined;
  /** How long the body was. */
  bodySize = 0;
  isOversized = false;
  protected wasRead = false;
  readonly #trustsProxy: boolean;
  #authorization: string | undefined;

  constructor(method: string, { mount, target }: Target, trustsProxy: boolean) {
    this.method = method;
    this.#trustsProxy = trustsProxy;
    if (target.startsWith(WORLD_PREFIX)) {
      const { world, prefix, rest } = splitWorld(target);
      this.prefixWorld = world;
      this.#ownPath = mount + prefix;
      this.sentTarget = this.target = rest;
    } else {
      this.prefixWorld = undefined;
      this.#ownPath = mount;
      this.sentTarget = this.target = target;
    }
    const sent = this.target;
    const mark = sent.indexOf('?');
    this.path = mark < 0 ? sent : sent.slice(0, mark);
    this.query = mark < 0 ? '' : sent.slice(mark + 1);
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
  /** Cuts members out of the query and gives their values, decoded. */
  takeQuery(name: string): readonly string[] {
    const taken: string[] = [];
    const kept = this.query.split('&').filter((pair) => {
      const mark = pair.indexOf('=');
      if ((mark < 0 ? pair : pair.slice(0, mark)) !== name) return true;
      taken.push(mark < 0 ? '' : decoded(pair.slice(mark + 1).replaceAll('+', ' ')));
      return false;
    });
    this.query = kept.join('&');
    this.target = this.query === '' ? this.path : `${this.path}?${this.query}`;
    return taken;
  }
  get basePath(): string {
    return this.#trustsProxy ? (this.#forwarded('prefix') ?? '').replace(/\/+$/, '') + this.#ownPath : this.#ownPath;
  }
  get origin(): string {
    if (!this.#trustsProxy) return this.base() + this.basePath;
    const [scheme, host] = this.base().split('://', 2) as [string, string];
    return `${this.#forwarded('proto') ?? scheme}://${this.#forwarded('host') ?? host}${this.basePath}`;
  }
  /** What the first of the proxies between said of the caller's address. */
  #forwarded(name: 'proto' | 'host' | 'prefix'): string | undefined {
    return this.sentHeader(`x-forwarded-${name}`)?.split(',', 1)[0]?.trim() || undefined;
  }
  abstract readonly signal: AbortSignal;
  /** True where a body was sent and not read, for want of knowing it to be short. */
  abstract readonly isUnread: boolean;
  /** The body as it comes; undefined where there is none. */
  abstract bodyStream(): AsyncIterable<Uint8Array> | undefined;
  /** Resolves once `body` is there; undefined where nothing has to be waited for. Rejects when the caller goes away. */
  abstract readBody(): Promise<void> | undefined;
  protected async collect(stream: AsyncIterable<Uint8Array>): Promise<void> {
    this.wasRead = true;
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream) {
      this.bodySize += chunk.length;
      this.isOversized ||= this.bodySize > MAX_BYTES || !this.hold(chunk.length);
      if (this.isOversized) chunks.length = 0;
      else chunks.push(chunk);
    }
    if (!this.isOversized && this.bodySize > 0) this.body = chunks.length === 1 ? chunks[0] : concat(chunks, this.bodySize);
  }
  /** Whether there is room for as much of the body; a caller in this process has its own. */
  protected hold(_bytes: number): boolean {
    return true;
  }
  protected abstract sentHeader(name: string): string | undefined;
  protected abstract sentLines(name: string): readonly string[];
  /** Names and values in turn, as they came. */
  abstract rawHeaders(): readonly string[];
  /** `http://host:port` */
  protected abstract base(): string;
}
export type { SentRequest };

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** From a socket. Header objects are not built: only the names that are asked for are looked up. */
abstract class NodeRequest extends SentRequest {
  readonly #incoming: ReadAhead;

  constructor(incoming: IncomingMessage, method: string, target: Target, trustsProxy: boolean) {
    super(method, target, trustsProxy);
    this.#incoming = incoming;
  }
  protected sentHeader(name: string): string | undefined {
    const value = this.#incoming.headers[name];
    return typeof value === 'object' ? value.join(', ') : value;
  }
  protected sentLines(name: string): readonly string[] {
    const lines: string[] = [];
    const raw = this.#incoming.rawHeaders;
    for (let i = 0; i < raw.length; i += 2) {
      if (raw[i]!.length === name.length && raw[i]!.toLowerCase() === name) lines.push(raw[i + 1]!);
    }
    return lines;
  }
  rawHeaders(): readonly string[] {
    return this.#incoming.rawHeaders;
  }
  protected base(): string {
    const { encrypted } = this.#incoming.socket as { encrypted?: boolean };
    return `${encrypted ? 'https' : 'http'}://${this.header('host') ?? 'localhost'}`;
  }
  protected override hold(bytes: number): boolean {
    // Somebody else's server bounds what it takes itself.
    if (this.#incoming.heldBytes === undefined) return true;
    this.#incoming.isOversized ||= !hold(bytes);
    if (!this.#incoming.isOversized) this.#incoming.heldBytes += bytes;
    return !this.#incoming.isOversized;
  }
  get isUnread(): boolean {
    const { headers, rawBody } = this.#incoming;
    const length = headers['content-length'];
    return (
      !this.wasRead && rawBody === undefined && ((length !== undefined && length !== '0') || headers['transfer-encoding'] !== undefined)
    );
  }
  bodyStream(): AsyncIterable<Uint8Array> | undefined {
    if (!this.isUnread) return undefined;
    // Fetch gives GET and HEAD no body; these services read theirs.
    return this.method === 'GET' || this.method === 'HEAD' ? this.#incoming : this.stream(this.#incoming);
  }
  readBody(): Promise<void> | undefined {
    const { rawBody } = this.#incoming;
    if (rawBody !== undefined) {
      this.bodySize = rawBody.length;
      this.isOversized = this.#incoming.isOversized === true;
      if (rawBody.length > 0) this.body = rawBody;
      return undefined;
    }
    const stream = this.bodyStream();
    return stream === undefined ? undefined : this.collect(stream);
  }
  /** The body where nothing has read it. */
  protected abstract stream(incoming: IncomingMessage): AsyncIterable<Uint8Array> | undefined;
}

/** As Node's server gives it to its handler. */
class DirectRequest extends NodeRequest {
  readonly #outgoing: ServerResponse;
  #signal: AbortSignal | undefined;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse, trustsProxy: boolean) {
    super(incoming, incoming.method!, { mount: '', target: originForm(incoming.url!) }, trustsProxy);
    this.#outgoing = outgoing;
  }
  get signal(): AbortSignal {
    this.#signal ??= abortedWith(this.#outgoing);
    return this.#signal;
  }
  protected stream(incoming: IncomingMessage): AsyncIterable<Uint8Array> {
    return incoming;
  }
}

/** A signal of its own for those that ask: most calls have their answer before. */
function abortedWith(outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController();
  const leave = (): void => {
    if (!outgoing.writableFinished) controller.abort(new Error('The caller went away.'));
  };
  if (outgoing.closed) leave();
  else outgoing.once('close', leave);
  return controller.signal;
}

/** As it passed Hono, and whatever stands before it. */
class BridgedRequest extends NodeRequest {
  readonly #request: Request;

  constructor(request: Request, incoming: IncomingMessage, trustsProxy: boolean) {
    super(incoming, request.method, targetOf(request, { incoming }), trustsProxy);
    this.#request = request;
  }
  get signal(): AbortSignal {
    return this.#request.signal;
  }
  protected stream(): AsyncIterable<Uint8Array> | undefined {
    return (this.#request.body as AsyncIterable<Uint8Array> | null) ?? undefined;
  }
}

/** From the Fetch API: the same bytes, without a port. */
class FetchRequest extends SentRequest {
  readonly #request: Request;
  #values: ReadonlyMap<string, string> | undefined;
  readonly #cookie: string | undefined;

  constructor(request: Request, transport: Transport) {
    super(request.method, targetOf(request, transport), transport.trustsProxy ?? false);
    this.#request = request;
    this.#cookie = transport.inProcess?.cookie;
  }
  get signal(): AbortSignal {
    return this.#request.signal;
  }
  get isUnread(): boolean {
    return !this.wasRead && this.#request.body !== null;
  }
  bodyStream(): AsyncIterable<Uint8Array> | undefined {
    return (this.#request.body as AsyncIterable<Uint8Array> | null) ?? undefined;
  }
  readBody(): Promise<void> | undefined {
    const stream = this.bodyStream();
    return stream === undefined ? undefined : this.collect(stream);
  }
  protected sentHeader(name: string): string | undefined {
    // Read once: each `get` of a `Headers` checks and converts its argument, and a call looks for half a dozen names.
    this.#values ??= new Map(this.#request.headers);
    if (name === 'cookie' && this.#cookie !== undefined) return this.#cookie;
    return this.#values.get(name) ?? (name === 'host' ? new URL(this.#request.url).host : undefined);
  }
  protected sentLines(name: string): readonly string[] {
    const value = this.sentHeader(name);
    return value === undefined ? [] : [value];
  }
  rawHeaders(): readonly string[] {
    return [...this.#request.headers].flat();
  }
  protected base(): string {
    return new URL(this.#request.url).origin;
  }
}

/** The request that a transport brought: from a socket where there is one. */
export const inboundOf = (request: Request, transport: Transport): SentRequest =>
  transport.incoming === undefined
    ? new FetchRequest(request, transport)
    : new BridgedRequest(request, transport.incoming, transport.trustsProxy ?? false);

/** The request that Node's server gives to its handler. */
export const directInbound = (incoming: IncomingMessage, outgoing: ServerResponse, trustsProxy: boolean): SentRequest =>
  new DirectRequest(incoming, outgoing, trustsProxy);

/** The path of a request without mount and world, still percent-encoded. */
export const pathOf = (request: Request, transport: Transport): string => pathIn(targetOf(request, transport).target);

/** The path of a target without world and query, still percent-encoded. */
export function pathIn(target: string): string {
  const rest = target.startsWith(WORLD_PREFIX) ? splitWorld(target).rest : target;
  const mark = rest.indexOf('?');
  return mark < 0 ? rest : rest.slice(0, mark);
}

/** The path by which routes are found: decoded, dot segments resolved, lower case, no empty segments, no trailing slash. */
export function routingPath(path: string): string {
  const lower = pathInfo(path).toLowerCase();
  if (!lower.includes('//')) return lower.length > 1 && lower.endsWith('/') ? lower.slice(0, -1) : lower;
  return `/${lower.split('/').filter(Boolean).join('/')}`;
}
