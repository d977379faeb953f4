/** The encodings in which .NET's DataContractSerializer takes a document: it was asked for each of these. */
import { describe, expect, test } from 'vitest';
import { type Dto, dto } from '../../src/contract/dto.ts';
import { string } from '../../src/contract/field.ts';
import { decode } from '../../src/wire/codec.ts';
import { DecodeError } from '../../src/wire/error.ts';
import { NOW } from './recordings.ts';

const Note = dto('Note', { ns: 'urn:a' }, { Text: string() }) as unknown as Dto;
const DOCUMENT = '<Note xmlns="urn:a"><Text>é</Text></Note>';
const PLAIN = '<?xml version="1.0"?>';
const declaring = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>`;
const MARK = '\ufeff';
type Encoding = 'utf8' | 'utf16le' | 'utf16be' | 'latin1';

const bytes = (text: string, encoding: Encoding): Uint8Array =>
  encoding === 'utf16be' ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, encoding);
const read = (body: string | Uint8Array): unknown => decode(Note, body, { format: 'xml', now: NOW }).value['Text'];

test.each<[string, Encoding]>([
  ['', 'utf8'],
  [MARK, 'utf8'],
  [PLAIN, 'utf8'],
  [declaring('utf-8'), 'utf8'],
  [declaring('UTF-8'), 'utf8'],
  [MARK + declaring('utf-8'), 'utf8'],
  [declaring('utf-16'), 'utf16le'],
  [declaring('UTF-16'), 'utf16le'],
  [declaring('utf-16'), 'utf16be'],
  [MARK + declaring('utf-16'), 'utf16le'],
  [MARK + declaring('utf-16'), 'utf16be'],
  [declaring('UTF-16LE'), 'utf16le'],
  [declaring('utf-16BE'), 'utf16be'],
])('%j and a document in %s is read', (head, encoding) => {
  expect(read(bytes(head + DOCUMENT, encoding))).toBe('é');
});

describe('refused is', () => {
  const REQUIRED = 'An XML declaration is required for all non UTF-8 documents.';
  const WITH_ENCODING = 'An XML declaration with an encoding is required for all non UTF-8 documents.';
  const mismatch = (declared: string, actual: string): string =>
    `The encoding in the declaration '${declared}' does not match the encoding of the document '${actual}'.`;
  test.each<[string, Encoding, string]>([
    ['', 'utf16le', REQUIRED],
    ['', 'utf16be', REQUIRED],
    [MARK, 'utf16le', WITH_ENCODING],
    [MARK, 'utf16be', WITH_ENCODING],
    [PLAIN, 'utf16le', WITH_ENCODING],
    [PLAIN, 'utf16be', WITH_ENCODING],
    [MARK + PLAIN, 'utf16le', WITH_ENCODING],
    [declaring('utf-16'), 'utf8', mismatch('utf-16', 'utf-8')],
    [MARK + declaring('utf-16'), 'utf8', mismatch('utf-16', 'utf-8')],
    [declaring('utf-8'), 'utf16le', mismatch('utf-8', 'utf-16LE')],
    [declaring('utf-16BE'), 'utf16le', mismatch('utf-16BE', 'utf-16LE')],
    [declaring('iso-8859-1'), 'latin1', mismatch('iso-8859-1', 'utf-8')],
    [declaring('us-ascii'), 'utf8', mismatch('us-ascii', 'utf-8')],
  ])('%j and a document in %s', (head, encoding, message) => {
    expect(() => read(bytes(head + DOCUMENT, encoding))).toThrow(new DecodeError(message));
  });
  test.each<[string, string]>([
    ['', 'Unexpected end of file.'],
    ['<a/', 'Unexpected end of file.'],
    ['<a/>', 'Expecting element'],
    ['\xff\xfe', 'Unexpected end of file.'],
    ['\xef\xbb\x00<a/>', 'Unrecognized Byte Order Mark.'],
    ['\xef<a/>', 'There was an error deserializing'],
    ['\xff<a/>', 'There was an error deserializing'],
    ['\xfe<a/>', 'There was an error deserializing'],
    ['\xff\xffa/', 'There was an error deserializing'],
    ['\xfe\xfea/', 'There was an error deserializing'],
    ['\x00<a/>', REQUIRED],
    ['<\x00a\x00', REQUIRED],
    ['\x00<\x00a', REQUIRED],
    ['<\x00?/', REQUIRED],
    ['<Note xmlns="urn:a"><Text>\xff</Text></Note>', 'There was an error deserializing'],
  ])('the body %j', (body, message) => {
    expect(() => read(Buffer.from(body, 'latin1'))).toThrow(message);
  });
});
