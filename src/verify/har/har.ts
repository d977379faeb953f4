/** A HAR 1.2 file, as browsers and proxies write it: http://www.softwareishard.com/blog/har-12-spec/ */
import { constants } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { MockError } from '../../mock-error.ts';
import { type Exchange, headerLines } from '../exchange.ts';
import { elementsOf } from './json-elements.ts';

interface NameValue {
  readonly name: string;
  readonly value: string;
}

/** As much of an entry as comparisons look at. */
export interface HarEntry {
  /** ISO 8601. */
  readonly startedDateTime?: string;
  /** Milliseconds. */
  readonly time?: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly NameValue[];
    readonly postData?: { readonly text?: string };
  };
  readonly response: {
    /** 0 where no answer came. */
    readonly status: number;
    readonly headers: readonly NameValue[];
    readonly content: { readonly size?: number; readonly mimeType?: string; readonly text?: string; readonly encoding?: string };
  };
}

const MEGABYTE = 1024 * 1024;

/**
 * The entries of a file, one after the other.
 *
 * @throws MockError for a file that cannot be read, or is none of this kind
 */
export async function* harEntries(file: string): AsyncGenerator<HarEntry> {
  const unlike = (reason: string): MockError =>
    new MockError('unreadable', `${file} is not a HAR file: ${reason}.`, 'Export the traffic as HAR 1.2.');
  const bytes = await bytesOf(file);
  const elements = elementsOf(bytes, 'entries');
  for (let number = 1; ; number++) {
    const next = elements.next();
    if (next.done) {
      if (!next.value) throw unlike(number === 1 ? 'it has no log.entries' : `it ends within entry ${number}`);
      return;
    }
    let entry: unknown;
    try {
      entry = JSON.parse(next.value.toString());
    } catch (error) {
      throw unlike(`entry ${number}: ${(error as Error).message.replace(/\s+/g, ' ').slice(0, 200)}`);
    }
    if (isEntry(entry)) yield entry;
  }
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size > constants.MAX_STRING_LENGTH) {
      const [has, most] = [size, constants.MAX_STRING_LENGTH].map((bytes) => `${Math.floor(bytes / MEGABYTE)} MB`);
      throw new MockError('unreadable', `${file} has ${has}, and Node holds no text of more than ${most}.`, 'Record less at a time.');
    }
    return await readFile(file);
  } catch (error) {
    if (error instanceof MockError) throw error;
    throw new MockError('unreadable', `${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, 'Name a HAR file.');
  }
}

function isEntry(entry: unknown): entry is HarEntry {
  const { request, response } = (entry ?? {}) as Partial<HarEntry>;
  const isRequest = typeof request?.method === 'string' && typeof request.url === 'string' && Array.isArray(request.headers);
  return isRequest && typeof response?.status === 'number' && Array.isArray(response.headers);
}

/** `target`: the path below the base address of the API. */
export function exchangeOf({ request, response }: HarEntry, target: string): Exchange {
  const headers = headersOf(response.headers);
  const { mimeType } = response.content ?? {};
  const type = mimeType === undefined || mimeType === '' || mimeType === 'x-unknown' ? {} : { 'content-type': mimeType };
  return {
    request: {
      method: request.method.toUpperCase(),
      target,
      headers: headersOf(request.headers),
      body: typeof request.postData?.text === 'string' ? Buffer.from(request.postData.text) : undefined,
    },
    response: { status: response.status, headers: { ...type, ...headers }, body: bodyOf(response) },
  };
}

const headersOf = (lines: readonly NameValue[]) =>
  headerLines(lines.filter((line) => typeof line?.name === 'string').map(({ name, value }) => [name, String(value)] as const));

/** Undefined where it was not recorded, or not all of it. */
function bodyOf({ content }: HarEntry['response']): Uint8Array | undefined {
  const { text, encoding, size = 0 } = content ?? {};
  if (typeof text !== 'string') return size === 0 ? new Uint8Array() : undefined;
  const bytes = Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8');
  return bytes.length < size ? undefined : bytes;
}
