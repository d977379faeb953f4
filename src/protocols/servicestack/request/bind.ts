/** What an operation receives: body < path < query < form on a service's own routes, other rules on ServiceStack's (servicestack.md §2). */
import type { Dto } from '../../../contract/dto.ts';
import { isPacked, unpacked } from '../../../http/content-encoding.ts';
import { MAX_BYTES } from '../../../http/message.ts';
import { clrName, initialValue } from '../../../wire/values/clr.ts';
import { memberCalled } from '../../../wire/compact-reader.ts';
import { type Decoded, decoding, decodingList } from '../../../wire/codec.ts';
import { DecodeError } from '../../../wire/error.ts';
import { readParameter } from '../../../wire/query.ts';
import { blankOf } from '../../../wire/reading.ts';
import type { Work } from '../../../work.ts';
import { explainBody, explainParameter } from '../explain.ts';
import { FrameworkError } from '../answer/failure.ts';
import { bareType, type Format, formatOf } from '../formats.ts';
import type { Parameters } from './parameters.ts';
import type { ServiceRequest } from './request.ts';
import type { ResponseError } from '../answer/response-status.ts';

export type BoundMessage = Record<string, unknown>;
/** Values of a path by the member's own name. */
export type PathValues = readonly (readonly [member: string, value: string])[];

/** On a service's own route. */
export function* bindRoute(dto: Dto, path: PathValues, request: ServiceRequest): Work<BoundMessage> {
  const message = yield* readBody(dto, request, request.contentType);
  // A query or form key in the member's own spelling takes the place of the path's value, even when it is empty (§2.1).
  const values = new Map<string, string>(path);
  for (const [name, value] of request.query.entries) values.set(name, value);
  if (request.hasRequestBody) for (const [name, value] of request.form.entries) values.set(name, value);
  fill(dto, message, values, request);
  if (!request.hasRequestBody && request.form.entries.length > 0)
    request.notes.formUnread(`the framework reads none of a ${request.verb}. Put the values into the query.`);
  noteParameters(dto, request.query, request);
  if (request.hasRequestBody) noteParameters(dto, request.form, request);
  request.notes.passedOver(request.passedOver);
  return message;
}

/** What the framework itself takes from a query or form; `_` keeps caches away. */
const KEYWORDS = new Set(['format', 'callback', 'jsconfig', 'debug', 'x-http-method-override', '_']);

function noteParameters(dto: Dto, { entries }: Parameters, { notes }: ServiceRequest): void {
  for (const [name] of entries) {
    const lower = name.toLowerCase();
    if (memberCalled(dto, name) === undefined && !KEYWORDS.has(lower) && !lower.startsWith('ss-')) notes.parameter(dto, name);
  }
}

/** On `/json/reply/X` and its like, which read a body in the route's own format. */
export function* bindPredefined(dto: Dto, contentType: string | undefined, request: ServiceRequest): Work<BoundMessage> {
  const { notes } = request;
  let message: BoundMessage;
  if (request.body.length === 0 && !request.hasRequestBody) message = fillFrom(dto, blankOf(dto), request.query, request);
  else if (request.isForm) message = fillFrom(dto, fillFrom(dto, blankOf(dto), request.query, request), request.form, request);
  else if (contentType === undefined) {
    message = blankOf(dto);
    if (request.body.length > 0) notes.bodyUnread('the extension of the path names no format. Leave it out.');
  } else message = yield* readBody(dto, request, contentType);
  if (request.hasRequestBody) fillDefaults(dto, message, request);
  noteParameters(dto, request.query, request);
  noteParameters(dto, request.form, request);
  notes.passedOver(request.passedOver);
  return message;
}

/** The messages of a batch, null where an item is. Without a body there are none. */
export function* bindBatch(dto: Dto, contentType: string | undefined, request: ServiceRequest): Work<readonly (BoundMessage | null)[]> {
  const { body, notes } = request;
  const format = contentType === undefined ? undefined : wireFormat(contentType);
  if (request.isForm || body.length === 0 || contentType === undefined || format === undefined) {
    notes.bodyUnread('a batch is a list in the format of its path, as in POST [{…},{…}].');
    return [];
  }
  try {
    const bytes = decompressed(body, request.call.inbound.header('content-encoding'));
    const messages = noticed(yield* decodingList(dto, bytes, { format, now: request.call.world.now() }), request);
    notes.passedOver(request.passedOver);
    return messages;
  } catch (error) {
    throw unreadable(error, `${clrName(dto)}[]`, contentType, dto, request);
  }
}

const wireFormat = (contentType: string): Exclude<Format, 'html'> | undefined => {
  const format = formatOf(contentType);
  return format === 'html' ? undefined : format;
};

