/** Which bytes .NET's XML reader takes: UTF-8, or UTF-16 that says so; its complaints come without the name of a type. */
import { DecodeError } from '../error.ts';
import { XmlError } from './outline.ts';

type Encoding = 'utf-8' | 'utf-16LE' | 'utf-16BE';
/** A declaration is looked for in so many bytes. */
const LOOKED_AT = 128;
const DECLARED = /^<\?[^>]*?\sencoding\s*=\s*(["'])(.*?)\1/s;

/** The document that the bytes encode. */
export function documentText(body: string | Uint8Array): string {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  if (bytes.length < 4) throw new DecodeError('Unexpected end of file.');
  const [encoding, mark] = sniffed(bytes);
  const document = bytes.subarray(mark);
  const head = new TextDecoder(encoding).decode(document.subarray(0, LOOKED_AT));
  assertDeclared(DECLARED.exec(head)?.[2], encoding);
  try {
    return new TextDecoder(encoding, { fatal: encoding === 'utf-8', ignoreBOM: true }).decode(document);
  } catch {
    throw new XmlError('The document contains invalid UTF8 bytes.');
  }
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
    if (!isDeclared) throw new DecodeError('An XML declaration is required for all non UTF-8 documents.');
    return [isBig ? 'utf-16BE' : 'utf-16LE', 0];
  }
  return ['utf-8', 0];
}

function assertDeclared(declared: string | undefined, encoding: Encoding): void {
  const isUtf8 = encoding === 'utf-8';
  if (declared === undefined && !isUtf8)
    throw new DecodeError('An XML declaration with an encoding is required for all non UTF-8 documents.');
  const name = (declared ?? encoding).toLowerCase();
  if (name === encoding.toLowerCase() || (name === 'utf-16' && !isUtf8)) return;
  throw new DecodeError(
    `The encoding in the declaration '${declared}' does not match the encoding of the document '${name === 'utf-16' ? 'utf-8' : encoding}'.`,
  );
}
