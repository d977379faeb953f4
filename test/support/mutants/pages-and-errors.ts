/** Wrong pages and wrong errors, of all APIs. */
import { inJson, inText, type Told } from '../mutant.ts';
import { type Case, inFormats, wrong } from './case.ts';
import { create, get, list, paged, pagedDetail, patch, remove, update } from './logisense.ts';
import { added, connections, contacts } from './servicestack.ts';

// biome-ignore lint/suspicious/noExplicitAny: a mutation knows the body that it changes
type Items = any[];
/** The first page whatever the page. */
const firstPage = (itemsOf: (body: Record<string, never>) => Items, isFirst: (told: Told, body: Record<string, never>) => boolean) => {
  let first: Items = [];
  return (told: Told): Partial<Told> => {
    const body = JSON.parse(told.text) as Record<string, never>;
    const items = itemsOf(body);
    if (isFirst(told, body)) first = [...items];
    else if (items.length > 0) items.splice(0, items.length, ...first);
    return { text: JSON.stringify(body) };
  };
};
const pagedItems = (body: Record<string, never>): Items => body['pagedResults']?.['items'] as unknown as Items;
const isPage =
  (number: number, change: (results: { totalCount: number; items: Items }) => void) =>
  (told: Told): Partial<Told> =>
    inJson((body) => void (body.pagination.pageNumber === number && change(body.pagedResults)))(told);
const PAST_THE_END = 1_000_000;
const oops = (): Partial<Told> => ({ text: '<h1>Oops</h1>', headers: new Headers({ 'content-type': 'text/html' }) });
const onPage =
  (query: RegExp, change: (body: { Connections: Items; TotalConnections: number }) => void) =>
  (told: Told): Partial<Told> =>
    query.test(told.target) ? inJson((body) => void change(body))(told) : {};

const unknownContact = inFormats('trendsic.ContactConnectionRequest', /^GET .v1.ContactConnections.2147483646/);
const invalidContact = inFormats('trendsic.ContactConnectionRequest', /^GET .v1.ContactConnections.abc/);
const unknownLinks = inFormats('canvara.ContactConnectedLinks', /^GET .api.contacts.ffffffff.*links/);
const invalidLinks = inFormats('canvara.ContactConnectedLinks', /^GET .api.contacts.abc.links/);
const unknownId = wrong('logisense.Contact.get', /^GET .Contact.2147483646$/);
const invalidId = wrong('logisense.Contact.getDetail', /^GET .Contact.abc.Detail$/);
/** To what was refused: without a sign-in there. */
const onlyTo = (status: number, change: Partial<Told>) => (told: Told) => (told.status === status ? change : {});

export const pagesAndErrors: Case[] = [
  paged(
    'page 1 for every page',
    'items',
    'value',
    firstPage(pagedItems, (_, body) => (body['pagination']?.['pageNumber'] as unknown) === 1),
  ),
  paged('a page number that is always 1', 'pageNumber', 'value', inText(/"pageNumber":\d+/, '"pageNumber":1')),
  pagedDetail(
    'another total on the second page',
    'totalCount',
    'value',
    isPage(2, (results) => void results.totalCount++),
  ),
  paged(
    'a page past the end that is not empty',
    'items',
    'value',
    isPage(PAST_THE_END, (results) => void results.items.push({ identity: 1 })),
  ),
  paged(
    'no total past the end',
    'totalCount',
    'value',
    isPage(PAST_THE_END, (results) => void (results.totalCount = 0)),
  ),
  paged('a page past the end that is an error', 'status', 'status', (told) =>
    told.text.includes(String(PAST_THE_END)) ? { status: 404 } : {},
  ),
  connections.json(
    'page 1 for every page',
    'Connections',
    'value',
    firstPage(
      (body) => body['Connections'] as unknown as Items,
      ({ target }) => target.includes('PageNumber=1&'),
    ),
  ),
  connections.json(
    'the total of a page',
    'TotalConnections',
    'value',
    onPage(/PageSize/, (body) => void (body.TotalConnections = body.Connections.length)),
  ),
  connections.json(
    'a page that is too long',
    'Connections',
    'value',
    onPage(/PageNumber=1&/, (body) => void body.Connections.push(body.Connections[0])),
  ),
  unknownContact.json('a page of HTML for an error', 'Content-Type', 'content type', oops),
  unknownContact.xml('a page of HTML under the name of XML', 'body', 'envelope', () => ({ text: '<h1>Oops</h1><p>' })),
  unknownContact.xml('another root of an error', 'ErrorResponse', 'envelope', inText(/ErrorResponse/g, 'Error')),
  unknownContact.csv('200 for an unknown id', 'status', 'status', () => ({ status: 200 })),
  unknownContact.json('an error without a code', 'ErrorCode', 'missing', inText('"ErrorCode":"NotFound",', '')),
  unknownLinks.xml(
    'a generic error where the operation has its own',
    'ContactConnectedLinksResponse',
    'envelope',
    inText(/ContactConnectedLinksResponse/g, 'ErrorResponse'),
  ),
  unknownLinks.json('500 for an unknown id', 'status', 'status', () => ({ status: 500 })),
  invalidContact.jsv('404 for an id that is not a number', 'status', 'status', () => ({ status: 404 })),
  invalidLinks.json('an error in another envelope', 'ResponseStatus', 'envelope', inText('"ResponseStatus"', '"Error"')),
  invalidLinks.xml(
    'an error in the wrong namespace',
    'ErrorResponse',
    'namespace',
    inText('servicestack.net/types', 'servicestack.net/other'),
  ),
  contacts.json('403 where nobody is signed in', 'status', 'status', onlyTo(401, { status: 403 })),
  contacts.json('200 where nobody is signed in', 'status', 'status', onlyTo(401, { status: 200, text: '{"Contact":[]}' })),
  contacts.json('no way to sign in', 'WWW-Authenticate', 'missing', onlyTo(401, { headers: new Headers() })),
  contacts.json('words where nobody is signed in', 'body', 'unexpected', onlyTo(401, { text: 'Sign in!' })),
  added('a broken body that is taken', 'status', 'status', onlyTo(400, { status: 200 })),
  unknownId('a page of HTML for an error', 'Content-Type', 'content type', oops),
  unknownId('the words of the framework for an unknown id', 'errors', 'envelope', () => ({ text: '{"message":"Not found."}' })),
  unknownId('400 for an unknown id', 'status', 'status', () => ({ status: 400 })),
  unknownId('a number of an error as text', 'code', 'type', inText(/"code":(\d+)/, '"code":"$1"')),
  invalidId('500 for an id that is not a number', 'status', 'status', () => ({ status: 500 })),
  invalidId('no words for an id that is not a number', 'message', 'missing', () => ({ text: '{}' })),
  create('a broken body that breaks the server', 'status', 'status', onlyTo(400, { status: 500 })),
  update(
    'no errors for a broken body',
    'errors',
    'type',
    onlyTo(400, { text: '{"trackingId":"0f8fad5b-d9cb-469f-a165-70867728950e","type":"update","errors":null}' }),
  ),
  patch('200 for an unknown id', 'status', 'status', onlyTo(404, { status: 200 })),
  remove('204 for an unknown id', 'status', 'status', onlyTo(404, { status: 204 })),
  { ...list('404 where nobody is signed in', 'status', 'status', onlyTo(401, { status: 404 })), options: { auth: 'strict' } },
  {
    ...get('a page of HTML where nobody is signed in', 'Content-Type', 'content type', (told) => (told.status === 401 ? oops() : {})),
    options: { auth: 'strict' },
  },
];
