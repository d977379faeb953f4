/** Servers that are wrong in one thing: `verify` names the operation, the member and the rule of each. */
import { expect, test } from 'vitest';
import { createMock, type MockOptions } from '../../src/index.ts';
import type { Rule } from '../../src/verify/compare/finding.ts';
import { findingsOf } from '../../src/verify/report/report.ts';
import { verify } from '../../src/verify/verify.ts';
import { inJson, inText, type Mutation, mutant, type Told, withType } from '../support/mutant.ts';

interface Case extends Mutation {
  readonly title: string;
  readonly operation: string;
  readonly member: string;
  readonly rule: Rule;
  readonly options?: MockOptions;
}

/** A way to be wrong in the answers to some calls of an operation. */
const wrong =
  (operation: string, of: RegExp, accept = '') =>
  (title: string, member: string, rule: Rule, change: (told: Told) => Partial<Told>): Case => ({
    title,
    operation,
    of,
    accept,
    member,
    rule,
    change,
  });

const inFormats = (operation: string, of: RegExp) => ({
  json: wrong(operation, of, 'application/json'),
  xml: wrong(operation, of, 'application/xml'),
  jsv: wrong(operation, of, 'application/jsv'),
  csv: wrong(operation, of, 'text/csv'),
  jsonl: wrong(operation, of, 'text/jsonl'),
});

// biome-ignore lint/suspicious/noExplicitAny: a mutation knows the body that it changes
const each = (items: any[], change: (item: any) => void): void => items.forEach(change);

const contacts = inFormats('trendsic.ContactConnectionRequest', /^GET .v1.ContactConnections/);
const options = wrong('trendsic.ContactConnectionRequest', /^OPTIONS .v1/);
const connections = inFormats('canvara.GetConnectionsToContact', /^GET .api.contacts.*connections/);
const links = inFormats('canvara.ContactConnectedLinks', /^GET .api.contacts.*links/);

