/** Bodies that were compressed for the way, unpacked. */
import type * as Zlib from 'node:zlib';

const UNPACK = { gzip: 'gunzipSync', deflate: 'inflateSync', br: 'brotliDecompressSync' } as const;

const zlib = (): typeof Zlib | undefined =>
  (globalThis as { process?: { getBuiltinModule?: (name: string) => typeof Zlib } }).process?.getBuiltinModule?.('node:zlib');

/** Whether a `Content-Encoding` is one that can be undone. */
export const isPacked = (encoding: string | undefined): boolean => Object.hasOwn(UNPACK, encoding?.trim().toLowerCase() ?? '');

/**
 * The bytes in a body of one encoding (gzip, deflate, br); throws where they are damaged or more than `max`. Of a body that
 * was cut off, `isCut`, gives as much as there is.
 */
export function unpacked(body: Uint8Array, encoding: string, max: number, isCut = false): Uint8Array {
  const node = zlib();
  if (node === undefined) throw new Error('There is nothing here to unpack a body with.');
  const name = UNPACK[encoding.trim().toLowerCase() as keyof typeof UNPACK];
  const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH } = node.constants;
  return node[name](body, {
    maxOutputLength: max,
    ...(isCut && { finishFlush: name === 'brotliDecompressSync' ? BROTLI_OPERATION_FLUSH : Z_SYNC_FLUSH }),
  });
}
