/** Sends a call on to a real service as it was sent, and brings the answer back as it is (RFC 9110, section 7.6). */
import type * as Http from 'node:http';
import type * as Https from 'node:https';
import type * as Stream from 'node:stream';
import type { SentRequest } from './sent-request.ts';
import type { Reply } from './message.ts';

export interface Upstream {
  readonly url: URL;
  /** Milliseconds until the head of the answer has to be there. */
  readonly timeout: number;
  /** Take certificates that cannot be verified. */
  readonly isInsecure?: boolean;
}

/** A call that could not be sent on, or had no answer: 502, or 504 where it took too long. */
export class UpstreamError extends Error {
  readonly status: 502 | 504 | 501;

  constructor(status: 502 | 504 | 501, message: string) {
    super(message);
    this.name = 'UpstreamError';
    this.status = status;
  }
}

/** Fields of one connection alone, besides those that `Connection` names. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** Lines of an answer that another mock may have set. */
const REPLACED: ReadonlySet<string> = new Set(['x-mock-request-id', 'x-mock-served-by']);

const nodeModule = <T>(name: string): T =>
  (globalThis as { process?: { getBuiltinModule?: (name: string) => T } }).process?.getBuiltinModule?.(name) as T;

/** The lines of a head without those of its connection, and without those that `isOwn` names. */
function passedOn(raw: readonly string[], isOwn: (name: string) => boolean): [string, string][] {
  const lines: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) lines.push([raw[i]!, raw[i + 1]!]);
  const named = lines.flatMap(([name, value]) => (name.toLowerCase() === 'connection' ? value.toLowerCase().split(/\s*,\s*/) : []));
  const dropped = new Set([...HOP_BY_HOP, ...named]);
  return lines.filter(([name]) => !dropped.has(name.toLowerCase()) && !isOwn(name.toLowerCase()));
}

function headersOf(inbound: SentRequest, { url }: Upstream, prefer: string | undefined): string[] {
  const lines = passedOn(inbound.rawHeaders(), (name) => name.startsWith('x-mock-') || name === 'host');
  const replaced = new Map([
    ['authorization', inbound.header('authorization')],
    ['prefer', prefer],
  ]);
  const sent = lines.flatMap(([name, value]): [string, string][] => {
    const lower = name.toLowerCase();
    if (!replaced.has(lower)) return [[name, value]];
    const own = replaced.get(lower);
    replaced.set(lower, undefined);
    return own === undefined || own === '' ? [] : [[name, own]];
  });
  return ['Host', url.host, ...sent.flat()];
}

/**
 * Sends a call on and resolves with the answer's head and its body as a stream; redirects are not followed and what is
 * compressed stays so. `prefer` is what is left of `Prefer` without the mock's own parts. Rejects with an `UpstreamError`.
 */
export function forward(inbound: SentRequest, upstream: Upstream, prefer: string | undefined): Promise<Reply> {
  const { url, timeout } = upstream;
  const http = nodeModule<typeof Http & typeof Https>(url.protocol === 'https:' ? 'node:https' : 'node:http');
  const stream = nodeModule<typeof Stream>('node:stream');
  if (http === undefined) throw new UpstreamError(502, `${url.href} cannot be reached from here: forwarding needs Node's own HTTP client.`);
  if (inbound.header('upgrade') !== undefined)
    throw new UpstreamError(501, `Upgrades (${inbound.header('upgrade')}) are not forwarded to ${url.href}; connect to it directly.`);
  if (inbound.header('trailer') !== undefined)
    throw new UpstreamError(501, `Trailers are not forwarded to ${url.href}; send the request without them.`);
  const { signal } = inbound;
  return new Promise((resolve, reject) => {
    const request = http.request({
      protocol: url.protocol,
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port,
      method: inbound.method,
      path: url.pathname.replace(/\/$/, '') + inbound.target,
      // Node takes raw lines, whose case, order and repetition stay.
      headers: headersOf(inbound, upstream, prefer),
      setHost: false,
      ...(upstream.isInsecure && { rejectUnauthorized: false }),
    });
    const leave = (): void => void request.destroy(signal.reason as Error);
    const patience = setTimeout(
      () =>
        request.destroy(
          new UpstreamError(504, `${url.href} did not answer within ${timeout / 1000} s. Is it up? --upstream-timeout sets the limit.`),
        ),
      timeout,
    );
    const settle = (): void => clearTimeout(patience);
    request.on('error', (error) => {
      settle();
      reject(error instanceof UpstreamError || signal.aborted ? error : new UpstreamError(502, failure(error, url)));
    });
    request.on('response', (answer) => {
      settle();
      const headers: Record<string, string | string[]> = {};
      for (const [name, value] of passedOn(answer.rawHeaders, (name) => REPLACED.has(name)))
        headers[name] = headers[name] === undefined ? value : [headers[name], value].flat();
      const isEmpty = inbound.method === 'HEAD' || answer.statusCode === 204 || answer.statusCode === 304;
      if (isEmpty) answer.resume();
      answer.once('close', () => signal.removeEventListener('abort', leave));
      resolve({
        status: answer.statusCode ?? 502,
        reason: answer.statusMessage ?? '',
        headers,
        body: isEmpty ? null : stream.Readable.toWeb(answer),
      });
    });
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    const body = inbound.body ?? inbound.bodyStream();
    if (body === undefined || body instanceof Uint8Array) request.end(body);
    // A caller that breaks off ends the request that its body was for.
    else stream.pipeline(body, request, (error) => error && request.destroy(error as Error));
  });
}

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Start it, or correct --upstream',
  ENOTFOUND: 'there is no such host. Correct --upstream',
  EAI_AGAIN: 'its name could not be looked up. Check the network',
  ECONNRESET: 'it broke the connection off. Try again, or look at its log',
  EPROTO: 'it does not speak TLS there. Write http:// in --upstream',
  HPE_INVALID_CONSTANT: 'it does not speak HTTP there. Write https:// in --upstream, or another port',
};

function failure(error: Error & { code?: string }, url: URL): string {
  const code = error.code ?? '';
  const isCertificate = /CERT|SIGNATURE|SELF_SIGNED|ALTNAME/.test(code);
  const cause = isCertificate
    ? `its certificate cannot be trusted (${code}). Set NODE_EXTRA_CA_CERTS to the certificate of its authority`
    : (CAUSES[code] ?? `${error.message}`);
  return `${url.href} could not be asked: ${cause}.`;
}
