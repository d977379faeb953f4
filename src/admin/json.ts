/** A JSON answer of `/__admin`, made to be read by people as well. */
import { REASONS } from '../http/reasons.ts';
import { textStream } from '../http/text-stream.ts';
import { inPieces } from '../store/turns.ts';

const encoder = new TextEncoder();
const HEADERS = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  const bytes = encoder.encode(`${JSON.stringify(value, null, 2)}\n`);
  const always = { ...HEADERS, 'Content-Length': String(bytes.length) };
  return new Response(bytes, { status, statusText: REASONS[status] ?? '', headers: { ...always, ...headers } });
}

/** JSON that may be long, given as texts: written in turns, while it is sent. */
export async function jsonOfTexts(texts: Iterable<string>, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const pieces = inPieces(texts);
  const first = await pieces.next();
  const second = await pieces.next();
  if (second.done) {
    const bytes = encoder.encode(first.value);
    return new Response(bytes, { headers: { ...HEADERS, ...headers, 'Content-Length': String(bytes.length) } });
  }
  const all = async function* (): AsyncGenerator<string> {
    yield first.value;
    yield second.value;
    yield* pieces;
  };
  return new Response(textStream(all()) as unknown as ReadableStream, { headers: { ...HEADERS, ...headers } });
}
