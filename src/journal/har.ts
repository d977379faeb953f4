/** Journal entries as HAR 1.2, which browsers open in their network panel: http://www.softwareishard.com/blog/har-12-spec/ */
import { version } from '../version.ts';
import type { JournalEntry } from './entry.ts';

interface NameValue {
  readonly name: string;
  readonly value: string;
}

/** Bodies in place of what the entry kept of them. */
export interface WholeBodies {
  readonly request?: string | undefined;
  readonly response?: { readonly text: string; readonly isBase64: boolean; readonly size: number } | undefined;
}

export const HAR_HEAD = `{"log":{"version":"1.2","creator":${JSON.stringify({ name: 'contacts-mock', version })},"entries":[`;
export const HAR_TAIL = ']}}\n';

/** `origin`: the server's address, where the request had no Host. */
export function harEntry(entry: JournalEntry, origin: string, whole: WholeBodies = {}): object {
  const { request, response, ms, started } = entry;
  const headers = nameValues(request.headers);
  const host = headerOf(headers, 'host');
  const url = new URL(request.url, host === undefined ? origin : `${new URL(origin).protocol}//${host}`);
  const body = whole.request ?? request.body;
  const isAnswered = 'status' in response;
  const answered = isAnswered ? nameValues(response.headers) : [];
  const content = whole.response ?? {
    text: isAnswered ? (response.body ?? response.bodyAsBase64) : undefined,
    isBase64: isAnswered && response.bodyAsBase64 !== undefined,
    size: isAnswered ? (response.bodySize ?? (response.body ?? response.bodyAsBase64 ?? '').length) : 0,
  };
  return {
    startedDateTime: started,
    time: ms,
    request: {
      method: request.method,
      url: url.href,
      httpVersion: 'HTTP/1.1',
      cookies: cookiesOf(headerOf(headers, 'cookie')),
      headers,
      queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
      ...(body !== undefined && { postData: { mimeType: headerOf(headers, 'content-type') ?? '', text: body } }),
      headersSize: -1,
      bodySize: body === undefined ? 0 : (request.bodySize ?? body.length),
    },
    response: {
      status: isAnswered ? response.status : 0,
      statusText: isAnswered ? (response.reason ?? '') : response.fault,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: answered,
      content: {
        size: content.size,
        mimeType: headerOf(answered, 'content-type') ?? '',
        ...(content.text !== undefined && { text: content.text }),
        ...(content.isBase64 && { encoding: 'base64' }),
      },
      redirectURL: headerOf(answered, 'location') ?? '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
    ...(entry.explanation !== undefined && { comment: entry.explanation.message }),
  };
}

const nameValues = (headers: Readonly<Record<string, string | readonly string[]>>): NameValue[] =>
  Object.entries(headers).flatMap(([name, value]) => [value].flat().map((line) => ({ name, value: line as string })));
const headerOf = (headers: readonly NameValue[], wanted: string): string | undefined =>
  headers.find(({ name }) => name.toLowerCase() === wanted)?.value;
const cookiesOf = (header: string | undefined): NameValue[] =>
  (header ?? '').split(/;\s*/).flatMap((pair) => {
    const mark = pair.indexOf('=');
    return mark < 0 ? [] : [{ name: pair.slice(0, mark), value: pair.slice(mark + 1) }];
  });
