/** Wrong answers of the ServiceStack APIs, read and written. */
import { inJson, inText, withType } from '../mutant.ts';
import { type Case, each, inFormats, wrong } from './case.ts';

export const contacts = inFormats('trendsic.ContactConnectionRequest', /^GET .v1.ContactConnections/);
export const options = wrong('trendsic.ContactConnectionRequest', /^OPTIONS .v1/);
export const connections = inFormats('canvara.GetConnectionsToContact', /^GET .api.contacts.*connections/);
export const links = inFormats('canvara.ContactConnectedLinks', /^GET .api.contacts.*links/);

export const serviceStack: Case[] = [
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

export const added = wrong('trendsic.ContactConnectionRequest', /^POST .v1/);
export const replaced = wrong('trendsic.ContactConnectionRequest', /^PUT .v1/);
export const posted = wrong('canvara.ContactConnectedLinks', /^POST .api.contacts.*links/);
const newOnes = /,\{"ContactId":2\d\d,.*?\}(?=\])/;

export const serviceStackWriting: Case[] = [
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
