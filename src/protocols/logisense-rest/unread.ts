/** Parts of a request that its end point does not look at, each with what to send instead. */
import { suggest } from '../../mock-error.ts';
import { coerce } from './coerce.ts';
import type { Endpoint } from './endpoint.ts';
import { JSON_HEADERS, type JsonHeader } from './header.ts';
import { excerpt } from './problem.ts';
import type { RestRequest } from './rest-request.ts';

export function noticeUnread(request: RestRequest, endpoint: Endpoint): void {
  const { inbound } = request.call;
  if (inbound.query !== '') noticeQuery(request, endpoint);
  for (const { name, field } of JSON_HEADERS) {
    const value = inbound.header(field);
    if (value === undefined || value.trim() === '' || endpoint.headers.includes(name)) continue;
    request.notice(() => ({
      message: `\`${name}\` is not read here${readersOf(request, endpoint, name)}.`,
      member: name,
      rule: 'header is not read',
      value,
    }));
  }
  if (inbound.body !== undefined && !endpoint.hasBody) {
    const search = endpoint.siblings.find(({ path }) => path.endsWith('/Search'));
    const advice = endpoint.method === 'GET' && search !== undefined ? `; a search goes to POST ${request.address(search.path)}` : '';
    request.notice(() => ({ message: `A body is not read in ${endpoint.method}${advice}.`, member: 'body', rule: 'body is not read' }));
  }
  const accept = inbound.header('accept');
  if (accept !== undefined && accept !== '' && !/json|\*\/\*|application\/\*/i.test(accept)) {
    const message = `This API answers JSON; \`Accept: ${excerpt(accept)}\` was not followed. Send application/json.`;
    request.notice(() => ({ message, member: 'Accept', rule: 'media type', value: accept }));
  }
}

/** `; it is read by GET /Contact/Paged`, where anything of the resource reads it. */
function readersOf(request: RestRequest, { siblings }: Endpoint, name: JsonHeader): string {
  const readers = siblings.filter(({ headers }) => headers.includes(name));
  return readers.length === 0
    ? ''
    : `; it is read by ${readers.map(({ method, path }) => `${method} ${request.address(path)}`).join(', ')}`;
}

/** Names that other APIs have for the two numbers of a page, and for an order. */
const PAGE_NUMBER = /^(page|page_?(no|num|number|index))$/i;
const PAGE_SIZE = /^(size|limit|top|take|count|rows|\$top|(page|per)_?(size|page))$/i;
const OFFSET = /^(offset|skip|start|\$skip)$/i;
const ORDER = /^(\$?order_?by|order|sort(_?by)?)$/i;
/** Parameters beyond these are not looked at. */
const MAX_PARAMETERS = 50;

function noticeQuery(request: RestRequest, endpoint: Endpoint): void {
  const sent = [...new URLSearchParams(request.call.inbound.query)].slice(0, MAX_PARAMETERS);
  const page = pagination(sent);
  const filters = sent.flatMap(([name, value]) => {
    const member = endpoint.table.memberNamed(name);
    return member === undefined ? [] : [{ name: member.name, operator: 'eq', value: coerce(member.type, value) ?? value }];
  });
  for (const [name, value] of sent) {
    request.notice(() => ({
      message: `\`${excerpt(name)}\` in the query is not read here; ${advice(name, value)}`,
      member: excerpt(name),
      rule: 'query is not read',
      value,
    }));
  }

  function advice(name: string, value: string): string {
    if (endpoint.table.memberNamed(name) !== undefined) {
      if (endpoint.hasBody) return `send ${JSON.stringify(Object.fromEntries(filters.map((filter) => [filter.name, filter.value])))}`;
      return send('SearchRequest', { filters });
    }
    if (PAGE_NUMBER.test(name) || PAGE_SIZE.test(name) || OFFSET.test(name)) return send('Pagination', page);
    if (ORDER.test(name)) return send('SearchRequest', { orderBy: [order(value)] });
    return suggest(name, endpoint.table.memberNames, 'this API reads no query.', (near) => `\`${near}\` in a SearchRequest header`);
  }
  function send(header: JsonHeader, value: object): string {
    const text = `send \`${header}: ${JSON.stringify(value)}\``;
    if (endpoint.headers.includes(header)) return text;
    const reader = endpoint.siblings.find(({ headers }) => headers.includes(header));
    return reader === undefined ? 'this API reads no query.' : `${text} to ${reader.method} ${request.address(reader.path)}`;
  }
  function order(value: string): object {
    const [, minus = '', name = '', direction = ''] = /^(-?)([^\s,:]*)[\s,:]*(\w*)/.exec(value) ?? [];
    const member = endpoint.table.memberNamed(name)?.name ?? 'identity';
    return minus === '-' || /^desc/i.test(direction) ? { name: member, direction: 'desc' } : { name: member };
  }
}

/** The page that parameters of other names ask for. */
function pagination(sent: readonly (readonly [string, string])[]): object {
  const find = (names: RegExp): number | undefined => {
    const value = sent.find(([name]) => names.test(name))?.[1] ?? '';
    return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
  };
  const pageSize = find(PAGE_SIZE) ?? 20;
  const offset = find(OFFSET);
  return { pageNumber: find(PAGE_NUMBER) ?? (offset === undefined ? 1 : Math.floor(offset / Math.max(1, pageSize)) + 1), pageSize };
}