/** Without a body, or with one that nobody can read, the message has nothing set. */
function* readBody(dto: Dto, request: ServiceRequest, contentType: string | undefined): Work<BoundMessage> {
  const { inbound } = request.call;
  const hasBody = request.body.length > 0 && !request.isForm;
  if (contentType === undefined || contentType === '') {
    if (hasBody) request.notes.bodyUntyped(undefined);
    return blankOf(dto);
  }
  // The framework looks its deserializers up by what stands before the semicolon (servicestack.md §13 F11).
  if (bareType(contentType) === undefined && request.body.length > 0)
    throw unreadable(new DecodeError("Value cannot be null. (Parameter 'key')"), clrName(dto), contentType, dto, request);
  const format = wireFormat(contentType);
  if (format === undefined) {
    if (hasBody) request.notes.bodyUntyped(contentType);
    return blankOf(dto);
  }
  if (inbound.isOversized) throw unreadable(new DecodeError(TOO_LARGE), clrName(dto), contentType, dto, request);
  if (inbound.body === undefined || inbound.body.length === 0) return blankOf(dto);
  try {
    const bytes = decompressed(inbound.body, inbound.header('content-encoding'));
    return noticed(yield* decoding(dto, bytes, { format, now: request.call.world.now() }), request);
  } catch (error) {
    throw unreadable(error, clrName(dto), contentType, dto, request);
  }
}

/** Compressed bodies are unpacked before a deserializer reads them; forms are not looked into. */
function decompressed(body: Uint8Array, encoding: string | undefined): Uint8Array {
  if (encoding === undefined || !isPacked(encoding)) return body;
  try {
    return unpacked(body, encoding, MAX_BYTES);
  } catch {
    throw new DecodeError('The archive entry was compressed using an unsupported compression method.');
  }
}

/** Keeps what a reader noticed beside the value. */
function noticed<T>({ value, sent, passedOver }: Decoded<T>, request: ServiceRequest): T {
  for (const [object, members] of sent) request.sent.set(object, members);
  request.passedOver.push(...passedOver);
  return value;
}

/** Kestrel's words; they end up inside the 400 since the body is read by the deserializer. */
const TOO_LARGE = 'Request body too large. The max request body size is 30000000 bytes.';

function unreadable(error: unknown, type: string, contentType: string, dto: Dto, request: ServiceRequest): unknown {
  if (!(error instanceof DecodeError)) return error;
  explainBody(request.call, dto, contentType, error.message);
  return new FrameworkError(
    400,
    'SerializationException',
    `Could not deserialize '${contentType}' request using ${type}'\nError: ${error.message}`,
  );
}

const fillFrom = (dto: Dto, message: BoundMessage, parameters: Parameters, request: ServiceRequest): BoundMessage => {
  fill(dto, message, new Map(parameters.entries), request);
  return message;
};

/** Sets what can be read; what cannot is collected, one entry each (servicestack.md §2.4). */
function fill(dto: Dto, message: BoundMessage, values: ReadonlyMap<string, string>, request: ServiceRequest): void {
  let errors: ResponseError[] | undefined;
  for (const [name, value] of values) {
    const read = readParameter(dto, name, value, request.call.world.now());
    if (read === undefined) continue;
    if (!('error' in read)) {
      message[read.member] = noticed(read, request);
      continue;
    }
    explainParameter(request.call, dto, read.member, value);
    errors ??= [];
    errors.push({
      ErrorCode: 'SerializationException',
      FieldName: name,
      Message: `'${read.text}' is an Invalid value for '${name}'`,
      Meta: null,
    });
  }
  if (errors !== undefined) throw new FrameworkError(400, 'SerializationException', `Unable to bind to request '${dto.name}'`, errors);
}

/** The query speaks where the body left a default; what is wrong with it is told bare (servicestack.md §2.2). */
function fillDefaults(dto: Dto, message: BoundMessage, request: ServiceRequest): void {
  for (const [name, value] of request.query.entries) {
    const read = readParameter(dto, name, value, request.call.world.now());
    if (read === undefined) continue;
    const current = message[read.member];
    if (current !== null && current !== initialValue(dto.member[read.member]!.field)) continue;
    if (!('error' in read)) {
      message[read.member] = noticed(read, request);
      continue;
    }
    explainParameter(request.call, dto, read.member, value);
    throw bareError(read.error);
  }
}

/** The exception that .NET throws with such a message. */
function bareError(message: string): FrameworkError {
  if (/overflow|too large or too small/.test(message)) return new FrameworkError(500, 'OverflowException', message);
  return new FrameworkError(400, message.startsWith('Requested value') ? 'ArgumentException' : 'FormatException', message);
}
