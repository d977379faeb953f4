/** `fetch` without a look at the server's certificate, which Node's own can only be told for a whole process. */
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { Readable } from 'node:stream';

const WITHOUT_BODY = [204, 205, 304];

/** As much of `fetch` as `verify` uses; http goes to Node's own. */
export const insecureFetch: typeof fetch = (input, init = {}) => {
  const url = String(input);
  if (!url.startsWith('https:')) return fetch(url, init);
  return new Promise<Response>((resolve, reject) => {
    const { method = 'GET', headers = {}, body, signal } = init;
    const sent = request(url, {
      method,
      headers: headers as Record<string, string>,
      rejectUnauthorized: false,
      ...(signal ? { signal } : {}),
    });
    sent.once('error', (cause) => reject(signal?.aborted ? signal.reason : new TypeError('fetch failed', { cause })));
    sent.once('response', (answer) => {
      try {
        resolve(responseOf(answer));
      } catch (error) {
        answer.destroy();
        reject(error);
      }
    });
    sent.end(body ?? undefined);
  });
};

function responseOf(answer: IncomingMessage): Response {
  const { statusCode: status = 0, headersDistinct } = answer;
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) => values.map((value): [string, string] => [name, value]));
  const isEmpty = WITHOUT_BODY.includes(status);
  if (isEmpty) answer.resume();
  return new Response(isEmpty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>), { status, headers });
}
