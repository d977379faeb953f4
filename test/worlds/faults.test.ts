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
  [{ rules: [{ operation: 'toy.get', outcomes: [{ code: 99 }] }] }, 'rules[0].outcomes[0].code is no status'],
  [{ rules: [{ operation: 'toy.get', outcomes: [{ fault: 'RESET' }] }] }, 'is none of EMPTY_RESPONSE'],
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
