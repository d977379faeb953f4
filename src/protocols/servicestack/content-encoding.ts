/** Compressed request bodies, as ServiceStack takes them apart before a deserializer reads them; forms are not looked into. */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { DecodeError } from '../../wire/error.ts';
import { MOST_BYTES } from '../protocol.ts';

const DECOMPRESSORS: Readonly<Record<string, typeof gunzipSync>> = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync };

export function decompressed(body: Uint8Array, encoding: string | undefined): Uint8Array {
  const decompress = encoding === undefined ? undefined : DECOMPRESSORS[encoding.trim().toLowerCase()];
  if (decompress === undefined) return body;
  try {
    return decompress(body, { maxOutputLength: MOST_BYTES });
  } catch {
    throw new DecodeError('The archive entry was compressed using an unsupported compression method.');
  }
}
