/** The formats that these services write and read, with the names and content types by which callers ask for them. */
const CONTENT_TYPES = {
  json: 'application/json',
  xml: 'application/xml',
  jsv: 'application/jsv',
  csv: 'text/csv',
  jsonl: 'text/jsonl',
  html: 'text/html',
} as const;

export type Format = keyof typeof CONTENT_TYPES;
/** Those that carry a message; HTML is a report about one. */
export type WireFormat = Exclude<Format, 'html'>;

export const FORMATS = Object.keys(CONTENT_TYPES) as readonly Format[];
export const contentTypeOf = (format: Format): string => CONTENT_TYPES[format];

/** Names are compared as they are: `.Xml` is not a format (servicestack.md §1.1). */
export const formatNamed = (name: string): Format | undefined => (Object.hasOwn(CONTENT_TYPES, name) ? (name as Format) : undefined);

/** Any format's name, in the pattern of a route. */
export const FORMAT_PATTERN = `(?:${FORMATS.join('|')})`;
/** A route's segment that may end in a format, in lower case. */
export const suffixed = (segment: string): string => `:suffixed{${segment}(?:\\.${FORMAT_PATTERN})?}`;

const BY_CONTENT_TYPE: ReadonlyMap<string, Format> = new Map<string, Format>([
  ...FORMATS.map((format) => [CONTENT_TYPES[format], format] as const),
  ['text/json', 'json'],
  ['text/xml', 'xml'],
  ['text/jsv', 'jsv'],
]);

/** A content type without its parameters, in lower case; undefined where nothing is left. */
export function bareType(contentType: string): string | undefined {
  const end = contentType.indexOf(';');
  return (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase() || undefined;
}

/** The format behind a content type, aliases and parameters included. */
export const formatOf = (contentType: string): Format | undefined => BY_CONTENT_TYPE.get(bareType(contentType) ?? '');

/** Only JSON carries its charset (servicestack.md §1.2). */
export const asHeader = (contentType: string): string =>
  contentType === CONTENT_TYPES.json ? 'application/json; charset=utf-8' : contentType;
