/** Bytes of a body as text. What a Content-Type says of the charset plays no role (recordings bind/trendsic/body/latin1, utf16). */

const decoders = new Map<string, InstanceType<typeof TextDecoder>>();
function decoder(label: string): InstanceType<typeof TextDecoder> {
  let found = decoders.get(label);
  if (found === undefined) decoders.set(label, (found = new TextDecoder(label, { ignoreBOM: true })));
  return found;
}

/** A part of a text as one of its own: engines keep the whole of a text alive as long as somebody holds a part of it. */
export const ownText = (part: string): string => (part.length < SHORT ? part : ` ${part}`.slice(1));
/** Parts as short as this are copied by V8 anyway. */
const SHORT = 13;

/**
 * A text that was put together is a tree of its parts until somebody asks for one of its characters: five times its size, and
 * walked each time that it is copied into another.
 */
export function flattened(text: string): string {
  text.charCodeAt(0);
  return text;
}

const { Buffer } = globalThis as { Buffer?: typeof globalThis.Buffer };
/** Length of a text as UTF-8; undefined in a browser, where counting takes as long as encoding. */
export const utf8Length = (text: string): number | undefined => Buffer?.byteLength(text);

const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

/** UTF-8, come what may; a byte order mark is passed over. */
export const utf8Text = (body: string | Uint8Array): string => withoutMark(typeof body === 'string' ? body : decoder('utf-8').decode(body));

/** UTF-8 unless a byte order mark says otherwise. */
export function detectedText(body: string | Uint8Array): string {
  if (typeof body === 'string') return withoutMark(body);
  const mark = body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : 'utf-8';
  return withoutMark(decoder(mark).decode(body));
}
