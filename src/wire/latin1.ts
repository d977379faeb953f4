/** Bytes as a text of one character each and back, as Node's `Buffer` does it with `latin1`; a browser has none. */

/** What a call takes as arguments at once without doubt. */
const CHUNK = 8192;

const { Buffer } = globalThis as { Buffer?: typeof globalThis.Buffer };

export function toLatin1(bytes: Uint8Array): string {
  if (Buffer !== undefined)
    return (bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)).toString('latin1');
  if (bytes.length <= CHUNK) return String.fromCharCode(...bytes);
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return text;
}

export function fromLatin1(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
