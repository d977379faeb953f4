import { expect, test } from 'vitest';
import { SocketFault } from '../../src/http/socket-fault.ts';
import { send, toyMock } from '../support/toy.ts';

test('outcomes are played in order and counted; when they are used up calls pass and are not counted', async () => {
  const mock = toyMock();
  const outcomes = [{ code: 503 }, { delay: 1 }, { pass: true }, { code: 429 }];
  expect((await send(mock, 'PUT', '/__admin/faults', { rules: [{ operation: 'toy.get', outcomes }] })).status).toBe(200);
  const statuses: number[] = [];
  for (let i = 0; i < 6; i++) statuses.push((await send(mock, 'GET', '/pets/1')).status);
  expect(statuses).toEqual([503, 200, 200, 429, 200, 200]);
  expect((await send(mock, 'GET', '/__admin/faults')).json).toEqual({
    rules: [{ operation: 'toy.get', outcomes, repeat: false, hits: 4 }],
  });
  expect((await send(mock, 'GET', '/pets')).status).toBe(200);
});

test('a repeating rule starts again', async () => {
  const mock = toyMock();
  mock.faults.set([{ operation: 'toy.get', outcomes: [{ code: 500 }, { pass: true }], repeat: true }]);
  const statuses: number[] = [];
  for (let i = 0; i < 5; i++) statuses.push((await send(mock, 'GET', '/pets/1')).status);
  expect(statuses).toEqual([500, 200, 500, 200, 500]);
  expect(mock.faults.get()[0]?.hits).toBe(5);
});

test('a second rule of the same operation speaks when the first is used up', async () => {
  const mock = toyMock();
  mock.faults.set([
    { operation: 'toy.get', outcomes: [{ code: 500 }] },
    { operation: 'toy.get', outcomes: [{ code: 502 }] },
  ]);
  const statuses: number[] = [];
  for (let i = 0; i < 3; i++) statuses.push((await send(mock, 'GET', '/pets/1')).status);
  expect(statuses).toEqual([500, 502, 200]);
});

test('a forced status has the body that the service sends with it, and the call changed nothing', async () => {
  const mock = toyMock();
  mock.faults.set([{ operation: 'toy.remove', outcomes: [{ code: 503 }] }]);
  expect(await send(mock, 'DELETE', '/pets/1')).toMatchObject({ status: 503, json: { toyError: 503 } });
  expect((await send(mock, 'GET', '/pets/1')).status).toBe(200);
});

test('rules belong to one world; a reset and a DELETE take them away', async () => {
  const mock = toyMock();
  mock.world('a').faults.set([{ operation: 'toy.get', outcomes: [{ code: 500 }], repeat: true }]);
  expect((await send(mock, 'GET', '/pets/1')).status).toBe(200);
  expect((await send(mock.world('a'), 'GET', '/pets/1')).status).toBe(500);
  await send(mock.world('a'), 'DELETE', '/__admin/faults');
  expect((await send(mock.world('a'), 'GET', '/pets/1')).status).toBe(200);
  mock.faults.set([{ operation: 'toy.get', outcomes: [{ code: 500 }], repeat: true }]);
  mock.reset();
  expect((await send(mock, 'GET', '/pets/1')).status).toBe(200);
});

test.each([
  [{ rules: [{ operation: 'toy.gets', outcomes: [{ code: 500 }] }] }, 'Did you mean "toy.get"?'],
  [{ rules: [{ operation: 'toy.get', outcomes: [] }] }, 'has no outcomes'],
  [{ rules: [{ operation: 'toy.get', outcomes: [{ delay: '9..3' }] }] }, 'delay is not a number of milliseconds'],
  [{ rules: [{ operation: 'toy.get', outcomes: [{ headers: { 'X-A': 'a\nb' } }] }] }, 'headers.X-A is not a text of one line'],
  [{ rules: [{ operation: 'toy.get', outcomes: [{ headers: { 'X A': 'a' } }] }] }, 'cannot be the name of a header'],
  [{ rules: [{ operation: 'toy.get', outcomes: [{ answer: { body: 'x' } }] }] }, 'answer.status is not a status'],
  [{ rules: [{ operation: 'toy.get', outcomes: [{ code: 500, fault: 'EMPTY_RESPONSE' }] }] }, 'more than one of code, answer and fault'],
  [{ rules: [{ operation: 'toy.get', outcomes: [{ code: 500 }], request: { status: 200 } }] }, 'known only after the call'],
  [{ rules: [{ operation: 'toy.get', outcomes: [{ code: 500 }], request: { urlPaht: '/' } }] }, 'Did you mean "urlPath"?'],
  [{ rules: [{ operation: 'toy.get', outcomes: [{ code: 99 }] }] }, 'rules[0].outcomes[0].code is not a status'],
  [{ rules: [{ operation: 'toy.get', outcomes: [{ fault: 'RESET' }] }] }, 'is not one of EMPTY_RESPONSE'],
  [{ rules: [{ operation: 'toy.get', outcomes: [{ cod: 500 }] }] }, 'Did you mean "code"?'],
  [{ rules: [{ operation: 'toy.get', outcomes: [{ code: 500 }], repaet: true }] }, 'Did you mean "repeat"?'],
  [{ rules: [{ operation: 'toy.get', outcomes: [{ pass: true, code: 500 }] }] }, 'stands alone'],
  [{ rule: [] }, 'a list under "rules"'],
])('rules that cannot be are refused whole: %j', async (wrong, message) => {
  const mock = toyMock();
  mock.faults.set([{ operation: 'toy.list', outcomes: [{ code: 500 }] }]);
  const answer = await send(mock, 'PUT', '/__admin/faults', wrong);
  expect(answer.status).toBe(400);
  expect(answer.json.message).toContain(message);
  expect(mock.faults.get()).toMatchObject([{ operation: 'toy.list' }]);
});

