/** The request as it was sent, whatever brought it: raw target, header lines, body bytes. */
import { type Inbound, MAX_BYTES } from './message.ts';
import { decodedOrAsSent } from './percent-encoding.ts';
import { splitWorld, type Target, WORLD_PREFIX } from './target.ts';

export abstract class SentRequest implements Inbound {
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
      taken.push(mark < 0 ? '' : decodedOrAsSent(pair.slice(mark + 1).replaceAll('+', ' ')));
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

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
