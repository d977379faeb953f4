/** A request's body as a JSON object. */
import type { Call } from '../protocol.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';
import { malformed, Refusal } from './problem.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

export function jsonBody(call: Call): JsonObject {
  const { inbound } = call;
  if (inbound.isOversized) throw new Refusal(413, [problem('The body is larger than 30,000,000 bytes.', 'size')]);
  const type = inbound.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== undefined && type !== 'application/json' && type !== '' && !/^(application|text)\/([a-z0-9.-]+\+)?json$/.test(type)) {
    throw new Refusal(415, [problem(`The media type '${type}' is not supported; send application/json.`, 'media type', type)]);
  }
  let parsed: unknown;
  try {
    parsed = parseJson(decoder.decode(inbound.body ?? new Uint8Array()));
  } catch (error) {
    const why = inbound.body === undefined ? 'there is none' : (error as Error).message;
    throw new Refusal(400, [problem('The body MUST be a JSON object.', 'JSON', undefined, why)]);
  }
  call.bound = parsed;
  if (!isObject(parsed)) throw new Refusal(400, [problem('The body MUST be a JSON object.', 'object', parsed)]);
  return parsed;
}

const problem = (message: string, rule: string, value?: unknown, why?: string) =>
  malformed(message, { message: why === undefined ? message : `${message} (${why})`, rule, value, contract: 'body' });
