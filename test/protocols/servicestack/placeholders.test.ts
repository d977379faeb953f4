/** The exchanges that the documents show can be pasted, and come back as shown. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { canvara } from '../../../src/apis/canvara/index.ts';
import { trendsic } from '../../../src/apis/trendsic/index.ts';
import { sample } from '../../../src/derive/sample.ts';
import { createMock } from '../../support/target.ts';
import { encode } from '../../../src/wire/codec.ts';

const mock = createMock();
const ZERO = '00000000-0000-0000-0000-000000000000';
const signed = { Authorization: 'Bearer worker' };

const CALLS = [
  ['/v1/ContactConnections/0', trendsic, 'ContactConnectionRequest'],
  [`/api/contacts/${ZERO}/connections`, canvara, 'GetConnectionsToContact'],
  [`/api/contacts/${ZERO.replaceAll('-', '')}/links`, canvara, 'ContactConnectedLinks'],
] as const;

test.each(CALLS)('%s is answered with the documented sample response, and says so', async (path, api, name) => {
  const { response } = api.operations[name]!;
  for (const format of ['json', 'jsv', 'csv', 'jsonl'] as const) {
    const answer = await mock.fetch(`${path}?format=${format}`, { headers: signed });
    expect([answer.status, await answer.text()]).toEqual([
      200,
      encode(response, sample(response) as object, { format, profile: api.profile, nulls: 'placeholder' }),
    ]);
    expect(answer.headers.get('x-mock-explanation')).toMatch(
      /^This is the documented sample: ContactId is the placeholder of the documents, and no record has it\. Set the id/,
    );
  }
});

test('XML has it as the document does', async () => {
  const answer = await mock.fetch(`/api/contacts/${ZERO}/connections`, { method: 'POST', headers: { Accept: 'application/xml' } });
  const documented = readFileSync(new URL('../../../fixtures/canvara/GetConnectionsToContact.response.xml', import.meta.url), 'utf8');
  expect(await answer.text()).toBe(documented.trim());
});

test.each(['POST', 'PUT'])('a %s with a placeholder stores nothing, and what it sent is in the journal', async (method) => {
  const before = await (await mock.fetch('/__admin/state/hash')).text();
  const body = JSON.stringify({ Contact: [{ FirstName: 'String' }], AgentId: 3 });
  const answer = await mock.fetch('/v1/ContactConnections/0', { method, headers: { ...signed, 'Content-Type': 'application/json' }, body });
  expect(answer.status).toBe(200);
  expect(await (await mock.fetch('/__admin/state/hash')).text()).toBe(before);
  const entry = await mock.fetch(`/__admin/requests/${answer.headers.get('x-mock-request-id')}`);
  expect(await entry.json()).toMatchObject({
    operation: 'trendsic.ContactConnectionRequest',
    bound: { ContactId: 0, AgentId: 3 },
    explanation: { rule: 'placeholder', member: 'ContactId' },
  });
});

test('a caller is asked for as everywhere', async () => {
  expect((await mock.fetch('/v1/ContactConnections/0')).status).toBe(401);
  expect((await mock.fetch('/v1/ContactConnections/0', { headers: { Authorization: 'Bearer visitor' } })).status).toBe(403);
});

test.each([
  ['nulls are as on the wire', '/v1/ContactConnections/0', { Prefer: 'nulls=wire' }],
  ['the query means another contact', '/v1/ContactConnections/0?ContactId=5000000', {}],
  ['the path names none of its own', '/v1/ContactConnections/5000000?ContactId=0', {}],
  ['the id is a default, not sent', '/api/ContactConnectionRequest', {}],
])('where %s it is the service’s 404', async (_, path, headers) => {
  expect((await mock.fetch(path, { headers: { ...signed, ...headers } })).status).toBe(404);
});

test('a world that has a record of that key answers from it', async () => {
  using world = mock.world('zero');
  const put = { method: 'PUT', body: JSON.stringify({ records: { 'canvara.contacts': { [ZERO]: {} } } }) };
  expect((await world.fetch('/__admin/state', put)).status).toBe(200);
  const answer = await world.fetch(`/api/contacts/${ZERO}/links`);
  expect([answer.status, answer.headers.get('x-mock-explanation')]).toEqual([200, null]);
});
