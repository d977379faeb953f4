import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createMock } from '../../src/mock.ts';
import { send, toyMock } from '../support/toy.ts';

test('an error explains itself and leads to its entry in the journal, unless it was asked for or explanations are off', async () => {
  const mock = toyMock();
  const told = async (path: string, prefer?: string) => {
    const { id, headers } = await send(mock, 'GET', path, undefined, prefer === undefined ? {} : { Prefer: prefer });
    return [headers.get('x-mock-explanation'), headers.get('link')?.replace(id, 'ID') ?? null];
  };
  const link = '</__admin#/requests/ID>; rel="help"';
  expect(await told('/pets/1')).toEqual([null, null]);
  expect(await told('/pets/9999')).toEqual(['There is no pet 9999.', link]);
  expect(await told('/__worlds/w/pets/9999')).toEqual(['There is no pet 9999.', '</__worlds/w/__admin#/requests/ID>; rel="help"']);
  expect(await told('/nothing')).toEqual([expect.stringContaining('No operation has GET /nothing.'), link]);
  expect(await told('/pets/1', 'code=400')).toEqual([null, null]);
  expect(await told('/pets/1', 'code=400, wait=1')).toEqual([expect.stringContaining('"wait=1" was not applied'), link]);
  expect(await told('/pets/1', 'wait=1')).toEqual([expect.stringContaining('"wait=1" was not applied'), link]);
  mock.faults.set([{ operation: 'toy.get', outcomes: [{ answer: { status: 404 } }, { code: 500 }] }]);
  expect(await told('/pets/1')).toEqual([null, null]);
  expect(await told('/pets/1')).toEqual([null, null]);
  await send(mock, 'PUT', '/__admin/settings', { explain: 'off' });
  expect(await told('/pets/9999')).toEqual([null, null]);
});

test('every answer says who gave it', async () => {
  const mock = toyMock();
  const by = async (path: string): Promise<string | null> => (await mock.fetch(path)).headers.get('x-mock-served-by');
  expect([await by('/pets/1'), await by('/pets/9999'), await by('/nothing')]).toEqual(['mock', 'mock', 'none']);
});

test('OPTIONS is answered below the path of an API, a preflight everywhere', async () => {
  const mock = createMock({ apis: ['canvara'] });
  const status = async (path: string, headers: Record<string, string> = {}): Promise<number> =>
    (await mock.fetch(path, { method: 'OPTIONS', headers })).status;
  const preflight = { Origin: 'https://app.example', 'Access-Control-Request-Method': 'GET' };
  for (const [path, expected] of [
    ['/api', 200],
    ['/API', 200],
    ['/api/none', 200],
    ['/apix', 404],
    ['/other', 404],
  ] as const)
    expect([path, await status(path), await status(path, preflight)]).toEqual([path, expected, 200]);
  // Where an API lives at the root, nothing is outside.
  expect((await toyMock().fetch('/other', { method: 'OPTIONS' })).status).toBe(200);
});

test('a request that is no HTTP is in the journal, with what could be read of it', async () => {
  const mock = toyMock();
  const { port } = new URL((await mock.listen()).url);
  const say = (text: string) =>
    new Promise<string>((resolve) => {
      let answer = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.end(text));
      socket.on('data', (bytes) => {
        answer += bytes;
      });
      socket.on('close', () => resolve(answer));
    });
  for (const [text, method, target] of [
    ['GET /pets/1 HTTP/1.1\r\nHost: a\r\nBad Header\r\n\r\n', 'GET', '/pets/1'],
    ['EHLO mail.example\r\n\r\n', 'EHLO', 'mail.example'],
    ['\u0001 GET /pets\r\n\r\n', '', ''],
  ]) {
    expect(await say(text!)).toMatch(/^HTTP\/1\.1 400 /);
    expect(mock.requests()[0]).toMatchObject({
      method,
      path: target,
      operation: null,
      request: { method, url: target, headers: {} },
      response: { status: 400, headers: {} },
      servedBy: 'mock',
      explanation: {
        message: expect.stringMatching(/^A request could not be read as HTTP and was answered 400: Parse Error: .+\.$/),
        rule: 'http',
      },
    });
    expect(mock.requests()[0]).not.toHaveProperty('preflight');
  }
  expect(new Set(mock.requests().map(({ id }) => id)).size).toBe(3);
  await mock.close();
});
