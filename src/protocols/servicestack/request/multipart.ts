/**
 * `multipart/form-data`: what ASP.NET Core's reader stops at is refused in its words, the rest is taken apart by a parser that
 * needs no streams of Node, so that a browser has it too (servicestack.md §13 F2).
 */
import { MultipartParser, type MultipartPart } from '@remix-run/multipart-parser';
import { FrameworkError } from '../answer/failure.ts';
import { type HeaderValue, parseHeaderValue } from './header-value.ts';
import type { Pair } from './parameters.ts';

// The limits of ASP.NET Core, in bytes; `MAX_LINE` is for what stands behind a boundary on its line.
const MAX_BOUNDARY = 128;
const MAX_LINE = 100;
const MAX_HEADERS_SIZE = 16_384;
const MAX_HEADERS = 16;
const MAX_PARTS = 1024;
const DISPOSITION = 'content-disposition';
/** A body has its bound already. */
const NO_LIMITS = { maxFileSize: Infinity, maxHeaderSize: Infinity, maxParts: Infinity, maxTotalSize: Infinity };

const utf8 = new TextDecoder();
/** A character for each byte, so that positions are those of the body. */
const bytewise = new TextDecoder('latin1');

export interface Form {
  readonly fields: readonly Pair[];
  /** Names of parts that are no field: files, and other dispositions. */
  readonly passedOver: readonly string[];
}

/** Throws a `FrameworkError` where the framework's own reader fails. */
export function parseMultipart({ parameters }: HeaderValue, body: Uint8Array): Form {
  const boundary = parameters.get('boundary') ?? '';
  if (boundary === '') throw invalidData('Missing content-type boundary.');
  if (boundary.length > MAX_BOUNDARY) throw invalidData(`Multipart boundary length limit ${MAX_BOUNDARY} exceeded.`);
  const start = refuseUnreadable(body, `--${boundary}`);
  const fields: Pair[] = [];
  const passedOver: string[] = [];
  for (const part of new MultipartParser(boundary, NO_LIMITS).write(body.subarray(start))) {
    const disposition = dispositionOf(part);
    const name = disposition?.parameters.get('name') ?? '';
    if (disposition !== undefined && isField(disposition) && name !== '') fields.push([name, utf8.decode(part.bytes)]);
    else passedOver.push(name);
  }
  return { fields, passedOver };
}

function dispositionOf(part: MultipartPart): HeaderValue | undefined {
  try {
    return parseHeaderValue(part.headers[DISPOSITION] ?? '');
  } catch {
    // A header that is not UTF-8 names nothing that a member could be called.
    return undefined;
  }
}

const isField = ({ value, parameters }: HeaderValue): boolean =>
  value === 'form-data' && !parameters.get('filename') && !parameters.get('filename*');

/** Goes through the body as ASP.NET Core's reader does, and says where the first boundary stands. */
function refuseUnreadable(body: Uint8Array, delimiter: string): number {
  const text = bytewise.decode(body);
  const first = text.indexOf(delimiter);
  if (first > MAX_HEADERS_SIZE) throw invalidData(`Multipart body length limit ${MAX_HEADERS_SIZE} exceeded.`);
  let next = first + delimiter.length;
  const readLine = (limit: number): string => {
    const start = next;
    const end = text.indexOf('\r\n', start);
    // A carriage return counts, the line feed behind it does not.
    if ((end < 0 ? text.length : end + 1) - start > limit) throw invalidData(`Line length limit ${limit} exceeded.`);
    next = end < 0 ? text.length : end + 2;
    return utf8.decode(body.subarray(start, end < 0 ? text.length : end));
  };
  for (let at = first, parts = 0; ; parts++) {
    // The reader wants room for the two dashes of a last boundary, whether this is one or not.
    if (at < 0 || next + 2 > text.length) throw END_OF_STREAM;
    if (readLine(MAX_LINE).trim() === '--') return first;
    const disposition = readHeaders(readLine).get(DISPOSITION)?.join(',') ?? '';
    if (parts >= MAX_PARTS) throw invalidData(`Form value count limit ${MAX_PARTS} exceeded.`);
    if (parseHeaderValue(disposition) === undefined)
      throw invalidData(`Form section has invalid Content-Disposition value: ${disposition}`);
    at = text.indexOf(`\r\n${delimiter}`, next);
    next = at + 2 + delimiter.length;
  }
}

function readHeaders(readLine: (limit: number) => string): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>();
  let size = 0;
  for (let line = readLine(MAX_HEADERS_SIZE); line !== ''; line = readLine(MAX_HEADERS_SIZE - size)) {
    size += line.length;
    const colon = line.indexOf(':');
    if (colon <= 0) throw invalidData(`Invalid header line: ${line}`);
    const name = line.slice(0, colon).toLowerCase();
    const values = headers.get(name) ?? [];
    headers.set(name, [...values, line.slice(colon + 1).trim()]);
    if (headers.size > MAX_HEADERS) throw invalidData(`Multipart headers count limit ${MAX_HEADERS} exceeded.`);
  }
  return headers;
}

export const invalidData = (message: string): FrameworkError => new FrameworkError(500, 'InvalidDataException', message);
const END_OF_STREAM = new FrameworkError(
  500,
  'IOException',
  'Unexpected end of Stream, the content may have already been read by another component. ',
);
