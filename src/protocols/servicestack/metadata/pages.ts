/** What each address of the self-description answers. */
import { neutralTime } from '../../../store/clock.ts';
import type { Reply } from '../../../http/message.ts';
import { forbiddenText } from '../answer/answer.ts';
import { formatNamed } from '../formats.ts';
import type { ServiceRequest } from '../request/request.ts';
import { baseOf, type ServiceHost } from '../service-host.ts';
import { metadataPage, typesPage } from './index-pages.ts';
import { loginPage } from '../auth/login-page.ts';
import { ownPath } from './own-path.ts';
import { LANGUAGES, languageNamed, dtoFile } from './type-files.ts';
import { operationPage } from './operation-page.ts';
import { htmlReply } from '../answer/page.ts';
import { operationsMetadata, typesMetadata } from './contract-data.ts';

type Show = (described: ServiceHost, request: ServiceRequest) => Reply;

const jsonReply = (value: unknown): Reply => ({
  status: 200,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

export const showIndex: Show = (described, { call }) => htmlReply(metadataPage(described, call.inbound));
export const showTypeLinks: Show = (described, { call }) => htmlReply(typesPage(described, call.inbound));
export const showOperations: Show = (described) => jsonReply(operationsMetadata(described));
export const showTypesMetadata: Show = (described, { call }) => jsonReply(typesMetadata(described, call.inbound.origin));

/** `/{format}/metadata`: the index without `op`, 403 for an operation that there is not (servicestack.md §12 E14). */
export const showOperation: Show = (described, request) => {
  const { call, query, pathInfo } = request;
  const name = query.get('op');
  if (name === undefined) return showIndex(described, request);
  const operation = Object.values(described.operations).find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (operation === undefined) return forbidden(request);
  const format = formatNamed((pathInfo.split('/').find(Boolean) ?? '').toLowerCase());
  return htmlReply(
    operationPage(
      { operation, format: format === undefined || format === 'html' ? 'json' : format, language: languageNamed(query.get('lang') ?? '') },
      described,
      call.inbound,
      call.world,
    ),
  );
};

const forbidden = (request: ServiceRequest): Reply => ({
  status: 403,
  reason: 'Service Not Available',
  headers: { 'Content-Type': 'text/plain' },
  body: forbiddenText(request),
});

export const showTypes: Show = (described, { call, query, pathInfo }) => {
  const language = languageNamed((pathInfo.split('/').filter(Boolean)[1] ?? '').toLowerCase()) ?? 'typescript';
  const date = neutralTime(call.world.now(), '')
    .replace('T', ' ')
    .replace(/\.\d+$/, '');
  return {
    status: 200,
    headers: { 'Content-Type': LANGUAGES[language].contentType },
    body: dtoFile(language, described, call.inbound.origin, date, query.get('includetypes')),
  };
};

/** Where a caller without a session is sent; a `redirect` to another place than this mock is not followed. */
export const showLogin: Show = (described, { call, query }) => {
  const { inbound } = call;
  const wanted = ownPath(query.get('redirect') ?? query.get('continue'), inbound.origin);
  // A refused sign-in leaves its reason on the address that it was to lead to.
  const next = wanted?.replace(REFUSED, '').replace(/[?&]$/, '') ?? `${baseOf(inbound, described)}/metadata`;
  return htmlReply(
    loginPage({ next, isRefused: query.get('f') !== undefined || (wanted !== undefined && REFUSED.test(wanted)) }, described, inbound),
  );
};
const REFUSED = /(?<=[?&])f=[^&]*&?/;
