/** One request and its answer, whatever carried them: all that comparisons look at. */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

export interface Exchange {
  readonly request: ExchangeRequest;
  readonly response: ExchangeResponse;
}

export interface ExchangeRequest {
  /** Upper case. */
  readonly method: string;
  /** Path and query below the base address of the API, as sent: `/Contact/1`. */
  readonly target: string;
  readonly headers: HeaderLines;
  /** Undefined where none was sent or it was not kept. */
  readonly body?: Uint8Array | undefined;
}

export interface ExchangeResponse {
  /** 0 where no answer came. */
  readonly status: number;
  readonly headers: HeaderLines;
  /** Decoded (see `decodedBody`). Undefined where it is not known: then only status and headers are compared. */
  readonly body: Uint8Array | undefined;
  /** Why no answer came, or not all of it. */
  readonly failure?: string;
}

/** By lower-case name; several lines joined by `, `. */
export type HeaderLines = Readonly<Record<string, string>>;

export function headerLines(lines: Iterable<readonly [name: string, value: string]>): HeaderLines {
  const headers: Record<string, string> = {};
  for (const [name, value] of lines) {
    const key = name.toLowerCase();
    headers[key] = Object.hasOwn(headers, key) ? `${headers[key]}, ${value}` : value;
  }
  return headers;
}

export const pathOf = (target: string): string => target.split('?', 1)[0] ?? '';
export const queryOf = (target: string): URLSearchParams =>
  new URLSearchParams(target.includes('?') ? target.slice(target.indexOf('?')) : '');

const MAX_DECODED = 64 * 1024 * 1024;
const DECODERS: Readonly<Record<string, (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** The bytes of a body behind its `Content-Encoding`; undefined where they cannot be had. */
export function decodedBody(body: Uint8Array, contentEncoding: string | undefined): Uint8Array | undefined {
  let bytes = body;
  const encodings = (contentEncoding ?? '').toLowerCase().split(',');
  for (const encoding of encodings.map((name) => name.trim()).reverse()) {
    if (encoding === '' || encoding === 'identity') continue;
    const decode = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
    try {
      if (decode === undefined) return undefined;
      bytes = decode(bytes, { maxOutputLength: MAX_DECODED });
    } catch {
      return undefined;
    }
  }
  return bytes;
}
