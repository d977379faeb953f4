/**
 * `multipart/form-data`: what ASP.NET Core's reader stops at is refused in its words, the rest is taken apart by a parser that
 * needs no streams of Node, so that a browser has it too (servicestack.md §13 F2).
 */
import { MultipartParser, type MultipartPart } from '@remix-run/multipart-parser';
import { FrameworkError } from '../answer/failure.ts';
import { type HeaderValue, parseHeaderValue } from './header-value.ts';
import type { Pair } from './parameters.ts';

const MAX_BOUNDARY = 128;
/** Of a boundary's line, in bytes behind the boundary. */
const MAX_LINE = 100;
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
    // A header that is no UTF-8 names nothing that a member could be called.
    return undefined;
  }
}

const isField = ({ value, parameters }: HeaderValue): boolean =>
  value === 'form-data' && !parameters.get('filename') && !parameters.get('filename*');

/** Goes through the body as ASP.NET Core's reader does, and says where the first boundary stands. */
function refuseUnreadable(body: Uint8Array, delimiter: string): number {
  const text = bytewise.decode(body);
  const first = text.indexOf(delimiter);
  for (let at = first, lead = 0; ; ) {
    let next = at + lead + delimiter.length;
    // The reader wants room for the two dashes of a last boundary, whether this is one or not.
    if (at < 0 || next + 2 > text.length) throw END_OF_STREAM;
    const readLine = (): string => {
      const start = next;
      const end = text.indexOf('\r\n', start);
      next = end < 0 ? text.length : end + 2;
      return utf8.decode(body.subarray(start, end < 0 ? text.length : end));
    };
    const lineStart = next;
    const rest = readLine();
    // The line feed that ends it is not counted.
    const length = next - lineStart - (text.startsWith('\r\n', next - 2) ? 1 : 0);
    if (length > MAX_LINE) throw invalidData(`Line length limit ${MAX_LINE} exceeded.`);
    if (rest.trim() === '--') return first;
    const dispositions: string[] = [];
    for (let line = readLine(); line !== ''; line = readLine()) {
      const colon = line.indexOf(':');
      if (colon <= 0) throw invalidData(`Invalid header line: ${line}`);
      if (line.slice(0, colon).toLowerCase() === DISPOSITION) dispositions.push(line.slice(colon + 1).trim());
    }
    const disposition = dispositions.join(',');
    if (parseHeaderValue(disposition) === undefined)
      throw invalidData(`Form section has invalid Content-Disposition value: ${disposition}`);
    at = text.indexOf(`\r\n${delimiter}`, next);
    lead = 2;
  }
}

export const invalidData = (message: string): FrameworkError => new FrameworkError(500, 'InvalidDataException', message);
const END_OF_STREAM = new FrameworkError(
  500,
  'IOException',
  'Unexpected end of Stream, the content may have already been read by another component. ',
);
