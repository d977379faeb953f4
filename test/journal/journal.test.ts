import { expect, test } from 'vitest';
import type { LogEvent } from '../../src/journal/log.ts';
import { send, toyMock } from '../support/toy.ts';

test('an entry is readable under the id that its answer carries as soon as the caller has it', async () => {
  const mock = toyMock();
  const { id } = await send(mock, 'PUT', '/pets/3?from=test', { name: 'Zoe' }, { Authorization: 'Bearer worker' });
  const entry = await send(mock, 'GET', `/__admin/requests/${id}`);
  expect(entry.json).toEqual({
    id,
    at: '2026-01-01T00:00:00.000Z',
    method: 'PUT',
    path: '/pets/3',
    operation: 'toy.update',
    caller: 'worker',
    bound: { id: 3, name: 'Zoe' },
    request: {
      method: 'PUT',
      url: '/pets/3?from=test',
      headers: { authorization: 'Bearer wor…', 'content-type': 'application/json' },
      body: '{"name":"Zoe"}',
    },
    response: { status: 200, headers: expect.objectContaining({ 'X-Mock-Request-Id': id }), body: expect.stringContaining('"name":"Zoe"') },
    ms: expect.any(Number),
    started: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    servedBy: 'mock',
  });
});

test('an id of another world, or none, is 404', async () => {
  const mock = toyMock();
  await send(mock, 'GET', '/pets/1');
  const { id } = await send(mock, 'GET', '/pets/1');
  expect((await send(mock, 'GET', `/__worlds/a/__admin/requests/${id}`)).status).toBe(404);
  expect((await send(mock, 'GET', '/__admin/requests/nonsense')).status).toBe(404);
  expect((await send(mock, 'GET', `/__admin/requests/${id.toUpperCase()}`)).status).toBe(200);
});

test("an error's reason stands under its id: member, rule, value and place in the contract", async () => {
  const mock = toyMock();
  const { id } = await send(mock, 'GET', '/pets/900');
  expect(mock.requests.get(id)?.explanation).toEqual({
    message: 'There is no pet 900.',
    member: 'id',
    rule: 'exists',
    value: 900,
    contract: 'Pet.id',
  });
});

test('the log is told every call, with the reason of an error', async () => {
  const events: LogEvent[] = [];
  const mock = toyMock({ log: (event) => events.push(event) });
  await send(mock, 'GET', '/__worlds/a/pets/900?token=secret-token');
  expect(events).toEqual([
    {
      event: 'request',
      id: expect.any(String),
      world: 'a',
      method: 'GET',
      target: '/pets/900?token=sec…',
      status: 404,
      operation: 'toy.get',
      ms: expect.any(Number),
      explanation: expect.objectContaining({ member: 'id' }),
    },
  ]);
});

test('the newest stands first, and only the latest are kept', async () => {
  const mock = toyMock({ journal: 3 });
  for (let i = 1; i <= 5; i++) await send(mock, 'GET', `/pets/${i}`);
  const { requests, total } = (await send(mock, 'GET', '/__admin/requests')).json;
  expect(requests.map(({ path }: { path: string }) => path)).toEqual(['/pets/5', '/pets/4', '/pets/3']);
  expect(total).toBe(3);
  expect((await send(mock, 'GET', '/__admin/requests?limit=1')).json).toMatchObject({ requests: [{ path: '/pets/5' }], total: 3 });
  mock.settings.set({ journal: 5 });
  await send(mock, 'GET', '/pets/6');
  expect(mock.requests().map(({ path }) => path)).toEqual(['/pets/6', '/pets/5', '/pets/4', '/pets/3']);
});

test('--journal 0 keeps nothing', async () => {
  const mock = toyMock({ journal: 0 });
  const { id } = await send(mock, 'GET', '/pets/1');
  expect(mock.requests()).toEqual([]);
  expect((await send(mock, 'GET', `/__admin/requests/${id}`)).status).toBe(404);
});

