/** The documents' own bodies, held against the contract: true as they stand, and different as soon as one thing is. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as canvara from '../../src/apis/canvara/contract.ts';
import { operations as logisense } from '../../src/apis/logisense/contract.ts';
import * as trendsic from '../../src/apis/trendsic/contract.ts';
import type { Dto } from '../../src/contract/dto.ts';
import { compareAnswer } from '../../src/verify/compare/answer.ts';
import type { AnswerFormat } from '../../src/verify/compare/answer-format.ts';
import type { Difference } from '../../src/verify/compare/finding.ts';
import { json as logisenseJson } from '../../src/verify/logisense-rest/format.ts';
import { alternativesOf } from '../../src/verify/logisense-rest/expectations.ts';
import { formatsOf, type ServiceFormats } from '../../src/verify/servicestack/formats.ts';

const body = (file: string): string => readFileSync(new URL(`../../fixtures/${file}`, import.meta.url), 'utf8').trim();
const format = (api: { profile: Parameters<typeof formatsOf>[0] }, name: keyof ServiceFormats): AnswerFormat =>
  formatsOf(api.profile)[name];

function differences(
  text: string,
  dto: Dto,
  of: AnswerFormat,
  alternatives: ReadonlySet<string> = new Set(),
  nulls: 'placeholder' | 'wire' = 'placeholder',
): readonly Difference[] {
  const answer = { status: 200, headers: { 'content-type': of.mediaType }, body: new TextEncoder().encode(text) };
  const isContent = ({ name }: { name: string }) => name !== 'ResponseStatus' && name !== 'pagination';
  return compareAnswer(answer, { status: 200, body: { format: of, dtos: [dto], isContent, nulls, alternatives } }).differences.all;
}

const connections = body('canvara/GetConnectionsToContact.response.xml');
const links = body('canvara/ContactConnectedLinks.response.xml');
const contacts = body('trendsic/ContactConnectionRequest.response.jsonl');
const inXml = (text: string) => differences(text, canvara.GetConnectionsToContactResponse, format(canvara, 'xml'));
const inJson = (text: string) => differences(text, trendsic.ContactResponse, format(trendsic, 'json'));

test('every documented ServiceStack answer is true to the contract', () => {
  expect(inXml(connections)).toEqual([]);
  expect(differences(links, canvara.ContactConnectedLinksResponse, format(canvara, 'xml'))).toEqual([]);
  expect(differences(contacts, trendsic.ContactResponse, format(trendsic, 'jsonl'))).toEqual([]);
});

// Of ContactTypeType no document shows a body.
const shown = Object.values(logisense).filter(({ resource }) => resource !== 'ContactTypeType');
test.each(shown.map((operation) => [operation.name, operation] as const))(
  'the documented answer of %s is true to the contract',
  (_, operation) => {
    const verb = operation.verb.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
    const text = body(`logisense/${operation.resource}/${verb}.response.json`);
    expect(differences(text, operation.response, logisenseJson, alternativesOf(operation))).toEqual([]);
  },
);

const zero = '00000000-0000-0000-0000-000000000000';
const swap = (text: string, from: string | RegExp, to: string): string => {
  expect(text).toMatch(from);
  return text.replace(from, to);
};

test.each([
  ['a member dropped', /<d2p1:AllowCancel>false<\/d2p1:AllowCancel>/, '', 'AllowCancel', 'missing'],
  ['a member renamed', /<d2p1:FromDate>(.*?)<\/d2p1:FromDate>/, '<d2p1:Since>$1</d2p1:Since>', 'Since', 'unexpected'],
  [
    'a member moved to the end',
    /(<d2p1:AllowCancel>false<\/d2p1:AllowCancel>)([\s\S]*?)(?=<\/d2p1:ContactConnectionModel>)/,
    '$2$1',
    'AllowCancel',
    'order',
  ],
  ['a Guid without dashes', new RegExp(`(<d2p1:ConnectionId>)${zero}`), `$1${zero.replaceAll('-', '')}`, 'ConnectionId', 'form'],
  ['a Guid in upper case', new RegExp(`(<d2p1:ConnectionId>)${zero}`), '$1AAAAAAAA-0000-0000-0000-000000000000', 'ConnectionId', 'form'],
  ['a number for a Guid', new RegExp(`(<d2p1:ConnectionId>)${zero}`), '$15', 'ConnectionId', 'type'],
  ['a bool with a capital', 'IsIncoming>false', 'IsIncoming>False', 'IsIncoming', 'form'],
  ['a text for a number', 'TotalConnections>0', 'TotalConnections>none', 'TotalConnections', 'type'],
  ['a date of another form', 'FromDate>0001-01-01T00:00:00', 'FromDate>01/01/0001', 'FromDate', 'form'],
  [
    'another namespace',
    'xmlns:d2p1="http://schemas.datacontract.org/2004/07/Eros.Saguna',
    'xmlns:d2p1="http://schemas.datacontract.org/2004/07/Eros.Sagina',
    'ContactConnectionModel',
    'namespace',
  ],
  [
    'the root without its namespace',
    ' xmlns="http://schemas.datacontract.org/2004/07/Eros.Subtle.Canvara.WebAPIModel.ServiceModel"',
    '',
    'GetConnectionsToContactResponse',
    'namespace',
  ],
  ['another root', /GetConnectionsToContactResponse/g, 'Answer', 'GetConnectionsToContactResponse', 'envelope'],
  ['an item of another name', /ContactConnectionModel>/g, 'Link>', 'Link', 'unexpected'],
  ['a null list', /<Connections[\s\S]*<\/Connections>/, '<Connections i:nil="true" />', 'Connections', 'type'],
  [
    'a get-only member',
    /(<d2p1:IsIncoming>)/,
    '<d2p1:IsConnectionRequest>false</d2p1:IsConnectionRequest>$1',
    'IsConnectionRequest',
    'unexpected',
  ],
  ['a nil that cannot be', '<TotalConnections>0</TotalConnections>', '<TotalConnections i:nil="true"/>', 'TotalConnections', 'type'],
])('tells %s in XML', (_, from, to, member, rule) => {
  expect(inXml(swap(connections, from, to))).toContainEqual(expect.objectContaining({ member, rule }));
});

test.each([
  ['a member dropped', '"FirstName":"String",', '', 'FirstName', 'missing'],
  ['a Guid with dashes', /"ContactGUID":"0{32}"/, `"ContactGUID":"${zero}"`, 'ContactGUID', 'form'],
  ['a decimal as text', '"TotalDebtAmount":0', '"TotalDebtAmount":"0"', 'TotalDebtAmount', 'type'],
  ['a decimal with an exponent', '"TotalDebtAmount":0', '"TotalDebtAmount":1e3', 'TotalDebtAmount', 'form'],
  ['a fraction for a whole number', '"SchoolID":0', '"SchoolID":0.5', 'SchoolID', 'type'],
  ['a whole number beyond its range', '"AgentId":0', '"AgentId":2147483648', 'AgentId', 'type'],
  [
    'a date without seven digits',
    '"LastContact":"0001-01-01T00:00:00.0000000"',
    '"LastContact":"0001-01-01T00:00:00"',
    'LastContact',
    'form',
  ],
  ['a bool as text', '"Locked":false', '"Locked":"false"', 'Locked', 'type'],
  ['null for a text in every record', '"Title":"String"', '"Title":null', 'Title', 'missing'],
  ['a child wrapped', /"Contact":\[(\{[\s\S]*\})\]/, '"Contact":[{"Contact":$1}]', 'Contact', 'envelope'],
  ['the answer wrapped', /^([\s\S]*)$/, '{"data":$1}', 'body', 'envelope'],
  ['a record for a list', /"Contact":\[(\{[\s\S]*\})\]/, '"Contact":$1', 'Contact', 'type'],
  ['a member twice', '"Locked":false', '"Locked":false,"Locked":false', 'Locked', 'unexpected'],
])('tells %s in JSON', (_, from, to, member, rule) => {
  expect(inJson(swap(contacts, from, to))).toContainEqual(expect.objectContaining({ member, rule }));
});

test('a member that only some records lack is no difference, and one that none carries is told once', () => {
  const record = /\{"ContactId".*\}(?=\]\})/.exec(contacts)?.[0] ?? '';
  const without = record.replace('"FirstName":"String",', '');
  expect(inJson(`{"Contact":[${record},${without}]}`)).toEqual([]);
  expect(inJson(`{"Contact":[${without},${without}]}`)).toHaveLength(1);
});

test('with nulls as on the wire a nullable member may be absent, any other may not', () => {
  const json = (text: string) => differences(text, trendsic.ContactResponse, format(trendsic, 'json'), new Set(), 'wire');
  expect(json(swap(contacts, '"FirstName":"String",', ''))).toEqual([]);
  expect(json(swap(contacts, '"DeletedDateTimeUtc":"0001-01-01T00:00:00.0000000",', ''))).toEqual([]);
  expect(json(swap(contacts, '"AgentId":0,', ''))).toEqual([expect.objectContaining({ member: 'AgentId', rule: 'missing' })]);
});
