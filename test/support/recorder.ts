/** `fetch` that keeps what went by, as a HAR file has it. */
import type { HarEntry } from '../../src/verify/har/har.ts';

const lines = (headers: Headers) => [...headers].map(([name, value]) => ({ name, value }));

export function recorder(send: typeof fetch): { readonly fetch: typeof fetch; readonly entries: HarEntry[]; readonly har: () => string } {
  const entries: HarEntry[] = [];
  const recording: typeof fetch = async (input, init) => {
    const request = new Request(input as string, init);
    const text = await request.clone().text();
    const answer = await send(input, init);
    const body = Buffer.from(await answer.clone().arrayBuffer());
    entries.push({
      startedDateTime: new Date(entries.length).toISOString(),
      time: 1,
      request: {
        method: request.method,
        url: request.url,
        headers: lines(request.headers),
        ...(text === '' ? {} : { postData: { text } }),
      },
      response: {
        status: answer.status,
        headers: lines(answer.headers),
        content: {
          size: body.length,
          mimeType: answer.headers.get('content-type') ?? '',
          text: body.toString('base64'),
          encoding: 'base64',
        },
      },
    });
    return answer;
  };
  return {
    fetch: recording,
    entries,
    har: () => JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } }),
  };
}