test.each([
  ['EMPTY_RESPONSE', 'UND_ERR_SOCKET'],
  ['MALFORMED_RESPONSE_CHUNK', 'UND_ERR_SOCKET'],
  ['RANDOM_DATA_THEN_CLOSE', 'HPE_INVALID_CONSTANT'],
  ['CONNECTION_RESET_BY_PEER', 'ECONNRESET'],
])('in process %s is a rejected promise, with the cause that fetch would give', async (fault, code) => {
  const mock = toyMock();
  const failure = await mock.fetch('/pets/1', { headers: { Prefer: `fault=${fault}` } }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(SocketFault);
  expect(failure).toMatchObject({ name: 'TypeError', message: 'fetch failed', cause: { code } });
  expect(mock.requests()).toMatchObject([{ operation: 'toy.get', response: { fault }, explanation: { rule: 'forced' } }]);
});

test('headers are laid over the answer, whatever the case of their names', async () => {
  const mock = toyMock();
  mock.faults.set([
    { operation: 'toy.get', outcomes: [{ code: 429, headers: { 'retry-after': '2' } }, { headers: { 'content-type': 'text/x' } }] },
  ]);
  const first = await send(mock, 'GET', '/pets/1');
  expect([first.status, first.headers.get('retry-after')]).toEqual([429, '2']);
  const second = await mock.fetch('/pets/1');
  expect([second.status, second.headers.get('content-type')]).toEqual([200, 'text/x']);
});

test("an answer of one's own stands in place of the service's, as text or as JSON, and nothing is done", async () => {
  const mock = toyMock();
  const teapot = { status: 418, headers: { 'X-Tea': 'green' }, body: 'short and stout' };
  mock.faults.set([
    {
      operation: 'toy.remove',
      outcomes: [{ answer: teapot }, { answer: { status: 200, body: { done: false } } }, { answer: { status: 204 } }],
    },
  ]);
  const first = await mock.fetch('/pets/1', { method: 'DELETE' });
  expect([first.status, first.headers.get('x-tea'), await first.text()]).toEqual([418, 'green', 'short and stout']);
  const second = await send(mock, 'DELETE', '/pets/1');
  expect([second.json, second.headers.get('content-type')]).toEqual([{ done: false }, 'application/json; charset=utf-8']);
  expect((await mock.fetch('/pets/1', { method: 'DELETE' })).status).toBe(204);
  expect((await send(mock, 'GET', '/pets/1')).status).toBe(200);
});

test("the headers of an answer of one's own are sent as they are, but for those that every answer has once", async () => {
  const mock = toyMock();
  const headers = { 'Content-Type': 'text/x', vary: 'X-Tenant', date: 'never', 'content-length': '1' };
  mock.faults.set([{ operation: 'toy.get', outcomes: [{ answer: { status: 200, headers, body: 'long' } }] }]);
  const answer = await mock.fetch('/pets/1');
  expect([answer.headers.get('content-type'), answer.headers.get('vary')]).toEqual(['text/x', 'X-Tenant, Accept, Origin']);
  expect([answer.headers.get('date'), answer.headers.get('content-length')]).toEqual(['Thu, 01 Jan 2026 00:00:00 GMT', '4']);
});

test('a rule may mean some calls of its operation alone, in the words of WireMock', async () => {
  const mock = toyMock();
  mock.faults.set([{ operation: 'toy.get', request: { urlPath: '/pets/7' }, outcomes: [{ code: 503 }, { code: 503 }] }]);
  const statuses: number[] = [];
  for (const id of [1, 7, 2, 7, 7]) statuses.push((await send(mock, 'GET', `/pets/${id}`)).status);
  expect(statuses).toEqual([200, 503, 200, 503, 200]);
  expect(mock.faults.get()[0]).toMatchObject({ request: { urlPath: '/pets/7' }, hits: 2 });
});

test('a preflight plays nothing and is marked in the journal', async () => {
  const mock = toyMock();
  mock.faults.set([{ operation: 'toy.get', outcomes: [{ code: 503 }] }]);
  const preflight = { Origin: 'https://app.example', 'Access-Control-Request-Method': 'GET' };
  expect((await mock.fetch('/pets/1?__prefer=code=500', { method: 'OPTIONS', headers: preflight })).status).toBe(200);
  expect((await send(mock, 'GET', '/pets/1')).status).toBe(503);
  expect(mock.requests().map((entry) => entry.preflight)).toEqual([undefined, true]);
  expect(mock.requests.unmatched()).toEqual([]);
});
