import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createMock } from '../../support/target.ts';

const mock = createMock({ nulls: 'wire' });
const json = { Authorization: 'Bearer worker', 'Content-Type': 'application/json' };
const form = { Authorization: 'Bearer worker', 'Content-Type': 'application/x-www-form-urlencoded' };

/** What the operation received, as the journal has it. */
async function bound(target: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const answer = await mock.fetch(target, { headers: { Authorization: 'Bearer worker' }, ...init });
  const entry = await mock.fetch(`/__admin/requests/${answer.headers.get('x-mock-request-id')}`);
  return ((await entry.json()) as { bound: Record<string, unknown> }).bound;
}

test('on a service’s own route the query outweighs the path, and the path the body', async () => {
  const post = { method: 'POST', headers: json, body: '{"ContactId":9,"AgentId":3}' };
  expect(await bound('/v1/ContactConnections/5', post)).toMatchObject({ ContactId: 5, AgentId: 3 });
  expect(await bound('/v1/ContactConnections/5?ContactId=7', post)).toMatchObject({ ContactId: 7, AgentId: 3 });
  expect(await bound('/v1/ContactConnections/5?contactid=8', post)).toMatchObject({ ContactId: 8 });
});

test('a form outweighs the query', async () => {
  expect(await bound('/v1/ContactConnections/5?AgentId=7', { method: 'POST', headers: form, body: 'AgentId=8' })).toMatchObject({
    AgentId: 8,
  });
});

test('on ServiceStack’s own routes the query only fills in what the body left out', async () => {
  const post = { method: 'POST', headers: json, body: '{"ContactId":9}' };
  expect(await bound('/json/reply/ContactConnectionRequest?ContactId=7&AgentId=8', post)).toMatchObject({ ContactId: 9, AgentId: 8 });
});

test('an empty value in the member’s own spelling takes the path’s value away, in another spelling it does not', async () => {
  expect(await bound('/v1/ContactConnections/5?ContactId=')).toMatchObject({ ContactId: 0 });
  expect(await bound('/v1/ContactConnections/5?contactId=')).toMatchObject({ ContactId: 5 });
});

test('a value given twice is joined by a comma, and is no number then; the error has the second spelling of the name', async () => {
  const answer = await mock.fetch('/v1/ContactConnections/5?AgentId=1&agentid=2', { headers: json });
  expect(await answer.json()).toMatchObject({
    ResponseStatus: { Errors: [{ FieldName: 'agentid', Message: "'1,2' is an Invalid value for 'agentid'" }] },
  });
});

test('in a form the error has the first spelling', async () => {
  const init = { method: 'POST', headers: form, body: 'AgentId=1&agentid=2' };
  expect(await (await mock.fetch('/v1/ContactConnections/5', init)).json()).toMatchObject({
    ResponseStatus: { Errors: [{ FieldName: 'AgentId', Message: "'1,2' is an Invalid value for 'AgentId'" }] },
  });
});

test.each(['AgentId=8&AgentId=', 'AgentId=&AgentId=8', 'AgentId&AgentId=8'])(
  'beside a value an empty one does not count: %s',
  async (query) => {
    expect(await bound(`/v1/ContactConnections/5?${query}`)).toMatchObject({ AgentId: 8 });
    expect(await bound('/v1/ContactConnections/5', { method: 'POST', headers: form, body: query })).toMatchObject({ AgentId: 8 });
  },
);

test('of a check box and its hidden twin the first counts, and is what an error quotes', async () => {
  const path = '/api/json/reply/GetConnectionsToContact';
  expect(await bound(`${path}?IsPagedMode=true&IsPagedMode=false`)).toMatchObject({ IsPagedMode: true });
  const answer = await mock.fetch(`${path}?IsPagedMode=checked&IsPagedMode=true`);
  expect(JSON.stringify(await answer.json())).toContain("'checked' is an Invalid value for 'IsPagedMode'");
});

test('percent signs that are no UTF-8 stay, wherever they stand', async () => {
  const answer = await mock.fetch('/v1/ContactConnections/5?AgentId=%EF%BC%91%EF%C%94%E4%BD%A0', { headers: json });
  expect(JSON.stringify(await answer.json())).toContain("'１%EF%C%94你' is an Invalid value for 'AgentId'");
});

