/** Which bytes .NET's XML reader takes: UTF-8, or UTF-16 that says so; its complaints come without the name of a type. */
import { DecodeError } from '../error.ts';
import { XmlError } from './outline.ts';

type Encoding = 'utf-8' | 'utf-16LE' | 'utf-16BE';
const LABELS: Record<Encoding, string> = { 'utf-8': 'utf-8', 'utf-16LE': 'utf-16le', 'utf-16BE': 'utf-16be' };
/** A declaration is looked for in so many bytes. */
const LOOKED_AT = 128;
/** Where `<?xml version="1.0" encoding=` has its second `=` at the earliest. */
const EARLIEST = 28;

const missing = (): DecodeError => new DecodeError('An XML declaration is required for all non-UTF8 documents.');
const malformed = (): DecodeError => new DecodeError('Malformed XML declaration.');

/** The document that the bytes encode. */
export function documentText(body: string | Uint8Array): string {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  if (bytes.length < 4) throw new DecodeError('Unexpected end of file.');
  const [encoding, mark] = sniffed(bytes);
  let text: string;
  try {
    text = new TextDecoder(LABELS[encoding], { fatal: encoding === 'utf-8', ignoreBOM: true }).decode(bytes.subarray(mark));
  } catch {
    throw new XmlError('The document contains invalid UTF8 bytes.');
  }
  if (text.startsWith('<?')) checkDeclared(text.slice(0, LOOKED_AT), encoding);
  else if (encoding !== 'utf-8') throw missing();
  return text;
}

function sniffed(bytes: Uint8Array): [Encoding, number] {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return ['utf-16LE', 2];
  if (first === 0xfe && second === 0xff) return ['utf-16BE', 2];
  if (first === 0xef && second === 0xbb) {
    if (third !== 0xbf) throw new DecodeError('Unrecognized Byte Order Mark.');
    return ['utf-8', 3];
  }
  const isBig = first === 0 && second === 0x3c;
  if (isBig || (first === 0x3c && second === 0)) {
    const isDeclared = isBig ? third === 0 && fourth === 0x3f : third === 0x3f && fourth === 0;
    if (!isDeclared) throw new DecodeError('The XML declaration is missing for all non-UTF8 documents.');
    return [isBig ? 'utf-16BE' : 'utf-16LE', 0];
  }
  return ['utf-8', 0];
}

/** The second `=` of a declaration belongs to `encoding`. */
function checkDeclared(text: string, encoding: Encoding): void {
  const at = secondEquals(text);
  if (at === undefined || at >= EARLIEST) {
    const name = at === undefined ? undefined : /encoding\s*$/.exec(text.slice(0, at))?.[0];
    if (at === undefined || name === undefined) {
      if (encoding !== 'utf-8') throw missing();
      return;
    }
    const declared = /^\s*(["'])(.*?)\1/s.exec(text.slice(at + 1))?.[2];
    if (declared === undefined) throw malformed();
    const lower = declared.toLowerCase();
    const actual = encoding.toLowerCase();
    if (lower === actual || (lower === 'utf-16' && encoding !== 'utf-8')) return;
    throw new DecodeError(
      `The encoding in the declaration '${declared}' does not match the encoding of the document '${lower === 'utf-16' ? 'utf-8' : encoding}'.`,
    );
  }
  throw malformed();
}

function secondEquals(text: string): number | undefined {
  let quote = '';
  let seen = 0;
  for (let at = 2; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '?') return undefined;
    else if (char === '=' && ++seen === 2) return at;
  }
  return undefined;
}