test('DELETE forgets the journal, and the next calls are kept again', async () => {
  const mock = toyMock();
  await send(mock, 'GET', '/pets/1');
  await send(mock, 'DELETE', '/__admin/requests');
  expect(mock.requests()).toEqual([]);
  await send(mock, 'GET', '/pets/2');
  expect(mock.requests().map(({ path }) => path)).toEqual(['/pets/2']);
});

test('bodies are cut at the size that was asked for, and the whole size stands beside it', async () => {
  const mock = toyMock({ journalBody: 20 });
  await send(mock, 'POST', '/pets', { name: 'é'.repeat(30) });
  const [entry] = mock.requests();
  expect(entry?.request.body).toBe(`{"name":"${'é'.repeat(5)}`);
  expect(entry?.request.bodySize).toBe(new TextEncoder().encode(JSON.stringify({ name: 'é'.repeat(30) })).length);
  expect(entry?.response).toMatchObject({ body: '{"id":201,"name":"é', bodySize: expect.any(Number) });
});

test('a body that is no text is shown as base64', async () => {
  const mock = toyMock();
  await mock.fetch('/echo', { method: 'POST', body: new Uint8Array([0xff, 0xfe, 0x00]) });
  expect(mock.requests()[0]?.request.bodyAsBase64).toBe('//4A');
});

test('no secret can be read off an entry or the log, and two of them can still be told apart', async () => {
  const events: LogEvent[] = [];
  const mock = toyMock({ log: (event) => events.push(event) });
  const secrets = [
    'hunter2-password',
    'eyJhbGciOi.token',
    'refresh-secret',
    'cookie-secret',
    'query-secret',
    'first-secret',
    'second-secret',
  ];
  await send(
    mock,
    'PUT',
    `/pets/1?access_token=${secrets[4]}&x=1`,
    { userName: 'worker', password: secrets[0], nested: { refreshToken: secrets[2] }, name: 'Rex' },
    { Authorization: `Bearer ${secrets[1]}`, Cookie: `ss-id=${secrets[3]}; theme=dark` },
  );
  await mock.fetch('/echo', { method: 'POST', body: `<Login><Password>${secrets[0]}</Password></Login>` });
  await mock.fetch('/echo', { method: 'POST', body: `UserName=worker&Password=${secrets[0]}` });
  const shown = JSON.stringify([mock.requests().map(({ caller: _, ...entry }) => entry), events]).replaceAll(/"body":"\/echo[^"]*"/g, '');
  for (const secret of secrets) expect(shown).not.toContain(secret);
  expect(shown).toContain('Bearer eyJ…');
  expect(shown).toContain('ss-id=coo…');
  expect(shown).toContain('worker');
});

test('unmatched calls come with the nearest operations and what differs', async () => {
  const mock = toyMock();
  await send(mock, 'GET', '/pets/1');
  await send(mock, 'GET', '/pest/1');
  await send(mock, 'PATCH', '/pets/1');
  const { requests, total } = (await send(mock, 'GET', '/__admin/requests/unmatched')).json;
  expect(total).toBe(2);
  expect(requests[0].nearest[0]).toMatchObject({ path: '/pets/{id}', differs: [expect.stringMatching(/^the verb is \w+, not PATCH$/)] });
  expect(requests[1].nearest[0]).toEqual({
    operation: 'toy.get',
    method: 'GET',
    path: '/pets/{id}',
    differs: ['"pets" stands where "pest" was sent'],
  });
  expect(requests[1].operation).toBeNull();
  expect(requests[1].explanation).toEqual({
    message: 'No operation has GET /pest/1. The nearest is toy.get, GET /pets/{id}: "pets" stands where "pest" was sent.',
    rule: 'route',
    value: '/pest/1',
    nearest: '/pets/{id}',
    contract: 'toy.get',
  });
});

