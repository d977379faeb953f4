/** A request's body as a JSON object. */
import type { Call } from '../protocol.ts';
import { isJsonObject, type JsonObject } from '../../json-object.ts';
import { parseJson } from './json.ts';
import { excerpt, malformed, type Problem, Refusal } from './problem.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });
const jsonOf = (body: Uint8Array): unknown => parseJson(decoder.decode(body));
const JSON_TYPE = 'application/json';

/** `ofList`: what a caller is to send in place of a list. */
export function jsonBody(call: Call, ofList: (sent: readonly unknown[]) => string = () => 'Send one object.'): JsonObject {
  const { inbound } = call;
  if (inbound.isOversized) throw new Refusal(413, [problem('The body is larger than 30,000,000 bytes.', 'size')]);
  const sent = inbound.header('content-type');
  const type = sent === JSON_TYPE ? sent : sent?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== undefined && type !== JSON_TYPE && type !== '' && !/^(application|text)\/([a-z0-9.-]+\+)?json$/.test(type)) {
    throw new Refusal(415, [problem(`The media type '${excerpt(type)}' is not supported; send application/json.`, 'media type', type)]);
  }
  let parsed: unknown;
  try {
    parsed = jsonOf(inbound.body ?? new Uint8Array());
  } catch (error) {
    throw new Refusal(400, [problem(NOT_AN_OBJECT, 'JSON', undefined, reasonOf(call, error as Error))]);
  }
  // An object of its own for each entry would live as long as the journal keeps the call.
  call.boundIn = jsonOf;
  if (isJsonObject(parsed)) return parsed;
  throw new Refusal(400, [problem(NOT_AN_OBJECT, 'object', parsed, Array.isArray(parsed) ? ofList(parsed) : 'Send an object.')]);
}

const NOT_AN_OBJECT = 'The body MUST be a JSON object.';

function reasonOf({ inbound }: Call, error: Error): string {
  const encoding = inbound.header('content-encoding');
  if (inbound.body === undefined) return 'There is none.';
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
    return `It is compressed (Content-Encoding: ${excerpt(encoding)}), which is not read here; send it as it is.`;
  return `It cannot be read: ${error.message}.`;
}

const problem = (message: string, rule: string, value?: unknown, advice?: string): Problem =>
  malformed(message, () => ({ message: advice === undefined ? message : `${message} ${advice}`, rule, value, contract: 'body' }));
