/** Which content type an answer has, in ServiceStack's own order (servicestack.md §1.1, §12 E1). */
import type { Settings } from '../../protocol.ts';
import { bareType, contentTypeOf, type Format, formatNamed } from '../formats.ts';
import type { ServiceRequest } from './request.ts';

/** `ResponseContentType`: the type as the caller wrote it where a type is echoed. */
export type Negotiated = string;

/** An Accept header that is there and says nothing makes the framework answer nothing at all (recording negotiate, Accept ""). */
export const BROKEN_ACCEPT = Symbol('broken Accept');

const JSON_TYPE = contentTypeOf('json');
const HTML_TYPE = contentTypeOf('html');
/** The default comes first; the others follow in this order. */
const PREFERRED: Record<Settings['defaultFormat'], readonly string[]> = {
  json: [JSON_TYPE, HTML_TYPE, contentTypeOf('xml'), contentTypeOf('jsv')],
  html: [HTML_TYPE, JSON_TYPE, contentTypeOf('xml'), contentTypeOf('jsv')],
};
/** Further types are found by their start, in the order in which a host registers them. */
const REGISTERED = (['json', 'xml', 'jsv', 'html', 'csv', 'jsonl'] as const).map(contentTypeOf);

/** `?callback=` and `?format=`; without them a first segment that names a format (ServiceStack's `GetQueryStringContentType`). */
export function queryStringContentType(request: ServiceRequest): Negotiated | undefined {
  if ((request.query.get('callback') ?? '') !== '') return JSON_TYPE;
  const sent = request.query.get('format');
  const name = sent === undefined ? firstSegment(request.pathInfo) : (sent.split('.', 1)[0] ?? '').toLowerCase();
  const format: Format | undefined = name === undefined ? undefined : formatNamed(name);
  return format === undefined ? undefined : contentTypeOf(format);
}

/** Three or four letters between slashes, as in `/json/reply/Hello`. */
function firstSegment(pathInfo: string): string | undefined {
  const end = pathInfo.indexOf('/', 1);
  const segment = end < 0 ? pathInfo.slice(1) : pathInfo.slice(1, end);
  return segment.length >= 3 && segment.length <= 4 ? segment.toLowerCase() : undefined;
}

/** For a route of the service's own whose path has no suffix. */
export function negotiate(request: ServiceRequest, settings: Settings): Negotiated | typeof BROKEN_ACCEPT {
  const explicit = queryStringContentType(request);
  if (explicit !== undefined) return explicit;
  const standard = contentTypeOf(settings.defaultFormat);
  const { inbound } = request.call;
  if (inbound.header('accept') === undefined) return standard;
  // One value for each header line: the framework does not split at commas on .NET Core.
  const accepted = inbound.lines('accept');
  const fallback = request.isForm ? standard : request.contentType || undefined;
  const preferred = PREFERRED[settings.defaultFormat];
  let best = preferred.length;
  let isAnything = false;
  for (const line of accepted) {
    const type = bareType(line);
    if (type === undefined) return BROKEN_ACCEPT;
    isAnything ||= type === '*/*';
    for (let i = 0; i < preferred.length; i++) {
      const candidate = preferred[i]!;
      if (!type.startsWith(candidate)) continue;
      if (candidate === fallback) return candidate;
      best = Math.min(best, i);
    }
  }
  if (best < preferred.length) return preferred[best]!;
  if (isAnything) return fallback ?? standard;
  for (const line of accepted) {
    const lower = line.toLowerCase();
    const found = REGISTERED.find((type) => lower.startsWith(type));
    if (found !== undefined) return found;
  }
  return standard;
}