test('the stream tells of calls as they are answered, and ends with the mock', async () => {
  const mock = toyMock();
  const server = await mock.listen();
  const response = await fetch(`${server.url}/__worlds/a/__admin/requests/stream`);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = (response.body as ReadableStream)
    .pipeThrough(new TextDecoderStream() as never)
    .getReader() as ReadableStreamDefaultReader<string>;
  let text = (await reader.read()).value ?? '';
  expect(text).toContain('listening');
  await send(mock, 'GET', '/pets/9');
  const { id } = await send(mock.world('a'), 'GET', '/pets/2');
  while (!/data: .*\n[\s\S]*\n\n/.test(text)) text += (await reader.read()).value ?? '';
  const [, data = '{}'] = /data: (.*)\n/.exec(text) ?? [];
  expect(JSON.parse(data)).toMatchObject({ id, path: '/pets/2', response: { status: 200 } });
  const closed = mock.close();
  while (!(await reader.read()).done);
  await closed;
});

test('all journals together hold so many bytes and no more: the oldest entries go first, whichever world they are of', async () => {
  const notes: string[] = [];
  const mock = toyMock({ journalMemory: 400_000, journal: 1000, log: (event) => event.event === 'note' && notes.push(event.message) });
  await send(mock.world('old'), 'POST', '/pets', { name: 'First' });
  for (let i = 0; i < 100; i++) await send(mock, 'POST', '/pets', { name: 'x'.repeat(10_000) });
  expect(mock.world('old').requests()).toEqual([]);
  const kept = mock.requests();
  expect(kept.length).toBeGreaterThan(5);
  expect(kept.length).toBeLessThan(40);
  expect(kept[0]?.bound).toMatchObject({ name: 'x'.repeat(10_000) });
  expect(notes).toEqual([expect.stringContaining('--journal-memory')]);
});

test('a body, what was bound, a header or a reason longer than the journal keeps does not stay alive', async () => {
  const mock = toyMock({ journalBody: 1000 });
  const long = 'x'.repeat(100_000);
  await send(mock, 'POST', '/pets', { name: long }, { 'X-Long': 'y'.repeat(20_000) });
  const [entry] = mock.requests();
  expect(JSON.stringify(entry).length).toBeLessThan(6000);
  expect([entry?.bound, entry?.request.bodySize]).toEqual([null, long.length + 11]);
});

/** Answers whole, with the rounds of the event loop that others had meanwhile. */
async function withRounds<T>(work: Promise<T>, others: () => unknown = () => undefined): Promise<{ done: T; rounds: number }> {
  let rounds = 0;
  let isOver = false;
  const ended = work.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    await others();
    rounds++;
  }
  return { done: await ended, rounds };
}

test.each([
  ['GET', '/__admin/requests'],
  ['GET', '/__admin/requests?format=har'],
  ['POST', '/__admin/requests/find'],
])('a long journal holds nobody up while it is written: %s %s', async (method, path) => {
  const mock = toyMock();
  for (let i = 0; i < 300; i++) await send(mock, 'POST', '/pets', { name: `${i}`.repeat(4000) });
  const { done, rounds } = await withRounds(send(mock, method, path, method === 'POST' ? {} : undefined));
  expect((done.json.log?.entries ?? done.json.requests).length).toBe(300);
  expect(rounds).toBeGreaterThan(5);
});

test('of a call that the journal forgets while it is listed nothing is shown, and of the others what is theirs', async () => {
  const mock = toyMock({ journalMemory: 2_000_000, journal: 10_000 });
  const name = (i: number): string => `${i} ${'x'.repeat(9000)}`;
  for (let i = 0; i < 60; i++) await send(mock, 'POST', '/pets', { name: name(i) });
  let next = 60;
  const { done } = await withRounds(send(mock, 'GET', '/__admin/requests'), () => send(mock, 'POST', '/pets', { name: name(next++) }));
  expect(next).toBeGreaterThan(62);
  const { requests } = done.json as { requests: { id: string; request: { body: string }; bound: { name: string } }[] };
  expect(requests.length).toBeGreaterThan(0);
  const known = new Map(mock.requests().map((entry) => [entry.id, entry.request.body]));
  for (const { id, request, bound } of requests) {
    expect(JSON.parse(request.body)).toEqual({ name: bound.name });
    if (known.has(id)) expect(request.body).toBe(known.get(id));
  }
});
