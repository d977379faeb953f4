/** Nothing that a caller sends is dropped in silence: the journal tells it, even of a call that succeeds. */
import { expect, test } from 'vitest';
import { createMock } from '../../support/target.ts';
import type { Explanation } from '../../../src/http/message.ts';

const mock = createMock({ auth: 'off' });
const TRENDSIC = '/v1/ContactConnections/5';
const CANVARA = '/api/json/reply/GetConnectionsToContact';

interface Told {
  readonly status: number;
  readonly header: string | null;
  readonly told: readonly Explanation[];
}

async function ask(target: string, init: RequestInit = {}): Promise<Told> {
  const answer = await mock.fetch(target, init);
  const entry = await mock.fetch(`/__admin/requests/${answer.headers.get('x-mock-request-id')}`);
  const { explanation } = (await entry.json()) as { explanation?: Explanation & { more?: Explanation[] } };
  const told = explanation === undefined ? [] : [explanation, ...(explanation.more ?? [])];
  return { status: answer.status, header: answer.headers.get('x-mock-explanation'), told };
}

const post = (body: string, contentType: string | undefined): RequestInit => ({
  method: 'POST',
  body: new TextEncoder().encode(body),
  ...(contentType === undefined ? {} : { headers: { 'Content-Type': contentType } }),
});

test('a body without a type is told, and what to send', async () => {
  const { status, header, told } = await ask(TRENDSIC, post('{"AgentId":8}', undefined));
  expect([status, header]).toEqual([200, told[0]?.message]);
  expect(told[0]?.message).toMatch(/^The body was not read: it has no Content-Type\. Send one of application\/json, /);
});

test('a body of a type that nobody reads is told with the nearest that is read', async () => {
  const { told } = await ask(TRENDSIC, post('{"AgentId":8}', 'aplication/json'));
  expect(told[0]).toMatchObject({ value: 'aplication/json', nearest: 'application/json' });
  expect(told[0]?.message).toContain('Did you mean application/json?');
});

test.each([
  ['in JSON', post('{"AgntId":8}', 'application/json')],
  ['in JSV', post('{AgntId:8}', 'text/jsv')],
  ['in CSV', post('AgntId\r\n8\r\n', 'text/csv')],
  ['in JSON Lines', post('{"AgntId":8}\n', 'text/jsonl')],
  [
    'in XML',
    post(
      '<ContactConnectionRequest xmlns="http://schemas.datacontract.org/2004/07/CRM.AgencyPlatform.API.Internal"><AgntId>8</AgntId></ContactConnectionRequest>',
      'application/xml',
    ),
  ],
  ['in a form', post('AgntId=8', 'application/x-www-form-urlencoded')],
])('a name that no member has, %s, is told with the nearest that one has', async (_, init) => {
  const { status, told } = await ask(TRENDSIC, init);
  expect(status).toBe(200);
  expect(told).toEqual([
    {
      message: 'ContactConnectionRequest has no member "AgntId"; it was passed over. Did you mean AgentId?',
      member: 'AgntId',
      rule: 'a member of ContactConnectionRequest',
      nearest: 'AgentId',
      contract: 'ContactConnectionRequest',
    },
  ]);
});

test('names in a query and in the objects of a body are looked at, too; what the framework itself takes is known', async () => {
  const { told } = await ask(
    `${TRENDSIC}?agent=8&format=json&_=17&ss-tok=x`,
    post('{"Contact":[{"FirstNme":"Jo"},{"FirstNme":"Al"}]}', 'application/json'),
  );
  expect(told.map(({ member, contract, nearest }) => [member, contract, nearest])).toEqual([
    ['agent', 'ContactConnectionRequest', 'AgentId'],
    ['FirstNme', 'Contact', 'FirstName'],
  ]);
});

test('a value that JSON lets pass without a word is told', async () => {
  const { status, told } = await ask(TRENDSIC, post('{"AgentId":"eight"}', 'application/json'));
  expect(status).toBe(200);
  expect(told[0]).toMatchObject({ member: 'AgentId', value: 'eight', contract: 'ContactConnectionRequest.AgentId' });
  expect(told[0]?.message).toMatch(/it takes a whole number .*\. It keeps its default\.$/);
});

test('an element of XML that comes too late, or under another namespace, is told', async () => {
  const ns = 'http://schemas.datacontract.org/2004/07/Eros.Subtle.Canvara.WebAPIModel.ServiceModel';
  const body = `<GetConnectionsToContact xmlns="${ns}"><PageSize>5</PageSize><IsPagedMode>true</IsPagedMode><ContactTypeId>00000000-0000-0000-0000-000000000000</ContactTypeId></GetConnectionsToContact>`;
  const { told } = await ask('/api/xml/reply/GetConnectionsToContact', post(body, 'application/xml'));
  expect(told.filter(({ rule }) => rule?.endsWith('in XML')).map(({ member, rule }) => [member, rule])).toEqual([
    ['PageSize', 'the namespace of a member in XML'],
    ['ContactTypeId', 'the order of members in XML'],
  ]);
});

test('a part of a form that is not a field is told', async () => {
  const body = new FormData();
  body.set('AgentId', '8');
  body.set('photo', new Blob(['x']), 'me.png');
  const { told } = await ask(TRENDSIC, { method: 'POST', body });
  expect(told.map(({ message }) => message)).toEqual([
    'The part "photo" is not a field and was passed over: a field is form-data with a name and without filename.',
  ]);
});

test('a form that a verb has no use for, and a batch without a list, are told', async () => {
  const form = { body: 'AgentId=8', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } };
  expect(
    (await ask(`/api/contacts/00000000-0000-0000-0000-000000000001/links`, { ...form, method: 'DELETE' })).told.at(-1)?.message,
  ).toContain('Put the values into the query.');
  expect((await ask(`${CANVARA}[]`, { ...form, method: 'POST' })).told[0]?.message).toContain('a batch is a list');
});

test('what went wrong is told first', async () => {
  const { status, told } = await ask('/v1/ContactConnections/5000000?agent=8');
  expect([status, told[0]?.message, told[1]?.member]).toEqual([404, expect.stringContaining('5000000'), 'agent']);
});

test('of many names the first five are told, and a long one is cut', async () => {
  const names = Array.from({ length: 20 }, (_, i) => `${'x'.repeat(1000)}${i}`);
  const { told } = await ask(TRENDSIC, post(JSON.stringify(Object.fromEntries(names.map((name) => [name, 1]))), 'application/json'));
  expect(told.length).toBeLessThanOrEqual(5);
  expect(told.every(({ message }) => message.length < 500)).toBe(true);
});

test('a call that sends nothing unknown is told nothing', async () => {
  expect(await ask(`${TRENDSIC}?AgentId=8`, post('{"Contact":[{"FirstName":"Jo"}]}', 'application/json'))).toEqual({
    status: 200,
    header: null,
    told: [],
  });
});
