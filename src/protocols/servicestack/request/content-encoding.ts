/** Compressed request bodies, as ServiceStack takes them apart before a deserializer reads them; forms are not looked into. */
import type * as Zlib from 'node:zlib';
import { DecodeError } from '../../../wire/error.ts';
import { MAX_BYTES } from '../../../http/message.ts';

const DECOMPRESSORS = { gzip: 'gunzipSync', deflate: 'inflateSync', br: 'brotliDecompressSync' } as const;

/** Asked for when the first such body comes: a browser, which sends none, has no such module. */
const zlib = (): typeof Zlib => process.getBuiltinModule('node:zlib');

export function decompressed(body: Uint8Array, encoding: string | undefined): Uint8Array {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (!Object.hasOwn(DECOMPRESSORS, name)) return body;
  try {
    return zlib()[DECOMPRESSORS[name as keyof typeof DECOMPRESSORS]](body, { maxOutputLength: MAX_BYTES });
  } catch {
    throw new DecodeError('The archive entry was compressed using an unsupported compression method.');
  }
}
