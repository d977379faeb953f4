/** Compressed request bodies, as ServiceStack takes them apart before a deserializer reads them; forms are not looked into. */
import { isPacked, unpacked } from '../../../http/content-encoding.ts';
import { MAX_BYTES } from '../../../http/message.ts';
import { DecodeError } from '../../../wire/error.ts';

export function decompressed(body: Uint8Array, encoding: string | undefined): Uint8Array {
  if (encoding === undefined || !isPacked(encoding)) return body;
  try {
    return unpacked(body, encoding, MAX_BYTES);
  } catch {
    throw new DecodeError('The archive entry was compressed using an unsupported compression method.');
  }
}
