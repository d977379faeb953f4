/** The text of an answer; a long list, the answer to a batch, is written in turns, so that it holds nobody up. */
import type { Dto } from '../../../contract/dto.ts';
import type { MaybePromise, ReplyBody } from '../../../http/message.ts';
import { textStream } from '../../../http/text-stream.ts';
import { inPieces, inTurns } from '../../../store/turns.ts';
import { atOnce, type Work } from '../../../work.ts';
import { type EncodeOptions, encode, encodeInPieces, encodeList, encodeListInPieces } from '../../../wire/codec.ts';
import { EncodeError } from '../../../wire/error.ts';
import type { WireFormat } from '../formats.ts';
import type { AnswerContext } from './answer-context.ts';
import { scoped } from './js-config.ts';

type Records = readonly (object | null)[];

/** The answer to an empty batch is an array of objects of no type to the framework, whatever the operation answers with. */
const NOTHING_DONE: Record<WireFormat, string> = {
  json: '[]',
  jsonl: '',
  jsv: '[]',
  csv: '',
  xml: '<?xml version="1.0" encoding="utf-8"?><ArrayOfanyType xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.microsoft.com/2003/10/Serialization/Arrays" />',
};
/** Longer lists are written while they are read. */
const MAX_AT_ONCE = 100;
/** Characters of an answer that has to be held whole. */
const MAX_HELD = 100_000_000;
/** Characters that one text may have. */
const MAX_TEXT = 2 ** 29 - 24;
/** Of an answer that is sent as one text, with its length. */
const MAX_WHOLE = 1_000_000;
const hasLongList = (message: object): boolean => {
  for (const value of Object.values(message)) if (Array.isArray(value) && value.length > MAX_AT_ONCE) return true;
  return false;
};

function joined(texts: readonly string[]): ReplyBody {
  let length = 0;
  for (const text of texts) length += text.length;
  return length <= MAX_WHOLE ? texts.join('') : textStream(inPieces(texts));
}

export function write(
  context: AnswerContext,
  format: WireFormat,
  dto: Dto,
  message: object | Records,
  layout: 'wire' | 'page' = 'wire',
): string {
  const options = { ...optionsOf(context, format), layout };
  if (!Array.isArray(message)) return encode(dto, message, options);
  return message.length === 0 ? NOTHING_DONE[format] : encodeList(dto, message, options);
}

function optionsOf({ host, request }: AnswerContext, format: WireFormat): EncodeOptions {
  // XML has a serializer of its own.
  const profile = format === 'xml' ? host.profile : scoped(host.profile, request.query.get('jsconfig'));
  return { format, profile, nulls: request.call.nulls, isMemoized: profile === host.profile };
}

/** With its JSONP function around it. Throws an `EncodeError` for a value that the format cannot hold. */
export function bodyOf(context: AnswerContext, format: WireFormat, dto: Dto, message: object | Records): MaybePromise<ReplyBody> {
  const { callback, call } = context.request;
  if (!Array.isArray(message) && hasLongList(message)) {
    const written = encodeInPieces(dto, message, optionsOf(context, format));
    const parts = held(callback === undefined ? written : enclosed(written, callback), MAX_TEXT);
    const texts = context.isInOneGo ? atOnce(parts) : inTurns(parts, call.inbound);
    return texts instanceof Promise ? texts.then(joined) : joined(texts);
  }
  if (!Array.isArray(message) || message.length <= MAX_AT_ONCE) {
    const text = write(context, format, dto, message);
    return callback === undefined ? text : `${callback}(${text})`;
  }
  const list = encodeListInPieces(dto, message, optionsOf(context, format));
  const pieces = callback === undefined ? list : enclosed(list, callback);
  const stream = (texts: Iterable<string>): ReplyBody => textStream(inPieces(texts));
  if (format !== 'xml') return stream(pieces);
  // XML alone cannot hold every value; what it cannot is found before the first byte is sent.
  const texts = context.isInOneGo ? atOnce(held(pieces, MAX_HELD)) : inTurns(held(pieces, MAX_HELD), call.inbound);
  return texts instanceof Promise ? texts.then(stream) : stream(texts);
}

function* enclosed(pieces: Iterable<string>, callback: string): Generator<string> {
  yield `${callback}(`;
  yield* pieces;
  yield ')';
}

function* held(pieces: Iterable<string>, most: number): Work<readonly string[]> {
  const texts: string[] = [];
  let length = 0;
  for (const text of pieces) {
    length += text.length;
    if (length > most) throw new EncodeError("Exception of type 'System.OutOfMemoryException' was thrown.", 'OutOfMemoryException');
    texts.push(text);
    yield;
  }
  return texts;
}
