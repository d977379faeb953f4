/** The documented sample of an operation in place of an answer. */
import { sample } from '../../../derive/sample.ts';
import type { MaybePromise, Reply } from '../../../http/message.ts';
import { encode } from '../../../wire/codec.ts';
import { asHeader, formatOf } from '../formats.ts';
import type { ServiceOperation } from '../operation.ts';
import { answer, reply } from './answer.ts';
import type { AnswerContext } from './answer-context.ts';

/** XML as the pages show it, without declaration and a tag a line. */
export function documentedSample(context: AnswerContext, { response }: ServiceOperation, status = 200): MaybePromise<Reply> {
  const { profile } = context.host;
  const message = sample(response) as Readonly<Record<string, unknown>>;
  if (formatOf(context.contentType) !== 'xml') return answer(context, response, message, { status });
  const text = encode(response, message, { format: 'xml', profile, nulls: 'placeholder', layout: 'page' });
  return reply(context, { status, headers: { 'Content-Type': asHeader(context.contentType) } }, text);
}