const serviceStack: Case[] = [
  contacts.json('a member dropped from JSON', 'LastName', 'missing', inText(/"LastName":"[^"]*",/g, '')),
  contacts.xml('a member dropped from XML', 'LastName', 'missing', inText(/<LastName>.*?<\/LastName>/g, '')),
  contacts.jsv('a member dropped from JSV', 'LastName', 'missing', inText(/LastName:[^,]*,/g, '')),
  contacts.json('a member renamed', 'Firstname', 'unexpected', inText(/"FirstName"/g, '"Firstname"')),
  contacts.json('a member camel-cased', 'FirstName', 'missing', inText(/"FirstName"/g, '"firstName"')),
  contacts.json('a number as text', 'ContactId', 'type', inText(/"ContactId":(\d+)/g, '"ContactId":"$1"')),
  contacts.json('a decimal as text', 'TotalDebtAmount', 'type', inText(/"TotalDebtAmount":([\d.]+)/g, '"TotalDebtAmount":"$1"')),
  contacts.xml('a decimal with a comma', 'TotalDebtAmount', 'form', inText(/(<TotalDebtAmount>\d+)(?:\.\d+)?</g, '$1,00<')),
  contacts.json(
    'a Guid with dashes where none belong',
    'ContactGUID',
    'form',
    inText(/"ContactGUID":"(.{8})(.{4})(.{4})(.{4})/g, '"ContactGUID":"$1-$2-$3-$4-'),
  ),
  contacts.xml('a Guid without dashes in XML', 'ContactGUID', 'form', inText(/(<ContactGUID>.{8})-(.{4})-(.{4})-(.{4})-/g, '$1$2$3$4')),
  contacts.xml('a Guid in capitals', 'ContactGUID', 'form', ({ text }) => ({
    text: text.replace(/<ContactGUID>.*?</g, (guid) => guid.toUpperCase().replace('CONTACTGUID', 'ContactGUID')),
  })),
  contacts.json('a date without its form', 'DateCreated', 'form', inText(/("DateCreated":"\d{4}-\d\d-\d\d)T[^"]*/g, '$1')),
  contacts.json('a date as a number', 'DateCreated', 'type', inText(/"DateCreated":"[^"]*"/g, '"DateCreated":1714979289000')),
  contacts.jsv('a bool as a word of another language', 'Active', 'form', inText(/Active:True/g, 'Active:true')),
  contacts.xml('members reordered in XML', 'AgentId', 'order', inText(/(<AgentId>.*?<\/AgentId>)([\s\S]*?)(?=<\/Contact>)/g, '$2$1')),
  contacts.json(
    'a null list',
    'Contact',
    'type',
    inJson((body) => ({ ...body, Contact: null })),
  ),
  contacts.json(
    'a list that is no list',
    'Contact',
    'type',
    inJson((body) => ({ ...body, Contact: body.Contact[0] })),
  ),
  contacts.json(
    'items wrapped',
    'Contact',
    'envelope',
    inJson((body) => ({ Contact: body.Contact.map((Contact: unknown) => ({ Contact })) })),
  ),
  contacts.json(
    'the whole answer wrapped',
    'body',
    'envelope',
    inJson((data) => ({ data })),
  ),
  contacts.json(
    'a bare list',
    'body',
    'envelope',
    inJson((body) => body.Contact),
  ),
  contacts.xml('another root element', 'ContactResponse', 'envelope', inText(/ContactResponse/g, 'ContactConnectionResponse')),
  contacts.xml('the wrong namespace', 'ContactResponse', 'namespace', inText('CRM.AgencyPlatform', 'Crm.AgencyPlatform')),
  contacts.json('an extra member', 'Nickname', 'unexpected', inText(/"FirstName":/g, '"Nickname":"Jo","FirstName":')),
  contacts.xml('XML under the name of JSON', 'Content-Type', 'content type', withType('application/json')),
  contacts.xml('JSON whatever was asked for', 'body', 'envelope', () => ({ text: '{"Contact":[]}' })),
  contacts.json('201 for 200', 'status', 'status', () => ({ status: 201 })),
  contacts.json('an empty answer', 'status', 'status', () => ({ status: 204, text: '' })),
  contacts.json('half an answer', 'body', 'envelope', ({ text }) => ({ text: text.slice(0, text.length / 2) })),
  contacts.csv('a value that only CSV has', 'FirstName', 'value', inText(/FirstName:[^,]*,/, 'FirstName:Nobody,')),
  contacts.jsonl(
    'one record less in JSONL',
    'Contact',
    'value',
    inJson((body) => ({ Contact: body.Contact.slice(1) })),
  ),
  options('OPTIONS refused', 'status', 'status', () => ({ status: 405 })),
  options('201 for 200 to OPTIONS', 'status', 'status', () => ({ status: 201 })),
  connections.json(
    'a Guid? with dashes',
    'ConnectionId',
    'form',
    inText(/"ConnectionId":"(.{8})(.{4})(.{4})(.{4})/g, '"ConnectionId":"$1-$2-$3-$4-'),
  ),
  connections.json('a Guid without dashes', 'ContactRoleId', 'form', inText(/("ContactRoleId":".{8})-(.{4})-(.{4})-(.{4})-/g, '$1$2$3$4')),
  connections.json('an ISO date for a WCF date', 'FromDate', 'form', inText(/"FromDate":"[^"]*"/g, '"FromDate":"2024-05-06T00:00:00Z"')),
  connections.json(
    'a child dropped',
    'Contact',
    'missing',
    inJson((body) => each(body.Connections, (item) => void delete item.Contact)),
  ),
  connections.json(
    'a get-only member dropped',
    'IsConnectionRequest',
    'missing',
    inJson((body) => each(body.Connections, (item) => void delete item.IsConnectionRequest)),
  ),
  connections.json(
    'a get-only member that does not follow',
    'IsConnectionRequest',
    'value',
    inJson((body) => each(body.Connections, (item) => void (item.IsConnectionRequest = !item.IsConnectionRequest))),
  ),
  connections.xml(
    'a get-only member in XML',
    'IsConnectionRequest',
    'unexpected',
    inText(/(<d2p1:IsIncoming>)/g, '<d2p1:IsConnectionRequest>true</d2p1:IsConnectionRequest>$1'),
  ),
  connections.json(
    'a total that is wrong in every format',
    'TotalConnections',
    'value',
    inJson((body) => ({ ...body, TotalConnections: body.TotalConnections + 1 })),
  ),
  connections.xml(
    'children in the namespace of the root',
    'ContactConnectionModel',
    'namespace',
    inText('Eros.Saguna.Common.WebAPIModel.Models', 'Eros.Subtle.Canvara.WebAPIModel.ServiceModel'),
  ),
  links.json('a list renamed', 'Roles', 'missing', inText('"Roles"', '"UserRoles"')),
  links.json(
    'a null item',
    'EmailAddressBook',
    'type',
    inJson((body) => ({ ...body, EmailAddressBook: [null] })),
  ),
  links.json(
    'a list of texts',
    'Roles',
    'type',
    inJson((body) => ({ ...body, Roles: ['Tenant'] })),
  ),
  links.xml('lists reordered in XML', 'Roles', 'order', inText(/(<ContactConnections[\s\S]*)(<Roles>[\s\S]*<\/Roles>)/, '$2$1')),
];

const added = wrong('trendsic.ContactConnectionRequest', /^POST .v1/);
const replaced = wrong('trendsic.ContactConnectionRequest', /^PUT .v1/);
const posted = wrong('canvara.ContactConnectedLinks', /^POST .api.contacts.*links/);
const newOnes = /,\{"ContactId":2\d\d,.*?\}(?=\])/;

const writing: Case[] = [
  added('201 for an added contact', 'status', 'status', () => ({ status: 201 })),
  added('a contact that is not added', 'ContactId', 'value', inText(newOnes, '')),
  added('a text that is not kept', 'FirstName', 'value', inText(/"FirstName":"Verif[^"]*"/, '"FirstName":"Jo"')),
  added('an added contact under another id each time', 'ContactId', 'value', inText(/"ContactId":201,/, '"ContactId":333,')),
  replaced(
    'a list that is not replaced',
    'ContactId',
    'value',
    inJson((body) => void body.Contact.push({ ...body.Contact[0], ContactId: 199 })),
  ),
  added('an answer to POST that is not what is read afterwards', 'JobName', 'value', inText(/"JobName":"[^"]*"/g, '"JobName":"Pilot"')),
  replaced('an answer to PUT that is not what is read afterwards', 'JobName', 'value', inText(/"JobName":"[^"]*"/g, '"JobName":"Pilot"')),
  replaced('no answer to PUT', 'status', 'status', () => ({ status: 204, text: '' })),
  posted('a verb that is not answered', 'status', 'status', () => ({ status: 405 })),
  posted(
    'a verb that is answered differently',
    'Roles',
    'value',
    inJson((body) => void body.Roles.pop()),
  ),
];

const list = wrong('logisense.Contact.list', /^GET .Contact.?$/);
const paged = wrong('logisense.Contact.paged', /^GET .Contact.Paged$/);
const pagedDetail = wrong('logisense.Contact.pagedDetail', /^GET .Contact.Paged.Detail$/);
const get = wrong('logisense.Contact.get', /^GET .Contact.\d+$/);
const getDetail = wrong('logisense.Contact.getDetail', /^GET .Contact.\d+.Detail$/);
const types = wrong('logisense.ContactType.list', /^GET .ContactType.?$/);
const create = wrong('logisense.Contact.create', /^POST .Contact.$/);
const update = wrong('logisense.Contact.update', /^PUT .Contact.\d+$/);
const readBack = wrong('logisense.Contact.update', /^GET .Contact.31$/);
const patch = wrong('logisense.Contact.patch', /^PATCH .Contact.\d+$/);
const remove = wrong('logisense.ContactType.delete', /^DELETE .ContactType.\d+$/);

const logisense: Case[] = [
  get('a member dropped', 'firstName', 'missing', inText(/"firstName":"[^"]*",/, '')),
  get('a member renamed', 'first_name', 'unexpected', inText('"firstName"', '"first_name"')),
  list('a number as text', 'identity', 'type', inText(/"identity":(\d+)/g, '"identity":"$1"')),
  list('a bool as a number', 'isUsedForTax', 'type', inText(/"isUsedForTax":(?:true|false)/g, '"isUsedForTax":1')),
  list(
    'the list in the envelope of a page',
    'items',
    'envelope',
    inJson(({ trackingId, ...pagedResults }) => ({ trackingId, pagedResults })),
  ),
  get('an instance called data', 'instance', 'envelope', inText('"instance"', '"data"')),
  paged(
    'a null list',
    'items',
    'type',
    inJson((body) => ({ ...body, pagedResults: { ...body.pagedResults, items: null } })),
  ),
  get('no trackingId', 'trackingId', 'missing', inText(/"trackingId":"[^"]*",/, '')),
  get('a trackingId that is no Guid', 'trackingId', 'form', inText(/"trackingId":"[^"]*"/, '"trackingId":"abc"')),
  list(
    'a total that is no length',
    'totalCount',
    'value',
    inJson((body) => ({ ...body, totalCount: body.totalCount + 1 })),
  ),
  paged(
    'a total of the page alone',
    'totalCount',
    'value',
    inJson((body) => void (body.pagedResults.totalCount = body.pagedResults.items.length)),
  ),
  paged('a page size that is not echoed', 'pageSize', 'value', inText(/"pageSize":2/, '"pageSize":20')),
  pagedDetail(
    'a page that is too long',
    'items',
    'value',
    inJson((body) => void body.pagedResults.items.push(body.pagedResults.items[0])),
  ),
  paged(
    'no echo of the page',
    'pagination',
    'missing',
    inJson(({ pagination: _, ...body }) => body),
  ),
  getDetail(
    'an address that is a list',
    'address',
    'type',
    inJson((body) => void (body.instance.details.address = [body.instance.details.address])),
  ),
  getDetail(
    'no contact points',
    'contactPoints',
    'missing',
    inJson((body) => void delete body.instance.details.contactPoints),
  ),
  getDetail(
    'contact points in items',
    'contactPoints',
    'type',
    inJson((body) => void (body.instance.details.contactPoints = { items: body.instance.details.contactPoints })),
  ),
  getDetail('a date without its zone', 'taxJurisdictionCodeUpdated', 'form', inText(/("taxJurisdictionCodeUpdated":"[^"]*)Z/, '$1')),
  get('another record than the one asked for', 'identity', 'value', inText(/"identity":\d+/, '"identity":99')),
  getDetail('a child of another record', 'contactId', 'value', inText(/"contactId":\d+/, '"contactId":99')),
  get('a record that is not the same twice', 'lastName', 'value', inText(/"lastName":"[^"]*"/, '"lastName":"Nobody"')),
  list('records that no other operation bears out', 'lastName', 'value', inText(/"lastName":"[^"]*"/g, '"lastName":"Nobody"')),
  list('nulls that no other operation bears out', 'title', 'missing', inText(/"title":"[^"]*"/g, '"title":null')),
  pagedDetail('children that another operation contradicts', 'value', 'value', inText(/"value":"[^"]*"/g, '"value":"nobody@example.com"')),
  paged(
    'a total that nobody asked to leave out',
    'excludeTotalCount',
    'value',
    inText('"excludeTotalCount":false', '"excludeTotalCount":true'),
  ),
  types('HTML for JSON', 'Content-Type', 'content type', withType('text/html')),
  create('201 for a created record', 'status', 'status', () => ({ status: 201 })),
  create(
    'wrapped items after POST',
    'items',
    'envelope',
    inJson((body) => void (body.results.items = body.results.items.map((instance: unknown) => ({ instance })))),
  ),
  update('the wrong word for what was done', 'type', 'value', inText('"type":"update"', '"type":"updated"')),
  readBack('a PUT that is not kept', 'lastName', 'value', inText('"lastName":"Doe 1"', '"lastName":"Doe"')),
  patch('a PATCH item without its key', 'dtoTypeKey', 'missing', inText(/"dtoTypeKey":"[^"]*",?/, '')),
  patch('a PATCH that does not say what it is', 'type', 'value', inText(/"type":"[^"]*"/, '"type":null')),
  patch('a PATCH item without a number', 'identity', 'value', inText(/"identity":\d+,("action")/, '"identity":null,$1')),
  patch('a row of another number behind a PATCH', 'identity', 'value', inText(/("instance":\{"identity":)\d+/, '$199')),
  create(
    'a name that is not the one of the key',
    'contactTypeName',
    'value',
    inText(/"contactTypeName":"[^"]*"/, '"contactTypeName":"None"'),
  ),
  create('a number under which nothing is found', 'identity', 'value', inText(/"identity":\d+/, '"identity":99')),
  remove('a deleted record without its number', 'identity', 'missing', inText(/"identity":\d+,/, '')),
  remove('204 for a deleted record', 'status', 'status', () => ({ status: 204, text: '' })),
  remove('a deleted record that counts wrongly', 'totalCount', 'value', inText(/"totalCount":\d+/, '"totalCount":4')),
];

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

const pagesAndErrors: Case[] = [
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
  invalidContact.jsv('404 for an id that is no number', 'status', 'status', () => ({ status: 404 })),
  invalidLinks.json('an error in another envelope', 'ResponseStatus', 'envelope', inText('"ResponseStatus"', '"Error"')),
  invalidLinks.xml(
    'an error in the wrong namespace',
    'ErrorResponse',
    'namespace',
    inText('servicestack.net/types', 'servicestack.net/other'),
  ),
  contacts.json('403 where nobody is signed in', 'status', 'status', onlyTo(401, { status: 403 })),
  contacts.json('no way to sign in', 'WWW-Authenticate', 'missing', onlyTo(401, { headers: new Headers() })),
  contacts.json('words where nobody is signed in', 'body', 'unexpected', onlyTo(401, { text: 'Sign in!' })),
  added('a broken body that is taken', 'status', 'status', onlyTo(400, { status: 200 })),
  unknownId('a page of HTML for an error', 'Content-Type', 'content type', oops),
  unknownId('the words of the framework for an unknown id', 'errors', 'envelope', () => ({ text: '{"message":"Not found."}' })),
  unknownId('400 for an unknown id', 'status', 'status', () => ({ status: 400 })),
  unknownId('a number of an error as text', 'code', 'type', inText(/"code":(\d+)/, '"code":"$1"')),
  invalidId('500 for an id that is no number', 'status', 'status', () => ({ status: 500 })),
  invalidId('no words for an id that is no number', 'message', 'missing', () => ({ text: '{}' })),
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

const cases = [
  ...serviceStack.map((wrongs) => ({ ...wrongs, write: false })),
  ...[...writing, ...logisense, ...pagesAndErrors].map((wrongs) => ({ ...wrongs, write: true })),
];

test.each(cases)('tells $title from $operation', async ({ operation, member, rule, write, options, ...mutation }) => {
  await using mock = createMock({ scale: { 'logisense.contacts': 30 }, ...options });
  const { fetch, changed } = mutant(mock, mutation);
  const api = operation.slice(0, operation.indexOf('.'));
  const { outcomes } = await verify({ url: 'http://mock', fetch, apis: [api], write });
  expect(changed()).toBeGreaterThan(0);
  expect(outcomes.flatMap(findingsOf)).toContainEqual(expect.objectContaining({ operation, member, rule }));
});

test('blames the one operation that all others contradict, and no other', async () => {
  await using mock = createMock();
  const { fetch } = mutant(mock, { of: /^GET .Contact.?$/, change: inText(/"lastName":"[^"]*"/g, '"lastName":"Nobody"') });
  const { outcomes } = await verify({ url: 'http://mock', fetch, apis: ['logisense'] });
  const found = outcomes.flatMap(findingsOf).map(({ operation, path, rule }) => ({ operation, path, rule }));
  expect(found).toEqual([{ operation: 'logisense.Contact.list', path: 'items[].lastName', rule: 'value' }]);
});
