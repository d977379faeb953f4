/** Wrong answers of the LogiSense API. */
import { inJson, inText, withType } from '../mutant.ts';
import { type Case, wrong } from './case.ts';

export const list = wrong('logisense.Contact.list', /^GET .Contact.?$/);
export const paged = wrong('logisense.Contact.paged', /^GET .Contact.Paged$/);
export const pagedDetail = wrong('logisense.Contact.pagedDetail', /^GET .Contact.Paged.Detail$/);
export const get = wrong('logisense.Contact.get', /^GET .Contact.\d+$/);
export const getDetail = wrong('logisense.Contact.getDetail', /^GET .Contact.\d+.Detail$/);
export const types = wrong('logisense.ContactType.list', /^GET .ContactType.?$/);
export const create = wrong('logisense.Contact.create', /^POST .Contact.$/);
export const update = wrong('logisense.Contact.update', /^PUT .Contact.\d+$/);
export const readBack = wrong('logisense.Contact.update', /^GET .Contact.31$/);
export const patch = wrong('logisense.Contact.patch', /^PATCH .Contact.\d+$/);
export const remove = wrong('logisense.ContactType.delete', /^DELETE .ContactType.\d+$/);

export const logisense: Case[] = [
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