test('fields of a multipart form are bound, its files are not', async () => {
  const body = new FormData();
  body.set('AgentId', '8');
  body.set('ContactId', new Blob(['7']), 'seven.txt');
  expect(await bound('/v1/ContactConnections/5', { method: 'POST', headers: { Authorization: 'Bearer worker' }, body })).toMatchObject({
    AgentId: 8,
    ContactId: 5,
  });
});

test.each([
  ['application/json', '{"agentid":8}'],
  ['text/json; charset=utf-8', '{"AgentId":"8"}'],
  ['application/jsv', '{AgentId:8}'],
  ['text/csv', 'AgentId\r\n8\r\n'],
  ['text/jsonl', '{"AgentId":8}\n'],
  [
    'application/xml',
    '<ContactConnectionRequest xmlns="http://schemas.datacontract.org/2004/07/CRM.AgencyPlatform.API.Internal"><AgentId>8</AgentId></ContactConnectionRequest>',
  ],
])('a body in %s is read', async (type, body) => {
  expect(await bound('/v1/ContactConnections/5', { method: 'POST', headers: { ...json, 'Content-Type': type }, body })).toMatchObject({
    AgentId: 8,
  });
});

test('a compressed body is read', async () => {
  const body = gzipSync('{"AgentId":8}');
  expect(await bound('/v1/ContactConnections/5', { method: 'POST', headers: { ...json, 'Content-Encoding': 'gzip' }, body })).toMatchObject(
    { AgentId: 8 },
  );
});

test('a form is one by its whole type, not by the beginning of it', async () => {
  const post = (type: string) => ({ method: 'POST', headers: { ...json, 'Content-Type': type }, body: 'AgentId=8' });
  const form = 'application/x-www-form-urlencoded';
  expect(await bound('/v1/ContactConnections/5', post(`${form}; charset=utf-8`))).toMatchObject({ AgentId: 8 });
  expect(await bound('/v1/ContactConnections/5', post(`${form}x`))).toMatchObject({ AgentId: 0 });
});

test('a body of an unknown type is ignored', async () => {
  const post = { method: 'POST', headers: { ...json, 'Content-Type': 'text/plain' }, body: '{"AgentId":8}' };
  expect(await bound('/v1/ContactConnections/5', post)).toMatchObject({ AgentId: 0, Contact: null });
});

test('what cannot be read is a 400 before anybody is asked who he is, with one entry for each value', async () => {
  const answer = await mock.fetch('/v1/ContactConnections/abc?AgentId=x');
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({
    ResponseStatus: {
      ErrorCode: 'SerializationException',
      Message: "Unable to bind to request 'ContactConnectionRequest'",
      Errors: [
        { ErrorCode: 'SerializationException', FieldName: 'ContactId', Message: "'abc' is an Invalid value for 'ContactId'" },
        { ErrorCode: 'SerializationException', FieldName: 'AgentId', Message: "'x' is an Invalid value for 'AgentId'" },
      ],
    },
  });
});

test('a body that is none says why', async () => {
  const answer = await mock.fetch('/v1/ContactConnections/5', { method: 'POST', headers: json, body: 'hello' });
  expect(await answer.json()).toMatchObject({
    ResponseStatus: {
      Message:
        "Could not deserialize 'application/json' request using CRM.AgencyPlatform.API.Internal.ContactConnectionRequest'\nError: Type definitions should start with a '{', expecting serialized type 'ContactConnectionRequest', got string starting with: hello",
    },
  });
});

test('a body of more than 30,000,000 bytes is refused, and nothing is written', async () => {
  const before = await (await mock.fetch('/__admin/state/hash')).text();
  const answer = await mock.fetch('/v1/ContactConnections/5', {
    method: 'PUT',
    headers: json,
    body: `{"Contact":[]}${' '.repeat(30_000_000)}`,
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('Request body too large. The max request body size is 30000000 bytes.');
  expect(await (await mock.fetch('/__admin/state/hash')).text()).toBe(before);
});

test('the journal explains what a value should have been', async () => {
  const answer = await mock.fetch('/api/contacts/5/connections?SortOrder=Sideways', { headers: json });
  const entry = (await (await mock.fetch(`/__admin/requests/${answer.headers.get('x-mock-request-id')}`)).json()) as {
    explanation: unknown;
  };
  const text = JSON.stringify(entry.explanation);
  expect(text).toContain('GetConnectionsToContact.ContactId');
  expect(text).toContain('Ascending, Descending');
});
