/** What each address of the self-description answers. */
import { dto } from '../../../contract/dto.ts';
import { string } from '../../../contract/field.ts';
import type { MaybePromise, Reply } from '../../../http/message.ts';
import { atOnce } from '../../../work.ts';
import { neutralTime } from '../../../store/clock.ts';
import type { AnswerContext } from '../answer/answer-context.ts';
import { answer, answerError, forbiddenText } from '../answer/answer.ts';
import { FrameworkError } from '../answer/failure.ts';
import { html, pageReply } from '../answer/page.ts';
import { onThisHost } from '../auth/addresses.ts';
import { identify } from '../auth/identity.ts';
import { loginPage } from '../auth/login-page.ts';
import { SessionIds } from '../auth/sessions.ts';
import { formatNamed, formatOf } from '../formats.ts';
import { explain } from '../explain.ts';
import { bindRoute } from '../request/bind.ts';
import { BROKEN_ACCEPT, negotiate } from '../request/negotiate.ts';
import type { ServiceRequest } from '../request/request.ts';
import { baseOf, type ServiceHost } from '../service-host.ts';
import { operationsMetadata, typesMetadata } from './contract-data.ts';
import { metadataPage, typesPage } from './index-pages.ts';
import { operationPage } from './operation-page.ts';
import { LANGUAGES, type Language, languageNamed, typeFile, typesRequest } from './type-files.ts';

type Show = (host: ServiceHost, request: ServiceRequest) => MaybePromise<Reply>;

const jsonReply = (value: unknown): Reply => ({
  status: 200,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

export const operationsData: Show = (host) => jsonReply(operationsMetadata(host));
export const typesData: Show = (host, { call }) => jsonReply(typesMetadata(host, call.inbound.origin));

/** All operations, or the one that `?op=` names; 403 for one that there is not (servicestack.md §12 E14). */
export const metadata: Show = (host, request) => {
  const { call, query, pathInfo } = request;
  const name = query.get('op');
  if (name === undefined) return pageReply(metadataPage(host, call.inbound));
  const operation = Object.values(host.operations).find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (operation === undefined) {
    const names = Object.keys(host.operations).join(', ');
    explain(call, { message: `There is no operation ${name} to describe. Choose from ${names}.`, rule: `one of ${names}`, value: name });
    return {
      status: 403,
      reason: 'Service Not Available',
      headers: { 'Content-Type': 'text/plain' },
      body: forbiddenText(request),
    };
  }
  const format = formatNamed((pathInfo.split('/').find(Boolean) ?? '').toLowerCase());
  return pageReply(
    operationPage(
      { operation, format: format === undefined || format === 'html' ? 'json' : format, language: languageNamed(query.get('lang') ?? '') },
      host,
      call.inbound,
      call.world,
    ),
  );
};

/** Where the files of types are: data in every format, a page for browsers (servicestack.md §13 F1). */
export const typeLinks: Show = (host, request) => {
  const { call } = request;
  const contentType = negotiate(request, host.settings);
  if (contentType === BROKEN_ACCEPT) return { status: 200, headers: {}, body: null };
  const format = formatOf(contentType);
  if (format === 'html') return pageReply(typesPage(host, call.inbound), contentType);
  const base = call.inbound.origin + host.service.basePath;
  const links: Record<string, string> = { Metadata: `${base}/types/metadata` };
  for (const [name, language] of Object.entries(LANGUAGES)) links[language.name] = `${base}/types/${name}`;
  if (format === 'xml') return { status: 200, headers: { 'Content-Type': contentType }, body: dictionary(links) };
  const TypeLinks = dto('TypeLinks', {}, Object.fromEntries(Object.keys(links).map((name) => [name, string()])));
  return answer(contextOf(host, request, contentType, 'TypeLinks'), TypeLinks, links);
};

/** A dictionary as .NET writes it at the root of a document (servicestack.md §3.5). */
const dictionary = (entries: Readonly<Record<string, string>>): string =>
  html`<?xml version="1.0" encoding="utf-8"?><ArrayOfKeyValueOfstringstring xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.microsoft.com/2003/10/Serialization/Arrays">${Object.entries(
    entries,
  ).map(
    ([key, value]) => html`<KeyValueOfstringstring><Key>${key}</Key><Value>${value}</Value></KeyValueOfstringstring>`,
  )}</ArrayOfKeyValueOfstringstring>`.toString();

const contextOf = (host: ServiceHost, request: ServiceRequest, contentType: string, operation: string): AnswerContext => ({
  host,
  request,
  contentType,
  operation,
  cookies: [],
});

/** `/types/{language}`, with the options that query and body ask for. */
export const types: Show = (host, request) => {
  const { inbound, world } = request.call;
  const language = (request.pathInfo.split('/').filter(Boolean)[1] ?? '').toLowerCase();
  const named: Language = languageNamed(language) ?? (language === 'js' ? 'mjs' : 'typescript');
  const date = neutralTime(world.now(), '')
    .replace('T', ' ')
    .replace(/\.\d+$/, '');
  try {
    const body = typeFile(named, host, atOnce(bindRoute(typesRequest(named), [], request)), inbound.origin + host.service.basePath, date);
    return { status: 200, headers: { 'Content-Type': LANGUAGES[named].contentType }, body };
  } catch (error) {
    if (!(error instanceof FrameworkError)) throw error;
    const contentType = negotiate(request, host.settings);
    return answerError(
      contextOf(host, request, contentType === BROKEN_ACCEPT ? 'application/json' : contentType, typesRequest(named).name),
      error,
    );
  }
};

/** Where a caller without a session is sent; with `continue`, who is signed in goes on. Neither leads to another host. */
export const login: Show = async (host, request) => {
  const { call, query } = request;
  const { inbound } = call;
  const wanted = query.get('redirect') ?? query.get('continue');
  const address = wanted === undefined ? undefined : onThisHost(wanted, inbound);
  const next = address === undefined ? `${baseOf(inbound, host)}/metadata` : address.pathname.replace(/^\/+/, '/') + address.search;
  const ids = new SessionIds(call);
  const caller = (await callerOf(request, ids))?.caller;
  call.caller = caller?.name;
  const reply: Reply =
    caller !== undefined && query.get('continue') !== undefined
      ? { status: 302, headers: { Location: next }, body: null }
      : pageReply(loginPage({ next, caller }, host, inbound), 'text/html');
  return ids.cookies.length === 0 ? reply : { ...reply, headers: { ...reply.headers, 'Set-Cookie': ids.cookies } };
};

/** A caller whose token is worth nothing can still sign in here. */
async function callerOf(request: ServiceRequest, ids: SessionIds): Promise<Awaited<ReturnType<typeof identify>>> {
  try {
    return await identify(request, ids);
  } catch (error) {
    if (error instanceof FrameworkError) return undefined;
    throw error;
  }
}
