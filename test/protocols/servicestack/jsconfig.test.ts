import { expect, test } from 'vitest';
import { createMock } from '../../support/target.ts';
import type { Trendsic } from '../../../src/index.ts';

const mock = createMock({ auth: 'off', nulls: 'wire' });
const CONTACT: Partial<Trendsic.Contact> = {
  ContactId: 7_000_001,
  SchoolID: 5,
  FirstName: 'Jo "x, y"',
  LastContact: '2024-05-06T07:08:09.123',
  DateCreated: '2024-05-06T00:00:00Z',
};

/** What the service answers to a contact that was just written. */
async function written(jsconfig: string, format: 'json' | 'jsonl' | 'jsv' | 'csv' | 'xml' = 'json'): Promise<string> {
  using world = mock.world('jsconfig');
  const answer = await world.fetch(`/v1/ContactConnections/5?format=${format}&jsconfig=${encodeURIComponent(jsconfig)}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ Contact: [CONTACT] }),
  });
  return answer.text();
}

test.each([
  ['eccn', '"firstName":', '"contactGUID":', '"schoolID":5'],
  ['EmitCamelCaseNames:true', '"firstName":'],
  ['tc:CamelCase', '"firstName":'],
  ['TextCase:cc', '"firstName":'],
  ['elun', '"first_name":', '"school_i_d":5', '"sms_opt_in":', '"contact_g_u_i_d":'],
  ['tc:sc', '"first_name":'],
  ['eccn,tc:d', '"FirstName":'],
  ['inv', '"ResponseStatus":null', '"LastName":'],
  [
    'iti',
    '{"__type":"CRM.AgencyPlatform.API.Internal.ContactResponse, oracle","Contact":[{"__type":"CRM.AgencyPlatform.API.Internal.Contact, oracle",',
  ],
  ['edv', '{"Contact":[{"ContactId":7000001,"FirstName":"Jo \\"x, y\\"","SchoolID":5,"LastContact":"2024-05-06T07:08:09.1230000",'],
  ['au', '"LastContact":"2024-05-06T07:08:09.1230000Z"', '"DateOfBirth":"0001-01-01T00:00:00.0000000Z"'],
  ['dh:to', '"LastContact":"\\/Date(1714979289123-0000)\\/"', '"DateCreated":"\\/Date(1714953600000+0000)\\/"'],
  ['dh:dcjsc', '"LastContact":"\\/Date(1714979289123+0000)\\/"'],
  ['dh:iso8601do', '"LastContact":"2024-05-06"'],
  ['DateHandler:iso8601dt', '"LastContact":"2024-05-06 07:08:09"'],
  ['dh:rfc1123', '"LastContact":"Mon, 06 May 2024 07:08:09 GMT"', '"DateOfBirth":"Mon, 01 Jan 0001 00:00:00 GMT"'],
  ['dh:ut', '"LastContact":1714979289,', '"DateOfBirth":-62135596800,'],
  ['dh:utm', '"LastContact":1714979289123,'],
])('?jsconfig=%s acts on JSON and JSON Lines', async (jsconfig, ...excerpts) => {
  const text = await written(jsconfig);
  for (const excerpt of excerpts) expect(text).toContain(excerpt);
  expect(await written(jsconfig, 'jsonl')).toBe(text);
});

test.each([
  'eccn:false',
  'EmitCamelCaseNames:0',
  ' eccn',
  'inv,  eccn:0'.slice(5),
  'teai',
  'eu',
  'md:2',
  'nothing',
  'dh:never',
  'tc',
  'iti,eti',
  'constructor',
])('?jsconfig=%s changes nothing', async (jsconfig) => {
  expect(await written(jsconfig)).toBe(await written(''));
});

test('names of settings are separated by commas alone, and what follows a colon is one value', async () => {
  expect(await written('eccn:false|edv')).toContain('"firstName":');
});

test('Indent spreads JSON over lines, whatever stands in its texts', async () => {
  const text = await written('Indent,edv');
  expect(text.split('\n').slice(0, 6)).toEqual([
    '{',
    '    "Contact": [',
    '        {',
    '            "ContactId": 7000001,',
    '            "FirstName": "Jo \\"x, y\\"",',
    '            "SchoolID": 5,',
  ]);
  expect(JSON.parse(text)).toEqual(JSON.parse(await written('edv')));
});

test('JSV and CSV know casing, defaults, types and a few of the dates; nulls and lines are JSON’s', async () => {
  expect(await written('eccn,edv', 'jsv')).toMatch(
    /^\{contact:\[\{contactId:7000001,firstName:"Jo ""x, y""",schoolID:5,lastContact:2024-05-06T07:08:09\.1230000\+00:00,/,
  );
  expect(await written('iti', 'jsv')).toContain('{__type:"CRM.AgencyPlatform.API.Internal.ContactResponse, oracle",');
  expect(await written('sdtc', 'jsv')).toContain('LastContact:2024-05-06T07:08:09.1230000,');
  expect(await written('dh:ut', 'jsv')).toContain('LastContact:1714979289,');
  expect(await written('inv,Indent,dh:rfc1123', 'jsv')).toBe(await written('', 'jsv'));
  expect(await written('edv', 'csv')).toMatch(/^Contact\r\n"\[\{ContactId:7000001,/);
  expect(await written('eccn', 'csv')).toMatch(/^ResponseStatus,Contact\r\n,"\[\{contactId:7000001,/);
});

test('XML is written by another serializer, which has no such settings', async () => {
  expect(await written('eccn,edv,inv,iti', 'xml')).toBe(await written('', 'xml'));
});

test('errors are written by the same settings; a service that writes nulls can be told not to', async () => {
  const answer = await mock.fetch('/api/contacts/abc/connections?jsconfig=eccn,inv:false');
  expect(await answer.text()).toMatch(/^\{"responseStatus":\{"errorCode":"SerializationException","message":"[^"]+","errors":\[\{/);
});
