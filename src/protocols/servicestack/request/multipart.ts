/** `multipart/form-data`: multipasta takes the body apart; what ASP.NET Core would have refused is refused in its words (servicestack.md §13 F2). */
import { decodeField, make } from 'multipasta';
import { FrameworkError } from '../answer/failure.ts';
import { type HeaderValue, parseHeaderValue } from './header-value.ts';

const MAX_BOUNDARY = 128;
/** Of a boundary's line, in characters after the boundary. */
const MAX_LINE = 100;
const DISPOSITION = 'content-disposition';

export interface Multipart {
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Names of the parts that are no field: files, and other dispositions. */
  readonly passedOver: readonly string[];
}

/** Throws a `FrameworkError` where the framework's own reader fails. */
export function parseMultipart({ parameters }: HeaderValue, body: Uint8Array): Multipart {
  const boundary = parameters.get('boundary') ?? '';
  if (boundary === '') throw invalidData('Missing content-type boundary.');
  if (boundary.length > MAX_BOUNDARY) throw invalidData(`Multipart boundary length limit ${MAX_BOUNDARY} exceeded.`);
  const fields: [string, string][] = [];
  const passedOver: string[] = [];
  let isWhole = false;
  let isDoubtful = false;
  const parser = make({
    headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` },
    maxFieldSize: Number.POSITIVE_INFINITY,
    isFile({ headers, filename }) {
      const disposition = parseHeaderValue(String(headers[DISPOSITION] ?? ''));
      isDoubtful ||= disposition === undefined;
      return disposition?.value !== 'form-data' || (filename ?? '') !== '';
    },
    onField: (part, value) => fields.push([part.name, decodeField(part, value)]),
    onFile({ name }) {
      passedOver.push(name);
      return () => undefined;
    },
    onError({ _tag }) {
      // A field without a name is none, and that is no error here.
      if (_tag === 'InvalidDisposition') passedOver.push('');
      else isDoubtful = true;
    },
    onDone() {
      isWhole = true;
    },
  });
  parser.write(body);
  parser.end();
  const error = isWhole && !isDoubtful ? undefined : errorIn(new TextDecoder().decode(body), `--${boundary}`);
  if (error !== undefined) throw error;
  return { fields, passedOver };
}

/** The first thing that ASP.NET Core's reader would have stopped at. */
function errorIn(text: string, delimiter: string): FrameworkError | undefined {
  for (let at = text.indexOf(delimiter); ; ) {
    let next = at + delimiter.length;
    // The reader wants room for the two dashes of a last boundary, whether this is one or not.
    if (at < 0 || next + 2 > text.length) return END_OF_STREAM;
    const readLine = (): string => {
      const start = next;
      const end = text.indexOf('\r\n', start);
      next = end < 0 ? text.length : end + 2;
      return text.slice(start, end < 0 ? text.length : end);
    };
    const rest = readLine();
    if (rest.length > MAX_LINE) return invalidData(`Line length limit ${MAX_LINE} exceeded.`);
    if (rest.trim() === '--') return undefined;
    let disposition = '';
    for (let line = readLine(); line !== ''; line = readLine()) {
      const colon = line.indexOf(':');
      if (colon <= 0) return invalidData(`Invalid header line: ${line}`);
      if (line.slice(0, colon).toLowerCase() === DISPOSITION) disposition = line.slice(colon + 1).trim();
    }
    if (parseHeaderValue(disposition) === undefined)
      return invalidData(`Form section has invalid Content-Disposition value: ${disposition}`);
    const found = text.indexOf(`\r\n${delimiter}`, next);
    at = found < 0 ? found : found + 2;
  }
}

export const invalidData = (message: string): FrameworkError => new FrameworkError(500, 'InvalidDataException', message);
const END_OF_STREAM = new FrameworkError(
  500,
  'IOException',
  'Unexpected end of Stream, the content may have already been read by another component. ',
);
